import { describe, expect, it } from 'vitest'
import { scoreRules, scoresOf, sumTallies, TALLY_COUNTS, tallyCounts, tallyKey, tallyPlace, wilsonInterval, type DayTally, type TallyCount, type TallyPlace } from './index.ts'

type Counts = Partial<Record<TallyCount, number>>
const cell = (counts: Counts): number[] => TALLY_COUNTS.map((name) => counts[name] ?? 0)
const PLACE: TallyPlace = { site: 'gmail', kind: 'email', assistant: 'ChatGPT', category: 'pricing', rule: '' }
const dayOf = (day: string, ...cells: readonly [Partial<TallyPlace>, Counts][]): DayTally => ({ day, cells: Object.fromEntries(cells.map(([place, counts]) => [tallyKey({ ...PLACE, ...place }), cell(counts)])) })
const rule = (name: string, counts: Counts): [Partial<TallyPlace>, Counts] => [{ rule: `pricing/${name}` }, counts]

describe('a rule\'s scorecard', () => {
  it('says how much was right and how much noise, what was found and let go, and how long it took', () => {
    const [card] = scoresOf([dayOf('2026-11-02', rule('a', { seen: 20, overridden: 3, fixed: 5, kept: 4, dismissed: 3, open: 8, reviewMs: 9_000 }))])
    const { low, high } = wilsonInterval(3, 12)
    expect(card).toEqual({
      rule: 'pricing/a', total: 12, fixed: 5, kept: 4, dismissed: 3, precision: { value: 0.75, ...wilsonInterval(9, 12) }, noise: { value: 0.25, low, high }, flagged: 20, overridden: 3, reviewMs: 9_000, trend: null,
    })
  })

  it('claims a share from eight decisions on', () => {
    const [enough, few] = scoresOf([dayOf('2026-11-02', rule('a', { seen: 8, fixed: 8 }), rule('b', { seen: 7, dismissed: 7 }))])
    expect(enough).toMatchObject({ precision: { value: 1 }, noise: { value: 0 } })
    expect(few).toMatchObject({ rule: 'pricing/b', total: 7, precision: null, noise: null })
  })

  it('holds the later half of the days against the earlier one, where both have enough', () => {
    const days = [dayOf('2026-11-02', rule('a', { seen: 8, fixed: 4, dismissed: 4 }), rule('b', { seen: 8, kept: 8 })), dayOf('2026-11-03', rule('a', { seen: 4, fixed: 4 })), dayOf('2026-11-04', rule('a', { seen: 4, kept: 4 }), rule('b', { seen: 7, kept: 7 }))]
    expect(scoresOf(days).map(({ rule: name, trend }) => [name, trend])).toEqual([['pricing/a', 0.5], ['pricing/b', null]])
    expect(scoresOf(days.slice(1)).map(({ trend }) => trend)).toEqual([null, null])
  })

  it('stands with those that were settled most often first, then by name; rules that found nothing have none', () => {
    const day = dayOf('2026-11-02', rule('z', { seen: 9, kept: 9 }), rule('m', { seen: 2 }), rule('c', { seen: 1, fixed: 1 }), rule('b', { seen: 1, fixed: 1 }), rule('n', { corrected: 4 }), rule('gone', { fixed: 1, seen: 0 }))
    expect(scoresOf([day]).map(({ rule: name, total }) => [name, total])).toEqual([['pricing/z', 9], ['pricing/b', 1], ['pricing/c', 1], ['pricing/gone', 1], ['pricing/m', 0]])
    expect(scoreRules([{ rule: 'b/x', outcome: 'kept' }, { rule: 'a/x', outcome: 'fixed' }, { rule: 'c/x', outcome: 'kept' }, { rule: 'c/x', outcome: 'kept' }]).map(({ rule: name }) => name)).toEqual(['c/x', 'a/x', 'b/x'])
    expect(scoresOf([])).toEqual([])
  })

  it('has an interval that widens with what it is asked to hold', () => {
    expect(wilsonInterval(3, 12, 0)).toEqual({ low: 0.25, high: 0.25 })
    // The limits solve (share - p)^2 = z^2 p (1 - p) / n, which is how Wilson defines them.
    const { low, high } = wilsonInterval(3, 12)
    for (const p of [low, high]) expect((0.25 - p) ** 2).toBeCloseTo((1.959964 ** 2 * p * (1 - p)) / 12, 10)
    expect(low).toBeLessThan(0.25)
    expect(high).toBeGreaterThan(0.25)
  })
})

describe('sums of days', () => {
  const whole = { category: '' } as const
  const days = [
    dayOf('2026-08-30', [whole, { seen: 1, sent: 1 }], [{}, { seen: 1 }], rule('a', { seen: 2 })),
    dayOf('2026-08-31', [whole, { seen: 2 }], [{ ...whole, site: 'outlook' }, { seen: 4 }]),
    dayOf('2026-09-01', [whole, { seen: 8, sent: 2 }], rule('b', { seen: 16 })),
  ]
  const seen = (wish: Parameters<typeof sumTallies>[1], over: readonly DayTally[] = days) => sumTallies(over, wish).map(({ at, counts }) => [...at, counts.seen])

  it('are by day, week and month, a week being that of its Monday', () => {
    expect(seen({ of: 'drafts', by: ['day'] })).toEqual([['2026-08-30', 1], ['2026-08-31', 6], ['2026-09-01', 8]])
    expect(seen({ of: 'drafts', by: ['week'] })).toEqual([['2026-08-24', 1], ['2026-08-31', 14]])
    expect(seen({ of: 'drafts', by: ['month'] })).toEqual([['2026-08', 7], ['2026-09', 8]])
    expect(seen({ of: 'drafts', by: ['month', 'week'] })).toEqual([['2026-08', '2026-08-24', 1], ['2026-08', '2026-08-31', 6], ['2026-09', '2026-08-31', 8]])
    expect(seen({ of: 'drafts', by: ['week', 'day'] })).toEqual([['2026-08-24', '2026-08-30', 1], ['2026-08-31', '2026-08-31', 6], ['2026-08-31', '2026-09-01', 8]])
    expect(seen({ of: 'drafts', by: [] })).toEqual([[15]])
  })

  it('are of one layer, and of places that are asked for', () => {
    expect(seen({ of: 'categories', by: ['category'] })).toEqual([['pricing', 1]])
    expect(seen({ of: 'rules', by: ['rule'] })).toEqual([['pricing/a', 2], ['pricing/b', 16]])
    expect(seen({ of: 'drafts', by: ['site'], where: { site: 'outlook' } })).toEqual([['outlook', 4]])
    expect(seen({ of: 'drafts', by: ['site'], where: { site: 'outlook', kind: 'post' } })).toEqual([])
    expect(seen({ of: 'drafts', by: ['kind', 'assistant', 'site'] })).toEqual([['email', 'ChatGPT', 'gmail', 11], ['email', 'ChatGPT', 'outlook', 4]])
    expect(sumTallies(days, { of: 'drafts', by: ['site'], where: { site: undefined } }).length).toBe(2)
  })

  it('stay the same asked again and by other steps, and leave the days as they were', () => {
    const before = structuredClone(days)
    for (let round = 0; round < 2; round++) for (const by of [[], ['month'], ['week'], ['day']] as const) expect(sumTallies(days, { of: 'drafts', by }).reduce((sum, { counts }) => sum + counts.seen * 100 + counts.sent, 0)).toBe(1_503)
    expect(days).toEqual(before)
  })

  it('take counts that an older day did not have yet for nothing', () => {
    const older: DayTally[] = ['2026-11-02', '2026-11-03'].map((day) => ({ day, cells: { [tallyKey({ ...PLACE, ...whole })]: [3] } }))
    for (const by of [['day'], ['month'], []] as const) {
      const sums = sumTallies(older, { of: 'drafts', by })
      expect(sums.reduce((sum, { counts }) => sum + counts.seen, 0)).toBe(6)
      for (const { counts } of sums) expect(counts).toEqual({ ...tallyCounts([]), seen: counts.seen })
    }
    expect(Object.values(tallyCounts([]))).toEqual(TALLY_COUNTS.map(() => 0))
  })

  it('know a name that is not whole, or of a category that is gone, by what is left of it', () => {
    expect(tallyPlace('gmail')).toEqual({ site: 'gmail', kind: '', assistant: '', category: '', rule: '' })
    expect(tallyPlace(tallyKey({ ...PLACE, category: 'gone' as 'legal' })).category).toBe('')
  })
})
