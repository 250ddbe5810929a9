import { createComparison, type Comparison, type RuleChange } from '../learning/index.ts'
import { db, type ReviewRecord } from './db.ts'
import { guarded } from './errors.ts'

/** Records read at a time: enough to be quick, few enough that a page's memory is not felt. */
const BATCH = 500

/** A change to try, and from when on; `since` in milliseconds since the epoch. */
export interface StoredChange extends RuleChange { readonly since: number }

/** What came of it. `withoutText`: drafts of which no words were kept, so that changed rules could not be tried on them. */
export interface StoredComparison extends Comparison { readonly withoutText: number }

/**
 * Runs a change over the stored drafts, oldest first, in pieces: for a worker. Where only the policy changes, drafts whose words were not kept are judged by what was found then.
 * An aborted `signal` ends it between two pieces with what was counted so far.
 */
export async function backtestStored(change: StoredChange, { onProgress, signal }: { onProgress?: (done: number, total: number) => void; signal?: AbortSignal } = {}): Promise<StoredComparison> {
  const comparison = createComparison(change)
  const policyOnly = change.before.length === 0 && change.after.length === 0
  const total = await guarded(() => db.records.where('updated').aboveOrEqual(change.since).count())
  const start = change.since <= 0 ? 0 : (await guarded(() => db.records.where('updated').aboveOrEqual(change.since).first()))?.number ?? 0
  let [withoutText, done] = [0, 0]
  const read = (after: number): Promise<ReviewRecord[]> => {
    const rows = guarded(() => db.records.where('number').above(after).limit(BATCH).toArray())
    rows.catch(() => undefined) // Thrown when its turn comes; a comparison that was ended need not know.
    return rows
  }
  for (let coming = read(start - 1); !signal?.aborted;) {
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
