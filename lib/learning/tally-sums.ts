import { TALLY_COUNTS, tallyCounts, tallyPlace, type DayTally, type TallyCounts, type TallyPlace } from './tally.ts'

export type TallyDimension = keyof TallyPlace | 'day' | 'week' | 'month'

/** Which numbers are wanted. */
export interface TallyWish {
  /** Whole drafts, drafts by category, or findings by rule. They are counted apart: a draft with findings of two categories is one draft, and in two categories. */
  readonly of: 'drafts' | 'categories' | 'rules'
  /** One sum for each value, or each combination of values, that occurs. Empty: one sum of everything. */
  readonly by: readonly TallyDimension[]
  /** Only these places; what is not named is not asked. */
  readonly where?: Partial<TallyPlace> | undefined
}

export interface TallySum {
  /** The values of `by`, in that order. A week is the ISO date of its Monday, a month `2026-11`. */
  readonly at: readonly string[]
  readonly counts: TallyCounts
}

/** Adds up days. Pure; sums come in the order of their values. Asked several times of the same days it adds them up by week, by month or in all but once. */
export function sumTallies(days: readonly DayTally[], { of, by, where = {} }: TallyWish): TallySum[] {
  const sums = new Map<string, { at: readonly string[]; counts: number[] }>()
  const asked = Object.entries(where).filter(([, value]) => value !== undefined) as [keyof TallyPlace, string][]
  const grain = GRAINS.filter((each) => by.includes(each))
  for (const { date, cells } of grain.length > 1 ? eachDay(days) : rolled(days, grain[0] ?? 'all')) {
    const dates = grain.length > 1 ? datesOf(date) : { day: date, week: date, month: date }
    for (const [key, cell] of cells) {
      const place = placeOf(key)
      if (layerOf(place) !== of || !asked.every(([name, value]) => place[name] === value)) continue
      let name = ''
      for (const dimension of by) name += `${valueOf(dimension, place, dates)}\u001f`
      let sum = sums.get(name)
      if (!sum) sums.set(name, (sum = { at: by.map((dimension) => valueOf(dimension, place, dates)), counts: TALLY_COUNTS.map(() => 0) }))
      addTo(sum.counts, cell)
    }
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { at, counts }]) => ({ at, counts: tallyCounts(counts) }))
}

const GRAINS = ['day', 'week', 'month'] as const
type Grain = (typeof GRAINS)[number] | 'all'

/** What was counted of a day, a week, a month or all of it, by the names of places. */
interface Rolled { readonly date: string; readonly cells: Iterable<readonly [string, readonly number[]]> }

const known = new WeakMap<readonly DayTally[], Map<Grain, readonly Rolled[]>>()

/** Days added up to a grain. A page asks a dozen questions of the same days. */
function rolled(days: readonly DayTally[], grain: Grain): readonly Rolled[] {
  if (grain === 'day') return eachDay(days)
  const before = known.get(days) ?? new Map<Grain, readonly Rolled[]>()
  known.set(days, before)
  const found = before.get(grain)
  if (found) return found
  const made = new Map<string, Map<string, number[]>>()
  for (const { day, cells } of days) {
    const date = grain === 'all' ? '' : datesOf(day)[grain]
    const sums = made.get(date) ?? new Map<string, number[]>()
    made.set(date, sums)
    for (const [key, cell] of Object.entries(cells)) {
      const sum = sums.get(key)
      if (sum) addTo(sum, cell)
      else sums.set(key, TALLY_COUNTS.map((_, index) => cell[index] ?? 0))
    }
  }
  const all = [...made].map(([date, cells]): Rolled => ({ date, cells: [...cells] }))
  before.set(grain, all)
  return all
}

function eachDay(days: readonly DayTally[]): readonly Rolled[] {
  return days.map(({ day, cells }) => ({ date: day, cells: Object.entries(cells) }))
}

function addTo(sum: number[], cell: readonly number[]): void {
  for (let index = 0; index < sum.length; index++) sum[index]! += cell[index] ?? 0
}

const places = new Map<string, TallyPlace>()

/** A place by its name, taken apart once. */
function placeOf(key: string): TallyPlace {
  let place = places.get(key)
  if (!place) places.set(key, (place = tallyPlace(key)))
  return place
}

function datesOf(day: string): Dates {
  return { day, week: mondayOf(day), month: day.slice(0, 7) }
}

interface Dates { readonly day: string; readonly week: string; readonly month: string }

function valueOf(dimension: TallyDimension, place: TallyPlace, dates: Dates): string {
  return dimension === 'day' || dimension === 'week' || dimension === 'month' ? dates[dimension] : place[dimension]
}

function layerOf({ category, rule }: TallyPlace): TallyWish['of'] {
  return category === '' ? 'drafts' : rule === '' ? 'categories' : 'rules'
}

/** The Monday of a day's week. Both ISO dates, in UTC. */
function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}
