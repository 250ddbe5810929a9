import type { Category, Rule } from '../engine/index.ts'

/** What the corrections suggest. A person accepts, edits or refuses it; nothing changes by itself. */
export interface Proposal {
  /** Stable: the same repeated correction has the same id, however many more cases come in. */
  readonly id: string
  readonly kind: 'rule'
  readonly category: Category
  /** Patterns in the language of `lib/engine/README.md`, generalised where the cases differ only in their numbers. */
  readonly match: readonly string[]
  /** Patterns that clear a match, where the words people choose contain the words they replace. */
  readonly unless: readonly string[]
  /** The wording people choose; null where they take the words out. */
  readonly suggest: string | null
  /** Sentences that were corrected: the rule's examples that it must flag. */
  readonly flagged: readonly string[]
  /** The same sentences as people left them: the rule's examples that it must not flag. */
  readonly clean: readonly string[]
  readonly evidence: ProposalEvidence
}

/** What a proposal rests on; every number in the interface says its sample size. */
export interface ProposalEvidence {
  /** Corrections of this kind. */
  readonly count: number
  /** Up to five of the words that were replaced, as they stood. */
  readonly before: readonly string[]
  /** The rule that most of them answered; '' where no rule had asked. */
  readonly rule: string
  /** Milliseconds since the epoch. */
  readonly first: number
  readonly last: number
}

/** What the miner needs to know of the rules there are. */
export type KnownRule = Pick<Rule, 'id' | 'match' | 'suggest'>

export interface Interval { readonly low: number; readonly high: number }

/** How a rule has done. `precision` is null below the stated number of decisions: not enough data. */
export interface RuleScore {
  readonly rule: string
  readonly total: number
  readonly fixed: number
  readonly kept: number
  readonly dismissed: number
  /** Share of its findings that were no false alarm (fixed or kept), with its 95 % interval. */
  readonly precision: ({ readonly value: number } & Interval) | null
}
