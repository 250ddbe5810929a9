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

/** What a match must have: of each set at least one thing. The rarest set, all its things together, comes first. */
export type Needs = readonly (readonly Keyed[])[]

/** What every match of a sequence must have. Never empty for a pattern that `parsePattern` accepts. */
export function needsOf(elements: readonly Element[]): Needs {
  const choices = elements.map(choiceOf).filter((choice) => choice !== null)
  return choices.sort((a, b) => a.cost - b.cost).map(({ of }) => of)
}

interface Choice { readonly of: readonly Keyed[]; readonly cost: number }

function choiceOf(element: Element): Choice | null {
  if (element.kind === 'gap' || (element.kind === 'group' && element.optional)) return null
  if (element.kind !== 'group') return { of: [element], cost: costOf(element) }
  const each = element.of.map((sequence) => sequence.map(choiceOf).reduce((best, choice) => (choice && (!best || choice.cost < best.cost) ? choice : best), null))
  return each.every((choice) => choice !== null) ? { of: each.flatMap((choice) => choice.of), cost: each.reduce((sum, choice) => sum + choice.cost, 0) } : null
}

/** True where a pattern names a `!` or `?` and may so go on in the next sentence. */
export function isCrossing(elements: readonly Element[]): boolean {
  return elements.some((element) => (element.kind === 'word' ? element.ends : element.kind === 'group' && element.of.some(isCrossing)))
}
