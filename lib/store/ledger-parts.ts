import { keyChain } from '../review/ledger-keys.ts'
import { ANCHOR_EVERY, createLedgerVerifier, type LedgerBreak } from '../review/ledger.ts'
import { db, type LedgerRow } from './db.ts'
import { guarded } from './errors.ts'
import { ledgerBatches, signedEntryOf } from './ledger.ts'

const PROGRESS_EVERY = 10_000
/** A ledger shorter than this is checked from end to end before other workers have begun. */
const PARTED_FROM = 50_000

/** A stretch of the ledger: the entries after the one numbered `after`, up to the one numbered `to`, or to the last. */
export interface Part { readonly after: number; readonly to: number | null }

/** Where a stretch begins or ends: all that the next entry names of it. */
export type Joint = Pick<LedgerRow, 'seq' | 'digest' | 'signature'>

/** What checking a stretch came to. */
export interface Stretch {
  /** The first entry that does not fit, null where all do. */
  readonly bad: Omit<LedgerBreak, 'ok'> | null
  readonly checked: number
  readonly last: Joint | null
  /** The key that the stretch ends with. */
  readonly key: string
}

/** A stretch that was checked by itself: right only where the one before it ends as this one took it to. */
export interface PartProof extends Stretch { readonly after: Joint | null; readonly firstKey: string }

/** Checks one stretch elsewhere, beside the others. `firstKey` signed its first entry; `onProgress` is given how many entries of it were looked at. */
export type ProvePart = (part: Part, firstKey: string, onProgress: (checked: number) => void) => Promise<PartProof>

interface StretchOptions {
  readonly after: Joint | null
  readonly to: number | null
  /** The key that signed the first entry of the stretch. */
  readonly firstKey: string
  readonly signedLinks?: boolean
  readonly onProgress?: ((checked: number) => void) | undefined
}

/** Looks at every entry of a stretch, some thousand at a time, until one does not fit. */
export async function checkStretch({ after, to, firstKey, signedLinks = false, onProgress }: StretchOptions): Promise<Stretch> {
  const signing = keyChain(firstKey)
  const verifier = createLedgerVerifier({ after, signedLinks, ...signing })
  let checked = 0
  let last: LedgerRow | null = null
  let bad: LedgerBreak | null = null
  reading: for await (const rows of ledgerBatches(after?.seq, to)) {
    for (const row of rows) {
      bad = verifier.next(signedEntryOf(row))
      if (bad) break reading
      last = row
      checked += 1
      if (checked % PROGRESS_EVERY === 0) onProgress?.(checked)
    }
  }
  const result = verifier.result()
  bad ??= result.ok ? null : result
  return { bad: bad && { seq: bad.seq, reason: bad.reason }, checked, last: last && jointOf(last), key: signing.keys.at(-1) ?? firstKey }
}

/** Checks one stretch with nothing known of the others: for a worker of its own, as what a `ProvePart` does there. */
export async function provePart({ after, to }: Part, firstKey: string, onProgress: (checked: number) => void): Promise<PartProof> {
  const row = after === 0 ? undefined : await guarded(() => db.ledger.get(after))
  if (after !== 0 && !row) return { bad: { seq: after, reason: `Entry ${after} is missing.` }, checked: 0, last: null, key: firstKey, after: null, firstKey }
  const joint = row ? jointOf(row) : null
  // Links as entries of the first version have them are for the check from end to end to judge, but at the ledger's beginning.
  return { ...await checkStretch({ after: joint, to, firstKey, signedLinks: joint !== null, onProgress }), after: joint, firstKey }
}

/**
 * Where to cut a ledger of `total` entries into `count` stretches that can be checked side by side; one stretch where that is not worth it. Every key that hands over to another (the last of
 * these entries is numbered `lastKey`, 0 for none) lies in the first, so that the key of all the others is known beforehand. Cut where a signature is looked at anyway.
 */
export function partsOf(total: number, lastKey: number, count: number): Part[] {
  const cuts: number[] = []
  if (total >= PARTED_FROM) {
    for (let at = 1; at < count; at++) {
      const cut = Math.round((total * at) / count / ANCHOR_EVERY) * ANCHOR_EVERY
      if (cut > (cuts.at(-1) ?? lastKey) && cut < total) cuts.push(cut)
    }
  }
  return [0, ...cuts].map((after, at) => ({ after, to: cuts[at] ?? null }))
}

/**
 * Checks all of the ledger in several stretches at once. Null where anything was not as it should be, or cannot be told this way: then it has to be checked from end to end, which finds the first
 * entry that does not fit.
 * @param keys the key that signed the first entry, and the device's own
 */
export async function checkInParts(parts: readonly Part[], keys: { readonly first: string; readonly own: string }, prove: ProvePart, onProgress: (checked: number) => void): Promise<Stretch | null> {
  const done = parts.map(() => 0)
  const answers = await Promise.allSettled(parts.map((part, at) => prove(part, at === 0 ? keys.first : keys.own, (checked) => {
    done[at] = checked
    onProgress(done.reduce((sum, one) => sum + one, 0))
  })))
  // A worker that could not do its stretch leaves a doubt like any other; what ails the database is said by the check from end to end.
  const proofs = answers.flatMap((answer) => answer.status === 'fulfilled' ? [answer.value] : [])
  const meets = proofs.length === parts.length && proofs.every((proof, at) => {
    const before = proofs[at - 1]
    return proof.bad === null && proof.last !== null && (before === undefined ? proof.after === null : sameJoint(before.last, proof.after) && before.key === proof.firstKey)
  })
  const end = proofs.at(-1)
  return meets && end ? { bad: null, checked: proofs.reduce((sum, { checked }) => sum + checked, 0), last: end.last, key: end.key } : null
}

/** Number of the last entry that hands over to another key, or says anything else of a key; 0 where there is none. */
export async function lastKeyEntry(): Promise<number> {
  const [last] = await guarded(() => db.ledger.where('kind').equals('key').reverse().limit(1).primaryKeys())
  return typeof last === 'number' ? last : 0
}

function jointOf({ seq, digest, signature }: LedgerRow): Joint {
  return { seq, digest, signature }
}

function sameJoint(one: Joint | null, other: Joint | null): boolean {
  return one !== null && other !== null && one.seq === other.seq && one.digest === other.digest && one.signature === other.signature
}
