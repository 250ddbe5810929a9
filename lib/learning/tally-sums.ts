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

/** Adds up days. Pure; sums come in the order of their values. */
export function sumTallies(days: readonly DayTally[], { of, by, where = {} }: TallyWish): TallySum[] {
  const sums = new Map<string, { at: readonly string[]; counts: number[] }>()
  const places = new Map<string, TallyPlace | null>()
  const asked = Object.entries(where).filter(([, value]) => value !== undefined) as [keyof TallyPlace, string][]
  for (const { day, cells } of days) {
    const dates = { day, week: mondayOf(day), month: day.slice(0, 7) }
    for (const [key, cell] of Object.entries(cells)) {
      let place = places.get(key)
      if (place === undefined) {
        const read = tallyPlace(key)
        place = layerOf(read) === of && asked.every(([name, value]) => read[name] === value) ? read : null
        places.set(key, place)
      }
      if (!place) continue
      let name = ''
      for (const dimension of by) name += `${valueOf(dimension, place, dates)}\u001f`
      let sum = sums.get(name)
      if (!sum) sums.set(name, (sum = { at: by.map((dimension) => valueOf(dimension, place, dates)), counts: TALLY_COUNTS.map(() => 0) }))
      for (let index = 0; index < sum.counts.length; index++) sum.counts[index]! += cell[index] ?? 0
    }
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { at, counts }]) => ({ at, counts: tallyCounts(counts) }))
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
