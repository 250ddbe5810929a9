import { createComparison, sumComparisons, type Comparison, type RuleChange } from '../learning/index.ts'
import { db, type ReviewRecord } from './db.ts'
import { guarded } from './errors.ts'

/** Records read at a time: enough to be quick, few enough that a page's memory is not felt. */
const BATCH = 500

/** A change to try, and from when on; `since` in milliseconds since the epoch. */
export interface StoredChange extends RuleChange { readonly since: number }

/** What came of it. `withoutText`: drafts of which no words were kept, so that changed rules could not be tried on them. */
export interface StoredComparison extends Comparison { readonly withoutText: number }

/** Records by their numbers, both included, and how many of them the change is tried on. */
export interface StoredRange { readonly from: number; readonly to: number; readonly total: number }

/** The stored drafts since a time, oldest first, in parts of about the same size: at most so many, and none of fewer drafts than are `worth` one. None where there are no drafts. */
export function storedRanges(since: number, most = 1, worth = 1): Promise<readonly StoredRange[]> {
  return guarded(async () => {
    // By number, because that is how they are read; a draft may have begun long before it was last seen.
    const numbers = since <= 0 ? await db.records.toCollection().primaryKeys() : (await db.records.where('updated').aboveOrEqual(since).primaryKeys()).sort((a, b) => a - b)
    const size = Math.ceil(numbers.length / Math.max(1, Math.min(most, Math.floor(numbers.length / worth))))
    const ranges: StoredRange[] = []
    for (let at = 0; at < numbers.length; at += size) {
      const some = numbers.slice(at, at + size)
      ranges.push({ from: some[0] ?? 0, to: some.at(-1) ?? 0, total: some.length })
    }
    return ranges
  })
}

/**
 * Runs a change over the stored drafts of a range, or over all of them, oldest first, in pieces: for a worker. Where only the policy changes, drafts whose words were not kept are judged by
 * what was found then. An aborted `signal` ends it between two pieces with what was counted so far.
 */
export async function backtestStored(change: StoredChange, { range, onProgress, signal }: { range?: StoredRange; onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {}): Promise<StoredComparison> {
  const comparison = createComparison(change)
  const policyOnly = change.before.length === 0 && change.after.length === 0
  const { from, to, total } = range ?? (await storedRanges(change.since))[0] ?? { from: 0, to: -1, total: 0 }
  let [withoutText, done] = [0, 0]
  const read = (after: number): Promise<ReviewRecord[]> => {
    const rows = guarded(() => db.records.where('number').between(after, to, false, true).limit(BATCH).toArray())
    rows.catch(() => undefined) // Thrown when its turn comes; a comparison that was ended need not know.
    return rows
  }
  for (let coming = read(from - 1); !signal?.aborted;) {
    const rows = await coming
    const last = rows.at(-1)
    const ended = !last || rows.length < BATCH
    // The next rows are read while these are looked at.
    if (!ended) coming = read(last.number)
    for (const { number, updated, site, kind, subject, recipients, text, blocks, findings, decisions, origin } of rows) {
      if (updated < change.since) continue
      done++
      if (text === null && !policyOnly) withoutText++
      else comparison.take({ number, at: updated, draft: { site, kind, subject, recipients, text: text ?? '', blocks, locale: '' }, findings, decisions, origin })
    }
    onProgress?.(Math.min(done, total), total)
    if (ended) break
  }
  return { ...comparison.result(), withoutText }
}

/** What was run over one range after the other, as one. */
export function sumStored(parts: readonly StoredComparison[]): StoredComparison {
  return { ...sumComparisons(parts), withoutText: parts.reduce((total, { withoutText }) => total + withoutText, 0) }
}
