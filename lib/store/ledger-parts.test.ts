import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { LEDGER_KINDS } from '../review/index.ts'
import { ANCHOR_EVERY } from '../review/ledger.ts'
import { db, type LedgerRow } from './db.ts'
import { prepareKey, switchKey } from './device-keys.ts'
import { appendWith } from './ledger.ts'
import { checkLedger, type LedgerReport } from './ledger-check.ts'
import { partsOf, provePart, type Part, type ProvePart } from './ledger-parts.ts'

const NOW = 1_700_000_000_000

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
})

const note = (name: string, kind: LedgerRow['kind'] = 'team'): Promise<unknown> => appendWith({ kind, at: NOW, body: { what: name }, once: name }, [], () => Promise.resolve())
const rows = (): Promise<LedgerRow[]> => db.ledger.orderBy('seq').toArray()

/** As `checkLedger` with the ledger cut after these entries, and which stretches were asked for. */
async function checkCut(cuts: readonly number[], prove: ProvePart = provePart): Promise<{ readonly report: LedgerReport; readonly asked: Part[] }> {
  const asked: Part[] = []
  const parts = [0, ...cuts].map((after, at) => ({ after, to: cuts[at] ?? null }))
  const report = await checkLedger({ whole: true, now: NOW, beside: { cut: () => parts, prove: (part, ...rest) => (asked.push(part), prove(part, ...rest)) } })
  return { report, asked }
}

/** Takes back what a check writes down. */
async function restore(kept: readonly LedgerRow[]): Promise<void> {
  await Promise.all([db.ledger.clear(), db.meta.delete('ledger-head'), db.meta.delete('ledger-checkpoint')])
  await db.ledger.bulkAdd([...kept])
}

describe('a ledger cut in stretches', () => {
  it('is proven by them alone where all is as it should be', async () => {
    for (const name of ['one', 'two', 'three', 'four', 'five']) await note(name)
    const { report, asked } = await checkCut([2, 3])
    expect(report).toEqual({ ok: true, entries: 5, checked: 5, bad: null })
    expect(asked).toEqual([{ after: 0, to: 2 }, { after: 2, to: 3 }, { after: 3, to: null }])
    await note('six')
    expect(await checkLedger({ now: NOW }), 'it left a checkpoint').toMatchObject({ ok: true, checked: 1 })
  })

  it('says the same as a check from end to end of every field altered, every entry removed, doubled or exchanged, wherever it is cut', async () => {
    for (const kind of LEDGER_KINDS.filter((one) => one !== 'tamper')) await note(kind, kind)
    const kept = await rows()
    const other = { at: 99, kind: 'tamper', body: { kind: 'other' }, prev: 'x', digest: 'a'.repeat(64), signature: 'b'.repeat(86) } as const
    const changes: (readonly [string, readonly LedgerRow[]])[] = kept.flatMap((row, at) => [
      ...Object.entries(other).map(([field, value]) => [`${field} of ${row.seq}`, kept.with(at, { ...row, [field]: value })] as const),
      [`signature of ${row.seq} as the one before`, kept.with(at, { ...row, signature: kept.at(at - 1)!.signature })] as const,
      [`${row.seq} removed`, kept.toSpliced(at, 1)] as const,
      [`${row.seq} with the content of its neighbour`, kept.with(at, { ...kept.at(at - 1)!, seq: row.seq, once: row.once })] as const,
    ])
    let told = 0
    for (const [name, changed] of changes) {
      await restore(changed)
      const whole = await checkLedger({ whole: true, now: NOW })
      for (let cut = 1; cut < kept.length; cut++) {
        await restore(changed)
        expect((await checkCut([cut])).report, `${name}, cut after ${cut}`).toEqual(whole)
      }
      if (!whole.ok) told += 1
    }
    // Where only the last is removed nothing but the noted end tells, which is not there any more.
    expect(changes.length - told).toBe(1)
  })

  it('goes from one key to the next in its first stretch, and is looked at from end to end where the cut lies before that', async () => {
    await note('one')
    await prepareKey(NOW)
    await switchKey({}, NOW)
    for (const name of ['two', 'three']) await note(name)
    expect((await rows()).map(({ kind }) => kind)).toEqual(['team', 'key', 'team', 'team'])
    for (const cut of [1, 2, 3]) expect((await checkCut([cut])).report, `cut after ${cut}`).toEqual({ ok: true, entries: 4, checked: 4, bad: null })
  })

  it('is not taken for whole where a stretch was checked by itself, and is right, but does not begin where the one before it ends', async () => {
    for (const name of ['one', 'two', 'three', 'four']) await note(name)
    const kept = await rows()
    // The same beginning with another second entry, and the true end: each stretch fits in itself.
    await Promise.all([db.ledger.clear(), db.meta.delete('ledger-head')])
    await note('one')
    await note('other')
    const forged = await rows()
    await restore([...forged, ...kept.slice(2)])
    const second = { ...kept[1]!, once: 'kept' }
    const { report } = await checkCut([2], async (part, ...rest) => {
      if (part.after === 0) return provePart(part, ...rest)
      await db.ledger.put(second)
      const proof = await provePart(part, ...rest)
      expect(proof.bad).toBeNull()
      await db.ledger.put(forged[1]!)
      return proof
    })
    expect(report).toMatchObject({ ok: false, bad: { seq: 3 } })
  })

  it('is looked at from end to end where a stretch could not be', async () => {
    for (const name of ['one', 'two', 'three']) await note(name)
    const { report } = await checkCut([2], (part, ...rest) => (part.after === 0 ? provePart(part, ...rest) : Promise.reject(new Error('no worker'))))
    expect(report).toEqual({ ok: true, entries: 3, checked: 3, bad: null })
  })
})

describe('the stretches of a ledger', () => {
  it('are one for a short ledger, or a single processor', () => {
    expect(partsOf(49_999, 0, 4)).toEqual([{ after: 0, to: null }])
    expect(partsOf(1_000_000, 0, 1)).toEqual([{ after: 0, to: null }])
  })

  it('follow on each other without a gap, and are cut where a signature is looked at anyway', () => {
    for (const total of [50_000, 123_456, 1_000_000]) {
      for (const count of [2, 3, 4]) {
        const parts = partsOf(total, 0, count)
        expect(parts).toHaveLength(count)
        expect(parts.at(-1)?.to).toBeNull()
        for (const [at, { after }] of parts.entries()) {
          expect(after).toBe(at === 0 ? 0 : parts[at - 1]?.to)
          expect(after % ANCHOR_EVERY).toBe(0)
        }
      }
    }
  })

  it('have every change of the key in the first', () => {
    expect(partsOf(1_000_000, 500_001, 4).map(({ after }) => after)).toEqual([0, 749_568])
    expect(partsOf(1_000_000, 999_999, 4)).toEqual([{ after: 0, to: null }])
  })
})
