import 'fake-indexeddb/auto'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { db, type LedgerRow } from './db.ts'
import { checkLedger, checkPiece, type Beside, type PieceEnd } from './ledger-check.ts'
import { appendEntry, type SignedEntry } from '../review/index.ts'
import { deviceKey, toBase64Url } from './device.ts'
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
    ['a whole batch missing', [...numbers(1, 1_500), ...numbers(4_200, 150)]],
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

describe('checking a long ledger in pieces', () => {
  const LENGTH = 300
  let whole: LedgerRow[] = []
  const ends: PieceEnd[] = []
  const beside: Beside = { pieces: 3, least: LENGTH, check: async (piece, onProgress) => {
    const end = await checkPiece(piece, onProgress)
    ends.push(end)
    return end
  } }

  beforeAll(async () => {
    const key = await deviceKey()
    let last: SignedEntry | null = null
    whole = []
    for (let seq = 1; seq <= LENGTH; seq++) {
      const entry = appendEntry(last, seq, 'held', { digest: 'a' })
      const row: LedgerRow = { ...entry, once: `o${seq}`, signature: toBase64Url(await key.sign(new TextEncoder().encode(entry.digest))) }
      whole.push(row)
      last = row
    }
  })
  beforeEach(async () => {
    ends.length = 0
    await db.meta.delete('ledger-head')
    await db.meta.delete('ledger-checkpoint')
    await db.ledger.bulkAdd(whole)
  })

  it('looks at every entry once, tells how far it is, and finds what comes after the pieces', async () => {
    const told: number[] = []
    expect(await checkLedger({ whole: true, now: 1, beside, onProgress: (checked) => told.push(checked) })).toEqual({ ok: true, entries: LENGTH, checked: LENGTH, bad: null })
    expect(ends.map((end) => end?.seq)).toEqual(expect.arrayContaining([100, 200, LENGTH]))
    expect(told.at(-1)).toBe(LENGTH)
    await appendWith({ kind: 'policy', at: LENGTH + 1, body: {}, once: 'policy:1' }, [], () => Promise.resolve())
    expect(await checkLedger({ whole: true, now: 2, beside })).toMatchObject({ ok: true, checked: LENGTH + 1 })
  })

  const link = (row: LedgerRow, before: LedgerRow): LedgerRow => ({ ...appendEntry({ ...before, signature: undefined }, row.at, row.kind, row.body), once: row.once, signature: row.signature })
  it.each<[string, number, () => Promise<unknown>]>([
    ['an altered entry in the second piece', 150, () => db.ledger.update(150, { at: 1 })],
    ['an altered last entry of a piece', 100, () => db.ledger.update(100, { at: 1 })],
    ['an altered first entry of a piece', 101, () => db.ledger.update(101, { body: {} })],
    ['one missing at the end of a piece', 200, () => db.ledger.delete(200)],
    ['many missing in the middle', 120, () => db.ledger.where('seq').between(120, 240).delete()],
    ['an exchanged signature at the end of a piece', 100, async () => db.ledger.update(100, { signature: 'B'.repeat(86) })],
    ['a link without the signature before it, at the start of a piece', 101, () => db.ledger.put(link(whole[100] as LedgerRow, whole[99] as LedgerRow))],
    ['an entry between two numbers', 152, () => db.ledger.add({ ...(whole[150] as LedgerRow), seq: 151.5, once: 'x' })],
    ['an entry whose number is a text', LENGTH + 1, () => db.ledger.add({ ...row(1), seq: 'z' as unknown as number, once: 'x' })],
  ])('finds, where a check in one piece finds it: %s', async (_what, seq, alter) => {
    await alter()
    const alone = await checkLedger({ whole: true, now: 5 })
    await db.ledger.where('kind').equals('tamper').delete()
    await db.meta.delete('ledger-head')
    const beside_ = await checkLedger({ whole: true, now: 5, beside })
    expect(beside_).toEqual(alone)
    expect(beside_.ok).toBe(false)
    expect(beside_.bad).toMatchObject({ seq: alone.bad?.seq })
    // An exchanged signature is noticed by the link that follows it.
    expect([seq, seq + 1]).toContain(beside_.bad?.seq)
  })
})
