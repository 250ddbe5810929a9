import type { Category, DraftKind, Rule, RulePack } from '../engine/index.ts'
import type { Decision } from '../review/index.ts'

/** What corrections and decisions suggest. A person accepts, edits or refuses it; nothing changes by itself. */
export type Proposal = RuleProposal | ChangeProposal | PromptProposal | FactProposal | SilentProposal

/** A new rule from a correction that is made again and again. */
export interface RuleProposal {
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

/**
 * A change of a rule that there is. `exception`: words that people always leave as they are. `substitution`: the wording they choose. `lower`: hardly anybody ever changes what it finds.
 * `raise`: it is only a note, and people change what it finds.
 */
export interface ChangeProposal {
  readonly id: string
  readonly kind: 'exception' | 'substitution' | 'lower' | 'raise'
  /** The rule as it is, and as it would be. Accepted, the changed one stands in the personal pack in place of the other. */
  readonly rule: Rule
  readonly changed: Rule
  /** Word lists that its patterns use. */
  readonly lists: RulePack['lists']
  readonly evidence: ChangeEvidence
  /** Of a lowered rule this share of drafts is still reviewed, drawn at random, so that a wrong step is found. */
  readonly sample: number | null
}

export interface ChangeEvidence {
  /** Decisions (or corrections) that say so, of so many on this rule (or these words). */
  readonly count: number
  readonly total: number
  /** 95 % interval of the share. */
  readonly interval: Interval
  /** Up to five of the words it is about. */
  readonly quotes: readonly string[]
  readonly first: number
  readonly last: number
}

/** A line for the prompt of an assistant, so that it writes it right in the first place. */
export interface PromptProposal {
  readonly id: string
  readonly kind: 'prompt'
  /** '' where nothing named it. */
  readonly assistant: string
  /** '' where it is not known. */
  readonly workflow: DraftKind | ''
  readonly instead: string
  /** '' where the words are to be left out. */
  readonly write: string
  readonly category: Category
  readonly evidence: Pick<ProposalEvidence, 'count' | 'first' | 'last' | 'before'>
}

/** A fact that people correct to: for the sheet that the assistant is given. */
export interface FactProposal {
  readonly id: string
  readonly kind: 'fact'
  /** The words around it that all cases share, `…` in the fact's place. */
  readonly about: string
  readonly wrong: readonly string[]
  readonly right: string
  readonly category: Category
  readonly evidence: Pick<ProposalEvidence, 'count' | 'first' | 'last' | 'before'>
}

/** A rule of the person's or the team's own that never found anything. */
export interface SilentProposal {
  readonly id: string
  readonly kind: 'silent'
  readonly rule: Rule
  readonly evidence: { readonly drafts: number; readonly since: number }
}

/** What the miner needs to know of the rules there are. */
export type KnownRule = Pick<Rule, 'id' | 'match' | 'suggest'>

/** A rule in use, with what is needed to run and to change it. */
export interface RuleInUse {
  readonly rule: Rule
  readonly lists: RulePack['lists']
  /** Written here or taken up, not built in; and since when it is in use, milliseconds since the epoch. */
  readonly own: boolean
  readonly since: number
}

/** One decision on one finding of one draft, the last one. */
export interface Decided extends Pick<Decision, 'rule' | 'tier' | 'outcome' | 'quote' | 'at'> {
  /** The sentence, where texts are kept; '' where not. */
  readonly sentence: string
  /** It was signed in less time than reading takes: says nothing of the rule. */
  readonly hasty: boolean
}

export interface Interval { readonly low: number; readonly high: number }

/** How a rule has done. `precision` is null below the stated number of decisions: not enough data. */
export interface RuleScore {
  readonly rule: string
  /** Settled findings: fixed, kept and dismissed. */
  readonly total: number
  readonly fixed: number
  readonly kept: number
  readonly dismissed: number
  /** Share of its findings that were no false alarm (fixed or kept), with its 95 % interval. */
  readonly precision: ({ readonly value: number } & Interval) | null
}

/** A rule's scorecard over a time: what `RuleScore` says, and what only days tell. */
export interface RuleCard extends RuleScore {
  /** Findings, settled or not. */
  readonly flagged: number
  /** Findings in drafts that were let go with a reason. */
  readonly overridden: number
  /** Share of its settled findings that were dismissed; null where there are too few. */
  readonly noise: ({ readonly value: number } & Interval) | null
  /** Review time that it took, milliseconds. */
  readonly reviewMs: number
  /** The second half of the days beside the first: how much the share of what was right has changed, -1 to 1. Null where either half has too few decisions. */
  readonly trend: number | null
}
