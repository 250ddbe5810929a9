import type { CountedDay } from '../../lib/store/index.ts'
import { passes, type HistoryFilters, type HistoryOutcome, type HistoryRow } from './model.ts'

/** What the list shows: rows by their place, read a window at a time. */
export interface RowList {
  /** Rows there are; with `more`, those found so far. */
  readonly total: number
  readonly more: boolean
  /** Null for one that is still to be read. */
  readonly at: (index: number) => HistoryRow | null
}

/** What is asked of the database. Numbers come the latest first. */
export interface RowPort {
  /** The newest rows, at most so many. */
  readonly newest: (limit: number) => Promise<readonly HistoryRow[]>
  readonly latest: () => Promise<number>
  /** Null while they are not counted. */
  readonly days: (category: HistoryFilters['category']) => Promise<readonly CountedDay[] | null>
  readonly ofDay: (day: string) => Promise<readonly number[]>
  readonly since: (at: number) => Promise<readonly number[]>
  readonly ofHost: (host: string) => Promise<readonly number[]>
  readonly between: (from: number, to: number) => Promise<readonly number[]>
  /** The newest of what a query finds, at most so many; null where they cannot be told without looking at all of it. */
  readonly newestFound: (query: string, limit: number) => Promise<readonly number[] | null>
  /** Null for a query without words. */
  readonly search: (query: string) => Promise<readonly number[] | null>
  readonly rows: (numbers: readonly number[]) => Promise<readonly HistoryRow[]>
}

/** Rows of the first painting. */
export const FIRST = 40
/** Rows read at once where places are known: few, so that no frame waits for them; and so many before and after those in view, so that they are there when they come. */
const WINDOW = 50
const AHEAD = 50
/** Rows looked at at once where they are searched for. */
const LOOKED = 100
/** How long somebody who has seen the first of what was found stays at it before all of it is looked for: who types on would wait for that. Milliseconds. */
const TYPED_ON = 400
const DAY = 86_400_000

export interface OpenRows {
  /** Reads what stands at these places, where it is not there yet. */
  readonly want: (from: number, to: number) => void
  readonly close: () => void
}

/**
 * Opens the list under some filters. `show` is called with the list whenever there is more of it to see; `fail` once, with what went wrong.
 * Nothing reads the whole history: without filters a place is found by what each day counts; searches and filters are followed as far as is looked.
 */
export function openRows(port: RowPort, filters: HistoryFilters, now: number, show: (list: RowList) => void, fail: (error: unknown) => void): OpenRows {
  let open = true
  let reading: ReturnType<typeof windows> | ReturnType<typeof found> | null = null
  let asked = { from: 0, to: FIRST }
  let wake: (() => void) | null = null
  const say = (list: RowList): void => { if (open) show(list) }
  const failed = (error: unknown): void => { if (open) { open = false; fail(error) } }
  const begin = async (): Promise<void> => {
    const { q, site, outcome, category, days } = filters
    const narrowed = site !== '' || outcome !== '' || category !== '' || days !== 0
    if (!narrowed && q.trim() === '') {
      const first = await port.newest(FIRST)
      // All of a short history is there at once.
      say({ total: first.length, more: first.length === FIRST, at: (index) => first[index] ?? null })
      if (first.length < FIRST) return
      const counted = await port.days('')
      const places = counted && ranked(port, counted)
      // Counts that say less than what was just read are not believed: every record is shown, only more slowly.
      reading = places && places.total >= first.length ? windows(port, places, first, say, failed) : found(port, allNumbers(port), () => true, say, failed)
      return
    }
    const newest = narrowed ? null : await port.newestFound(q, FIRST)
    const first = newest ? await port.rows(newest) : []
    // Seen while the others are still being looked for.
    if (newest) say({ total: first.length, more: newest.length === FIRST, at: (index) => first[index] ?? null })
    if (newest && newest.length < FIRST) return
    if (newest && asked.to <= FIRST) await new Promise<void>((resolve) => { wake = resolve; setTimeout(resolve, TYPED_ON) })
    if (!open) return
    const searched = await port.search(q)
    const only = searched ?? (site !== '' && outcome === '' && category === '' && days === 0 ? await port.ofHost(site) : null)
    const exact = only !== null && (searched === null || !narrowed)
    reading = exact ? windows(port, { total: only.length, numbers: (from, to) => Promise.resolve(only.slice(from, to)) }, first, say, failed)
      : found(port, candidates(port, filters, searched, now), (row) => passes(row, filters, now), say, failed)
  }
  begin().then(() => { if (open) reading?.want(asked.from, asked.to) }, failed)
  return {
    want: (from, to) => {
      asked = { from, to: Math.max(to, FIRST) }
      // Who scrolls on does not type on.
      if (to > FIRST) wake?.()
      if (open) reading?.want(from, to)
    },
    close: () => { open = false },
  }
}

interface Places { readonly total: number; readonly numbers: (from: number, to: number) => Promise<readonly number[]> }

/** Places by the counts of days: each day's numbers are read once, when something of it is looked at. */
function ranked(port: RowPort, days: readonly CountedDay[]): Places {
  const known = new Map<string, Promise<readonly number[]>>()
  const ofDay = (day: string): Promise<readonly number[]> => {
    const numbers = known.get(day) ?? port.ofDay(day)
    known.set(day, numbers)
    return numbers
  }
  return {
    total: days.reduce((sum, { counts }) => sum + counts.seen, 0),
    numbers: async (from, to) => {
      const out: number[] = []
      let start = 0
      for (const { day, counts: { seen } } of days) {
        if (start >= to) break
        if (start + seen > from) out.push(...(await ofDay(day)).slice(Math.max(0, from - start), to - start))
        start += seen
      }
      return out
    },
  }
}

/** A list of which every place is known: read in windows, in the order in which they are looked at. */
function windows(port: RowPort, places: Places, first: readonly HistoryRow[], say: (list: RowList) => void, fail: (error: unknown) => void) {
  const rows = new Map<number, HistoryRow>(first.map((row, index) => [index, row]))
  const asked = new Set<number>()
  const tell = (): void => say({ total: places.total, more: false, at: (index) => rows.get(index) ?? null })
  const read = async (part: number): Promise<void> => {
    const from = part * WINDOW
    const numbers = await places.numbers(from, Math.min(places.total, from + WINDOW))
    const read = new Map((await port.rows(numbers)).map((row) => [row.id, row]))
    for (const [index, number] of numbers.entries()) {
      const row = read.get(number)
      if (row) rows.set(from + index, row)
    }
    tell()
  }
  tell()
  return {
    want: (from: number, to: number): void => {
      for (let part = Math.floor(Math.max(0, from - AHEAD) / WINDOW); part * WINDOW < Math.min(to + AHEAD, places.total); part++) {
        if (asked.has(part)) continue
        asked.add(part)
        read(part).catch(fail)
      }
    },
  }
}

/** A list that is found row by row: as far as somebody looks, and one window on. */
function found(port: RowPort, numbers: AsyncGenerator<readonly number[]>, holds: (row: HistoryRow) => boolean, say: (list: RowList) => void, fail: (error: unknown) => void) {
  const rows: HistoryRow[] = []
  let wanted = 0
  let [busy, ended] = [false, false]
  const look = async (): Promise<void> => {
    while (rows.length < wanted && !ended) {
      const next = await numbers.next()
      if (next.done) ended = true
      else rows.push(...(await port.rows(next.value)).filter(holds))
      const there = rows.length
      // Nothing found yet is not nothing to be found.
      if (there > 0 || ended) say({ total: there, more: !ended, at: (index) => rows[index] ?? null })
    }
  }
  const go = (): void => {
    if (busy || ended || rows.length >= wanted) return
    busy = true
    // More may have been asked for at the very end of the looking.
    look().then(() => { busy = false; go() }, fail)
  }
  return {
    want: (_from: number, to: number): void => {
      wanted = Math.max(wanted, to + LOOKED)
      go()
    },
  }
}

/** Numbers that may pass the filters, the latest first, some at a time. */
async function* candidates(port: RowPort, { days, outcome, category }: HistoryFilters, searched: readonly number[] | null, now: number): AsyncGenerator<readonly number[]> {
  const known = searched ?? (days === 0 ? null : await port.since(now - days * DAY))
  if (known) {
    yield* parts(known)
    return
  }
  const counted = await port.days(category)
  if (!counted) {
    yield* allNumbers(port)
    return
  }
  for (const { day, counts } of counted) if (counts[COUNT_OF[outcome]] > 0) yield* parts(await port.ofDay(day))
}

async function* allNumbers(port: RowPort): AsyncGenerator<readonly number[]> {
  for (let to = await port.latest(); to > 0; to -= LOOKED) yield await port.between(to - LOOKED + 1, to)
}

/** What a day counts at least one of, where it has a draft that ended so. */
const COUNT_OF: Readonly<Record<HistoryOutcome | '', 'seen' | 'held' | 'signed' | 'sent' | 'overridden' | 'unreviewed'>> = {
  '': 'seen', signed: 'signed', unsent: 'signed', clean: 'sent', held: 'seen', overridden: 'overridden', unreviewed: 'unreviewed',
}

function* parts(numbers: readonly number[]): Generator<readonly number[]> {
  for (let from = 0; from < numbers.length; from += LOOKED) yield numbers.slice(from, from + LOOKED)
}
