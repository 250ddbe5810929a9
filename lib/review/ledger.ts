import { canonicalDigest, canonicalText, textDigest } from '../policy/index.ts'
import { LEDGER_KINDS, type LedgerEntry, type LedgerKind } from './types.ts'

/** Number of the first entry. */
const FIRST = 1
const FIELDS = ['at', 'body', 'digest', 'kind', 'prev', 'seq']
const SIGNED_FIELDS = [...FIELDS, 'signature'].join()
/** A signature proves all entries before it, because each names the one before together with its signature; so one in so many is looked at, and the last. */
export const ANCHOR_EVERY = 4_096

/** An entry with this device's signature of its digest, where it is known. */
export type SignedEntry = LedgerEntry & { readonly signature?: string | undefined }

/** How an entry names the one before: its digest and, where it is signed, its signature. Entries of the first version name the digest alone. */
export function linkTo(prev: Pick<SignedEntry, 'digest' | 'signature'> | null): string {
  return prev === null ? '' : prev.signature === undefined ? prev.digest : `${prev.digest}.${prev.signature}`
}

/**
 * The entry that follows `prev` (null for the first). `at` is milliseconds since the epoch. `body` is taken as JSON would hold it: fields that are
 * `undefined` are left out. Throws a TypeError where JSON cannot hold it.
 */
export function appendEntry(prev: SignedEntry | null, at: number, kind: LedgerKind, body: Readonly<Record<string, unknown>>): LedgerEntry {
  const plain = inOrder(JSON.parse(JSON.stringify(body))) as Record<string, unknown>
  const content = { seq: prev ? prev.seq + 1 : FIRST, at, kind, body: plain, prev: linkTo(prev) }
  return { ...content, digest: canonicalDigest(content) }
}

/** Where a chain breaks and how; `seq` is the number that should stand there. */
export interface LedgerBreak { readonly ok: false; readonly seq: number; readonly reason: string }
/** `head` is the digest of the last entry ('' for none): compare it with one noted elsewhere to find entries cut off at the end. */
export interface LedgerIntact { readonly ok: true; readonly count: number; readonly head: string }
export type LedgerCheck = LedgerIntact | LedgerBreak

/** Checks a chain entry by entry, holding some thousand digests and no entry. */
export interface LedgerVerifier {
  /** Takes the next entry, as it was read: of any shape. Null when it continues the chain; after a break every further call returns that break. */
  next(entry: unknown): LedgerBreak | null
  result(): LedgerCheck
}

/** What an entry does to the key that signs: nothing, hands over to another, or tries to and the keys do not vouch for each other. */
export type HandOver = 'none' | 'good' | 'bad'

/** Who signs a ledger. */
export interface LedgerSigning {
  /**
   * Whether a digest (64 hex characters) was signed by the device whose ledger this is. With it every entry must bear a signature; without it signatures
   * are bound by the chain and not looked at, and entries that somebody added at the end cannot be told.
   */
  readonly isSigned?: (digest: string, signature: string) => boolean
  /** Called with each entry of kind `key`, once it and all before it are proven; where it answers `good`, `isSigned` asks for the new key from then on. */
  readonly handOver?: (entry: LedgerEntry) => HandOver
}

export interface VerifierOptions extends LedgerSigning {
  /** The entry before the first one, for a ledger that is checked from the middle. */
  readonly after?: Pick<SignedEntry, 'seq' | 'digest' | 'signature'> | null
  /** Whether an entry before the first one named the signature before it, so that all of these must. */
  readonly signedLinks?: boolean
}

interface Pending { readonly seq: number; readonly digest: string; readonly signature: string }

export function createLedgerVerifier({ after = null, signedLinks: linked = false, isSigned, handOver }: VerifierOptions = {}): LedgerVerifier {
  let seq = after ? after.seq + 1 : FIRST
  let head = after?.digest ?? ''
  let last: Pick<SignedEntry, 'digest' | 'signature'> | null = after
  let signedLinks = linked
  let count = 0
  let broken: LedgerBreak | null = null
  /** Entries since the last one whose signature was looked at. */
  let pending: Pending[] = []
  const good = (entry: Pending): boolean => isSigned === undefined || isSigned(entry.digest, entry.signature)
  const anchor = (): LedgerBreak | null => {
    const newest = pending.at(-1)
    if (newest && !good(newest)) {
      const first = pending.find((entry) => !good(entry)) ?? newest
      broken = { ok: false, seq: first.seq, reason: 'It is not signed by this device\'s key: somebody else added the entry, or the key was lost and made anew.' }
    }
    pending = []
    return broken
  }
  return {
    next(entry) {
      if (broken) return broken
      const reason = whatIsWrong(entry, seq, last, signedLinks)
      if (reason !== null) return anchor() ?? (broken = { ok: false, seq, reason })
      const { digest, prev, signature } = entry as SignedEntry
      const signedLink = last !== null && last.signature !== undefined && prev.length > last.digest.length
      signedLinks ||= signedLink
      if (isSigned) {
        if (signature === undefined) return anchor() ?? (broken = { ok: false, seq, reason: 'It has no signature.' })
        // A link of the first version does not bind the signature before it: that one is looked at by itself.
        const before = pending.at(-1)
        if (!signedLink && before && !good(before)) return anchor()
        pending.push({ seq, digest, signature })
        const keyEntry = handOver !== undefined && (entry as SignedEntry).kind === 'key'
        if ((keyEntry || pending.length >= ANCHOR_EVERY) && anchor()) return broken
        if (keyEntry && handOver(entry as SignedEntry) === 'bad') return (broken = { ok: false, seq, reason: 'It names a new key of this device, but the two keys do not vouch for each other.' })
      }
      head = digest
      last = entry as SignedEntry
      seq += 1
      count += 1
      return null
    },
    result: () => anchor() ?? broken ?? { ok: true, count, head },
  }
}

/** Checks a whole chain; stops at the first break. */
export function verifyLedger(entries: Iterable<unknown>, options: VerifierOptions = {}): LedgerCheck {
  const verifier = createLedgerVerifier(options)
  for (const entry of entries) if (verifier.next(entry)) break
  return verifier.result()
}

/** One sentence, or null. Fields are compared by hand and none is left out of the digest, so nothing can be altered or added beside it. */
function whatIsWrong(entry: unknown, seq: number, before: Pick<SignedEntry, 'digest' | 'signature'> | null, signedLinks: boolean): string | null {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return 'This is not a ledger entry.'
  const names = Object.keys(entry).sort().join()
  if (names !== FIELDS.join() && names !== SIGNED_FIELDS) return `An entry has the fields ${SIGNED_FIELDS}; this one has ${names || 'none'}.`
  const { seq: number, at, kind, body, prev, digest, signature } = entry as Record<string, unknown>
  if (number !== seq) return `Entry ${seq} is expected here; this one says ${typeof number === 'number' ? number : 'something that is no number'}. Entries were removed, added or moved.`
  if (typeof at !== 'number' || !Number.isFinite(at)) return 'The time is not a number.'
  if (typeof kind !== 'string' || !(LEDGER_KINDS as readonly string[]).includes(kind)) return 'The kind of entry is not known.'
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'The body is not an object.'
  if ('signature' in entry && typeof signature !== 'string') return 'The signature is not a text.'
  // Once an entry named the signature before it, all that follow must: else a signature could be exchanged unseen.
  if (prev !== linkTo(before) && (signedLinks || before === null || prev !== before.digest)) {
    return seq === FIRST ? 'The first entry names an entry before it.' : 'It does not name the digest and signature of the entry before it.'
  }
  // '' stands for content that has no digest: an entry that bears it is altered, too.
  if (typeof digest !== 'string' || digest === '' || digest !== digestOf(entry)) return 'Its content does not match its digest: the entry was altered.'
  return null
}

/**
 * What the digest of an entry should be: SHA-256 (hex) of the canonical JSON of its fields other than digest and signature. '' (which no digest equals, and no entry may bear) for content that has
 * no canonical form, such as NaN or a body nested too deeply to be walked: said as a break, like any other.
 */
function digestOf(entry: object): string {
  const { at, body, kind, prev, seq } = entry as Record<string, unknown>
  try {
    const text = canonicalText({ at, body, kind, prev, seq })
    return text === null ? '' : textDigest(text)
  } catch {
    return ''
  }
}

/** The same JSON value with the fields of every object in canonical order: what is written so is digested without sorting again. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const source = value as Record<string, unknown>
  const ordered: Record<string, unknown> = {}
  // Defined, not assigned: a field named __proto__ stays a field.
  for (const name of Object.keys(source).sort()) Object.defineProperty(ordered, name, { value: inOrder(source[name]), enumerable: true, writable: true, configurable: true })
  return ordered
}
