import type { KnownBlock } from '../origin/index.ts'
import { knownBlockSchema } from '../origin/schema.ts'
import { db } from './db.ts'
import { guarded } from './errors.ts'

/** More blocks than stand in all drafts that anybody has open or half written at once; the oldest are forgotten first. */
const MOST = 3_000
const DAY = 86_400_000
/** Days after which a draft that nobody opened again is no longer known. */
export const ORIGIN_DAYS = 60

/**
 * Remembers how blocks of text arrived, so that the same words in another window, after a reload, or in a draft that is opened again days later are known.
 * Digests, names of marks, counts and times, never the words; up to 3,000 blocks and 60 days from when each was last seen.
 * @param at now, milliseconds since the epoch.
 */
export function rememberOrigin(site: string, blocks: readonly KnownBlock[], at: number): Promise<void> {
  return guarded(() => db.transaction('rw', db.origins, async () => {
    await db.origins.bulkPut(blocks.map((block) => ({ key: keyOf(site, block.digest), seen: at, block })))
    const over = (await db.origins.count()) - MOST
    if (over > 0) await db.origins.bulkDelete(await db.origins.orderBy('seen').limit(over).primaryKeys())
  }))
}

/** What was seen of these blocks before, not longer than 60 days ago; those of which nothing is known, or that cannot be read, are left out. Counts as seen now. */
export function recallOrigin(site: string, digests: readonly string[], at: number): Promise<readonly KnownBlock[]> {
  return guarded(() => db.transaction('rw', db.origins, async () => {
    const rows = (await db.origins.bulkGet(digests.map((digest) => keyOf(site, digest)))).flatMap((row) => (row && row.seen > at - ORIGIN_DAYS * DAY ? [row] : []))
    await db.origins.bulkPut(rows.map((row) => ({ ...row, seen: at })))
    return rows.flatMap(({ block }) => knownBlockSchema.safeParse(block).data ?? [])
  }))
}

/** Removes blocks that were last seen `days` ago or longer; 0 removes all. */
export function forgetOrigins(days: number, at: number): Promise<void> {
  return guarded(async () => {
    if (days === 0) await db.origins.clear()
    else await db.origins.where('seen').belowOrEqual(at - days * DAY).delete()
  })
}

function keyOf(site: string, digest: string): string {
  return `${site} ${digest}`
}
