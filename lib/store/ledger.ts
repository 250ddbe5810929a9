import type { Table } from 'dexie'
import { appendEntry, createLedgerVerifier, type LedgerEntry, type LedgerKind } from '../review/index.ts'
import { db, type LedgerRow } from './db.ts'
import { deviceKey, toBase64Url, type DeviceKey } from './device.ts'
import { guarded, StoreError } from './errors.ts'

const HEAD = 'ledger-head'
const BATCH = 2_000
/** Another page of ours may write at the same time; more often than this in a row it is something else. */
const TRIES = 20

export interface LedgerNote {
  readonly kind: LedgerKind
  readonly at: number
  /** Never draft text: digests, rule ids, fingerprints, people. */
  readonly body: Readonly<Record<string, unknown>>
  /** What is noted once only; a second note of the same name is left out. */
  readonly once: string
}

interface Head { readonly seq: number; readonly digest: string }

/**
 * Adds an entry and, in the same transaction, whatever `write` does to `tables`: both are there afterwards, or neither.
 * `write` also runs when the entry is there already (a message that came twice), so it must not mind being done again.
 * What is found wrong with the end of the chain is recorded as `tamper` and never mended.
 */
export function appendWith<T>(note: LedgerNote, tables: readonly Table[], write: () => PromiseLike<T>): Promise<T> {
  const done = queue.then(() => append(note, tables, write))
  queue = done.then(() => undefined, () => undefined)
  return done
}

/** Writers of this context wait for each other; only another context can come in between. */
let queue: Promise<unknown> = Promise.resolve()

function append<T>(note: LedgerNote, tables: readonly Table[], write: () => PromiseLike<T>): Promise<T> {
  return guarded(async () => {
    const key = await deviceKey()
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const tail = await lastRow()
      const prepared = await prepare(tail, note, key)
      const done = await db.transaction('rw', [db.ledger, db.meta, ...tables], async () => {
        const known = await db.ledger.where('once').equals(note.once).count()
        if (known === 0) {
          // The signature was made outside: the chain may have grown since.
          const now = await lastRow()
          if (now?.seq !== tail?.seq || now?.digest !== tail?.digest) return null
          await db.ledger.bulkAdd(prepared)
          await db.meta.put({ key: HEAD, value: headOf(prepared.at(-1)) })
        }
        return { value: await write() }
      })
      if (done) return done.value
    }
    throw new StoreError('storage-failed', 'the ledger could not be written: it kept changing')
  })
}

/** The entries to add, signed: the note itself, after a word on what is wrong with the chain's end, if something is. */
async function prepare(tail: LedgerRow | null, note: LedgerNote, key: DeviceKey): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = []
  let last: LedgerEntry | null = tail
  const add = async ({ kind, at, body, once }: LedgerNote): Promise<void> => {
    const entry = appendEntry(last, at, kind, body)
    rows.push({ ...entry, once, signature: toBase64Url(await key.sign(new TextEncoder().encode(entry.digest))) })
    last = entry
  }
  const wrong = await tailProblem(tail)
  if (wrong !== null) {
    await add({ kind: 'tamper', at: note.at, body: { seq: tail?.seq ?? 0, reason: wrong }, once: `tamper:${tail?.seq ?? 0}:${tail?.digest ?? ''}` })
  }
  await add(note)
  return rows
}

/** One sentence on what is wrong with the chain's end, or null. The whole chain is looked at by `checkLedger`. */
async function tailProblem(tail: LedgerRow | null): Promise<string | null> {
  const head = (await db.meta.get(HEAD))?.value as Head | undefined
  if (head && (tail === null || head.seq !== tail.seq || head.digest !== tail.digest)) {
    return `The last entry noted was ${head.seq}; the ledger ends with ${tail?.seq ?? 'nothing'}.`
  }
  if (tail === null) return null
  return createLedgerVerifier(tail.seq > 1 ? { seq: tail.seq - 1, digest: tail.prev } : null).next(entryOf(tail))?.reason ?? null
}

function headOf(row: LedgerRow | undefined): Head | undefined {
  return row && { seq: row.seq, digest: row.digest }
}

async function lastRow(): Promise<LedgerRow | null> {
  return (await db.ledger.orderBy('seq').last()) ?? null
}

/** An entry as the chain covers it. */
export function entryOf(row: LedgerRow): LedgerEntry {
  const { once: _once, signature: _signature, ...entry } = row
  return entry
}

export interface LedgerReport {
  readonly ok: boolean
  readonly entries: number
  readonly bad: { readonly seq: number; readonly reason: string } | null
}

/** Checks the whole chain, some thousand entries at a time, and that none is missing at its end. */
export async function checkLedger(): Promise<LedgerReport> {
  const verifier = createLedgerVerifier()
  let entries = 0
  for await (const row of ledgerRows()) {
    entries += 1
    const bad = verifier.next(entryOf(row))
    if (bad) return { ok: false, entries: await guarded(() => db.ledger.count()), bad: { seq: bad.seq, reason: bad.reason } }
  }
  const result = verifier.result()
  const head = (await guarded(() => db.meta.get(HEAD)))?.value as Head | undefined
  if (result.ok && head && head.digest !== result.head) {
    return { ok: false, entries, bad: { seq: Math.min(head.seq, entries + 1), reason: `The last entry noted was ${head.seq}; the ledger ends with ${entries}.` } }
  }
  return { ok: true, entries, bad: null }
}

/** Every entry from the first, read in batches. */
export async function* ledgerRows(): AsyncGenerator<LedgerRow, void, undefined> {
  for (let after = -Infinity; ;) {
    const rows = await guarded(() => db.ledger.where('seq').above(after).limit(BATCH).toArray())
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.seq
  }
}

/** The ledger as JSONL, one entry a line, in pieces: what `npm run -s ledger -- verify` checks. */
export async function* ledgerLines(): AsyncGenerator<string, void, undefined> {
  for await (const row of ledgerRows()) yield `${JSON.stringify(entryOf(row))}\n`
}
