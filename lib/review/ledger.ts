import { canonicalDigest } from '../policy/index.ts'
import { LEDGER_KINDS, type LedgerEntry, type LedgerKind } from './types.ts'

/** Number of the first entry. */
const FIRST = 1
const FIELDS = ['at', 'body', 'digest', 'kind', 'prev', 'seq']

/**
 * The entry that follows `prev` (null for the first). `at` is milliseconds since the epoch. `body` is taken as JSON would hold it: fields that are
 * `undefined` are left out. Throws a TypeError where JSON cannot hold it.
 */
export function appendEntry(prev: LedgerEntry | null, at: number, kind: LedgerKind, body: Readonly<Record<string, unknown>>): LedgerEntry {
  const plain = JSON.parse(JSON.stringify(body)) as Record<string, unknown>
  const content = { seq: prev ? prev.seq + 1 : FIRST, at, kind, body: plain, prev: prev?.digest ?? '' }
  return { ...content, digest: canonicalDigest(content) }
}

/** Where a chain breaks and how; `seq` is the number that should stand there. */
export interface LedgerBreak { readonly ok: false; readonly seq: number; readonly reason: string }
/** `head` is the digest of the last entry ('' for none): compare it with one noted elsewhere to find entries cut off at the end. */
export interface LedgerIntact { readonly ok: true; readonly count: number; readonly head: string }
export type LedgerCheck = LedgerIntact | LedgerBreak

/** Checks a chain entry by entry, holding none of them. */
export interface LedgerVerifier {
  /** Takes the next entry, as it was read: of any shape. Null when it continues the chain; after a break every further call returns that break. */
  next(entry: unknown): LedgerBreak | null
  result(): LedgerCheck
}

/** `after`: the entry before the first one, for a ledger that is checked from the middle. */
export function createLedgerVerifier(after: Pick<LedgerEntry, 'seq' | 'digest'> | null = null): LedgerVerifier {
  let seq = after ? after.seq + 1 : FIRST
  let head = after?.digest ?? ''
  let count = 0
  let broken: LedgerBreak | null = null
  return {
    next(entry) {
      if (broken) return broken
      const reason = whatIsWrong(entry, seq, head)
      if (reason !== null) return (broken = { ok: false, seq, reason })
      head = (entry as LedgerEntry).digest
      seq += 1
      count += 1
      return null
    },
    result: () => broken ?? { ok: true, count, head },
  }
}

/** Checks a whole chain; stops at the first break. */
export function verifyLedger(entries: Iterable<unknown>): LedgerCheck {
  const verifier = createLedgerVerifier()
  for (const entry of entries) if (verifier.next(entry)) break
  return verifier.result()
}

/** One sentence, or null. Fields are compared by hand and none is left out of the digest, so nothing can be altered or added beside it. */
function whatIsWrong(entry: unknown, seq: number, prev: string): string | null {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return 'This is not a ledger entry.'
  const names = Object.keys(entry).sort()
  if (names.join() !== FIELDS.join()) return `An entry has the fields ${FIELDS.join(', ')}; this one has ${names.join(', ') || 'none'}.`
  const { seq: number, at, kind, body, prev: before, digest } = entry as Record<(typeof FIELDS)[number], unknown>
  if (number !== seq) return `Entry ${seq} is expected here; this one says ${String(number)}. Entries were removed, added or moved.`
  if (typeof at !== 'number' || !Number.isFinite(at)) return 'The time is not a number.'
  if (typeof kind !== 'string' || !(LEDGER_KINDS as readonly string[]).includes(kind)) return 'The kind of entry is not known.'
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'The body is not an object.'
  if (before !== prev) return seq === FIRST ? 'The first entry names an entry before it.' : 'It does not name the digest of the entry before it.'
  if (typeof digest !== 'string' || digest !== digestOf({ seq, at, kind, body, prev })) return 'Its content does not match its digest: the entry was altered.'
  return null
}

/** '' (which no digest equals) for content that has no canonical form, such as NaN or a body nested too deeply to be walked: said as a break, like any other. */
function digestOf(content: unknown): string {
  try {
    return canonicalDigest(content)
  } catch {
    return ''
  }
}
