import { describe, expect, it } from 'vitest'
import { filtersFromQuery, filtersToQuery } from './filters.ts'
import { NO_FILTERS, passes, type HistoryRow } from './model.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000

function row(change: Partial<HistoryRow>): HistoryRow {
  return {
    id: 1, at: NOW - 1000, subject: 'Offer', site: 'gmail', host: 'mail.google.com', verdict: 'ai', product: 'ChatGPT',
    counts: { note: 0, review: 1, approve: 0, block: 0 }, categories: ['pricing'], outcome: 'signed', person: 'Dana', ...change,
  }
}

describe('history filters', () => {
  const rows = [
    row({ id: 1 }),
    row({ id: 2, at: NOW - 8 * DAY, host: 'blog.example', categories: ['medical'], outcome: 'overridden' }),
    row({ id: 3, at: NOW - 40 * DAY, outcome: 'clean', categories: [] }),
  ]
  const ids = (change: object) => rows.filter((each) => passes(each, { ...NO_FILTERS, ...change }, NOW)).map((r) => r.id)

  it('lets everything through when nothing but words is asked', () => {
    expect(ids({ q: 'zeppelin' })).toEqual([1, 2, 3])
  })

  it('filters by site, outcome, category and time, together', () => {
    expect(ids({ site: 'blog.example' })).toEqual([2])
    expect(ids({ outcome: 'clean' })).toEqual([3])
    expect(ids({ category: 'medical' })).toEqual([2])
    expect(ids({ days: 7 })).toEqual([1])
    expect(ids({ days: 30 })).toEqual([1, 2])
    expect(ids({ days: 30, outcome: 'overridden'})).toEqual([2])
    expect(ids({ days: 7, outcome: 'overridden' })).toEqual([])
  })

  it('survives the way through an address and drops what it does not know', () => {
    const filters = { q: '20% off', site: 'mail.google.com', outcome: 'held', category: 'pricing', days: 7 } as const
    expect(filtersFromQuery(filtersToQuery(filters))).toEqual(filters)
    expect(filtersFromQuery({ outcome: 'lost', category: 'x', days: '400' })).toEqual(NO_FILTERS)
  })
})
