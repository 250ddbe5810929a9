import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { packOf, ruleOf } from '../../test/reference/make.ts'
import { defaultPolicy } from '../policy/index.ts'
import { backtestStored, storedRanges, sumStored, type StoredChange } from './backtest.ts'
import { db } from './db.ts'
import { makeDraft, makeRecord } from './draft.fixture.ts'
import { recordHeld } from './records.ts'

const policy = defaultPolicy()
const change: StoredChange = { before: [], after: [packOf([ruleOf({ id: 'test/lamp', match: ['lamp'] })])], present: policy, other: policy, since: 0 }

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  for (let n = 0; n < 12; n++) await recordHeld(makeRecord({ session: `s${n}`, draft: makeDraft(n % 2 ? 'The lamp is here.' : 'The desk is here.') }), 'send', { at: 1_000 + n, keepTexts: n % 3 !== 0 })
})

describe('a change over stored drafts', () => {
  it('counts the same in parts as in one, and says of how many no words were kept', async () => {
    const whole = await backtestStored(change)
    expect(whole).toMatchObject({ looked: 8, withoutText: 4, foundThen: 4, newlyFound: { count: 4 } })
    for (const parts of [2, 3, 12, 50]) {
      const ranges = await storedRanges(0, parts)
      expect(ranges.reduce((sum, { total }) => sum + total, 0)).toBe(12)
      const results = []
      for (const range of ranges) results.push(await backtestStored(change, { range }))
      expect(sumStored(results), String(parts)).toEqual(whole)
    }
  })

  it('makes no part that is not worth it, and none of nothing', async () => {
    expect(await storedRanges(0, 4, 5)).toHaveLength(2)
    expect(await storedRanges(0, 4, 100)).toHaveLength(1)
    expect(await storedRanges(2_000)).toEqual([])
    expect(await backtestStored({ ...change, since: 2_000 })).toMatchObject({ looked: 0, withoutText: 0 })
  })

  it('tries a draft that began earlier and was seen since', async () => {
    await db.records.where('session').equals('s1').modify({ updated: 5_000 })
    const since = await backtestStored({ ...change, since: 1_008 })
    expect(since.newlyFound.numbers).toContain((await db.records.where('session').equals('s1').first())?.number)
    expect(since.looked + since.withoutText).toBe(5)
  })
})
