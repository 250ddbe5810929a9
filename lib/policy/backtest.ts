import type { Draft, Finding, Tier } from '../engine/index.ts'
import type { Origin } from '../origin/index.ts'
import { requirementOf } from './requirement.ts'
import type { Policy, Requirement } from './types.ts'

/** A draft as it was recorded: its text is not needed. Findings are as the policy of that time saw them. */
export interface PastDraft extends Pick<Draft, 'kind' | 'site' | 'recipients'> {
  readonly findings: readonly Finding[]
  readonly origin: Origin
}

/** What another policy would have done. */
export interface Backtest {
  readonly drafts: number
  /** Held by the other policy and not by the present one; and the other way round. */
  readonly more: number
  readonly fewer: number
  /** Held by both, and now waiting for an owner, or for one no more. */
  readonly moreOwners: number
  readonly fewerOwners: number
}

/**
 * Both policies over the same past drafts, each asked what it would do now.
 * @param tierOf the tier that a rule gives by itself, undefined where the rule is gone: a finding that a policy had raised is set back to it
 */
export function backtest(drafts: readonly PastDraft[], present: Policy, other: Policy, tierOf: (rule: string) => Tier | undefined): Backtest {
  const result = { drafts: drafts.length, more: 0, fewer: 0, moreOwners: 0, fewerOwners: 0 }
  for (const draft of drafts) {
    const findings = draft.findings.map((finding) => unraised(finding, tierOf))
    const [now, then] = [requirementFor(draft, findings, present), requirementFor(draft, findings, other)]
    const [heldNow, heldThen] = [now.tier !== 'note', then.tier !== 'note']
    if (heldThen && !heldNow) result.more++
    else if (heldNow && !heldThen) result.fewer++
    else if (then.tier === 'approve' && now.tier === 'review') result.moreOwners++
    else if (now.tier === 'approve' && then.tier === 'review') result.fewerOwners++
  }
  return result
}

function requirementFor({ kind, site, recipients, origin }: PastDraft, findings: readonly Finding[], policy: Policy): Requirement {
  return requirementOf({ draft: { kind, site, recipients, subject: '', text: '', blocks: [], locale: '' }, findings, origin, policy })
}

/** A finding as its rule made it, before a policy raised it. */
function unraised(finding: Finding, tierOf: (rule: string) => Tier | undefined): Finding {
  if (!finding.evidence.includes(RAISED)) return finding
  return { ...finding, tier: tierOf(finding.rule) ?? finding.tier, evidence: finding.evidence.filter((note) => note !== RAISED) }
}

const RAISED = 'raised: policy'
