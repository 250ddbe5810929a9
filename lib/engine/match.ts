import { type Automaton, follow, TRAIT } from './automaton.ts'
import { enlarged, NEW_SENTENCE, SIGN, type Tokens } from './tokens.ts'
import { ENTITY_KINDS } from './types.ts'

/** Typed entities and list hits of one block by tokens, half-open, sorted by first token. `symbol` as in the automaton. */
export interface Mentions {
  count: number
  symbol: Int32Array
  from: Int32Array
  to: Int32Array
}

export function newMentions(): Mentions {
  return { count: 0, symbol: new Int32Array(32), from: new Int32Array(32), to: new Int32Array(32) }
}

export function addMention(mentions: Mentions, symbol: number, from: number, to: number): void {
  if (mentions.count === mentions.symbol.length) {
    mentions.symbol = enlarged(mentions.symbol, Int32Array)
    mentions.from = enlarged(mentions.from, Int32Array)
    mentions.to = enlarged(mentions.to, Int32Array)
  }
  // Nearly always appended; one that begins a few tokens earlier is let in from the right.
  let at = mentions.count++
  while (at > 0 && (mentions.from[at - 1] as number) > from) {
    mentions.symbol[at] = mentions.symbol[at - 1] as number
    mentions.from[at] = mentions.from[at - 1] as number
    mentions.to[at] = mentions.to[at - 1] as number
    at--
  }
  mentions.symbol[at] = symbol
  mentions.from[at] = from
  mentions.to[at] = to
}

/** First mention that begins at or after token `from`. */
export function mentionAt({ count, from: starts }: Mentions, from: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) < from) low = middle + 1
    else high = middle
  }
  return low
}

/** What the automaton accepted: roles and the tokens they cover, half-open, by ascending end within a run. Reused from block to block. */
export class Events {
  count = 0
  role = new Int32Array(64)
  from = new Int32Array(64)
  to = new Int32Array(64)

  push(role: number, from: number, to: number): void {
    if (this.count === this.role.length) {
      this.role = enlarged(this.role, Int32Array)
      this.from = enlarged(this.from, Int32Array)
      this.to = enlarged(this.to, Int32Array)
    }
    const at = this.count++
    this.role[at] = role
    this.from[at] = from
    this.to[at] = to
  }
}

/** Numbers below `most`, each once, in the order in which they came. */
export class NumberSet {
  count = 0
  list = new Int32Array(64)
  private readonly stamp: Int32Array
  private turn = 1

  constructor(most: number) {
    this.stamp = new Int32Array(most)
  }

  clear(): void {
    this.count = 0
    if (++this.turn > 2_000_000_000) {
      this.stamp.fill(0)
      this.turn = 1
    }
  }

  add(number: number): void {
    if (this.stamp[number] === this.turn) return
    this.stamp[number] = this.turn
    if (this.count === this.list.length) this.list = enlarged(this.list, Int32Array)
    this.list[this.count++] = number
  }

  has(number: number): boolean {
    return this.stamp[number] === this.turn
  }

  /** Leaves only `number`. */
  only(number: number): void {
    this.clear()
    this.add(number)
  }
}

/** Each bucket that is awake is asked at each token; where there are more, the bucket of all patterns is run instead. */
export const MANY_AWAKE = 12

/**
 * Runs the automaton over a token stream, all patterns of some buckets at once. A state is held at most once at a place, with the earliest start that leads to it,
 * so that the work at a place is bounded by the number of states and never depends on how many ways there are to match.
 */
export class Runner {
  /** Steps taken since the start, for tests of linearity. */
  steps = 0
  private now: StateSet
  private next: StateSet
  private turn = 0
  private pendingHead = new Int32Array(0)
  private pendingTurn = new Int32Array(0)
  private pendingState = new Int32Array(64)
  private pendingStart = new Int32Array(64)
  private pendingNext = new Int32Array(64)
  private pendingCount = 0
  /** Last place at which something pending arrives. */
  private pendingLast = 0

  constructor(private readonly automaton: Automaton) {
    this.now = new StateSet(automaton.states)
    this.next = new StateSet(automaton.states)
  }

  /** Adds to `mentions` every list entry found in the stream. Bounded by the longest entry at each place. */
  lists(tokens: Tokens, mentions: Mentions): void {
    const { automaton } = this
    const { word, flags, count } = tokens
    const first = automaton.firstEntity + ENTITY_KINDS.length
    for (let p = 0; p < count; p++) {
      let state = automaton.listRoot[word[p] as number] as number
      for (let at = p + 1; state !== 0; at++) {
        this.steps++
        const stop = automaton.ends.from[state + 1] as number
        for (let i = automaton.ends.from[state] as number; i < stop; i++) addMention(mentions, first + (automaton.ends.to[i] as number), p, at)
        if (at >= count || (flags[at] as number) & NEW_SENTENCE || word[at] === 0) break
        state = follow(automaton, state, word[at] as number)
      }
    }
  }

  /**
   * Tells `events` each role and each end with the earliest start, ends ascending, of what begins at tokens `first`..`last` and is filed in a bucket that is awake.
   */
  run(tokens: Tokens, first: number, last: number, awake: NumberSet, entities: Mentions, lists: Mentions, events: Events): void {
    const { word, flags, count } = tokens
    if (this.turn > 2_000_000_000) this.restart()
    if (this.pendingHead.length <= count) {
      this.pendingHead = new Int32Array(count * 2 + 1)
      this.pendingTurn = new Int32Array(count * 2 + 1)
    }
    const { begins } = this.automaton
    const round = ++this.turn
    this.pendingCount = 0
    this.pendingLast = 0
    this.now.clear(++this.turn)
    let entity = mentionAt(entities, first)
    let list = mentionAt(lists, first)
    let nextEntity = entity < entities.count ? entities.from[entity] as number : -1
    let nextList = list < lists.count ? lists.from[list] as number : -1
    for (let p = first; p <= count; p++) {
      const idle = this.now.count === 0
      // Nothing is under way and nothing begins here.
      if (idle && p < last && p !== nextEntity && p !== nextList && begins[word[p] as number] === 0 && this.pendingLast < p) continue
      if (this.pendingTurn[p] === round) this.arrive(p)
      if (this.now.count > 0) this.accept(p, events)
      if (p === count || (p >= last && this.now.count === 0 && this.pendingLast <= p)) break
      const bits = flags[p] as number
      if (bits & NEW_SENTENCE && this.now.count > 0) this.enterSentence()
      this.next.clear(++this.turn)
      const symbol = word[p] as number
      if (this.now.count > 0) this.step(symbol, (bits & SIGN) !== 0)
      const buckets = p < last ? awake : NOBODY
      if (begins[symbol] === 1) for (let i = 0; i < buckets.count; i++) this.begin(buckets.list[i] as number, symbol, p)
      for (; p === nextEntity; nextEntity = ++entity < entities.count ? entities.from[entity] as number : -1) this.mention(entities.symbol[entity] as number, p, entities.to[entity] as number, round, buckets)
      for (; p === nextList; nextList = ++list < lists.count ? lists.from[list] as number : -1) this.mention(lists.symbol[list] as number, p, lists.to[list] as number, round, buckets)
      const spent = this.now
      this.now = this.next
      this.next = spent
    }
  }

  private begin(bucket: number, symbol: number, p: number): void {
    this.steps++
    const begun = follow(this.automaton, this.automaton.roots[bucket] as number, symbol)
    if (begun !== 0) this.enter(this.next, begun, p)
  }

  private restart(): void {
    this.turn = 0
    this.now.stamp.fill(0)
    this.next.stamp.fill(0)
    this.pendingTurn.fill(0)
  }

  /** One token: words go along their edges, gaps skip words, and whatever stands in or after a gap passes over signs. */
  private step(symbol: number, sign: boolean): void {
    const { automaton, now } = this
    const { traits, skip } = automaton
    for (let i = 0; i < now.count; i++) {
      this.steps++
      const state = now.list[i] as number
      const start = now.start[state] as number
      const trait = traits[state] as number
      if (symbol !== 0 && trait & TRAIT.word) {
        const to = follow(automaton, state, symbol)
        if (to !== 0) this.enter(this.next, to, start)
      }
      if (!(trait & TRAIT.signs)) continue
      if (sign) this.enter(this.next, state, start)
      else if (skip[state] !== 0) this.enter(this.next, skip[state] as number, start)
    }
  }

  /** An entity or list hit from token `p`: who waits for it here goes on after its last token. */
  private mention(symbol: number, p: number, to: number, round: number, buckets: NumberSet): void {
    const { automaton, now } = this
    for (let i = 0; i < now.count; i++) {
      const state = now.list[i] as number
      if (!((automaton.traits[state] as number) & TRAIT.entity)) continue
      this.steps++
      const target = follow(automaton, state, symbol)
      if (target !== 0) this.later(target, now.start[state] as number, to, round)
    }
    for (let i = 0; i < buckets.count; i++) {
      const begun = follow(automaton, automaton.roots[buckets.list[i] as number] as number, symbol)
      if (begun !== 0) this.later(begun, p, to, round)
    }
  }

  private later(state: number, start: number, at: number, round: number): void {
    const slot = this.pendingCount++
    if (slot === this.pendingState.length) {
      this.pendingState = enlarged(this.pendingState, Int32Array)
      this.pendingStart = enlarged(this.pendingStart, Int32Array)
      this.pendingNext = enlarged(this.pendingNext, Int32Array)
    }
    this.pendingState[slot] = state
    this.pendingStart[slot] = start
    this.pendingNext[slot] = this.pendingTurn[at] === round ? (this.pendingHead[at] as number) : -1
    this.pendingTurn[at] = round
    if (at > this.pendingLast) this.pendingLast = at
    this.pendingHead[at] = slot
  }

  private arrive(p: number): void {
    for (let slot = this.pendingHead[p] as number; slot >= 0; slot = this.pendingNext[slot] as number) {
      this.enter(this.now, this.pendingState[slot] as number, this.pendingStart[slot] as number)
    }
  }

  private enter(set: StateSet, state: number, start: number): void {
    this.steps++
    if (!set.put(state, start)) return
    const { free } = this.automaton
    const stop = free.from[state + 1] as number
    for (let i = free.from[state] as number; i < stop; i++) this.enter(set, free.to[i] as number, start)
  }

  private accept(p: number, events: Events): void {
    const { accepts } = this.automaton
    const { now } = this
    for (let i = 0; i < now.count; i++) {
      const state = now.list[i] as number
      const stop = accepts.from[state + 1] as number
      for (let at = accepts.from[state] as number; at < stop; at++) events.push(accepts.to[at] as number, now.start[state] as number, p)
    }
  }

  /** At a new sentence only what has just matched a `!` or `?` of its own goes on. */
  private enterSentence(): void {
    const { traits } = this.automaton
    const { now } = this
    const { next } = this
    next.clear(++this.turn)
    for (let i = 0; i < now.count; i++) {
      const state = now.list[i] as number
      if ((traits[state] as number) & TRAIT.crosses) next.put(state, now.start[state] as number)
    }
    now.clear(++this.turn)
    for (let i = 0; i < next.count; i++) this.enter(now, next.list[i] as number, next.start[next.list[i] as number] as number)
  }
}

/** The states that are held at one place, each with its earliest start. Emptied by a new stamp, not by writing. */
class StateSet {
  count = 0
  readonly list: Int32Array
  readonly start: Int32Array
  readonly stamp: Int32Array
  private mark = 0

  constructor(states: number) {
    this.list = new Int32Array(states)
    this.start = new Int32Array(states)
    this.stamp = new Int32Array(states)
  }

  clear(mark: number): void {
    this.mark = mark
    this.count = 0
  }

  /** False where the state is held already with a start as early. */
  put(state: number, start: number): boolean {
    if (this.stamp[state] === this.mark) {
      if ((this.start[state] as number) <= start) return false
    } else {
      this.stamp[state] = this.mark
      this.list[this.count++] = state
    }
    this.start[state] = start
    return true
  }
}

const NOBODY = new NumberSet(0)
