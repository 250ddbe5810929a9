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

  /** Puts the ranges of a role into `out`, by ascending end. */
  into(role: number, out: Ranges): void {
    out.length = 0
    const { events } = this
    if (!events || this.stamp[role] !== this.turn) return
    let sorted = true
    for (let i = this.head[role] as number, last = 0; i >= 0; i = this.next[i] as number) {
      const to = events.to[i] as number
      if (to < last) sorted = false
      out.push(events.from[i] as number, (last = to))
    }
    // What goes on across sentences is found in a run of its own, out of turn.
    if (!sorted) out.sort((a, b) => (out.at[a + 1] as number) - (out.at[b + 1] as number))
  }
}

const ascending = (a: number, b: number): number => a - b

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

/** Ranges of tokens, half-open, first and end by turns: put in, sifted where they stand, and read. One serves all blocks in turn, so that a hit makes no garbage. */
export class Ranges {
  /** Numbers in `at`: two for each range. */
  length = 0
  at = new Int32Array(64)

  push(from: number, to: number): void {
    if (this.length === this.at.length) this.at = enlarged(this.at, Int32Array)
    this.at[this.length] = from
    this.at[this.length + 1] = to
    this.length += 2
  }

  copy(): Int32Array {
    return this.at.slice(0, this.length)
  }

  /** Puts them in an order of their places in `at`. */
  sort(compare: (a: number, b: number) => number): void {
    const old = this.copy()
    const order = this.places().sort(compare)
    order.forEach((place, i) => this.at.set(old.subarray(place, place + 2), i * 2))
  }

  /** Leaves those that `keep` says yes to. */
  sift(keep: (from: number, to: number) => boolean): void {
    let kept = 0
    for (let i = 0; i < this.length; i += 2) if (keep(this.at[i] as number, this.at[i + 1] as number)) kept = this.move(i, kept)
    this.length = kept
  }

  /** Leaves those that are in no other, ascending. They come by ascending end; several may share one. */
  onlyMaximal(): void {
    const { at, length } = this
    if (length <= 2) return
    let least = Infinity
    let lastEnd = -1
    // From the last to the first, and what stays is put together at the end of the array.
    let first = length
    for (let i = length - 2; i >= 0; i -= 2) {
      const from = at[i] as number
      const to = at[i + 1] as number
      if (from >= least) continue
      // Same end, earlier start: it holds the one before.
      if (to !== lastEnd) first -= 2
      at[first] = from
      at[first + 1] = to
      least = from
      lastEnd = to
    }
    at.copyWithin(0, first, length)
    this.length = length - first
  }

  /** Of those that overlap leaves the longest, of equally long ones the first. They ascend by start and end alike. */
  onlyLongest(): void {
    if (this.length <= 2) return
    if (this.areEquallyLong()) return this.onlyLeftmost()
    const { at, length } = this
    const size = (i: number): number => (at[i + 1] as number) - (at[i] as number)
    // The taken neighbours of a range are next to it.
    const taken = new Uint8Array(length / 2)
    const free = new Uint8Array(length / 2).fill(1)
    for (const i of this.places().sort((a, b) => size(b) - size(a) || a - b)) {
      if (free[i / 2] === 0) continue
      taken[i / 2] = 1
      for (let j = i + 2; j < length && (at[j] as number) < (at[i + 1] as number) && free[j / 2] === 1; j += 2) free[j / 2] = 0
      for (let j = i - 2; j >= 0 && (at[j + 1] as number) > (at[i] as number) && free[j / 2] === 1; j -= 2) free[j / 2] = 0
    }
    let kept = 0
    for (let i = 0; i < length; i += 2) if (taken[i / 2] === 1) kept = this.move(i, kept)
    this.length = kept
  }

  /** Leaves those that share no token with one of `others`. Both ascend by start and by end. */
  withoutTouched(others: Ranges): void {
    let kept = 0
    for (let i = 0, j = 0; i < this.length; i += 2) {
      while (j < others.length && (others.at[j + 1] as number) <= (this.at[i] as number)) j += 2
      if (j >= others.length || (others.at[j] as number) >= (this.at[i + 1] as number)) kept = this.move(i, kept)
    }
    this.length = kept
  }

  private areEquallyLong(): boolean {
    const { at } = this
    const size = (at[1] as number) - (at[0] as number)
    for (let i = 2; i < this.length; i += 2) if ((at[i + 1] as number) - (at[i] as number) !== size) return false
    return true
  }

  /** Of equally long ones that overlap the first. */
  private onlyLeftmost(): void {
    let kept = 0
    for (let i = 0, end = -1; i < this.length; i += 2) {
      if ((this.at[i] as number) < end) continue
      end = this.at[i + 1] as number
      kept = this.move(i, kept)
    }
    this.length = kept
  }

  /** Moves the range at place `from` to place `to`, which is no later; the place behind it. */
  private move(from: number, to: number): number {
    this.at[to] = this.at[from] as number
    this.at[to + 1] = this.at[from + 1] as number
    return to + 2
  }

  private places(): number[] {
    return Array.from({ length: this.length / 2 }, (_, i) => i * 2)
  }
}
