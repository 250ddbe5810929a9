import type { Arrival } from './types.ts'

/** Characters that follow one another and arrived together; `arrival` is one object for all text of one arrival. */
export interface Run { readonly length: number; readonly arrival: Arrival }

/** Runs of a stretch. */
export function sliceRuns(runs: readonly Run[], start: number, end: number): Run[] {
  const out: Run[] = []
  let at = 0
  for (const { length, arrival } of runs) {
    const from = Math.max(start, at)
    const to = Math.min(end, at + length)
    if (to > from) out.push({ length: to - from, arrival })
    at += length
    if (at >= end) break
  }
  return out
}

/** One after another, neighbours of one arrival as one. */
export function joinRuns(...parts: readonly (readonly Run[])[]): Run[] {
  const out: Run[] = []
  for (const run of parts.flat()) {
    const last = out.at(-1)
    if (run.length === 0) continue
    if (last?.arrival === run.arrival) out[out.length - 1] = { length: last.length + run.length, arrival: run.arrival }
    else out.push(run)
  }
  return out
}

/** What is left of both texts when their common beginning and end are taken off: `[start, oldEnd)` became `[start, newEnd)`. */
export function changedPart(before: string, after: string): { readonly start: number; readonly oldEnd: number; readonly newEnd: number } {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  let tail = 0
  while (tail < shorter - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail }
}
