import { addAllToDay, day, tallyOfCorrection, tallyOfDraft, type Contribution, type DayTally } from '../learning/index.ts'
import { db, TALLIES_BUILT, type CorrectionRow, type ReviewRecord } from './db.ts'
import { guarded } from './errors.ts'
import { packDay, unpackDay } from './tally-rows.ts'

/** Read and counted in one transaction. */
const BATCH = { records: 1_000, corrections: 5_000 } as const

/** Up to which key rows are counted. Rows beyond it are counted when building reaches them; without limit once all of them are. */
interface Built { readonly records: number; readonly corrections: number }
const NOTHING: Built = { records: 0, corrections: 0 }
const ALL: Built = { records: Infinity, corrections: Infinity }

/** The days between two ISO dates, both included, the oldest first. What was counted so far: `buildTallies` says when that is everything. */
export function listTallies({ from = '', to = '\uffff', wanted }: { from?: string; to?: string; /** Only places whose names it takes. */ wanted?: (key: string) => boolean } = {}): Promise<DayTally[]> {
  return guarded(async () => (await db.tallies.where('day').between(from, to, true, true).toArray()).map((row) => unpackDay(row, wanted)))
}

/** How far counting is, and one day as it was counted. */
interface Ahead { readonly built: Built; readonly days: ReadonlyMap<string, DayTally> }

/** Reads what `recount` will want for a record of this time (milliseconds since the epoch), before it is known what there is to count: a person waits for this writing. Inside the caller's transaction. */
export async function readAhead(at: number): Promise<Ahead> {
  const [so, days] = await Promise.all([built(), daysOf([day(at)])])
  return { built: so, days }
}

/** Counts a record anew: `before` as it was, `after` as it is, null where there is none. Runs inside the caller's transaction over `tallies` and `meta`. */
export async function recount(before: ReviewRecord | null, after: ReviewRecord | null, ahead?: Promise<Ahead>): Promise<void> {
  const contributions = [...(before ? [[tallyOfDraft(before), -1] as const] : []), ...(after ? [[tallyOfDraft(after), 1] as const] : [])]
  const { built: so, days } = await (ahead ?? readAhead((after ?? before)?.at ?? 0))
  if (((after ?? before)?.number ?? 0) <= so.records) await add(contributions, days)
}

/** Counts corrections in (1) or out (-1). Runs inside the caller's transaction over `tallies` and `meta`. */
export async function countCorrections(rows: readonly CorrectionRow[], sign: 1 | -1): Promise<void> {
  const { corrections } = await built()
  await add(rows.filter(({ id }) => id <= corrections).map((row) => [tallyOfCorrection(row), sign] as const))
}

/** The same for whole records that go. */
export async function uncount(rows: readonly ReviewRecord[]): Promise<void> {
  const { records } = await built()
  await add(rows.filter(({ number }) => number <= records).map((row) => [tallyOfDraft(row), -1] as const))
}

/** Forgets what was counted, because what it counts goes. Runs inside the caller's transaction over `tallies` and `meta`. */
export async function clearTallies(): Promise<void> {
  await db.tallies.clear()
  await db.meta.put({ key: TALLIES_BUILT, value: ALL })
}

/** How far counting is: rows counted and rows there are. */
export interface TallyProgress { readonly done: number; readonly total: number }

/**
 * Counts whatever was not counted yet: after an update from a version without tallies, or after `forgetTallies`. Each step is a transaction that also says how far it is: stopped
 * at any point it goes on from there, run twice at once (two pages) the steps alternate and nothing counts double. At once done where nothing is left.
 * @throws {StoreError}; what was counted stays. An aborted `signal` ends it quietly between two steps.
 */
export async function buildTallies({ onProgress, signal }: { onProgress?: (progress: TallyProgress) => void; signal?: AbortSignal } = {}): Promise<void> {
  for (;;) {
    const { records, corrections } = await guarded(built)
    if (records === Infinity && corrections === Infinity) return
    if (signal?.aborted) return
    if (onProgress) onProgress(await progress())
    await guarded(() => step(records === Infinity ? 'corrections' : 'records'))
  }
}

/** How far counting is, also where another page or the worker does it; null once everything is counted. */
export async function tallyProgress(): Promise<TallyProgress | null> {
  const { records, corrections } = await guarded(built)
  return records === Infinity && corrections === Infinity ? null : progress()
}

/** Whether everything is counted: one look, unlike `tallyProgress`, which says how far it is. */
export async function allCounted(): Promise<boolean> {
  const { records, corrections } = await guarded(built)
  return records === Infinity && corrections === Infinity
}

/** Throws the counts away, to be made anew from the rows by `buildTallies`. */
export function forgetTallies(): Promise<void> {
  return guarded(() => db.transaction('rw', db.tallies, db.meta, async () => {
    await db.tallies.clear()
    await db.meta.delete(TALLIES_BUILT)
  }))
}

function progress(): Promise<TallyProgress> {
  return guarded(async () => {
    const { records, corrections } = await built()
    const [allRecords, allCorrections] = await Promise.all([db.records.count(), db.corrections.count()])
    const [doneRecords, doneCorrections] = await Promise.all([
      records === Infinity ? allRecords : db.records.where('number').belowOrEqual(records).count(), corrections === Infinity ? allCorrections : db.corrections.where('id').belowOrEqual(corrections).count(),
    ])
    return { done: doneRecords + doneCorrections, total: allRecords + allCorrections }
  })
}

function step(of: keyof Built): Promise<void> {
  return db.transaction('rw', [db.tallies, db.meta, db[of]], async () => {
    const at = await built()
    if (at[of] === Infinity) return
    let last: number | undefined
    if (of === 'records') {
      const rows = await db.records.where('number').above(at.records).limit(BATCH.records).toArray()
      await add(rows.map((row) => [tallyOfDraft(row), 1] as const))
      last = rows.at(-1)?.number
    } else {
      const rows = await db.corrections.where('id').above(at.corrections).limit(BATCH.corrections).toArray()
      await add(rows.map((row) => [tallyOfCorrection(row), 1] as const))
      last = rows.at(-1)?.id
    }
    await db.meta.put({ key: TALLIES_BUILT, value: { ...at, [of]: last ?? Infinity } })
  })
}

async function built(): Promise<Built> {
  const value = (await db.meta.get(TALLIES_BUILT))?.value as Built | undefined
  return value ?? NOTHING
}

/** Adds contributions to their days, each day read and written once; `known` are days that were read already. */
async function add(contributions: Contributions, known: ReadonlyMap<string, DayTally> = new Map()): Promise<void> {
  if (contributions.length === 0) return
  const days = [...new Set(contributions.map(([{ day }]) => day))]
  const unknown = days.filter((day) => !known.has(day))
  const rows = new Map([...known].filter(([day]) => days.includes(day)))
  if (unknown.length > 0) for (const [day, row] of await daysOf(unknown)) rows.set(day, row)
  const byDay = new Map(days.map((day) => [day, [] as Contributions[number][]]))
  for (const contribution of contributions) byDay.get(contribution[0].day)?.push(contribution)
  for (const [day, some] of byDay) rows.set(day, addAllToDay(rows.get(day) ?? null, day, some))
  const [left, empty] = [[...rows.values()].filter(({ cells }) => Object.keys(cells).length > 0), [...rows.values()].filter(({ cells }) => Object.keys(cells).length === 0)]
  await Promise.all([left.length > 0 ? db.tallies.bulkPut(left.map(packDay)) : null, empty.length > 0 ? db.tallies.bulkDelete(empty.map(({ day }) => day)) : null])
}

type Contributions = readonly (readonly [Contribution, 1 | -1])[]

/** These days as they are kept; those of which nothing was counted are missing. */
async function daysOf(days: readonly string[]): Promise<Map<string, DayTally>> {
  return new Map((await db.tallies.bulkGet([...days])).flatMap((row) => (row ? [[row.day, unpackDay(row)] as const] : [])))
}
