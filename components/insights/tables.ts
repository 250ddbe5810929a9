import type { Category } from '../../lib/engine/index.ts'
import { byAssistant, byCategory, byRule, pathsOf, stepOf, stepsOf, tooFew, type DayTally, type InsightFilters, type Path, type Ranked, type Step } from '../../lib/learning/index.ts'
import { listOf, number, percent } from '../shell/format.ts'
import { dateFormat, numberFormat } from '../ui/formats.ts'
import { categoryName, t, tn, uiLocale, type MessageKey } from '../ui/index.ts'

/** How a column is written: `ms` as minutes and seconds, `share` as a percentage. */
export type Form = 'text' | 'count' | 'ms' | 'share' | 'rate'
export interface Column { readonly head: string; readonly form: Form }
/** What a figure shows, as a table: the chart, its words, and the file to take along are all made of it. Null: not enough data. */
export interface Table { readonly columns: readonly Column[]; readonly rows: readonly (readonly (string | number | null)[])[] }

/** A chart's form: which columns it draws, the first column being what they are for. */
export type Shape =
  | { readonly kind: 'stacked'; readonly columns: readonly number[]; readonly whole: boolean }
  | { readonly kind: 'bars'; readonly column: number }
  | { readonly kind: 'line'; readonly column: number }
  | { readonly kind: 'paths'; readonly paths: readonly Path[] }

export interface FigureData {
  readonly id: string
  readonly title: string
  /** The chart in a sentence, with how many drafts it rests on. */
  readonly summary: string
  readonly table: Table
  readonly shape: Shape
}

/** Bars of a list: more would be a table, which is there anyway. */
const MOST_BARS = 8

/** All figures of a period. `titleOf` names a rule. */
export function figuresOf(days: readonly DayTally[], filters: InsightFilters, titleOf: (rule: string) => string): FigureData[] {
  const steps = stepsOf(days, filters)
  return [asked(steps, filters), reviews(steps, filters), holds(steps, filters), wentOut(steps, filters), ...rankedFigures(days, filters, titleOf), assistants(days, filters), paths(days, filters)]
}

const text = (head: MessageKey): Column => ({ head: t(head), form: 'text' })
const count = (head: MessageKey): Column => ({ head: t(head), form: 'count' })
const time = (head: MessageKey): Column => ({ head: t(head), form: 'ms' })

/** A step's name: a day, the Monday of a week, a month. */
export function stepName(at: string, filters: Pick<InsightFilters, 'days'>): string {
  const step = stepOf(filters.days)
  const date = new Date(`${step === 'month' ? `${at}-01` : at}T00:00:00Z`)
  return dateFormat(uiLocale(), step === 'month' ? { month: 'short', year: '2-digit', timeZone: 'UTC' } : { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(date)
}

function stepColumn(filters: InsightFilters): Column {
  return { head: t(`insightStep_${stepOf(filters.days)}`), form: 'text' }
}

function total(steps: readonly Step[], of: (step: Step) => number): number {
  return steps.reduce((sum, step) => sum + of(step), 0)
}

function asked(steps: readonly Step[], filters: InsightFilters): FigureData {
  const seen = total(steps, ({ counts }) => counts.seen)
  const third = Math.max(1, Math.floor(steps.length / 3))
  const share = (part: readonly Step[]): number => total(part, ({ counts }) => counts.note) / Math.max(1, total(part, ({ counts }) => counts.seen))
  return {
    id: 'asked', title: t('insightAsked'), shape: { kind: 'stacked', columns: [1, 2, 3, 4], whole: true },
    summary: tooFew(seen) ? tn('insightFew', seen) : tn('insightAskedSaid', seen, percent(share(steps.slice(0, third))), percent(share(steps.slice(-third)))),
    table: {
      columns: [stepColumn(filters), count('insightByItself'), count('insightAuthor'), count('insightSecond'), count('insightMustChange'), count('insightDrafts')],
      rows: steps.map(({ at, counts }) => [stepName(at, filters), counts.note, counts.review, counts.approve, counts.block, counts.seen]),
    },
  }
}

function reviews(steps: readonly Step[], filters: InsightFilters): FigureData {
  const signed = total(steps, ({ counts }) => counts.signed)
  const reviewMs = total(steps, ({ counts }) => counts.reviewMs)
  return {
    id: 'reviews', title: t('insightReviews'), shape: { kind: 'stacked', columns: [1], whole: false },
    summary: tn('insightReviewsSaid', signed, duration(reviewMs), signed > 0 ? duration(reviewMs / signed) : '-'),
    table: {
      columns: [stepColumn(filters), count('insightSigned'), time('insightReviewTime'), time('insightReviewEach'), count('insightDrafts')],
      rows: steps.map(({ at, counts }) => [stepName(at, filters), counts.signed, counts.reviewMs, counts.signed > 0 ? counts.reviewMs / counts.signed : null, counts.seen]),
    },
  }
}

function holds(steps: readonly Step[], filters: InsightFilters): FigureData {
  const held = total(steps, ({ counts }) => counts.held)
  const holdMs = total(steps, ({ counts }) => counts.holdMs)
  return {
    id: 'holds', title: t('insightHolds'), shape: { kind: 'line', column: 2 },
    summary: tn('insightHoldsSaid', held, duration(holdMs)),
    table: { columns: [stepColumn(filters), count('insightHeld'), time('insightHoldTime')], rows: steps.map(({ at, counts }) => [stepName(at, filters), counts.held, counts.holdMs]) },
  }
}

function wentOut(steps: readonly Step[], filters: InsightFilters): FigureData {
  const [overridden, unreviewed, seen] = [total(steps, ({ counts }) => counts.overridden), total(steps, ({ counts }) => counts.unreviewed), total(steps, ({ counts }) => counts.seen)]
  return {
    id: 'out', title: t('insightOut'), shape: { kind: 'stacked', columns: [1, 2], whole: false },
    summary: tn('insightOutSaid', seen, number(overridden), number(unreviewed)),
    table: { columns: [stepColumn(filters), count('insightOverridden'), count('insightUnreviewed'), count('insightDrafts')], rows: steps.map(({ at, counts }) => [stepName(at, filters), counts.overridden, counts.unreviewed, counts.seen]) },
  }
}

function rankedFigures(days: readonly DayTally[], filters: InsightFilters, titleOf: (rule: string) => string): FigureData[] {
  const categories = byCategory(days, filters)
  const rules = byRule(days, filters, 'reviewMs')
  const repeated = byRule(days, filters, 'corrected')
  return [
    {
      id: 'categories', title: t('insightCategories'), shape: { kind: 'bars', column: 1 }, summary: mostOf(categories, (name) => categoryName(name as Category), 'insightCategoriesSaid'),
      table: {
        columns: [text('insightCategory'), time('insightReviewTime'), count('insightSigned'), count('insightHeld'), time('insightHoldTime'), count('insightOverridden'), count('insightUnreviewed'), count('insightDrafts')],
        rows: categories.map(({ name, counts }) => [categoryName(name as Category), counts.reviewMs, counts.signed, counts.held, counts.holdMs, counts.overridden, counts.unreviewed, counts.seen]),
      },
    },
    {
      id: 'rules', title: t('insightRules'), shape: { kind: 'bars', column: 1 }, summary: mostOf(rules, titleOf, 'insightRulesSaid'),
      table: { columns: [text('insightRule'), time('insightReviewTime'), count('insightFindings'), count('insightDismissed')], rows: rules.map(({ name, counts }) => [titleOf(name), counts.reviewMs, counts.seen, counts.dismissed]) },
    },
    {
      id: 'repeated', title: t('insightRepeated'), shape: { kind: 'bars', column: 1 },
      summary: repeated.length === 0 ? t('insightRepeatedNone') : tn('insightRepeatedSaid', repeated.reduce((sum, { counts }) => sum + counts.corrected, 0), repeated[0] ? titleOf(repeated[0].name) : '', number(repeated[0]?.counts.corrected ?? 0)),
      table: { columns: [text('insightRule'), count('insightCorrections'), count('insightFindings')], rows: repeated.map(({ name, counts }) => [titleOf(name), counts.corrected, counts.seen]) },
    },
  ]
}

function mostOf(list: readonly Ranked[], nameOf: (name: string) => string, key: 'insightCategoriesSaid' | 'insightRulesSaid'): string {
  const all = list.reduce((sum, { counts }) => sum + counts.reviewMs, 0)
  if (all === 0) return t('insightNoTime')
  return t(key, listOf(list.slice(0, 2).map(({ name, counts }) => `${nameOf(name)} (${percent(counts.reviewMs / all)})`)), duration(all))
}

function assistants(days: readonly DayTally[], filters: InsightFilters): FigureData {
  const all = byAssistant(days, filters)
  const nameOf = (name: string): string => name || t('insightNoAssistant')
  const enough = all.filter(({ name, counts }) => name !== '' && !tooFew(counts.seen))
  const rated = enough.map(({ name, counts }) => ({ name, rate: counts.corrected / counts.seen, seen: counts.seen })).sort((a, b) => a.rate - b.rate)
  return {
    id: 'assistants', title: t('insightAssistants'), shape: { kind: 'bars', column: 1 },
    summary: rated.length < 2 ? t('insightAssistantsFew') : listOf(rated.map(({ name, rate, seen }) => t('insightAssistantsSaid', name, decimal(rate), number(seen)))),
    table: {
      columns: [text('insightAssistant'), { head: t('insightPerDraft'), form: 'rate' }, count('insightCorrections'), count('insightDrafts')],
      rows: all.map(({ name, counts }) => [nameOf(name), tooFew(counts.seen) ? null : counts.corrected / counts.seen, counts.corrected, counts.seen]),
    },
  }
}

function paths(days: readonly DayTally[], filters: InsightFilters): FigureData {
  const all = pathsOf(days, filters)
  const moved = all.filter(({ from, to }) => from !== null && to !== null)
  return {
    id: 'paths', title: t('insightPaths'), shape: { kind: 'paths', paths: all },
    summary: moved.length === 0 ? t('insightPathsFew') : listOf(moved.slice(0, 3).map(({ category, from, to, seen }) => tn('insightPathSaid', seen, categoryName(category), percent(from ?? 0), percent(to ?? 0)))),
    table: {
      columns: [text('insightCategory'), stepColumn(filters), { head: t('insightShareByItself'), form: 'share' }, count('insightDrafts')],
      rows: all.flatMap(({ category, steps }) => steps.map(({ at, share, seen }) => [categoryName(category), stepName(at, filters), share, seen])),
    },
  }
}

/** Rows that a chart draws: a list's largest. */
export function drawn(table: Table, shape: Shape): Table['rows'] {
  return shape.kind === 'bars' ? table.rows.filter((row) => typeof row[shape.column] === 'number' && Number(row[shape.column]) > 0).slice(0, MOST_BARS) : table.rows
}

/** A value as it is written in a chart or table. */
export function written(value: string | number | null, form: Form): string {
  if (value === null) return t('learnTooFew')
  if (typeof value === 'string') return value
  switch (form) {
    case 'ms': return duration(value)
    case 'share': return percent(value)
    case 'rate': return decimal(value)
    case 'text':
    case 'count': return number(value)
  }
}

function decimal(value: number): string {
  return numberFormat(uiLocale(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value)
}

/** Milliseconds as people read them: "42 sec", "3.5 min", "2.1 hr". */
export function duration(ms: number): string {
  const [value, unit] = ms < 60_000 ? [ms / 1_000, 'second'] : ms < 3_600_000 ? [ms / 60_000, 'minute'] : [ms / 3_600_000, 'hour']
  return numberFormat(uiLocale(), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: unit === 'second' ? 0 : 1 }).format(value)
}
