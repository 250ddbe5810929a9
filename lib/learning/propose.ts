import type { Correction } from '../review/index.ts'
import { proposeRules } from './proposals.ts'
import { proposeExceptions, proposeSubstitutions, proposeTiers } from './rule-changes.ts'
import { proposeFacts, proposePrompts, proposeSilent } from './sources.ts'
import type { Decided, Proposal, RuleInUse } from './types.ts'

/** All that proposals are made of. */
export interface Experience {
  readonly corrections: readonly Correction[]
  /** The last decision on each finding of each draft. */
  readonly decided: readonly Decided[]
  readonly rules: readonly RuleInUse[]
  /** Rules that found something at some time. */
  readonly seen: ReadonlySet<string>
  /** Drafts checked since a moment, milliseconds since the epoch. */
  readonly draftsSince: (at: number) => number
  /** Sentences that people left as they were, where texts are kept. */
  readonly history: readonly string[]
  /** Ids of proposals that were answered: accepted or refused, they stay so. */
  readonly answered: ReadonlySet<string>
  readonly now: number
}

/** Everything that can be learnt from what people did, the most often seen first within each kind. Pure: the same experience gives the same proposals. */
export function propose({ corrections, decided, rules, seen, draftsSince, history, answered, now }: Experience): Proposal[] {
  const all: Proposal[] = [
    ...proposeRules(corrections, rules.map(({ rule }) => rule), answered, history),
    ...proposeSubstitutions(rules, corrections), ...proposeTiers(rules, decided), ...proposeExceptions(rules, decided),
    ...proposeFacts(corrections), ...proposePrompts(corrections, history), ...proposeSilent(rules, seen, draftsSince, now),
  ]
  return withoutOverlap(all).filter(({ id }) => !answered.has(id))
}

/** A rule that might as well be lowered as a whole needs no exceptions. */
function withoutOverlap(all: readonly Proposal[]): Proposal[] {
  const lowered = new Set(all.flatMap((one) => (one.kind === 'lower' ? [one.rule.id] : [])))
  return all.filter((one) => one.kind !== 'exception' || !lowered.has(one.rule.id))
}
