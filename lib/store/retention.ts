import { db } from './db.ts'
import { guarded } from './errors.ts'
import { forgetOrigins, ORIGIN_DAYS } from './origins.ts'

const DAY = 86_400_000

/**
 * Removes reviews, decisions and corrections that are older than `days`; 0 keeps all. Where blocks came from is kept 60 days at most, whatever is set. The ledger stays whole: it holds no words of a draft, and a chain with holes proves nothing.
 * @returns how many reviews and corrections went.
 */
export async function applyRetention(days: number, now: number): Promise<number> {
  await forgetOrigins(days === 0 ? ORIGIN_DAYS : Math.min(days, ORIGIN_DAYS), now)
  if (days === 0) return 0
  const limit = now - days * DAY
  return guarded(() => db.transaction('rw', db.records, db.decisions, db.corrections, async () => {
    await db.decisions.where('at').below(limit).delete()
    return await db.records.where('updated').below(limit).delete() + await db.corrections.where('at').below(limit).delete()
  }))
}

/** Removes every review, decision and correction, and what is known of where drafts came from. Packs, settings and the ledger stay. */
export async function forgetAll(): Promise<void> {
  await guarded(() => db.transaction('rw', db.records, db.decisions, db.corrections, db.origins, async () => {
    await Promise.all([db.records.clear(), db.decisions.clear(), db.corrections.clear(), db.origins.clear()])
  }))
}

export interface StorageRoom {
  /** Bytes used and allowed, as the browser estimates them; null where it does not say. */
  readonly used: number | null
  readonly allowed: number | null
  /** True when the browser promised not to clear it by itself. */
  readonly kept: boolean
}

export async function storageRoom(): Promise<StorageRoom> {
  return guarded(async () => {
    const { usage, quota } = await navigator.storage.estimate()
    return { used: usage ?? null, allowed: quota ?? null, kept: await navigator.storage.persisted() }
  })
}
