import { TALLY_COUNTS, type DayTally } from '../learning/index.ts'

/**
 * A day as it is stored: the names of its places in one text, and all their counts in a row. The browser copies that as two pieces of memory, where tens of thousands of little lists cost a page
 * whole frames.
 */
export interface TallyRow {
  readonly day: string
  readonly keys: string
  readonly counts: Uint32Array | Float64Array
}

/** Stands in no name of a place, whose parts are told by another one. */
const BETWEEN = '\u001e'
const WIDTH = TALLY_COUNTS.length

/** Pure inverse of `unpackDay`. */
export function packDay({ day, cells }: DayTally): TallyRow {
  const all = Object.entries(cells).map(([key, cell]) => [key.replaceAll(BETWEEN, ' '), cell] as const)
  const numbers = all.flatMap(([, cell]) => TALLY_COUNTS.map((_, index) => cell[index] ?? 0))
  const plain = numbers.every((value) => Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff)
  return { day, keys: all.map(([key]) => key).join(BETWEEN), counts: plain ? Uint32Array.from(numbers) : Float64Array.from(numbers) }
}

/** A stored day, also as an earlier version left it. With `wanted`, only the places whose names it takes. */
export function unpackDay(row: TallyRow | DayTally, wanted?: (key: string) => boolean): DayTally {
  if ('cells' in row) return wanted ? { day: row.day, cells: Object.fromEntries(Object.entries(row.cells).filter(([key]) => wanted(key))) } : row
  const { day, keys, counts } = row
  const cells: Record<string, readonly number[]> = {}
  for (const [at, key] of (counts.length === 0 ? [] : keys.split(BETWEEN)).entries()) if (!wanted || wanted(key)) cells[key] = Array.from(counts.subarray(at * WIDTH, (at + 1) * WIDTH))
  return { day, cells }
}
