import { beforeEach, describe, expect, it } from 'vitest'
import type { DayTally } from '../../lib/learning/index.ts'
import { recordCorrection } from '../../lib/store/corrections.ts'
import { db } from '../../lib/store/db.ts'
import { makeDecision, makeDraft, makeFinding, makeRecord, makeRulebook, makeSignOff } from '../../lib/store/draft.fixture.ts'
import { forgetRecord, recordHeld, recordSent, recordSigned } from '../../lib/store/records.ts'
import { applyCount, applyRetention, forgetAll } from '../../lib/store/retention.ts'
import { buildTallies, forgetTallies, listTallies, tallyProgress } from '../../lib/store/tallies.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 10, 1)
const at = (time: number) => ({ at: time, keepTexts: false })

/** Some weeks of drafts, in different states, with corrections. */
async function live(days: number): Promise<number[]> {
  const numbers: number[] = []
  for (let index = 0; index < days; index++) {
    const time = START + index * DAY
    const record = makeRecord({
      session: `s${index}`, site: index % 2 ? 'gmail' : 'outlook', draft: makeDraft(`Offer ${index}: get 20% off.`),
      findings: [makeFinding({ fingerprint: `a${index}` }), makeFinding({ fingerprint: `b${index}`, rule: 'promise/always', category: 'promise', tier: 'note' })],
      decisions: [makeDecision({ fingerprint: `a${index}`, outcome: index % 3 ? 'kept' : 'dismissed', reason: 'r' })],
    })
    numbers.push(await recordHeld(record, 'send', at(time)))
    if (index % 4 === 3) continue
    const signed = await recordSigned(record, makeSignOff(record, { at: time + 7_000 }), makeRulebook(), at(time + 7_000))
    await recordCorrection({ rule: 'promise/always', category: 'promise', before: `always ${index}`, after: 'often', sentence: `It is always ${index}.`, site: record.site, at: time + 7_000, session: `s${index}`, kind: 'email' })
    if (index % 4 !== 2) await recordSent(record, 'send', signed, at(time + 8_000))
  }
  return numbers
}

async function fromScratch(): Promise<DayTally[]> {
  await forgetTallies()
  await buildTallies()
  return listTallies()
}

/** What must hold of the counts on every IndexedDB. */
export function talliesContract(): void {
  beforeEach(async () => {
    await Promise.all(db.tables.map((table) => table.clear()))
  })

  describe('the counts of days', () => {
    it('are at every moment what counting everything anew gives', async () => {
      await buildTallies()
      const numbers = await live(12)
      const kept = await listTallies()
      expect(kept.map(({ day }) => day)).toContain('2026-11-01')
      expect(await fromScratch()).toEqual(kept)
      await forgetRecord(numbers[0] ?? 0)
      const fewer = await listTallies()
      expect(fewer.map(({ day }) => day)).not.toContain('2026-11-01')
      expect(await db.corrections.where('at').equals(START + 7_000).count()).toBe(0)
      expect(await fromScratch()).toEqual(fewer)
      await applyRetention(5, START + 12 * DAY)
      const recent = await listTallies()
      expect(recent.length).toBeLessThan(fewer.length)
      expect(await fromScratch()).toEqual(recent)
      await forgetAll()
      expect(await listTallies()).toEqual([])
      await live(2)
      const after = await listTallies()
      expect(after).toHaveLength(2)
      expect(await fromScratch()).toEqual(after)
    })

    it('are the same when counting is stopped, done by two pages at once, and written to meanwhile', async () => {
      await live(9)
      await forgetTallies()
      const stop = new AbortController()
      stop.abort()
      await buildTallies({ signal: stop.signal })
      expect(await tallyProgress()).toMatchObject({ done: 0 })
      const said: number[] = []
      const write = async (): Promise<void> => {
        const record = makeRecord({ session: 'meanwhile', findings: [makeFinding({ fingerprint: 'm' })], decisions: [] })
        await recordHeld(record, 'send', at(START + 3_000))
      }
      await Promise.all([buildTallies({ onProgress: ({ done }) => said.push(done) }), write(), buildTallies()])
      expect(await tallyProgress()).toBeNull()
      expect(said.length).toBeGreaterThan(0)
      const kept = await listTallies()
      expect(kept.find(({ day }) => day === '2026-11-01')?.cells).toBeDefined()
      expect(await fromScratch()).toEqual(kept)
    })

    it('stay right when the oldest go because there are too many', async () => {
      await buildTallies()
      await live(8)
      expect(await applyCount(0)).toBe(0)
      expect(await applyCount(5)).toBe(4)
      expect([await db.records.count(), await db.corrections.count(), await db.decisions.count()]).toEqual([5, 5, 0])
      expect((await db.records.toArray()).map(({ session }) => session)).toEqual(['s3', 's4', 's5', 's6', 's7'])
      const kept = await listTallies()
      expect(await fromScratch()).toEqual(kept)
    })

    it('of some days are asked by their dates', async () => {
      await buildTallies()
      await live(6)
      expect((await listTallies({ from: '2026-11-02', to: '2026-11-03' })).map(({ day }) => day)).toEqual(['2026-11-02', '2026-11-03'])
    })
  })
}
