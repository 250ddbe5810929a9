import type { Correction } from '../review/index.ts'
import { db, type CorrectionRow } from './db.ts'
import { guarded } from './errors.ts'

/** Keeps a correction; the same one told twice is kept once. */
export async function recordCorrection(correction: Correction): Promise<void> {
  await guarded(() => db.transaction('rw', db.corrections, async () => {
    const { at, rule, before } = correction
    const known = await db.corrections.where('[at+rule+before]').equals([at, rule, before]).count()
    // A copy: the database writes the id it gives into what it is handed.
    if (known === 0) await db.corrections.add({ ...correction })
  }))
}

/** One correction by the id that the database gave it, null where it is gone. */
export function getCorrection(id: number): Promise<CorrectionRow | null> {
  return guarded(async () => (await db.corrections.get(id)) ?? null)
}

/** Corrections, the oldest first: what proposals are made of. */
export function listCorrections({ since = -Infinity, limit = 10_000 }: { since?: number; limit?: number } = {}): Promise<CorrectionRow[]> {
  return guarded(async () => (await db.corrections.where('at').aboveOrEqual(since).reverse().limit(limit).toArray()).reverse())
}
