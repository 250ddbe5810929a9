import type { Element } from './pattern.ts'
import type { EntityKind } from './types.ts'

/** A thing that a sentence is asked for: a word, an entity kind or a list. */
export type Keyed = Exclude<Element, { readonly kind: 'gap' | 'group' }>

/** The commonest words of business prose in the languages of the built-in packs, commonest first: what a pattern is not filed under if it has anything else. */
const COMMON = new Map(`the to and of a in is for you i that it on your this with we be are as have will or if our at can not from by an all more do me was but has my so any what
  they us no about up out one new their would when please there get which just how time know also been let like only make other need see than some its them who now use help
  here were i'm it's don't we're you're i'll we'll could should may use work best first two these most over very into after back good want take way look well free thanks
  per each every down off before please team plan price day days week year years call email product service customer customers business company
  der die und das in zu den ist nicht von mit sich des auf für ein eine dem im es sie wir ich auch als an werden aus er hat dass bei nach wird einer um am sind noch wie einem über so zum kann
  de la le et les des en un du une est que pour qui dans par plus pas au sur ne se ce il sont avec vous nous votre son à l d
  el y que los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son
  , : ! ? % / ( ) - $ €`.split(/\s+/).map((word, rank) => [word, rank]))

/** How often an entity turns up, in the measure of `costOf`; the others are rarer than any word. */
const ENTITY_COST: Partial<Record<EntityKind, number>> = { number: 80, percent: 20, money: 25, date: 30, duration: 25, url: 6 }
const LIST_COST = 12

function costOf(element: Keyed): number {
  if (element.kind === 'entity') return ENTITY_COST[element.entity] ?? 2
  if (element.kind === 'list') return LIST_COST
  const rank = COMMON.get(element.word)
  return rank === undefined ? 1 + 3 / element.word.length : 1_000 / (1 + rank / 20)
}

/** What a match must have: of each set at least one thing, rarest first. */
export type Needs = readonly (readonly Keyed[])[]

/** A thing, or two that stand side by side. */
export type Key = readonly [Keyed] | readonly [Keyed, Keyed]

/** What a sequence is filed under: every match of it has one of `keys`, at most `lead` tokens behind its beginning, and something of each set of `needs`. */
export interface Filing { readonly keys: readonly Key[]; readonly lead: number; readonly needs: Needs }

/** What every match of a sequence must have. Never empty for a pattern that `parsePattern` accepts. */
function needsOf(elements: readonly Element[]): Needs {
  const choices = elements.map(choiceOf).filter((choice) => choice !== null)
  return choices.sort((a, b) => a.cost - b.cost).map(({ of }) => of)
}

/** The rarest keys that a sequence can be filed under, and what it needs besides. */
export function filingOf(elements: readonly Element[]): Filing {
  const { of: keys, lead } = cutOf(elements) ?? { of: [], lead: Infinity }
  return { keys, lead, needs: needsOf(elements).filter((set) => !keys.every((key) => key.some((one) => set.some((other) => isSame(one, other))))) }
}

interface Choice<T> { readonly of: readonly T[]; readonly cost: number }

function choiceOf(element: Element): Choice<Keyed> | null {
  if (element.kind === 'gap' || (element.kind === 'group' && element.optional)) return null
  if (element.kind !== 'group') return { of: [element], cost: costOf(element) }
  const each = element.of.map((sequence) => sequence.map(choiceOf).reduce((best, choice) => (choice && (!best || choice.cost < best.cost) ? choice : best), null))
  return each.every((choice) => choice !== null) ? { of: each.flatMap((choice) => choice.of), cost: each.reduce((sum, choice) => sum + choice.cost, 0) } : null
}

/** Keys, and how many tokens of a match may stand before them. */
interface Cut extends Choice<Key> { readonly lead: number }

/** How much rarer than either two things are side by side. */
const TOGETHER = 0.0004
/** Pairs that one pattern may be filed under. */
const MOST_PAIRS = 64

/** The rarest keys of which every match of a sequence has one: single things, or pairs at a place that every match passes. */
function cutOf(elements: readonly Element[]): Cut | null {
  let best: Cut | null = null
  let before = 0
  elements.forEach((element, at) => {
    for (const cut of [keysOf(element, before), pairsBefore(elements, at, before)]) if (cut && (!best || cut.cost < best.cost)) best = cut
    before += mostTokens(element)
  })
  return best
}

function keysOf(element: Element, before: number): Cut | null {
  if (element.kind === 'gap' || (element.kind === 'group' && element.optional)) return null
  if (element.kind !== 'group') return { of: [[element]], cost: costOf(element), lead: before }
  const each = element.of.map(cutOf)
  if (!each.every((cut) => cut !== null)) return null
  return { of: each.flatMap((cut) => cut.of), cost: each.reduce((sum, cut) => sum + cut.cost, 0), lead: before + Math.max(...each.map((cut) => cut.lead)) }
}

/** Tokens that an element may cover, as far as the pattern alone says. */
function mostTokens(element: Element): number {
  if (element.kind === 'word') return 1
  if (element.kind !== 'group') return Infinity
  return Math.max(...element.of.map((sequence) => sequence.reduce((sum, one) => sum + mostTokens(one), 0)))
}

/** What stands right before an element that is always there, each with what the element begins with. */
function pairsBefore(elements: readonly Element[], at: number, before: number): Cut | null {
  const element = elements[at] as Element
  if (at === 0 || isEmptyable(element)) return null
  const firsts = edgeOf([element], 1)
  const lasts = edgeOf(elements.slice(0, at), -1)
  if (!firsts || !lasts || firsts.length * lasts.length > MOST_PAIRS) return null
  const of = lasts.flatMap((last) => firsts.map((first): Key => [last, first]))
  // Of two entities or lists side by side the second may begin where no word does.
  if (of.some(([last, first]) => last.kind !== 'word' && first?.kind !== 'word')) return null
  return { of, cost: of.reduce((sum, [last, first]) => sum + TOGETHER * costOf(last) * costOf(first as Keyed), 0), lead: before - 1 }
}

/** The things that a sequence may begin (1) or end (-1) with; null where that may be anything. */
function edgeOf(elements: readonly Element[], way: 1 | -1): readonly Keyed[] | null {
  const out: Keyed[] = []
  for (let at = way === 1 ? 0 : elements.length - 1; ; at += way) {
    const element = elements[at]
    if (!element || element.kind === 'gap') return null
    if (element.kind !== 'group') out.push(element)
    else for (const sequence of element.of) {
      // An alternative that may be empty shows what is beyond it, which is asked for below.
      const edge = sequence.every(isEmptyable) ? edgesOfEmptyable(sequence) : edgeOf(sequence, way)
      if (!edge) return null
      out.push(...edge)
    }
    if (!isEmptyable(element)) return out
  }
}

/** All that a sequence of nothing but optional things may begin or end with; null where it has a gap. */
function edgesOfEmptyable(sequence: readonly Element[]): readonly Keyed[] | null {
  const out: Keyed[] = []
  for (const element of sequence) {
    if (element.kind === 'gap') return null
    if (element.kind !== 'group') out.push(element)
    else for (const inner of element.of) {
      const edge = edgesOfEmptyable(inner)
      if (!edge) return null
      out.push(...edge)
    }
  }
  return out
}

function isEmptyable(element: Element): boolean {
  return element.kind === 'gap' || (element.kind === 'group' && (element.optional || element.of.some((sequence) => sequence.every(isEmptyable))))
}

function isSame(a: Keyed, b: Keyed): boolean {
  if (a.kind === 'word') return b.kind === 'word' && a.word === b.word
  return a.kind === 'entity' ? b.kind === 'entity' && a.entity === b.entity : b.kind === 'list' && a.list === b.list
}

/** True where a pattern names a `!` or `?` and may so go on in the next sentence. */
export function isCrossing(elements: readonly Element[]): boolean {
  return elements.some((element) => (element.kind === 'word' ? element.ends : element.kind === 'group' && element.of.some(isCrossing)))
}
