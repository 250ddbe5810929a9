import type { Table } from 'dexie'
import { db } from './db.ts'
import { tellApprovals } from './approvals.ts'
import { guarded } from './errors.ts'
import { forgetOrigins, ORIGIN_DAYS } from './origins.ts'
import { clearTallies, countCorrections, uncount } from './tallies.ts'
import { clearUnsentTexts } from './team.ts'

const DAY = 86_400_000
/** Rows removed in one transaction. */
const STEP = 2_000

/**
 * Removes reviews, decisions and corrections that are older than `days`; 0 keeps all. Where blocks came from is kept 60 days at most, whatever is set. The ledger stays whole: it holds no words of a draft, and a chain with holes proves nothing.
 * @returns how many reviews and corrections went.
 */
export async function applyRetention(days: number, now: number): Promise<number> {
  await forgetOrigins(days === 0 ? ORIGIN_DAYS : Math.min(days, ORIGIN_DAYS), now)
  if (days === 0) return 0
  const limit = now - days * DAY
  await guarded(() => db.decisions.where('at').below(limit).delete())
  const records = await removeInSteps(db.records, () => db.records.where('updated').below(limit).limit(STEP).toArray(), ({ number }) => number, uncount)
  const corrections = await removeInSteps(db.corrections, () => db.corrections.where('at').below(limit).limit(STEP).toArray(), ({ id }) => id, (rows) => countCorrections(rows, -1))
  return records + corrections
}

/** Removes rows a step at a time, each with its counts in one transaction, so that a worker that is stopped goes on from there and writers are not kept waiting. */
async function removeInSteps<Row>(table: Table, oldest: () => PromiseLike<Row[]>, keyOf: (row: Row) => number, uncountRows: (rows: readonly Row[]) => PromiseLike<void>): Promise<number> {
  for (let gone = 0; ;) {
    const removed = await guarded(() => db.transaction('rw', table, db.tallies, db.meta, async () => {
      const rows = await oldest()
      await table.bulkDelete(rows.map(keyOf))
      await uncountRows(rows)
      return rows.length
    }))
    gone += removed
    if (removed < STEP) return gone
  }
}

/**
 * Removes every review, decision, correction and request for a second signature, what was counted of them, what is known of where drafts came from, and what of all that
 * waits to be sent to the team's store. Packs, settings, the team and the ledger stay: they hold no words of a draft.
 */
export async function forgetAll(): Promise<void> {
  const asked = await guarded(() => db.transaction('rw', [db.records, db.decisions, db.corrections, db.origins, db.tallies, db.meta, db.requests, db.inbox, db.teamOutbox], async () => {
    const requests = await db.requests.count()
    await Promise.all([db.records.clear(), db.decisions.clear(), db.corrections.clear(), db.origins.clear(), db.requests.clear(), db.inbox.clear(), clearTallies(), clearUnsentTexts()])
    return requests
  }))
  // Open drafts ask again: approvals that they had are gone.
  if (asked > 0) await tellApprovals()
}

/** Removes the oldest reviews and corrections beyond `most` of each; 0 keeps all. Decisions go with their reviews. How many went. */
export async function applyCount(most: number): Promise<number> {
  if (most === 0) return 0
  const [records, corrections] = await guarded(() => Promise.all([db.records.count(), db.corrections.count()]))
  const gone = async <Row>(over: number, remove: (limit: number) => Promise<Row[]>): Promise<number> => {
    for (let left = over; left > 0; left -= STEP) await remove(Math.min(STEP, left))
    return Math.max(0, over)
  }
  const oldRecords = (limit: number) => guarded(() => db.transaction('rw', [db.records, db.decisions, db.tallies, db.meta], async () => {
    const rows = await db.records.orderBy('number').limit(limit).toArray()
    await db.decisions.where('session').anyOf(rows.map(({ session }) => session)).delete()
    await db.records.bulkDelete(rows.map(({ number }) => number))
    await uncount(rows)
    return rows
  }))
  const oldCorrections = (limit: number) => guarded(() => db.transaction('rw', db.corrections, db.tallies, db.meta, async () => {
    const rows = await db.corrections.orderBy('id').limit(limit).toArray()
    await db.corrections.bulkDelete(rows.map(({ id }) => id))
    await countCorrections(rows, -1)
    return rows
  }))
  return await gone(records - most, oldRecords) + await gone(corrections - most, oldCorrections)
}

/** Of the room that the browser gives, so much may be used before a person is told. */
const NEARLY_FULL = 0.8

/** Asks the browser not to clear what is kept when the disk runs short, and says how much room there is. `nearlyFull`: more than four fifths are used. */
export async function askToKeep(): Promise<StorageRoom & { readonly nearlyFull: boolean }> {
  // A browser that says no, or has nobody to ask, keeps things as long as it has room.
  await navigator.storage.persist().catch(() => false)
  const room = await storageRoom()
  return { ...room, nearlyFull: room.used !== null && room.allowed !== null && room.allowed > 0 && room.used / room.allowed >= NEARLY_FULL }
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
