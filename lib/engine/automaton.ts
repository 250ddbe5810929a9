/**
 * One automaton for all patterns. Its states form trees over pattern elements, so that patterns that begin alike share their states; where a pattern branches
 * widely, its branches meet again in a state of their own, reached by a free step. A symbol is a word number, or, above the words, an entity kind or a list.
 *
 * Each pattern is filed in a bucket under the rarest thing that must be in every match of it (`filing.ts`), and each bucket is a tree with a root of its own: a
 * sentence that lacks anything a bucket needs is not run over at all. Buckets `ALL_MATCH` and `ALL_REST` hold every pattern once more, for sentences that wake too
 * many buckets. Everything is in typed arrays.
 */
export interface Automaton {
  readonly states: number
  /** Symbol of the first entity kind; the others and then the lists follow. */
  readonly firstEntity: number
  /** Buckets that a symbol wakes. */
  readonly filed: Rows
  /** What else a bucket needs in a sentence: sets of symbols, each closed by 0, of each of which one must be there. `from` and `to` by bucket. */
  readonly needs: Rows
  /** 1 for a symbol with which a pattern may begin. */
  readonly begins: Uint8Array
  /** Root state of each bucket. */
  readonly roots: Int32Array
  /** 1 for a bucket whose patterns may go on in the next sentence. */
  readonly crossing: Uint8Array
  /** For each rule the bucket of its `unless` and `near` patterns, 0 where it has none. */
  readonly rest: Int32Array
  /** First state of list entries, by their first word. */
  readonly listRoot: Int32Array
  /** Open-addressed triples: state, symbol, next state. */
  readonly edges: Int32Array
  /** Where any word leads (a gap), 0 for nowhere. */
  readonly skip: Int32Array
  readonly traits: Uint8Array
  /** Compressed rows: free steps, roles that a state accepts, lists that a state ends. */
  readonly free: Rows
  readonly accepts: Rows
  readonly ends: Rows
  /** Entities are asked for by some pattern. */
  readonly entities: boolean
  /** There are lists. */
  readonly hasLists: boolean
}

/** A role that an `unless` or `near` pattern is accepted in is twice the rule's number plus this; a match pattern's role is the rule's number. */
export const REST = { unless: 0, near: 1 } as const

export const ALL_MATCH = 0
export const ALL_REST = 1

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

/** Where a symbol of a state leads. */
export function follow(automaton: Automaton, state: number, symbol: number): number {
  const { edges } = automaton
  const mask = edges.length / 3 - 1
  for (let slot = edgeSlot(state, symbol) & mask; ; slot = (slot + 1) & mask) {
    const at = slot * 3
    const from = edges[at] as number
    if (from === 0) return 0
    if (from === state && edges[at + 1] === symbol) return edges[at + 2] as number
  }
}

/** Slot at which an edge is first looked for. */
function edgeSlot(state: number, symbol: number): number {
  const hash = Math.imul(state, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}

/** Edges laid out for `follow`. `further`: how much larger the number of the next state is. */
export function hashed(states: Int32Array, symbols: Int32Array, further: Int32Array): Int32Array {
  let slots = 16
  while (slots < states.length * 2) slots *= 2
  const edges = new Int32Array(slots * 3)
  for (let i = 0; i < states.length; i++) {
    let slot = edgeSlot(states[i] as number, symbols[i] as number) & (slots - 1)
    while (edges[slot * 3] !== 0) slot = (slot + 1) & (slots - 1)
    edges[slot * 3] = states[i] as number
    edges[slot * 3 + 1] = symbols[i] as number
    edges[slot * 3 + 2] = (states[i] as number) + (further[i] as number)
  }
  return edges
}
