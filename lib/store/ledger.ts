import type { Table } from 'dexie'
import { appendEntry, createLedgerVerifier, linkTo, type LedgerEntry, type LedgerKind, type SignedEntry } from '../review/index.ts'
import { asHandOver, keyChain } from '../review/ledger-keys.ts'
import { signedBy } from '../review/ledger-signature.ts'
import { db, type LedgerRow } from './db.ts'
import { deviceKey, toBase64Url, type DeviceKey } from './device.ts'
import { guarded, StoreError } from './errors.ts'

export const HEAD = 'ledger-head'
const BATCH = 2_000
/** So many batches are read ahead. */
const AHEAD = 3
/** Another page of ours may write at the same time; more often than this in a row it is something else. */
const TRIES = 20
/** A clock is corrected by as much without anybody noticing; what goes back further is written down. Milliseconds. */
const CLOCK_SLACK = 5 * 60_000

export interface LedgerNote {
  readonly kind: LedgerKind
  readonly at: number
  /** Never draft text: digests, rule ids, fingerprints, people. */
  readonly body: Readonly<Record<string, unknown>>
  /** What is noted once only; a second note of the same name is left out. */
  readonly once: string
}

/** Where an entry will stand in the chain: its number, and how it names the one before. */
export interface Place { readonly seq: number; readonly prev: string }

/** A note whose body depends on its place in the chain. */
export type PlacedNote = Omit<LedgerNote, 'body'> & { readonly body: (place: Place) => Promise<LedgerNote['body']> }

export interface Head { readonly seq: number; readonly digest: string }

/**
 * Adds an entry and, in the same transaction, whatever `write` does to `tables`: both are there afterwards, or neither.
 * `write` also runs when the entry is there already (a message that came twice), so it must not mind being done again.
 * What is found wrong with the end of the chain is recorded as `tamper` and never mended.
 */
export function appendWith<T>(note: LedgerNote | PlacedNote, tables: readonly Table[], write: () => PromiseLike<T>): Promise<T> {
  const done = queue.then(() => append(note, tables, write))
  queue = done.then(() => undefined, () => undefined)
  return done
}

/** Writers of this context wait for each other; only another context can come in between. */
let queue: Promise<unknown> = Promise.resolve()

function append<T>(note: LedgerNote | PlacedNote, tables: readonly Table[], write: () => PromiseLike<T>): Promise<T> {
  return guarded(async () => {
    // Who wrote the last entry need not read first how the chain ends: whether it still ends so is seen in the transaction, as for everybody else.
    let end = own ?? await readEnd()
    for (let attempt = 0; attempt < TRIES; attempt++) {
      // Asked for after the end was read: where the key changed in between, the chain has grown by the entry that says so, and this try is not the last.
      const key = await deviceKey()
      const prepared = await prepare(end, note, key)
      const done = await addTo(end, prepared, note.once, tables, write)
      if (done) {
        if (done.added) written = ownMark(prepared.at(-1)?.digest ?? '', key)
        return done.value
      }
      end = await readEnd()
    }
    throw new StoreError('storage-failed', 'the ledger could not be written: it kept changing')
  })
}

/** The chain has grown, or was changed, since its end was read. */
class GrownError extends Error {}

/** Adds the entries and what `write` does where the chain ends as it was thought to; null, and nothing written, where it does not. */
async function addTo<T>(end: ChainEnd, prepared: readonly LedgerRow[], once: string, tables: readonly Table[], write: () => PromiseLike<T>): Promise<{ readonly value: T; readonly added: boolean } | null> {
  const [before, tail] = [prepared.at(-2) ?? end.tail, prepared.at(-1) ?? end.tail]
  const head = headOf(tail ?? undefined)
  try {
    const { value, added } = await db.transaction('rw', [db.ledger, db.meta, ...tables], async () => {
      // All is asked for at once, because a person waits for this writing: where the chain has grown, what `write` did goes with the transaction.
      const [known, now, value] = await Promise.all([db.ledger.where('once').equals(once).count(), printOf(end.tail), write()])
      if (known > 0) return { value, added: false }
      if (now.print !== end.print) throw new GrownError()
      await Promise.all([db.ledger.bulkAdd(prepared), db.meta.put({ key: HEAD, value: head })])
      return { value, added: true }
    })
    if (added && head) own = { tail, before, head, print: print([before, tail], head) }
    return { value, added }
  } catch (error) {
    if (error instanceof GrownError) return null
    throw error
  }
}

/** How the chain ends. */
interface ChainEnd {
  readonly tail: LedgerRow | null
  readonly before: LedgerRow | null
  /** What was noted as the end when it was written. */
  readonly head: Head | null
  /** All of it, to see whether it is still the same. */
  readonly print: string
}

/** The end of the chain as this context wrote it last. */
let own: ChainEnd | null = null

async function readEnd(): Promise<ChainEnd> {
  const tail = await lastRow()
  return { tail, ...await printOf(tail) }
}

/** Rows that are looked at from the last but one on: there are two, unless somebody added some. */
const LOOKED = 8

async function printOf(tail: LedgerRow | null): Promise<Omit<ChainEnd, 'tail'>> {
  // One question of a range, where asking for the last row takes several.
  const [rows, noted] = await Promise.all([db.ledger.where('seq').aboveOrEqual(tail === null ? -Infinity : tail.seq - 1).limit(LOOKED).toArray(), db.meta.get(HEAD)])
  const head = (noted?.value as Head | undefined) ?? null
  return { before: rows.find(({ seq }) => seq + 1 === tail?.seq) ?? null, head, print: print(rows, head) }
}

function print(rows: readonly (LedgerRow | null)[], head: Head | null): string {
  return JSON.stringify([rows.filter((row) => row !== null), head])
}

/** The entries to add, signed: the note itself, after a word on what is wrong with the chain's end, if something is. */
async function prepare(end: ChainEnd, note: LedgerNote | PlacedNote, key: DeviceKey): Promise<LedgerRow[]> {
  const { tail } = end
  const rows: LedgerRow[] = []
  let last: SignedEntry | null = tail
  const add = async ({ kind, at, body: given, once }: LedgerNote | PlacedNote): Promise<void> => {
    const body = typeof given === 'function' ? await given({ seq: (last?.seq ?? 0) + 1, prev: linkTo(last) }) : given
    const behind = last === null ? 0 : last.at - at
    // The order is that of the numbers; a clock that went back must not make it look otherwise.
    const entry = appendEntry(last, at, kind, behind > CLOCK_SLACK ? { ...body, clockBehind: behind } : body)
    const row = { ...entry, once, signature: toBase64Url(await key.sign(new TextEncoder().encode(entry.digest))) }
    rows.push(row)
    last = row
  }
  // A note on interference says itself what is wrong.
  const wrong = note.kind === 'tamper' ? null : endProblem(end, key)
  if (wrong) await add({ kind: 'tamper', at: note.at, body: { ...wrong }, once: `tamper:${tail?.seq ?? 0}:${tail?.digest ?? ''}` })
  await add(note)
  return rows
}

/** What is wrong with the chain's end, and at which entry, or null. The whole chain is looked at by `checkLedger`. */
function endProblem({ tail, before, head }: ChainEnd, key: DeviceKey): { seq: number; reason: string } | null {
  if (head && (tail === null || head.seq !== tail.seq || head.digest !== tail.digest)) {
    return { seq: Math.min(head.seq, (tail?.seq ?? 0) + 1), reason: `The last entry noted was ${head.seq}; the ledger ends with ${tail?.seq ?? 'nothing'}.` }
  }
  if (tail === null) return null
  if (before === null && tail.seq > 1) return { seq: tail.seq - 1, reason: `Entry ${tail.seq - 1} is missing.` }
  const broken = createLedgerVerifier({ after: before && signedEntryOf(before) }).next(signedEntryOf(tail))
  if (broken) return { seq: broken.seq, reason: broken.reason }
  // Looked at only where another life of this context, or somebody else, wrote it.
  const own = toBase64Url(key.publicKey)
  if (written === ownMark(tail.digest, key) || signedBy(own)(tail.digest, tail.signature)) return null
  // The last entry that the key before signed is the one that handed over to this one.
  const handOver = asHandOver(tail)
  if (handOver?.to === own && signedBy(handOver.from)(tail.digest, tail.signature) && keyChain(handOver.from).handOver?.(tail) === 'good') return null
  return { seq: tail.seq, reason: `Entry ${tail.seq} is not signed by this device's key: the key was lost and made anew, or somebody else added the entry.` }
}

/** The last entry that this context wrote itself, and with which key. */
let written = ''

function ownMark(digest: string, { publicKey }: DeviceKey): string {
  return `${digest} ${toBase64Url(publicKey)}`
}

function headOf(row: LedgerRow | undefined): Head | undefined {
  return row && { seq: row.seq, digest: row.digest }
}

/** Number of the last entry, 0 where there is none: as many as there are, because none is left out. Counting a million of them keeps every other reader of the database waiting. */
export function lastNumber(): Promise<number> {
  return guarded(async () => {
    const [last = 0] = await numbered().reverse().limit(1).primaryKeys()
    return last
  })
}

async function lastRow(): Promise<LedgerRow | null> {
  return (await numbered().last()) ?? null
}

/** The entries by their numbers. Somebody else may have put something behind them whose place is no number: a check finds it, and the chain goes on where it was. */
function numbered() {
  return db.ledger.where('seq').belowOrEqual(Infinity)
}

/** An entry as the chain covers it. */
export function entryOf(row: LedgerRow): LedgerEntry {
  const { once: _once, signature: _signature, ...entry } = row
  return entry
}

/**
 * Every entry after the one numbered `from`, or from the first, in order and some thousand at a time; up to the one numbered `to`, or to the last. While some are looked at the next are being
 * read.
 */
export async function* ledgerBatches(from = 0, to: number | null = null): AsyncGenerator<readonly LedgerRow[], void, undefined> {
  const total = to ?? await lastNumber()
  const coming: { readonly upTo: number; readonly rows: Promise<LedgerRow[]> }[] = []
  let [asked, read] = [from, from]
  // Entries are numbered without gaps, so that the next ranges are known before the last one was read. Where that is not so, the reading after the loop finds the rest.
  const ask = (): void => {
    while (coming.length < AHEAD && asked + BATCH <= total) {
      const [after, upTo] = [asked === 0 ? -Infinity : asked, (asked += BATCH)]
      const rows = guarded(() => db.ledger.where('seq').between(after, upTo, false, true).toArray())
      rows.catch(() => undefined) // Thrown when its turn comes; whoever has stopped reading by then need not know.
      coming.push({ upTo, rows })
    }
  }
  for (ask(); ; ask()) {
    const next = coming.shift()
    if (!next) break
    const rows = await next.rows
    yield rows
    read = next.upTo
    if (rows.length < BATCH) break
  }
  for (let after = read === 0 ? -Infinity : read; ;) {
    // Without an end also what somebody put behind the numbers, for a check to find.
    const rest = to === null ? db.ledger.where('seq').above(after) : db.ledger.where('seq').between(after, to, false, true)
    const rows = await guarded(() => rest.limit(BATCH).toArray())
    yield rows
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.seq
  }
}

/** As `ledgerBatches`, one by one. */
export async function* ledgerRows(from?: number): AsyncGenerator<LedgerRow, void, undefined> {
  for await (const rows of ledgerBatches(from)) yield* rows
}

/** An entry with this device's signature: what an export holds. */
export function signedEntryOf({ once: _once, ...entry }: LedgerRow): SignedEntry {
  return entry
}

/** The newest entries, newest first, and how many there are. */
export function latestEntries(limit: number): Promise<{ readonly latest: readonly LedgerEntry[]; readonly total: number }> {
  return guarded(async () => {
    const rows = await db.ledger.orderBy('seq').reverse().limit(limit).toArray()
    return { latest: rows.map(entryOf), total: await lastNumber() }
  })
}

/** The key that signed the first entry, as the first hand-over says; without one the device's own. That it leads to the device's key is for whoever checks the chain to see. */
export async function firstLedgerKey(): Promise<string> {
  const rows = await guarded(() => db.ledger.where('kind').equals('key').toArray())
  return rows.map(asHandOver).find((handOver) => handOver !== null)?.from ?? toBase64Url((await deviceKey()).publicKey)
}

/** Every entry of one session, in order. */
export function entriesOf(session: string): Promise<LedgerRow[]> {
  return guarded(() => db.ledger.where('once').startsWith(`${session}:`).sortBy('seq'))
}
