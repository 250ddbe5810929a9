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

/** One thing the automaton accepted: a role and the tokens it covers, half-open. */
export type Accepted = (role: number, from: number, to: number) => void

/**
 * Runs the automaton over a token stream, all patterns at once. A state is held at most once at a place, with the earliest start that leads to it, so
 * that the work at a place is bounded by the number of states and never depends on how many ways there are to match.
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

  /** Calls `accepted` for each role and each end with the earliest start, ends ascending. */
  run(tokens: Tokens, entities: Mentions, lists: Mentions, accepted: Accepted): void {
    const { automaton } = this
    const { word, flags, count } = tokens
    if (this.turn > 2_000_000_000) this.restart()
    if (this.pendingHead.length <= count) {
      this.pendingHead = new Int32Array(count * 2 + 1)
      this.pendingTurn = new Int32Array(count * 2 + 1)
    }
    const round = ++this.turn
    this.pendingCount = 0
    this.now.clear(++this.turn)
    let entity = 0
    let list = 0
    for (let p = 0; p <= count; p++) {
      if (this.pendingTurn[p] === round) this.arrive(p)
      if (this.now.count > 0) this.accept(p, accepted)
      if (p === count) break
      const bits = flags[p] as number
      if (bits & NEW_SENTENCE && this.now.count > 0) this.enterSentence()
      this.next.clear(++this.turn)
      const symbol = word[p] as number
      if (this.now.count > 0) this.step(symbol, (bits & SIGN) !== 0)
      const begun = automaton.root[symbol] as number
      if (begun !== 0) this.enter(this.next, begun, p)
      for (; entity < entities.count && entities.from[entity] === p; entity++) this.mention(entities.symbol[entity] as number, p, entities.to[entity] as number, round)
      for (; list < lists.count && lists.from[list] === p; list++) this.mention(lists.symbol[list] as number, p, lists.to[list] as number, round)
      const spent = this.now
      this.now = this.next
      this.next = spent
    }
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
  private mention(symbol: number, p: number, to: number, round: number): void {
    const { automaton, now } = this
    for (let i = 0; i < now.count; i++) {
      const state = now.list[i] as number
      if (!((automaton.traits[state] as number) & TRAIT.entity)) continue
      this.steps++
      const target = follow(automaton, state, symbol)
      if (target !== 0) this.later(target, now.start[state] as number, to, round)
    }
    const begun = automaton.root[symbol] as number
    if (begun !== 0) this.later(begun, p, to, round)
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

  private accept(p: number, accepted: Accepted): void {
    const { accepts } = this.automaton
    const { now } = this
    for (let i = 0; i < now.count; i++) {
      const state = now.list[i] as number
      const stop = accepts.from[state + 1] as number
      for (let at = accepts.from[state] as number; at < stop; at++) accepted(accepts.to[at] as number, now.start[state] as number, p)
    }
  }

  /** At a new sentence only what has just matched a `!` or `?` of its own goes on. */
  private enterSentence(): void {
    const { traits } = this.automaton
    const { now } = this
    const kept: number[] = []
    for (let i = 0; i < now.count; i++) {
      const state = now.list[i] as number
      if ((traits[state] as number) & TRAIT.crosses) kept.push(state, now.start[state] as number)
    }
    now.clear(++this.turn)
    for (let i = 0; i < kept.length; i += 2) this.enter(now, kept[i] as number, kept[i + 1] as number)
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

