import type { Rule, Tier } from '../../lib/engine/index.ts'
import type { Correction } from '../../lib/review/index.ts'

/** A correction with the id under which this device keeps it. */
export type KeptCorrection = Correction & { readonly id: number }

/** A rule that the corrections suggest. Nothing happens until a person accepts it. */
export interface ProposalView {
  readonly id: string
  /** Up to five of the words that were replaced. */
  readonly before: readonly string[]
  /** The wording people choose; '' where they take the words out. */
  readonly after: string
  /** Corrections it is made from, of which the sentences are examples. */
  readonly count: number
  readonly sentences: readonly { readonly before: string; readonly after: string }[]
  readonly rule: Rule
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

export type AcceptResult = { readonly ok: true; readonly pack: string; readonly rule: Rule } | { readonly ok: false; readonly problems: readonly string[] }

/** How one rule has done. `right` is the share that was fixed or kept with its 95 % interval, null below the stated count. */
export interface ScoreView {
  readonly rule: string
  readonly title: string
  readonly fixed: number
  readonly kept: number
  readonly dismissed: number
  readonly right: { readonly share: number; readonly low: number; readonly high: number } | null
}

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
