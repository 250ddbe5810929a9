import { CATEGORIES, type Category, type DraftKind } from '../engine/index.ts'
import { ENOUGH_DECISIONS } from './scores.ts'
import { TALLY_COUNTS, tallyPlace, tallyCounts, type DayTally, type TallyCounts, type TallyPlace } from './tally.ts'
import { sumTallies, type TallyDimension, type TallySum, type TallyWish } from './tally-sums.ts'

/** What is looked at. Empty: everything. */
export interface InsightFilters {
  /** Days back from today, 0 for all. */
  readonly days: number
  readonly site: string
  readonly kind: DraftKind | ''
  readonly assistant: string
  readonly category: Category | ''
}

const DAY = 86_400_000
const NOTHING = tallyCounts([])

/** ISO date (UTC) of the first day of a period of `days` that ends with the day of `now`; '' for all. */
export function firstDay(days: number, now: number): string {
  return days === 0 ? '' : new Date(now - (days - 1) * DAY).toISOString().slice(0, 10)
}

/** The steps that a period is shown in: seldom more than 26 of them. */
export function stepOf(days: number): 'day' | 'week' | 'month' {
  return days === 7 ? 'day' : days === 0 || days > 182 ? 'month' : 'week'
}

/** Counts of drafts by one dimension, under the filters. With a category they are the drafts that touch it. */
function drafts(all: readonly DayTally[], filters: InsightFilters, by: readonly TallyDimension[]): TallySum[] {
  return sumTallies(all, { of: filters.category === '' ? 'drafts' : 'categories', by, where: whereOf(filters, filters.category !== '') })
}

function whereOf({ site, kind, assistant, category }: InsightFilters, withCategory = true): NonNullable<TallyWish['where']> {
  return { ...(site ? { site } : {}), ...(kind ? { kind } : {}), ...(assistant ? { assistant } : {}), ...(withCategory && category ? { category } : {}) }
}

/** Numbers of one period; those of the period before it, where it is as long and has drafts. */
export interface Standing { readonly now: TallyCounts; readonly before: TallyCounts | null }

/** @param all days of twice the period, so that the one before can be told */
export function standingOf(all: readonly DayTally[], filters: InsightFilters, now: number): Standing {
  const from = firstDay(filters.days, now)
  const sum = (days: readonly DayTally[]): TallyCounts => drafts(days, filters, [])[0]?.counts ?? NOTHING
  const earlier = filters.days === 0 ? [] : all.filter(({ day }) => day < from && day >= firstDay(2 * filters.days, now))
  const before = sum(earlier)
  return { now: sum(all.filter(({ day }) => day >= from)), before: before.seen > 0 ? before : null }
}

export interface Step { readonly at: string; readonly counts: TallyCounts }

/** The period in its steps, also those without drafts in between. */
export function stepsOf(days: readonly DayTally[], filters: InsightFilters): Step[] {
  const step = stepOf(filters.days)
  return withoutGaps(drafts(days, filters, [step]).map(({ at: [at = ''], counts }) => ({ at, counts })), step)
}

/** Sums by what they are for, the largest first by one of the counts; those of nothing are left out. */
export interface Ranked { readonly name: string; readonly counts: TallyCounts }

export function byCategory(days: readonly DayTally[], filters: InsightFilters, order: 'reviewMs' | 'seen' = 'reviewMs'): Ranked[] {
  return ranked(sumTallies(days, { of: 'categories', by: ['category'], where: whereOf(filters) }), order)
}

export function byRule(days: readonly DayTally[], filters: InsightFilters, order: 'reviewMs' | 'corrected'): Ranked[] {
  return ranked(sumTallies(days, { of: 'rules', by: ['rule'], where: whereOf(filters) }), order)
}

/** How often what came from each assistant was corrected. Drafts that nothing is known of count under ''. */
export function byAssistant(days: readonly DayTally[], filters: InsightFilters): Ranked[] {
  return ranked(drafts(days, filters, ['assistant']), 'seen')
}

/** True where a share of so many would say more than it knows. */
export function tooFew(count: number): boolean {
  return count < ENOUGH_DECISIONS
}

/** How a category's drafts went by themselves, step by step: the way from "review" towards "automatic". */
export interface Path {
  readonly category: Category
  readonly seen: number
  /** The share of drafts that touched it and asked for no review for it. Steps with too few drafts are told together with those after them. */
  readonly steps: readonly { readonly at: string; readonly seen: number; readonly share: number }[]
  /** Share in the first and in the last third of the period; null where either had too few drafts. */
  readonly from: number | null
  readonly to: number | null
}

/** Paths of the categories that occurred, the most frequent first. */
export function pathsOf(days: readonly DayTally[], filters: InsightFilters): Path[] {
  const step = stepOf(filters.days)
  const sums = sumTallies(days, { of: 'categories', by: ['category', step], where: whereOf(filters) })
  return CATEGORIES.flatMap((category): Path[] => {
    const steps = withoutGaps(sums.filter(({ at }) => at[0] === category).map(({ at: [, at = ''], counts }) => ({ at, counts })), step)
    const seen = steps.reduce((sum, { counts }) => sum + counts.seen, 0)
    if (seen === 0) return []
    const third = Math.max(1, Math.floor(steps.length / 3))
    return [{ category, seen, steps: merged(steps), from: shareOf(steps.slice(0, third).map(({ counts }) => counts)), to: shareOf(steps.slice(-third).map(({ counts }) => counts)) }]
  }).sort((a, b) => b.seen - a.seen)
}

/** Steps joined until each holds enough drafts for a share; what is left over at the end joins the last. Empty where all of them together are too few. */
function merged(steps: readonly Step[]): { at: string; seen: number; share: number }[] {
  const out: Bin[] = []
  let open: Bin | null = null
  for (const { at, counts } of steps) {
    if (open === null && counts.seen === 0) continue
    const { at: since, seen, note }: Bin = open ?? { at, seen: 0, note: 0 }
    open = { at: since, seen: seen + counts.seen, note: note + counts.note }
    if (tooFew(open.seen)) continue
    out.push(open)
    open = null
  }
  const last = out.pop()
  if (last) out.push(open ? { at: last.at, seen: last.seen + open.seen, note: last.note + open.note } : last)
  return out.map(({ at, seen, note }) => ({ at, seen, share: note / seen }))
}

interface Bin { readonly at: string; readonly seen: number; readonly note: number }

function shareOf(counts: readonly TallyCounts[]): number | null {
  const seen = counts.reduce((sum, one) => sum + one.seen, 0)
  return tooFew(seen) ? null : counts.reduce((sum, one) => sum + one.note, 0) / seen
}

/** Everything that can be filtered by, as it occurs. */
export function valuesOf(days: readonly DayTally[]): { readonly sites: readonly string[]; readonly kinds: readonly DraftKind[]; readonly assistants: readonly string[] } {
  const list = (by: TallyDimension): string[] => sumTallies(days, { of: 'drafts', by: [by] }).flatMap(({ at: [value = ''] }) => (value ? [value] : []))
  return { sites: list('site'), kinds: list('kind') as DraftKind[], assistants: list('assistant') }
}

/** Each day's counts under the filters as rows, places first: for working on in another program. */
export function rawRows(days: readonly DayTally[], filters: InsightFilters): (string | number)[][] {
  const asked = Object.entries(whereOf(filters))
  return days.flatMap(({ day, cells }) => Object.entries(cells).flatMap(([key, cell]) => {
    const place = tallyPlace(key)
    if (asked.some(([name, value]) => place[name as keyof TallyPlace] !== value)) return []
    return [[day, place.site, place.kind, place.assistant, place.category, place.rule, ...TALLY_COUNTS.map((_, index) => cell[index] ?? 0)]]
  }))
}

/** Heads of `rawRows`. */
export const RAW_HEADS = ['day', 'site', 'kind', 'assistant', 'category', 'rule', ...TALLY_COUNTS] as const

function ranked(sums: readonly TallySum[], order: 'reviewMs' | 'seen' | 'corrected'): Ranked[] {
  return sums.map(({ at: [name = ''], counts }) => ({ name, counts })).filter(({ counts }) => counts[order] > 0).sort((a, b) => b.counts[order] - a.counts[order] || (a.name < b.name ? -1 : 1))
}

/** The steps with empty ones put in between, so that a quiet week is seen as one. */
function withoutGaps(steps: readonly Step[], step: 'day' | 'week' | 'month'): Step[] {
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first || !last) return []
  const known = new Map(steps.map((one) => [one.at, one]))
  const out: Step[] = []
  for (let at = first.at; at <= last.at && out.length < 4_000; at = nextStep(at, step)) out.push(known.get(at) ?? { at, counts: NOTHING })
  return out
}

function nextStep(at: string, step: 'day' | 'week' | 'month'): string {
  if (step === 'month') {
    const [year = 0, month = 0] = at.split('-').map(Number)
    return month === 12 ? `${String(year + 1).padStart(4, '0')}-01` : `${at.slice(0, 5)}${String(month + 1).padStart(2, '0')}`
  }
  return new Date(Date.parse(`${at}T00:00:00Z`) + (step === 'day' ? DAY : 7 * DAY)).toISOString().slice(0, 10)
}
