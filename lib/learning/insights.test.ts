import { describe, expect, it } from 'vitest'
import { byAssistant, byCategory, byRule, firstDay, pathsOf, rawRows, RAW_HEADS, standingOf, stepOf, stepsOf, valuesOf, type InsightFilters } from './insights.ts'
import { addToDay, tallyOfDraft, type CountedDraft, type DayTally } from './tally.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const DAY = 86_400_000
const ALL: InsightFilters = { days: 90, site: '', kind: '', assistant: '', category: '' }

function draft(at: number, change: Partial<CountedDraft> & { tier?: 'note' | 'review'; product?: string } = {}): CountedDraft {
  const { tier = 'review', product = 'ChatGPT', ...rest } = change
  return {
    at, site: 'gmail', kind: 'email', origin: { verdict: 'ai', evidence: [{ class: 'T2', mark: 'm', product, count: 1 }] }, requirement: { tier, owners: [], reasons: [] },
    findings: [{ rule: 'pricing/percent-off', category: 'pricing', tier, fingerprint: `f${at}` }], decisions: [], outcome: 'sent', heldAt: tier === 'note' ? null : at, signOff: tier === 'note' ? null : { at: at + 10_000 }, ...rest,
  }
}

function daysOf(drafts: readonly CountedDraft[]): DayTally[] {
  const days = new Map<string, DayTally>()
  for (const one of drafts) {
    const tally = tallyOfDraft(one)
    days.set(tally.day, addToDay(days.get(tally.day) ?? null, tally))
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

describe('insights', () => {
  it('counts the period and the one before it', () => {
    const days = daysOf([draft(NOW), draft(NOW - 6 * DAY), draft(NOW - 7 * DAY), draft(NOW - 8 * DAY), draft(NOW - 13 * DAY), draft(NOW - 14 * DAY)])
    const { now, before } = standingOf(days, { ...ALL, days: 7 }, NOW)
    expect([now.seen, before?.seen]).toEqual([2, 3])
    expect(standingOf(days, { ...ALL, days: 0 }, NOW)).toMatchObject({ now: { seen: 6 }, before: null })
    expect(firstDay(1, NOW)).toBe('2026-11-26')
  })

  it('keeps quiet weeks as empty steps, and months over a year\'s end', () => {
    const days = daysOf([draft(Date.UTC(2026, 10, 2)), draft(Date.UTC(2026, 10, 24))])
    expect(stepsOf(days, ALL).map(({ at, counts }) => [at, counts.seen])).toEqual([['2026-11-02', 1], ['2026-11-09', 0], ['2026-11-16', 0], ['2026-11-23', 1]])
    const year = daysOf([draft(Date.UTC(2025, 10, 2)), draft(Date.UTC(2026, 0, 24))])
    expect(stepsOf(year, { ...ALL, days: 0 }).map(({ at }) => at)).toEqual(['2025-11', '2025-12', '2026-01'])
    expect([7, 30, 90, 365, 0].map(stepOf)).toEqual(['day', 'week', 'week', 'month', 'month'])
  })

  it('filters by site, kind, assistant and category alike everywhere', () => {
    const days = daysOf([draft(NOW), draft(NOW, { site: 'hubspot' }), draft(NOW - 1, { product: 'Claude' }), draft(NOW, { findings: [{ rule: 'brand/best', category: 'brand', tier: 'review', fingerprint: 'x' }] })])
    const count = (change: Partial<InsightFilters>): number => standingOf(days, { ...ALL, ...change }, NOW).now.seen
    expect([count({}), count({ site: 'hubspot' }), count({ assistant: 'Claude' }), count({ category: 'brand' }), count({ kind: 'post' })]).toEqual([4, 1, 1, 1, 0])
    expect(byRule(days, { ...ALL, category: 'brand' }, 'reviewMs').map(({ name }) => name)).toEqual(['brand/best'])
    expect(byCategory(days, { ...ALL, site: 'hubspot' }).map(({ name, counts }) => [name, counts.reviewMs])).toEqual([['pricing', 10_000]])
    expect(byAssistant(days, ALL).map(({ name, counts }) => [name, counts.seen])).toEqual([['ChatGPT', 3], ['Claude', 1]])
    expect(valuesOf(days)).toEqual({ sites: ['gmail', 'hubspot'], kinds: ['email'], assistants: ['ChatGPT', 'Claude'] })
    expect(rawRows(days, { ...ALL, category: 'brand' }).map((row) => row.slice(0, 7))).toEqual([['2026-11-26', 'gmail', 'email', 'ChatGPT', 'brand', '', 1], ['2026-11-26', 'gmail', 'email', 'ChatGPT', 'brand', 'brand/best', 1]])
    expect(RAW_HEADS.slice(0, 7)).toEqual(['day', 'site', 'kind', 'assistant', 'category', 'rule', 'seen'])
  })

  it('draws the way towards automatic, and claims no share where there were too few drafts', () => {
    const weeks = [0, 1, 2, 3, 4, 5].flatMap((week) => Array.from({ length: 10 }, (_, each) => draft(NOW - (6 - week) * 7 * DAY + each, { tier: each < week * 2 ? 'note' : 'review' })))
    const [path] = pathsOf(daysOf(weeks), ALL)
    expect(path).toMatchObject({ category: 'pricing', seen: 60, from: 0.1, to: 0.9 })
    expect(path?.steps.map(({ share }) => share)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    const [thin] = pathsOf(daysOf([draft(NOW), draft(NOW - 7 * DAY)]), ALL)
    expect(thin).toMatchObject({ seen: 2, from: null, to: null, steps: [] })
    const sparse = daysOf(Array.from({ length: 19 }, (_, week) => draft(NOW - (18 - week) * 7 * DAY, { tier: week < 8 ? 'review' : 'note' })))
    expect(pathsOf(sparse, { ...ALL, days: 182 })[0]?.steps.map(({ seen, share }) => [seen, share])).toEqual([[8, 0], [11, 1]])
  })
})
