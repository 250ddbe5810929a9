import type { Events } from './match.ts'
import { enlarged } from './tokens.ts'

/** Events of one run put together by role, over arrays that are reused. */
export class ByRole {
  /** Smallest first token and largest end of a role's events; valid for the roles that `sort` returned. */
  readonly first: Int32Array
  readonly last: Int32Array
  private readonly stamp: Int32Array
  private readonly head: Int32Array
  private readonly tail: Int32Array
  private next = new Int32Array(64)
  private turn = 0
  private events: Events | null = null

  constructor(roles: number) {
    this.first = new Int32Array(roles)
    this.last = new Int32Array(roles)
    this.stamp = new Int32Array(roles)
    this.head = new Int32Array(roles)
    this.tail = new Int32Array(roles)
  }

  clear(): void {
    if (++this.turn > 2_000_000_000) {
      this.stamp.fill(0)
      this.turn = 1
    }
    this.events = null
  }

  /** Takes the events in; returns their roles, ascending. */
  sort(events: Events): readonly number[] {
    this.clear()
    this.events = events
    const { first, last, stamp, head, tail, turn } = this
    const roles: number[] = []
    while (this.next.length < events.count) this.next = enlarged(this.next, Int32Array)
    const { next } = this
    for (let i = 0; i < events.count; i++) {
      const role = events.role[i] as number
      const from = events.from[i] as number
      const to = events.to[i] as number
      next[i] = -1
      if (stamp[role] !== turn) {
        stamp[role] = turn
        roles.push(role)
        head[role] = tail[role] = i
        first[role] = from
        last[role] = to
        continue
      }
      next[tail[role] as number] = i
      tail[role] = i
      if (from < (first[role] as number)) first[role] = from
      if (to > (last[role] as number)) last[role] = to
    }
    return inOrder(roles, ascending)
  }

  /** Ranges of a role by ascending end. */
  of(role: number): number[] {
    const out: number[] = []
    const { events } = this
    if (!events || this.stamp[role] !== this.turn) return out
    const first = this.head[role] as number
    // Mostly there is one; an array that grows would begin with room for many.
    if (this.next[first] === -1) return [events.from[first] as number, events.to[first] as number]
    let sorted = true
    for (let i = first; i >= 0; i = this.next[i] as number) {
      if (out.length > 0 && (events.to[i] as number) < (out[out.length - 1] as number)) sorted = false
      out.push(events.from[i] as number, events.to[i] as number)
    }
    return sorted ? out : byEnd(out)
  }
}

/** Few as they mostly are, things are put in order where they stand, without what a sort allocates. Equal ones stay as they were. */
export function inOrder<T>(things: T[], compare: (a: T, b: T) => number): T[] {
  if (things.length > 16) return things.sort(compare)
  for (let i = 1; i < things.length; i++) {
    const thing = things[i] as T
    let at = i
    for (; at > 0 && compare(things[at - 1] as T, thing) > 0; at--) things[at] = things[at - 1] as T
    things[at] = thing
  }
  return things
}

const ascending = (a: number, b: number): number => a - b

/** What goes on across sentences is found in a run of its own, out of turn. */
function byEnd(ranges: readonly number[]): number[] {
  const order = Array.from({ length: ranges.length / 2 }, (_, i) => i * 2)
  order.sort((a, b) => (ranges[a + 1] as number) - (ranges[b + 1] as number))
  return order.flatMap((i) => [ranges[i] as number, ranges[i + 1] as number])
}

/** The ranges that `keep` says yes to. Ranges here are pairs of tokens, half-open, in one flat list. */
export function pairs(ranges: readonly number[], keep: (from: number, to: number) => boolean): number[] {
  const out: number[] = []
  for (let i = 0; i < ranges.length; i += 2) if (keep(ranges[i] as number, ranges[i + 1] as number)) out.push(ranges[i] as number, ranges[i + 1] as number)
  return out
}

/** The ranges that are in no other range, ascending. Events come by ascending end; several may share one. */
export function maximal(events: readonly number[]): readonly number[] {
  if (events.length <= 2) return events
  const out: number[] = []
  let least = Infinity
  let lastEnd = -1
  for (let i = events.length - 2; i >= 0; i -= 2) {
    const from = events[i] as number
    const to = events[i + 1] as number
    if (from >= least) continue
    // Same end, earlier start: it holds the one before.
    if (to === lastEnd) out.length -= 2
    out.push(to, from)
    least = from
    lastEnd = to
  }
  return out.reverse()
}

/** Of ranges that overlap, the longest stays; of equally long ones the first. Ascending. */
export function longest(ranges: readonly number[]): readonly number[] {
  if (ranges.length <= 2) return ranges
  if (equallyLong(ranges)) return leftmost(ranges)
  const order = Array.from({ length: ranges.length / 2 }, (_, i) => i * 2)
  const size = (i: number): number => (ranges[i + 1] as number) - (ranges[i] as number)
  order.sort((a, b) => size(b) - size(a) || a - b)
  // Ranges ascend by start and end alike, so the taken neighbours of a range are next to it in this order.
  const taken = new Uint8Array(ranges.length / 2)
  const free = new Uint8Array(ranges.length / 2).fill(1)
  for (const i of order) {
    if (free[i / 2] === 0) continue
    taken[i / 2] = 1
    for (let j = i + 2; j < ranges.length && (ranges[j] as number) < (ranges[i + 1] as number) && free[j / 2] === 1; j += 2) free[j / 2] = 0
    for (let j = i - 2; j >= 0 && (ranges[j + 1] as number) > (ranges[i] as number) && free[j / 2] === 1; j -= 2) free[j / 2] = 0
  }
  const out: number[] = []
  for (let i = 0; i < ranges.length; i += 2) if (taken[i / 2] === 1) out.push(ranges[i] as number, ranges[i + 1] as number)
  return out
}

function equallyLong(ranges: readonly number[]): boolean {
  const size = (ranges[1] as number) - (ranges[0] as number)
  for (let i = 2; i < ranges.length; i += 2) if ((ranges[i + 1] as number) - (ranges[i] as number) !== size) return false
  return true
}

/** Of equally long ranges that overlap the first. */
function leftmost(ranges: readonly number[]): readonly number[] {
  let end = -1
  return pairs(ranges, (from, to) => {
    if (from < end) return false
    end = to
    return true
  })
}

/** Without the ranges that share a token with one of `others`. Both ascend by start and by end. */
export function withoutTouched(ranges: readonly number[], others: readonly number[]): number[] {
  let at = 0
  return pairs(ranges, (from, to) => {
    while (at < others.length && (others[at + 1] as number) <= from) at += 2
    return at >= others.length || (others[at] as number) >= to
  })
}
