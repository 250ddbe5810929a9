import { TIERS, atLeast, maxTier, type Draft, type Finding, type Recipient, type Tier, withoutDoubles } from '../engine/index.ts'
import type { Origin } from '../origin/index.ts'
import { ownerOf } from './owners.ts'
import type { Policy, Reason, Requirement } from './types.ts'

const NOTHING: Requirement = { tier: 'note', owners: [], reasons: [] }

/**
 * The findings as this policy sees them: lifted to the floor of their category, with the owning area filled in. Marks, cards, requirement and gate
 * must all be given these, so that they speak of the same tier. Applying it twice changes nothing.
 *
 * Of two rules that find the same words for the same reason one stays (`withoutDoubles`): a person settles a place once.
 *
 * A `note` is not lifted: its author, or the words around it ("up to"), said that it is for information only. What the context lowered stays lowered.
 */
export function applyPolicy(findings: readonly Finding[], policy: Policy): Finding[] {
  return withoutDoubles(findings.map((finding) => {
    const owner = ownerOf(finding, policy)
    const tier = liftedTier(finding, policy)
    if (tier === finding.tier && owner === finding.owner) return finding
    return { ...finding, tier, owner, evidence: tier === finding.tier ? finding.evidence : [...finding.evidence, 'raised: policy'] }
  }))
}

function liftedTier(finding: Finding, policy: Policy): Tier {
  const floor = policy.floor[finding.category]
  const lowered = finding.evidence.some((note) => note.startsWith('lowered'))
  return floor === undefined || finding.tier === 'note' || lowered ? finding.tier : maxTier(finding.tier, floor)
}

/** What the policy is asked about. `findings` are all findings of the draft, raw or through `applyPolicy`. */
export interface RequirementInput {
  readonly draft: Draft
  readonly findings: readonly Finding[]
  readonly origin: Origin
  readonly policy: Policy
}

/**
 * What this draft needs before it may go. Pure and total.
 * - An internal note is never held.
 * - `block` findings hold every draft, however it was written.
 * - A draft that is `typed` or of unknown origin is held by nothing else, unless the policy says `drafts: 'all'`.
 * - AI text that goes public is signed even without a finding; a VIP among the recipients moves `review` one step up.
 */
export function requirementOf({ draft, findings, origin, policy }: RequirementInput): Requirement {
  if (draft.kind === 'note') return NOTHING
  const seen = applyPolicy(findings, policy)
  const full = policy.drafts === 'all' || origin.verdict === 'ai' || origin.verdict === 'inserted'
  if (!full) return fromFindings(seen.filter((finding) => finding.tier === 'block'))

  const base = fromFindings(seen.filter((finding) => atLeast(finding.tier, 'review')))
  const publicAi = policy.signPublicAi && draft.kind === 'post' && origin.verdict === 'ai'
  const signed = publicAi ? withReason(base, { code: 'ai-public', tier: 'review', detail: draft.site, count: 1 }) : base
  const vips = draft.recipients.filter((recipient) => isVip(recipient, policy.vip))
  if (signed.tier !== 'review' || vips.length === 0) return signed
  return {
    tier: 'approve',
    owners: reviewOwners(seen, policy),
    reasons: [...signed.reasons, { code: 'vip-recipient', tier: 'approve', detail: vips[0]?.address ?? '', count: vips.length }],
  }
}

function fromFindings(findings: readonly Finding[]): Requirement {
  if (findings.length === 0) return NOTHING
  const tier = findings.reduce<Tier>((most, finding) => maxTier(most, finding.tier), 'note')
  const owners = tier === 'approve' ? unique(findings.filter((finding) => finding.tier === 'approve').map((finding) => finding.owner)) : []
  return { tier, owners, reasons: findingReasons(findings) }
}

/** One reason a rule and tier, the most serious first, in the order of the text within a tier. */
function findingReasons(findings: readonly Finding[]): Reason[] {
  const reasons = new Map<string, Reason>()
  for (const finding of findings) {
    const key = `${finding.tier} ${finding.rule}`
    reasons.set(key, { code: 'finding', tier: finding.tier, detail: finding.title, count: (reasons.get(key)?.count ?? 0) + 1 })
  }
  return [...reasons.values()].sort((a, b) => TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier))
}

function withReason(requirement: Requirement, reason: Reason): Requirement {
  return { ...requirement, tier: maxTier(requirement.tier, reason.tier), reasons: [...requirement.reasons, reason] }
}

/** A VIP mail held at `review` is signed by the owners of what was found; without a finding (public AI text) by the owner of customers. */
function reviewOwners(findings: readonly Finding[], policy: Policy): string[] {
  const owners = unique(findings.filter((finding) => finding.tier === 'review').map((finding) => finding.owner))
  return owners.length > 0 ? owners : [policy.areas.customer.owner]
}

/** An entry with `@` inside is an address; any other is a domain, which covers its subdomains. */
function isVip(recipient: Recipient, vip: readonly string[]): boolean {
  const address = recipient.address?.toLowerCase()
  if (!address) return false
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return vip.some((entry) => {
    const wanted = entry.trim().toLowerCase().replace(/^@/, '')
    if (wanted === '') return false
    return wanted.includes('@') ? wanted === address : domain === wanted || domain.endsWith(`.${wanted}`)
  })
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
