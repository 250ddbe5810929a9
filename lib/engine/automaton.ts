import { LIMITS } from './limits.ts'
import type { Element, Pattern } from './pattern.ts'
import { ENTITY_KINDS } from './types.ts'
import type { Vocabulary } from './vocabulary.ts'

/**
 * One automaton for all patterns. Its states form a tree over pattern elements, so that patterns that begin alike share their states;
 * where a pattern branches widely, its branches meet again in a state of their own, reached by a free step. A symbol is a word number, or, above
 * the words, an entity kind or a list. Everything is in typed arrays.
 */
export interface Automaton {
  readonly states: number
  /** Symbol of the first entity kind; the others and then the lists follow. */
  readonly firstEntity: number
  /** First state of what begins with a symbol, 0 for none. */
  readonly root: Int32Array
  /** The same for list entries. */
  readonly listRoot: Int32Array
  /** Open-addressed triples: state, symbol, next state. */
  readonly edges: Int32Array
  readonly edgeMask: number
  /** Where any word leads (a gap), 0 for nowhere. */
  readonly skip: Int32Array
  readonly traits: Uint8Array
  /** Compressed rows: free steps, what a state accepts, which lists a state ends. */
  readonly free: Rows
  readonly accepts: Rows
  readonly ends: Rows
}

export interface Rows { readonly from: Int32Array; readonly to: Int32Array }

/** Bits of `Automaton.traits`. */
export const TRAIT = {
  /** Has an edge for an entity or list. */
  entity: 1,
  /** Has a word edge. */
  word: 2,
  /** Signs are passed over: inside or right after a gap. */
  signs: 4,
  /** Reached by a `!` or `?` that the pattern names: may go on in the next sentence. */
  crosses: 8,
} as const

const WIDE = 2
const ROOT = 0
const BASE = 1 << 22

/** Where a symbol of a state leads. */
export function follow(automaton: Automaton, state: number, symbol: number): number {
  const { edges, edgeMask } = automaton
  for (let slot = edgeSlot(state, symbol) & edgeMask; ; slot = (slot + 1) & edgeMask) {
    const at = slot * 3
    const from = edges[at] as number
    if (from === 0) return 0
    if (from === state && edges[at + 1] === symbol) return edges[at + 2] as number
  }
}

function edgeSlot(state: number, symbol: number): number {
  const hash = Math.imul(state, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}

/** Collects patterns and lists, then lays the automaton out. Words must be in the vocabulary before `finish`. */
export class AutomatonBuilder {
  private count = 1
  /** Key: state times BASE plus symbol. Entities and lists are negative until the words are numbered. */
  private readonly edges = new Map<number, number>()
  private readonly listEdges = new Map<number, number>()
  private readonly skips: number[] = []
  private readonly traits: number[] = [0]
  private readonly free: (number[] | undefined)[] = []
  private readonly accepts: (number[] | undefined)[] = []
  private readonly ends: (number[] | undefined)[] = []
  private readonly joins = new Map<string, number>()
  private readonly lists = new Map<string, number>()

  constructor(private readonly vocabulary: Vocabulary) {}

  /** Adds a pattern; the state it ends in accepts `role`. `list` gives the key under which a list of the pack is known. */
  add(pattern: Pattern, role: number, list: (name: string) => string): void {
    for (const state of this.sequence([ROOT], pattern.elements, list)) {
      const roles = (this.accepts[state] ??= [])
      if (!roles.includes(role)) roles.push(role)
    }
  }

  /** True the first time a list is asked for: its entries are then to be added. */
  needs(key: string): boolean {
    const known = this.entered.has(key)
    this.entered.add(key)
    return !known
  }

  private readonly entered = new Set<string>()

  /** Adds one entry of a list, as folded words. */
  addEntry(key: string, words: readonly string[]): void {
    let state = ROOT
    for (const word of words) state = this.child(state, this.vocabulary.add(word), state === ROOT ? this.listEdges : this.edges)
    const lists = (this.ends[state] ??= [])
    const list = this.listNumber(key)
    if (!lists.includes(list)) lists.push(list)
  }

  private listNumber(key: string): number {
    let list = this.lists.get(key)
    if (list === undefined) this.lists.set(key, (list = this.lists.size))
    return list
  }

  private state(trait = 0): number {
    if (this.count >= LIMITS.states) throw new RangeError(`The rules need more than ${LIMITS.states} states`)
    this.traits[this.count] = trait
    return this.count++
  }

  private child(state: number, symbol: number, edges = this.edges, trait = 0): number {
    const key = state * BASE + symbol + BASE / 2
    let next = edges.get(key)
    if (next === undefined) edges.set(key, (next = this.state(trait)))
    this.traits[state] = (this.traits[state] as number) | (symbol < 0 ? TRAIT.entity : TRAIT.word)
    return next
  }

  private sequence(from: readonly number[], elements: readonly Element[], list: (name: string) => string): readonly number[] {
    let states = from
    for (const element of elements) states = this.narrow(this.element(states, element, list))
    return states
  }

  private element(from: readonly number[], element: Element, list: (name: string) => string): readonly number[] {
    switch (element.kind) {
      case 'word': {
        const symbol = this.vocabulary.add(element.word)
        return from.map((state) => this.child(state, symbol, this.edges, element.ends ? TRAIT.crosses : 0))
      }
      case 'entity': return from.map((state) => this.child(state, -1 - ENTITY_KINDS.indexOf(element.entity)))
      case 'list': return from.map((state) => this.child(state, -1 - ENTITY_KINDS.length - this.listNumber(list(element.list))))
      case 'gap': return from.map((state) => this.gap(state, element.most))
      case 'group': {
        const out = new Set(element.optional ? from : [])
        for (const sequence of element.of) for (const state of this.sequence(from, sequence, list)) out.add(state)
        return [...out]
      }
    }
  }

  /** Brings many states together in one, so that what follows is built once. The start stays apart: it is not a state that can be in. */
  private narrow(states: readonly number[]): readonly number[] {
    if (states.length <= WIDE) return states
    const rest = states.filter((state) => state !== ROOT)
    const join = this.joined(`join ${rest.join()}`, 0, rest)
    return rest.length === states.length ? [join] : [ROOT, join]
  }

  private joined(key: string, trait: number, from: readonly number[]): number {
    let join = this.joins.get(key)
    if (join === undefined) {
      this.joins.set(key, (join = this.state(trait)))
      for (const state of from) (this.free[state] ??= []).push(join)
    }
    return join
  }

  /** A chain of `most` skipped words, each of whose links may go on to the state after the gap. */
  private gap(from: number, most: number): number {
    const known = this.joins.get(`gap ${from} ${most}`)
    if (known !== undefined) return known
    const after = this.state(TRAIT.signs)
    let link = this.state(TRAIT.signs)
    ;(this.free[from] ??= []).push(link)
    ;(this.free[link] ??= []).push(after)
    for (let i = 0; i < most; i++) {
      const next = this.state(TRAIT.signs)
      this.skips[link] = next
      ;(this.free[next] ??= []).push(after)
      link = next
    }
    this.joins.set(`gap ${from} ${most}`, after)
    return after
  }

  finish(): Automaton {
    const firstEntity = this.vocabulary.size + 1
    const symbols = firstEntity + ENTITY_KINDS.length + this.lists.size
    const symbolOf = (raw: number): number => (raw < 0 ? firstEntity - 1 - raw : raw)
    const root = new Int32Array(symbols)
    const listRoot = new Int32Array(symbols)
    let slots = 16
    while (slots < this.edges.size * 2) slots *= 2
    const edges = new Int32Array(slots * 3)
    for (const [key, next] of this.edges) {
      const state = Math.floor(key / BASE)
      const symbol = symbolOf(key - state * BASE - BASE / 2)
      if (state === ROOT) {
        root[symbol] = next
        continue
      }
      let slot = edgeSlot(state, symbol) & (slots - 1)
      while (edges[slot * 3] !== 0) slot = (slot + 1) & (slots - 1)
      edges.set([state, symbol, next], slot * 3)
    }
    for (const [key, next] of this.listEdges) listRoot[key - BASE / 2] = next
    const skip = new Int32Array(this.count)
    this.skips.forEach((next, state) => { skip[state] = next })
    return {
      states: this.count, firstEntity, root, listRoot, edges, edgeMask: slots - 1, skip, traits: Uint8Array.from(this.traits),
      free: rows(this.free, this.count), accepts: rows(this.accepts, this.count), ends: rows(this.ends, this.count),
    }
  }
}

function rows(lists: readonly (readonly number[] | undefined)[], count: number): Rows {
  const from = new Int32Array(count + 1)
  let total = 0
  for (let i = 0; i < count; i++) {
    from[i] = total
    total += lists[i]?.length ?? 0
  }
  from[count] = total
  const to = new Int32Array(total)
  for (let i = 0; i < count; i++) to.set(lists[i] ?? [], from[i])
  return { from, to }
}
