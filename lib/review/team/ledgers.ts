import { createLedgerVerifier, type SignedEntry } from '../ledger.ts'
import { keyChain } from '../ledger-keys.ts'
import type { LedgerKind } from '../types.ts'
import type { TeamManifest } from './types.ts'

/** A device whose ledger is read: its keys, the first one first, and whose it is. `lost`: another one took its place, or nobody did. */
export interface LedgerDevice { readonly keys: readonly string[]; readonly name: string; readonly gone: boolean }

/** What is counted of a ledger's entries. */
export const COUNTED_KINDS = ['held', 'signed', 'overridden', 'sent', 'unreviewed'] as const satisfies readonly LedgerKind[]
export type LedgerCounts = Readonly<Record<(typeof COUNTED_KINDS)[number], number>>

/**
 * What is wrong with a ledger as it lies in the store. `altered`: an entry does not follow the one before, or is not signed by the device. `missing`: entries are not there though later ones are.
 * `forked`: there are two different entries of one number. `damaged`: a segment is not what its name says. `hidden`: a segment that was read before is not there any more.
 */
export type LedgerFault =
  | { readonly code: 'altered' | 'forked'; readonly seq: number; readonly reason: string }
  | { readonly code: 'missing'; readonly seq: number; readonly to: number }
  | { readonly code: 'damaged' | 'hidden'; readonly key: string }

/** How far a device's ledger was read, and what it holds. */
export interface LedgerReading {
  /** First key of the device: it names the reading. */
  readonly device: string
  /** Entries that were proven. */
  readonly entries: number
  readonly counts: LedgerCounts
  /** The last proven entry; null before the first. */
  readonly last: { readonly seq: number; readonly digest: string; readonly signature: string; readonly at: number; readonly key: string } | null
  /** Names of the segments that were read. */
  readonly segments: readonly string[]
  readonly faults: readonly LedgerFault[]
}

/** A segment's lines as they were read, of any shape, under its name; null where its bytes are not what the name says. */
export interface LedgerSegment { readonly key: string; readonly first: number; readonly entries: readonly unknown[] | null }

/** More faults of one ledger are not told apart. */
const MOST_FAULTS = 50

/** Every device whose ledger the team's manifests know, members first: the keys that one device had belong together. */
export function ledgerDevices({ members, former }: TeamManifest): readonly LedgerDevice[] {
  const before = new Map(former.flatMap((one) => (one.why === 'rotated' && one.next !== null ? [[one.next, one] as const] : [])))
  const keysTo = (signKey: string): string[] => {
    const keys = [signKey]
    for (let one = before.get(signKey); one && keys.length <= before.size; one = before.get(one.signKey)) keys.unshift(one.signKey)
    return keys
  }
  const present = new Set(members.map(({ card }) => card.signKey))
  return [
    ...members.map(({ card }) => ({ keys: keysTo(card.signKey), name: card.name, gone: false })),
    ...former.filter(({ signKey, why }) => why !== 'rotated' && !present.has(signKey)).map(({ signKey, name }) => ({ keys: keysTo(signKey), name, gone: true })),
  ]
}

export function emptyReading(device: string): LedgerReading {
  return { device, entries: 0, counts: { held: 0, signed: 0, overridden: 0, sent: 0, unreviewed: 0 }, last: null, segments: [], faults: [] }
}

/** Whether these segments can be added to a reading: none of them is about what was read already. Else all of the ledger is read anew. */
export function followsReading({ last }: LedgerReading, segments: readonly { readonly first: number }[]): boolean {
  return segments.every(({ first }) => first > (last?.seq ?? 0))
}

/**
 * Reads segments of one device on from where a reading ended. What is wrong is named, and reading goes on behind it: one bad entry hides nothing of the rest.
 * @param segments in the order of their first numbers
 * @param proven is handed each entry that was proven, in order
 */
export function readLedger(before: LedgerReading, { keys }: Pick<LedgerDevice, 'keys'>, segments: readonly LedgerSegment[], proven: (entry: SignedEntry) => void = () => undefined): LedgerReading {
  const faults = [...before.faults]
  const counts: Record<keyof LedgerCounts, number> = { ...before.counts }
  const digests = new Map<number, string>()
  let { last, entries } = before
  const fault = (one: LedgerFault): void => { if (faults.length < MOST_FAULTS) faults.push(one) }
  const count = (entry: SignedEntry): void => {
    entries += 1
    const kind = COUNTED_KINDS.find((each) => each === entry.kind)
    if (kind) counts[kind] += 1
    digests.set(entry.seq, entry.digest)
    proven(entry)
  }
  for (const { key, first, entries: rows } of segments) {
    if (rows === null) {
      fault({ code: 'damaged', key })
      continue
    }
    const expected = (last?.seq ?? 0) + 1
    // A ledger that is sent again (a team that was left and joined anew) says once more what was read.
    const fresh = rows.slice(Math.max(0, expected - first))
    const other = rows.slice(0, Math.max(0, expected - first)).find((row) => digestOf(row) !== digests.get(seqOf(row)) && digests.has(seqOf(row)))
    if (other !== undefined) fault({ code: 'forked', seq: seqOf(other), reason: '' })
    if (fresh.length === 0 || other !== undefined) continue
    if (first > expected) fault({ code: 'missing', seq: expected, to: first - 1 })
    const after = first > expected ? pointedAt(fresh[0], first - 1) : last
    const known = keys.slice(Math.max(0, keys.indexOf(last?.key ?? '')))
    const read = provenBy(first > expected || !last ? known : known.slice(0, 1), after, fresh)
    for (const row of fresh.slice(0, read.proven)) count(row as SignedEntry)
    const end = fresh[read.proven - 1] as SignedEntry | undefined
    if (end) last = { seq: end.seq, digest: end.digest, signature: end.signature ?? '', at: end.at, key: read.key }
    if (read.bad) fault({ code: 'altered', ...read.bad })
  }
  return { device: before.device, entries, counts, last, segments: [...before.segments, ...segments.map(({ key }) => key)], faults }
}

/** How many of these entries follow `after` and are signed by one of the keys or those that they hand over to, and what is wrong with the next one. */
function provenBy(keys: readonly string[], after: Pick<SignedEntry, 'seq' | 'digest' | 'signature'> | null, rows: readonly unknown[]): { readonly proven: number; readonly key: string; readonly bad: { readonly seq: number; readonly reason: string } | null } {
  let best: ReturnType<typeof provenBy> | null = null
  for (const key of keys) {
    const found = provenWith(key, after, rows)
    if (!found.bad) return found
    if (!best || found.proven > best.proven) best = found
  }
  return best ?? { proven: 0, key: '', bad: { seq: (after?.seq ?? 0) + 1, reason: 'No key of the team is known for it.' } }
}

function provenWith(key: string, after: Pick<SignedEntry, 'seq' | 'digest' | 'signature'> | null, rows: readonly unknown[]): ReturnType<typeof provenBy> {
  const chain = keyChain(key)
  const verifier = createLedgerVerifier({ after, ...chain })
  for (const row of rows) if (verifier.next(row)) break
  const result = verifier.result()
  const keyNow = chain.keys.at(-1) ?? key
  if (result.ok) return { proven: rows.length, key: keyNow, bad: null }
  const proven = Math.max(0, result.seq - (after?.seq ?? 0) - 1)
  // What stands before the break is proven only as far as a signature was looked at: it is read again up to there.
  const again = keyChain(key)
  const good = createLedgerVerifier({ after, ...again })
  for (const row of rows.slice(0, proven)) good.next(row)
  return { proven: good.result().ok ? proven : 0, key: again.keys.at(-1) ?? key, bad: { seq: result.seq, reason: result.reason } }
}

/** The entry that this one names as the one before it, as far as its link tells. */
function pointedAt(row: unknown, seq: number): Pick<SignedEntry, 'seq' | 'digest' | 'signature'> {
  const prev = typeof row === 'object' && row !== null && 'prev' in row && typeof row.prev === 'string' ? row.prev : ''
  const [digest = '', signature] = prev.split('.')
  return { seq, digest, signature }
}

function seqOf(row: unknown): number {
  return typeof row === 'object' && row !== null && 'seq' in row && typeof row.seq === 'number' ? row.seq : -1
}

function digestOf(row: unknown): string {
  return typeof row === 'object' && row !== null && 'digest' in row && typeof row.digest === 'string' ? row.digest : ''
}
