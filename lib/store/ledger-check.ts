import { bytesToHex } from '@noble/hashes/utils.js'
import { createLedgerVerifier, entryText, type SignedEntry } from '../review/index.ts'
import { signedBy } from '../review/ledger-signature.ts'
import { canonicalDigest } from '../policy/index.ts'
import { db, type LedgerRow } from './db.ts'
import { deviceKey, toBase64Url } from './device.ts'
import { guarded } from './errors.ts'
import { appendWith, HEAD, ledgerBatches, signedEntryOf, type Head } from './ledger.ts'

const CHECKPOINT = 'ledger-checkpoint'
const PROGRESS_EVERY = 10_000

/** What a check found. `since` is when the break was first noticed, `after` the time of the last entry before it; milliseconds since the epoch, null where not known. */
export interface LedgerReport {
  readonly ok: boolean
  readonly entries: number
  /** First entry that does not fit, and why. */
  readonly bad: { readonly seq: number; readonly reason: string; readonly since: number | null; readonly after: number | null } | null
  /** Entries looked at in this check; those before were proven by an earlier one. */
  readonly checked: number
}

export interface CheckOptions {
  /** From the first entry, whatever was checked before. Otherwise from the last checkpoint that this device signed. */
  readonly whole?: boolean
  readonly now: number
  /** Called every 10,000 entries. */
  readonly onProgress?: (checked: number, total: number) => void
  /** Checks pieces of the ledger beside one another, each as `checkPiece` does; used where all of a long ledger is checked. */
  readonly beside?: Beside
}

/** Entries after the one numbered `from`, up to the one numbered `to` and with it; without `to`, up to the last. */
export interface LedgerPiece { readonly from: number; readonly to: number | null }
/** What a piece ends with, where all of it holds; null where something in it does not. */
export type PieceEnd = Pick<SignedEntry, 'seq' | 'digest'> & { readonly signature: string; readonly checked: number } | null
export interface Beside {
  readonly pieces: number
  /** Shorter ledgers are checked in one piece. */
  readonly least: number
  readonly check: (piece: LedgerPiece, onProgress: (checked: number) => void) => Promise<PieceEnd>
}

interface Checkpoint { readonly seq: number; readonly digest: string; readonly signature: string; readonly proof: string }

/**
 * Checks the chain, the signatures, and that none is missing at its end, some thousand entries at a time. What is found wrong is written down as `tamper`, once, and
 * never mended.
 */
export async function checkLedger({ whole = false, now, onProgress, beside }: CheckOptions): Promise<LedgerReport> {
  const key = await deviceKey()
  const isSigned = signedBy(toBase64Url(key.publicKey))
  const total = await guarded(() => db.ledger.count())
  const proven = whole ? await holdsInPieces(beside, onProgress) : null
  const start = whole ? proven?.end ?? null : await checkpoint(isSigned)
  const verifier = createLedgerVerifier({ after: start, isSigned })
  let checked = proven?.checked ?? 0
  let last: LedgerRow | null = null
  let bad: { seq: number; reason: string } | null = null
  reading: for await (const rows of ledgerBatches(start?.seq)) {
    const digests = await digestsOf(rows)
    for (const [at, row] of rows.entries()) {
      bad = verifier.next(signedEntryOf(row), digests[at])
      if (bad) break reading
      last = row
      checked += 1
      if (checked % PROGRESS_EVERY === 0) onProgress?.(checked, whole ? total : total - (start?.seq ?? 0))
    }
  }
  const result = verifier.result()
  bad ??= result.ok ? await missingEnd(last ?? start) : result
  if (bad) return { ok: false, entries: total, checked, bad: await brokenAt(bad.seq, bad.reason, now) }
  const end = last ?? proven?.end
  if (end && checked > 0) {
    const { seq, digest, signature } = end
    const proof = toBase64Url(await key.sign(new TextEncoder().encode(proofOf({ seq, digest, signature }))))
    await guarded(() => db.meta.put({ key: CHECKPOINT, value: { seq, digest, signature, proof } }))
  }
  // What was noticed once stays noticed, also where it was put back by hand or its end has grown on.
  const noted = await guarded(() => db.ledger.where('kind').equals('tamper').first())
  if (!noted) return { ok: true, entries: total, checked, bad: null }
  const { seq, reason } = noted.body
  const before = typeof seq === 'number' ? await guarded(() => db.ledger.get(seq - 1)) : undefined
  return { ok: false, entries: total, checked, bad: { seq: typeof seq === 'number' ? seq : noted.seq, reason: typeof reason === 'string' ? reason : '', since: noted.at, after: before?.at ?? null } }
}

/**
 * Checks pieces beside one another. What holds from the first entry on need not be looked at again: the last entry of that, and how many there are; null where
 * already the first piece does not hold. What breaks the rest is found by whoever goes on from there, entry by entry.
 */
async function holdsInPieces(beside: Beside | undefined, onProgress: CheckOptions['onProgress']): Promise<{ readonly end: LedgerRow; readonly checked: number } | null> {
  const newest: unknown = (await guarded(() => db.ledger.orderBy('seq').last()))?.seq
  if (!beside || beside.pieces < 2 || typeof newest !== 'number' || newest < beside.least) return null
  const size = Math.ceil(newest / beside.pieces)
  const pieces = Array.from({ length: beside.pieces }, (_, at) => ({ from: at * size, to: Math.min(newest, (at + 1) * size) }))
  const done = pieces.map(() => 0)
  const ends = await Promise.all(pieces.map((piece, at) => beside.check(piece, (checked) => {
    done[at] = checked
    onProgress?.(done.reduce((sum, one) => sum + one, 0), newest)
  })))
  let [last, checked]: [LedgerRow | null, number] = [null, 0]
  for (const [at, end] of ends.entries()) {
    const row = end?.seq === pieces[at]?.to ? await guarded(() => db.ledger.get(end?.seq ?? 0)) : undefined
    if (!end || row?.digest !== end.digest || row.signature !== end.signature) break
    last = row
    checked += end.checked
  }
  return last && { end: last, checked }
}

/** Checks one piece of the ledger, taking the entry before it as it is: that one is checked with the piece before. Writes nothing. */
export async function checkPiece({ from, to }: LedgerPiece, onProgress: (checked: number) => void): Promise<PieceEnd> {
  const key = await deviceKey()
  const after = from === 0 ? null : await guarded(() => db.ledger.get(from))
  if (after === undefined) return null
  const verifier = createLedgerVerifier({ after, isSigned: signedBy(toBase64Url(key.publicKey)) })
  let checked = 0
  let last: LedgerRow | null = null
  for await (const rows of ledgerBatches(from, to ?? undefined)) {
    const digests = await digestsOf(rows)
    for (const [at, row] of rows.entries()) if (verifier.next(signedEntryOf(row), digests[at])) return null
    last = rows.at(-1) ?? last
    checked += rows.length
    onProgress(checked)
  }
  return last && verifier.result().ok ? { seq: last.seq, digest: last.digest, signature: last.signature, checked } : null
}

/** What the entries' digests should be, '' for those that have none. The browser's own SHA-256, asked many times at once, takes half the time of one in script. */
async function digestsOf(rows: readonly LedgerRow[]): Promise<string[]> {
  const texts = rows.map(entryText)
  // One piece of memory for all: a new one each takes longer than the text does. A UTF-16 code unit is 3 bytes at most.
  const bytes = new Uint8Array(Math.max(0, ...texts.map((text) => (text?.length ?? 0) * 3)))
  const digests = await Promise.all(texts.map((text) => text === null ? Promise.resolve(null) : crypto.subtle.digest('SHA-256', bytes.subarray(0, encoder.encodeInto(text, bytes).written))))
  return digests.map((digest) => digest === null ? '' : bytesToHex(new Uint8Array(digest)))
}
const encoder = new TextEncoder()

/** The last checkpoint, if this device signed it and the entry that it names is still the one. */
async function checkpoint(isSigned: (digest: string, signature: string) => boolean): Promise<Checkpoint | null> {
  const stored = (await guarded(() => db.meta.get(CHECKPOINT)))?.value as Partial<Checkpoint> | undefined
  if (typeof stored?.seq !== 'number' || typeof stored.digest !== 'string' || typeof stored.signature !== 'string' || typeof stored.proof !== 'string') return null
  const found = stored as Checkpoint
  const row = await guarded(() => db.ledger.get(found.seq))
  const same = row?.digest === found.digest && row.signature === found.signature
  return same && isSigned(proofOf(found), found.proof) ? found : null
}

function proofOf({ seq, digest, signature }: Pick<Checkpoint, 'seq' | 'digest' | 'signature'>): string {
  return canonicalDigest({ countersign: 'ledger-checkpoint', seq, digest, signature })
}

async function missingEnd(last: Pick<SignedEntry, 'seq' | 'digest'> | null): Promise<{ seq: number; reason: string } | null> {
  const head = (await guarded(() => db.meta.get(HEAD)))?.value as Head | undefined
  if (!head || head.digest === last?.digest) return null
  // Somebody may have written while we read: what was added meanwhile is checked the next time.
  const after = (last?.seq ?? 0) + 1
  if (head.seq >= after && (await guarded(() => db.ledger.get(after)))) return null
  return { seq: Math.min(head.seq, after), reason: `The last entry noted was ${head.seq}; the ledger ends with ${last?.seq ?? 'nothing'}.` }
}

/** Writes down that the chain is broken there, the first time it is seen, and tells since when it is known. */
async function brokenAt(seq: number, reason: string, now: number): Promise<NonNullable<LedgerReport['bad']>> {
  const once = `broken:${seq}:${reason}`
  await appendWith({ kind: 'tamper', at: now, body: { seq, reason }, once }, [], () => Promise.resolve())
  const [noted, before] = await Promise.all([guarded(() => db.ledger.where('once').equals(once).first()), guarded(() => db.ledger.get(seq - 1))])
  return { seq, reason, since: noted?.at ?? null, after: before?.at ?? null }
}
