import type { Rule, Tier } from '../../../lib/engine/index.ts'
import { ruleFromProposal, type Proposal } from '../../../lib/learning/index.ts'

/** The rule that accepting a proposal puts into the personal pack, null where it changes none. */
export function ruleOf(proposal: Proposal): Rule | null {
  if (proposal.kind === 'rule') return ruleFromProposal(proposal)
  return 'changed' in proposal ? proposal.changed : null
}

/** What a person may change of a proposed rule before accepting it. */
export interface RuleEdit {
  readonly title: string
  readonly message: string
  readonly tier: Tier
  /** One pattern a line. */
  readonly match: string
  readonly suggest: string
}

/** `team`: the pack of the team that it went into. */
export type AcceptResult = { readonly ok: true; readonly pack: string; readonly rule: Rule | null; readonly team?: { readonly title: string; readonly version: string } | undefined } | { readonly ok: false; readonly problems: readonly string[] }

/** A proposal that was accepted and can be taken back. `title` is what it was about. */
export interface Accepted { readonly id: string; readonly title: string; readonly at: number }

export function editOf(rule: Rule): RuleEdit {
  return { title: rule.title, message: rule.message, tier: rule.tier, match: rule.match.join('\n'), suggest: rule.suggest ?? '' }
}

/** The rule with a person's changes; blank lines are no patterns, an empty suggestion is none. */
export function applyEdit(rule: Rule, edit: RuleEdit): Rule {
  const suggest = edit.suggest.trim()
  const { suggest: _old, ...rest } = rule
  return {
    ...rest, title: edit.title.trim(), message: edit.message.trim(), tier: edit.tier,
    match: edit.match.split('\n').map((line) => line.trim()).filter(Boolean), ...(suggest === '' ? {} : { suggest }),
  }
}
