import type { Correction } from '../review/index.ts'
import { db, type CorrectionRow, type ReviewRecord } from './db.ts'
import { guarded } from './errors.ts'
import { countCorrections } from './tallies.ts'

const DAY = 86_400_000

/** Keeps a correction; the same one told twice is kept once. */
export async function recordCorrection(correction: Correction): Promise<void> {
  await guarded(() => db.transaction('rw', db.corrections, db.tallies, db.meta, async () => {
    const { at, rule, before } = correction
    const known = await db.corrections.where('[at+rule+before]').equals([at, rule, before]).count()
    if (known > 0) return
    // A copy: the database writes the id it gives into what it is handed.
    const id = await db.corrections.add({ ...correction })
    await countCorrections([{ ...correction, id }], 1)
  }))
}

/**
 * Removes the corrections of a record's draft. They are found by their time: a draft teaches between its first hold and its last send, or within a day of them.
 * Runs inside the caller's transaction over `corrections`, `tallies` and `meta`.
 */
export async function forgetCorrections({ at, updated, session }: ReviewRecord): Promise<void> {
  const rows = await db.corrections.where('at').between(at - DAY, updated + DAY, true, true).filter((row) => row.session === session).toArray()
  await db.corrections.bulkDelete(rows.map(({ id }) => id))
  await countCorrections(rows, -1)
}

/** One correction by the id that the database gave it, null where it is gone. */
export function getCorrection(id: number): Promise<CorrectionRow | null> {
  return guarded(async () => (await db.corrections.get(id)) ?? null)
}

/** Corrections, the oldest first: what proposals are made of. */
export function listCorrections({ since = -Infinity, limit = 10_000 }: { since?: number; limit?: number } = {}): Promise<CorrectionRow[]> {
  return guarded(async () => (await db.corrections.where('at').aboveOrEqual(since).reverse().limit(limit).toArray()).reverse())
}
