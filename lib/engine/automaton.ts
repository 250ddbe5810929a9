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
  /** Bits of `FILED` of each symbol. */
  readonly places: Uint8Array
  /** Buckets that a symbol calls. */
  readonly filed: Rows
  /** Two symbols side by side, and the row of `besides` that they call, counted from 1. */
  readonly pairs: Triples
  readonly besides: Rows
  /** What else a bucket needs in a sentence: sets of symbols, each closed by 0, of each of which one must be there. `from` and `to` by bucket. */
  readonly needs: Rows
  /** How many tokens before what calls a bucket its patterns may begin, `ANY_LEAD` for anywhere in the sentence. */
  readonly leads: Uint8Array
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
  readonly edges: Edges
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

export const ANY_LEAD = 255
export const ALL_MATCH = 0
export const ALL_REST = 1

export interface Rows { readonly from: Int32Array; readonly to: Int32Array }

/** Bits of `Automaton.places`: a symbol calls buckets by itself, or as the first or second of two. */
export const FILED = { alone: 1, first: 2, second: 4 } as const

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

/**
 * Where symbols lead, state by state: of a state's edges, `from[state]` up to `from[state + 1]`, ascending symbols and next states. States that follow each other in a pattern mostly do so in number, so
 * that a match is read from few places of memory, which is nearly all that it costs.
 */
export interface Edges { readonly from: Int32Array; readonly symbols: Int32Array; readonly to: Int32Array }

/** So many edges are looked through one by one. */
const FEW = 6

/** Where a symbol of a state leads, 0 for nowhere. */
export function follow({ edges: { from, symbols, to } }: Automaton, state: number, symbol: number): number {
  let low = from[state] as number
  let high = from[state + 1] as number
  while (high - low > FEW) {
    const middle = (low + high) >> 1
    if ((symbols[middle] as number) <= symbol) low = middle
    else high = middle
  }
  for (; low < high; low++) if (symbols[low] === symbol) return to[low] as number
  return 0
}

/** Numbers that are found by two others: triples in open addressing, and of each slot a byte that is 0 where the slot is empty and mostly tells whether it is the right one. */
export interface Triples { readonly tags: Uint8Array; readonly slots: Int32Array }

/** The third number of the triple that begins with `a` and `b`, 0 where there is none. */
export function lookUp({ tags, slots }: Triples, a: number, b: number): number {
  const mask = tags.length - 1
  const hash = hashOf(a, b)
  const wanted = tagOf(hash)
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const tag = tags[slot] as number
    if (tag === 0) return 0
    if (tag === wanted && slots[slot * 3] === a && slots[slot * 3 + 1] === b) return slots[slot * 3 + 2] as number
  }
}

function hashOf(a: number, b: number): number {
  const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}

function tagOf(hash: number): number {
  return (hash >>> 24) || 1
}

/** Triples laid out for `lookUp`. `further`: how much larger the third number is than the first. */
export function hashed(firsts: Int32Array, seconds: Int32Array, further: Int32Array): Triples {
  let length = 16
  while (length < firsts.length * 2) length *= 2
  const tags = new Uint8Array(length)
  const slots = new Int32Array(length * 3)
  for (let i = 0; i < firsts.length; i++) {
    const hash = hashOf(firsts[i] as number, seconds[i] as number)
    let slot = hash & (length - 1)
    while (tags[slot] !== 0) slot = (slot + 1) & (length - 1)
    tags[slot] = tagOf(hash)
    slots[slot * 3] = firsts[i] as number
    slots[slot * 3 + 1] = seconds[i] as number
    slots[slot * 3 + 2] = (firsts[i] as number) + (further[i] as number)
  }
  return { tags, slots }
}
