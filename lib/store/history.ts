import type { Category } from '../engine/index.ts'
import { isWholeDrafts, sumTallies, type TallyCounts } from '../learning/index.ts'
import { db } from './db.ts'
import { guarded } from './errors.ts'
import { allCounted, listTallies } from './tallies.ts'

const DAY = 86_400_000

/** What was counted of the drafts that began on a day (ISO date, UTC). */
export interface CountedDay { readonly day: string; readonly counts: TallyCounts }

/**
 * The days with drafts, the latest first: where in a long list a draft stands follows from them, without reading the list. With a category only drafts that touch it are counted.
 * Null while an older database is still being counted.
 */
export async function countedDays(category: Category | '' = ''): Promise<readonly CountedDay[] | null> {
  if (!(await allCounted())) return null
  // Most of what was counted is of categories and rules, and is not looked at here.
  const sums = category === '' ? sumTallies(await listTallies({ wanted: isWholeDrafts }), { of: 'drafts', by: ['day'] }) : sumTallies(await listTallies(), { of: 'categories', by: ['day'], where: { category } })
  // Corrections may come on days without drafts.
  return sums.flatMap(({ at: [day = ''], counts }) => (counts.seen > 0 ? [{ day, counts }] : [])).reverse()
}

/** Numbers of the records that began on a day, the latest first. */
export function numbersOfDay(day: string): Promise<number[]> {
  const start = Date.parse(day)
  return guarded(async () => (await db.records.where('at').between(start, start + DAY, true, false).primaryKeys()).reverse())
}

/** Numbers of the records of which something was noted since a time (milliseconds since the epoch), the latest first. */
export function numbersSince(at: number): Promise<number[]> {
  return guarded(async () => (await db.records.where('updated').aboveOrEqual(at).primaryKeys()).sort((a, b) => b - a))
}

/** Numbers of the records of one host, the latest first. */
export function numbersOfHost(host: string): Promise<number[]> {
  return guarded(async () => (await db.records.where('host').equals(host).primaryKeys()).reverse())
}

/** Hosts that occur, sorted. One look a host, however many records there are. */
export function listHosts(): Promise<string[]> {
  return guarded(async () => {
    const hosts: string[] = []
    for (let last: string | undefined; ;) {
      const [next] = await (last === undefined ? db.records.orderBy('host') : db.records.where('host').above(last)).limit(1).keys()
      if (typeof next !== 'string') return hosts
      hosts.push((last = next))
    }
  })
}

/** Number of the record that came last, 0 where there is none. Asked again by `liveQuery` whenever a record is written or goes. */
export function latestNumber(): Promise<number> {
  return guarded(async () => {
    // Whatever changes in a record changes this; the number alone would not tell of the same draft's next step.
    await db.records.orderBy('updated').reverse().limit(1).primaryKeys()
    return (await db.records.orderBy(':id').reverse().limit(1).primaryKeys())[0] ?? 0
  })
}

/** Numbers from `to` down to `from` that are taken by a record, all in one reading. */
export function numbersBetween(from: number, to: number): Promise<number[]> {
  return guarded(async () => (await db.records.where('number').between(from, to, true, true).primaryKeys()).reverse())
}
