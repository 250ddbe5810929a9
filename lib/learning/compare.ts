import { compileRuleset, createScanner, type Draft, type Finding, type Rule, type RulePack, type Tier } from '../engine/index.ts'
import type { Origin } from '../origin/index.ts'
import { canonicalDigest, requirementOf, unraised, type Policy } from '../policy/index.ts'
import type { Decision } from '../review/index.ts'

/** A draft of the record, with what was found in it then and what was decided. */
export interface DecidedDraft {
  readonly number: number
  readonly at: number
  readonly draft: Draft
  readonly findings: readonly Finding[]
  readonly decisions: readonly Decision[]
  readonly origin: Origin
}

/** A change of rules, packs or policy. Packs hold only rules that differ (`changedRules`): what stays needs no second look. */
export interface RuleChange {
  readonly before: readonly RulePack[]
  readonly after: readonly RulePack[]
  readonly present: Policy
  readonly other: Policy
  /** The tier that a rule gives by itself: what a policy of that time had raised is set back to it. Rules that are missing stay as they were recorded. */
  readonly tiers?: Readonly<Record<string, Tier>> | undefined
}

/** Drafts that are named one by one, the latest of each kind. */
const NAMED = 50

/** What a change would have made of past drafts, beside what holds now. Each list names up to 50 drafts by their numbers; the counts are of all. */
export interface Comparison {
  readonly looked: number
  /** Drafts in which the changed rules find something now, and would. */
  readonly foundNow: number
  readonly foundThen: number
  /** Drafts held now, and that would be. */
  readonly heldNow: number
  readonly heldThen: number
  /** Drafts that wait for an owner now, and that would. */
  readonly ownedNow: number
  readonly ownedThen: number
  readonly newlyFound: Counted
  readonly newlyHeld: Counted
  readonly noLongerHeld: Counted
  /** Would be found though a person dismissed it. */
  readonly againstDismissed: Counted
  /** Would not be found though a person changed the words. */
  readonly againstFixed: Counted
}
export interface Counted { readonly count: number; readonly numbers: readonly number[] }

/** The packs of two sets reduced to the rules that one has and the other has not, or not so. Pure. */
export function changedRules(now: readonly RulePack[], then: readonly RulePack[]): { readonly before: RulePack[]; readonly after: RulePack[] } {
  const print = (packs: readonly RulePack[]) => new Map(packs.flatMap((pack) => pack.rules.map((rule) => [canonicalDigest([pack.id, rule, pack.lists]), rule] as const)))
  const [old, fresh] = [print(now), print(then)]
  const only = (packs: readonly RulePack[], others: ReadonlyMap<string, Rule>): RulePack[] => packs
    .map((pack) => ({ ...pack, rules: pack.rules.filter((rule) => !others.has(canonicalDigest([pack.id, rule, pack.lists]))) })).filter(({ rules }) => rules.length > 0)
  return { before: only(now, fresh), after: only(then, old) }
}

/** Takes drafts one by one and counts; `result` may be asked at any time. A draft that the engine refuses as too long is not looked at. */
export function createComparison({ before, after, present, other, tiers = {} }: RuleChange): { readonly take: (draft: DecidedDraft) => void; readonly result: () => Comparison } {
  const [old, fresh] = [before, after].map((packs) => (packs.length === 0 ? null : createScanner(compileRuleset(packs))))
  const changed = new Set([...before, ...after].flatMap(({ rules }) => rules.map(({ id }) => id)))
  const counts = { looked: 0, foundNow: 0, foundThen: 0, heldNow: 0, heldThen: 0, ownedNow: 0, ownedThen: 0 }
  const lists = { newlyFound: list(), newlyHeld: list(), noLongerHeld: list(), againstDismissed: list(), againstFixed: list() }
  const tierOf = (draft: Draft, findings: readonly Finding[], origin: Origin, policy: Policy): Tier => requirementOf({ draft, findings, origin, policy }).tier

  function take({ number, draft, findings, decisions, origin }: DecidedDraft): void {
    let now: readonly Finding[]
    let then: readonly Finding[]
    try {
      now = old?.scan(draft).findings ?? []
      then = fresh?.scan(draft).findings ?? []
    } catch (error) {
      if (error instanceof Error && error.name === 'DraftTooLongError') return
      throw error
    }
    counts.looked++
    const rest = findings.filter(({ rule }) => !changed.has(rule)).map((finding) => unraised(finding, tiers[finding.rule]))
    const tierNow = tierOf(draft, [...rest, ...now], origin, present)
    // Most drafts meet none of what changes: they are asked once.
    const tierThen = present === other && now.length === 0 && then.length === 0 ? tierNow : tierOf(draft, [...rest, ...then], origin, other)
    const [heldNow, heldThen] = [tierNow !== 'note', tierThen !== 'note']
    if (now.length > 0) counts.foundNow++
    if (then.length > 0) counts.foundThen++
    if (heldNow) counts.heldNow++
    if (heldThen) counts.heldThen++
    if (tierNow === 'approve') counts.ownedNow++
    if (tierThen === 'approve') counts.ownedThen++
    if (then.length > 0 && now.length === 0) lists.newlyFound.add(number)
    if (heldThen && !heldNow) lists.newlyHeld.add(number)
    if (heldNow && !heldThen) lists.noLongerHeld.add(number)
    const mine = decisions.filter(({ rule }) => changed.has(rule))
    if (mine.some(({ outcome, quote }) => outcome === 'dismissed' && then.some((finding) => finding.quote === quote))) lists.againstDismissed.add(number)
    // What was changed stands in the text no more: it is looked for where only a smaller set of rules could have found it.
    if (mine.some(({ outcome, quote }) => outcome === 'fixed' && fresh !== undefined && !findsAlone(fresh, quote, draft))) lists.againstFixed.add(number)
  }
  return { take, result: () => ({ ...counts, ...Object.fromEntries(Object.entries(lists).map(([name, { counted }]) => [name, counted()])) as Record<keyof typeof lists, Counted> }) }
}

/** What was compared in parts, the earlier drafts first, as if it were one. Pure. */
export function sumComparisons(parts: readonly Comparison[]): Comparison {
  const sum = (name: 'looked' | 'foundNow' | 'foundThen' | 'heldNow' | 'heldThen' | 'ownedNow' | 'ownedThen'): number => parts.reduce((total, part) => total + part[name], 0)
  const joined = (name: 'newlyFound' | 'newlyHeld' | 'noLongerHeld' | 'againstDismissed' | 'againstFixed'): Counted => ({
    count: parts.reduce((total, part) => total + part[name].count, 0), numbers: parts.toReversed().flatMap((part) => part[name].numbers).slice(0, NAMED),
  })
  return {
    looked: sum('looked'), foundNow: sum('foundNow'), foundThen: sum('foundThen'), heldNow: sum('heldNow'), heldThen: sum('heldThen'), ownedNow: sum('ownedNow'), ownedThen: sum('ownedThen'),
    newlyFound: joined('newlyFound'), newlyHeld: joined('newlyHeld'), noLongerHeld: joined('noLongerHeld'), againstDismissed: joined('againstDismissed'), againstFixed: joined('againstFixed'),
  }
}

/** Whether the rules find these words by themselves. */
function findsAlone(scanner: ReturnType<typeof createScanner> | null, quote: string, like: Draft): boolean {
  if (!scanner) return false
  return scanner.scan({ ...like, subject: '', text: quote, blocks: [{ span: { start: 0, end: quote.length }, kind: 'text' }] }).findings.length > 0
}

function list() {
  let count = 0
  const numbers: number[] = []
  return {
    add: (number: number) => {
      count++
      numbers.push(number)
      if (numbers.length > NAMED) numbers.shift()
    },
    counted: (): Counted => ({ count, numbers: [...numbers].reverse() }),
  }
}
