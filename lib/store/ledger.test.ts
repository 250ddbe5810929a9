import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { db, type LedgerRow } from './db.ts'
import { checkLedger } from './ledger-check.ts'
import { appendWith, HEAD, ledgerBatches, ledgerRows } from './ledger.ts'

/** A row as somebody could have put it there by hand: reading asks nothing of it but its number. */
const row = (seq: number): LedgerRow => ({ seq, at: seq, kind: 'held', body: {}, prev: '', digest: '', signature: '', once: `o${seq}` })
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

async function read(from?: number): Promise<number[]> {
  const seen: number[] = []
  for await (const { seq } of ledgerRows(from)) seen.push(seq)
  return seen
}

beforeEach(() => db.ledger.clear())

describe('reading the ledger', () => {
  it.each([
    ['none', []],
    ['fewer than one batch', numbers(1, 3)],
    ['one batch exactly', numbers(1, 2_000)],
    ['several batches', numbers(1, 9_001)],
    ['a whole batch missing', [...numbers(1, 1_500), ...numbers(4_200, 9_000)]],
    ['numbers that no entry has', [-3, 0, ...numbers(1, 4_500), 4_500.5, 1e15]],
  ])('gives every entry once and in order: %s', async (_what, seqs) => {
    await db.ledger.bulkAdd(seqs.map(row))
    expect(await read()).toEqual(seqs)
  })

  it('begins after the entry that is named', async () => {
    await db.ledger.bulkAdd(numbers(1, 6_500).map(row))
    for (const from of [1, 1_999, 4_100, 6_499, 6_500, 7_000]) expect(await read(from)).toEqual(numbers(from + 1, 6_500))
  })

  it('finds what was added while it reads', async () => {
    await db.ledger.bulkAdd(numbers(1, 4_000).map(row))
    const seen: number[] = []
    for await (const batch of ledgerBatches()) {
      if (seen.length === 0) await db.ledger.add(row(4_001))
      seen.push(...batch.map(({ seq }) => seq))
    }
    expect(seen).toEqual(numbers(1, 4_001))
  })
})

describe('checking the ledger while somebody writes', () => {
  beforeEach(() => db.meta.clear())
  afterEach(() => { vi.restoreAllMocks() })
  const write = (at: number) => appendWith({ kind: 'policy', at, body: { at }, once: `policy:${at}` }, [], () => Promise.resolve())

  it.each([['its first entry', 0], ['one more entry', 1]])('takes %s that comes between the reading and the look at the end for no tampering', async (_what, before) => {
    for (let at = 0; at < before; at++) await write(at)
    const get = db.meta.get.bind(db.meta)
    let written = false
    vi.spyOn(db.meta, 'get').mockImplementation(((key: string) => {
      if (key !== HEAD || written) return get(key)
      written = true
      return write(100).then(() => get(key))
    }) as typeof db.meta.get)
    expect(await checkLedger({ now: 200 })).toMatchObject({ ok: true, bad: null })
    expect(written).toBe(true)
    expect(await checkLedger({ now: 300 })).toMatchObject({ ok: true, entries: before + 1 })
  })
})

describe('an entry put behind the end, in a place that is no number', () => {
  beforeEach(() => db.meta.clear())
  const write = (at: number) => appendWith({ kind: 'policy', at, body: { at }, once: `policy:${at}` }, [], () => Promise.resolve())

  it('is found by a check, and what a person does is on record all the same', async () => {
    for (const at of numbers(1, 3)) await write(at)
    await db.ledger.add({ ...row(0), seq: 'later' as unknown as number })
    expect(await checkLedger({ whole: true, now: 10 })).toMatchObject({ ok: false, bad: { seq: 4 } })
    await write(20)
    expect(await db.ledger.where('once').equals('policy:20').first()).toMatchObject({ kind: 'policy' })
  })
})
