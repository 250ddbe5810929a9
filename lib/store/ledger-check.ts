import { signedBy } from '../review/ledger-signature.ts'
import { canonicalDigest } from '../policy/index.ts'
import { db } from './db.ts'
import { deviceKey, toBase64Url } from './device.ts'
import { guarded } from './errors.ts'
import { appendWith, firstLedgerKey, HEAD, lastNumber, type Head } from './ledger.ts'
import { checkInParts, checkStretch, lastKeyEntry, type Joint, type Part, type ProvePart, type Stretch } from './ledger-parts.ts'

const CHECKPOINT = 'ledger-checkpoint'

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
  /** Called every 10,000 entries. Goes back where the stretches of a long ledger left a doubt, so that it is looked at from end to end. */
  readonly onProgress?: (checked: number, total: number) => void
  /** Where several stretches of a whole ledger can be checked at once: how it is cut, as by `partsOf`, and what checks one stretch. */
  readonly beside?: { readonly cut: (total: number, lastKey: number) => readonly Part[]; readonly prove: ProvePart }
}

interface Checkpoint { readonly seq: number; readonly digest: string; readonly signature: string; readonly proof: string }

/**
 * Checks the chain, the signatures, and that none is missing at its end, some thousand entries at a time. What is found wrong is written down as `tamper`, once, and
 * never mended.
 */
export async function checkLedger({ whole = false, now, onProgress, beside }: CheckOptions): Promise<LedgerReport> {
  const key = await deviceKey()
  const current = toBase64Url(key.publicKey)
  const total = await lastNumber()
  const start = whole ? null : await checkpoint(signedBy(current))
  const said = (done: number): void => onProgress?.(done, total - (start?.seq ?? 0))
  // A checkpoint of this key lies after every entry that handed over to it.
  const firstKey = start ? current : await firstLedgerKey()
  const found = (start === null && beside ? await inParts(total, { first: firstKey, own: current }, beside, said) : null) ?? await checkStretch({ after: start, to: null, firstKey, onProgress: said })
  const { checked, last } = found
  const bad = found.bad ?? (await wrongKey(found.key, current, last)) ?? (await missingEnd(last ?? start))
  if (bad) return { ok: false, entries: total, checked, bad: await brokenAt(bad.seq, bad.reason, now) }
  if (last && checked > 0) {
    const { seq, digest, signature } = last
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

/** Null for a ledger that is too short for it, or that has to be looked at from end to end. */
async function inParts(total: number, keys: { readonly first: string; readonly own: string }, { cut, prove }: NonNullable<CheckOptions['beside']>, onProgress: (checked: number) => void): Promise<Stretch | null> {
  const parts = cut(total, await lastKeyEntry())
  return parts.length > 1 ? checkInParts(parts, keys, prove, onProgress) : null
}

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

/** The keys of the chain must lead to the device's own: `before`, or the one that came in its place while we read. */
async function wrongKey(found: string, before: string, last: Pick<Joint, 'seq'> | null): Promise<{ seq: number; reason: string } | null> {
  if (found === before || found === toBase64Url((await deviceKey()).publicKey)) return null
  return { seq: last?.seq ?? 1, reason: 'The ledger ends with a key that is not this device\'s.' }
}

async function missingEnd(last: Pick<Joint, 'seq' | 'digest'> | null): Promise<{ seq: number; reason: string } | null> {
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
