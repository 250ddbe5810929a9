import { TIERS, atLeast, maxTier, type Draft, type Finding, type Tier, withoutDoubles } from '../engine/index.ts'
import type { Origin } from '../origin/index.ts'
import { asStrict, followedUp } from './modes.ts'
import { ownerOf } from './owners.ts'
import { covered, recipientReasons } from './recipients.ts'
import type { Mode, Policy, Reason, Requirement } from './types.ts'

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
    return { ...finding, tier, owner, evidence: tier === finding.tier ? finding.evidence : [...finding.evidence, RAISED] }
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
  /** Domains that were written to before; null or missing where nobody knows. */
  readonly known?: ReadonlySet<string> | null
  /** Counts only what is followed up at least this strictly; `remind` where nothing is said, so that what is only observed asks for nothing. */
  readonly least?: Mode
}

/**
 * What this draft needs before it may go. Pure and total.
 * - A kind of draft that the policy turned off is never held; internal notes are, by default.
 * - `block` findings hold every draft, however it was written.
 * - A draft that is `typed` or of unknown origin is held by nothing else, unless the policy says `drafts: 'all'`.
 * - AI text that goes public is signed even without a finding; recipients and kind raise what is asked; a VIP among the recipients moves `review` one step up.
 */
export function requirementOf({ draft, findings, origin, policy, known = null, least = 'remind' }: RequirementInput): Requirement {
  const kind = policy.kinds[draft.kind]
  if (kind === 'off') return NOTHING
  const seen = followedUp(applyPolicy(findings, policy), policy, least)
  const full = policy.drafts === 'all' || origin.verdict === 'ai' || origin.verdict === 'inserted'
  if (!full) return fromFindings(seen.filter((finding) => finding.tier === 'block'))

  let asked = fromFindings(seen.filter((finding) => atLeast(finding.tier, 'review')))
  // What no finding says has no category of its own: the mode of the whole policy is asked.
  if (!asStrict(policy.mode, least)) return asked
  const area = policy.areas.customer.owner
  if (policy.signPublicAi && draft.kind === 'post' && origin.verdict === 'ai') asked = raised(asked, { code: 'ai-public', tier: 'review', detail: draft.site, count: 1 }, area)
  if (kind !== undefined && kind !== 'note') asked = raised(asked, { code: 'draft-kind', tier: kind, detail: draft.kind, count: 1 }, area)
  for (const { reason, owner } of recipientReasons(draft, policy, known)) if (reason.tier !== 'note') asked = raised(asked, reason, owner)
  const vips = covered(draft.recipients, policy.vip)
  if (asked.tier !== 'review' || vips.length === 0) return asked
  return {
    tier: 'approve',
    owners: reviewOwners(seen, policy),
    reasons: [...asked.reasons, { code: 'vip-recipient', tier: 'approve', detail: vips[0]?.address ?? '', count: vips.length }],
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

/** One more reason. Where it asks for an owner, the owner of its area joins those who sign; what must change has no owner. */
function raised({ tier, owners, reasons }: Requirement, reason: Reason, owner: string): Requirement {
  const most = maxTier(tier, reason.tier)
  return { tier: most, owners: most === 'approve' && reason.tier === 'approve' ? unique([...owners, owner]) : owners, reasons: [...reasons, reason] }
}

/** A VIP mail held at `review` is signed by the owners of what was found; without a finding (public AI text) by the owner of customers. */
function reviewOwners(findings: readonly Finding[], policy: Policy): string[] {
  const owners = unique(findings.filter((finding) => finding.tier === 'review').map((finding) => finding.owner))
  return owners.length > 0 ? owners : [policy.areas.customer.owner]
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}

const RAISED = 'raised: policy'

/** A finding as its rule made it, before a policy raised it. `tier` is the one that the rule gives by itself; undefined where the rule is gone: then it stays as it was recorded. */
export function unraised(finding: Finding, tier: Tier | undefined): Finding {
  return finding.evidence.includes(RAISED) ? { ...finding, tier: tier ?? finding.tier, evidence: finding.evidence.filter((note) => note !== RAISED) } : finding
}
