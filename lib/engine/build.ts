import { ALL_MATCH, ALL_REST, ANY_LEAD, type Automaton, type Edges, FILED, hashed, type Rows, TRAIT, type Triples } from './automaton.ts'
import { EdgeTable } from './edge-table.ts'
import { filingOf, isCrossing, type Keyed } from './filing.ts'
import { LIMITS } from './limits.ts'
import type { Element, Pattern } from './pattern.ts'
import { ENTITY_KINDS } from './types.ts'
import type { Vocabulary } from './vocabulary.ts'

const WIDE = 2
/** Where list entries begin. */
const LISTS = 0
const BASE = 1 << 22
const BUCKETS_OF_A_WORD = 64
const MOST_NEEDS = 4

/** Collects patterns and lists, then lays the automaton out. Words must be in the vocabulary before `finish`. */
export class AutomatonBuilder {
  private count = 1
  /** By state and symbol. Entities and lists are negative until the words are numbered. */
  private readonly edges = new EdgeTable()
  private readonly listEdges = new EdgeTable()
  private readonly skips: number[] = []
  private readonly traits: number[] = [0]
  private readonly free: (number[] | undefined)[] = []
  private readonly accepts: (number[] | undefined)[] = []
  private readonly ends: (number[] | undefined)[] = []
  private readonly joins = new Map<string, number>()
  private readonly lists = new Map<string, number>()
  private readonly roots: number[] = []
  private readonly crossing: number[] = []
  private readonly buckets = new Map<string, number>()
  /** Buckets by one symbol, or by two with a comma between. */
  private readonly filed = new Map<string, number[]>()
  private readonly needs: (number[] | undefined)[] = []
  private readonly leads: number[] = []
  private readonly rest: number[] = []
  private readonly entered = new Set<string>()
  /** Root of the pattern being added: not a state that can be in. */
  private root = 0

  constructor(private readonly vocabulary: Vocabulary) {
    this.bucket('all match', false)
    this.bucket('all rest', false)
  }

  /** Adds a match pattern; the states it ends in accept `rule`. `list` gives the key under which a list of the pack is known. */
  addMatch(pattern: Pattern, rule: number, list: ListKey): void {
    const crosses = isCrossing(pattern.elements)
    const filing = filingOf(pattern.elements)
    const keys = [...new Set(filing.keys.map((key) => key.map((element) => this.symbol(element, list)).join()))].sort()
    const needs = filing.needs.map((set) => [...new Set(set.map((element) => this.symbol(element, list)))].sort((a, b) => a - b))
    // Where a word has many buckets already, they would be slower to ask one by one than to run as one.
    const full = crosses || keys.some((key) => (this.filed.get(key)?.length ?? 0) >= BUCKETS_OF_A_WORD)
    const name = `${keys.join(' ')}${full ? '' : `;${needs.join(';')}`}${crosses ? '!' : ''}`
    const known = this.buckets.has(name)
    const bucket = this.bucket(name, crosses)
    this.leads[bucket] = Math.max(this.leads[bucket] ?? 0, Math.min(filing.lead, ANY_LEAD))
    if (!known) {
      for (const key of keys) {
        const row = this.filed.get(key)
        if (row) row.push(bucket)
        else this.filed.set(key, [bucket])
      }
      if (!full) this.needs[bucket] = needs.slice(0, MOST_NEEDS).flatMap((set) => [...set, 0])
    }
    for (const into of [ALL_MATCH, bucket]) this.add(pattern, rule, list, into)
  }

  /** Adds a pattern that counts only where the rule has matched; the states it ends in accept `role`. */
  addRest(pattern: Pattern, rule: number, role: number, list: ListKey): void {
    const bucket = this.bucket(`rest ${rule}`, false)
    if (isCrossing(pattern.elements)) this.crossing[bucket] = this.crossing[ALL_REST] = 1
    this.rest[rule] = bucket
    for (const into of [ALL_REST, bucket]) this.add(pattern, role, list, into)
  }

  private bucket(name: string, crosses: boolean): number {
    let bucket = this.buckets.get(name)
    if (bucket === undefined) {
      this.buckets.set(name, (bucket = this.roots.push(this.state()) - 1))
      this.crossing.push(crosses ? 1 : 0)
    }
    return bucket
  }

  private add(pattern: Pattern, role: number, list: ListKey, bucket: number): void {
    this.root = this.roots[bucket] as number
    for (const state of this.sequence([this.root], pattern.elements, list)) {
      const roles = (this.accepts[state] ??= [])
      if (!roles.includes(role)) roles.push(role)
    }
  }

  /** True the first time a list is asked for: its entries are then to be added. */
  wantsList(key: string): boolean {
    const known = this.entered.has(key)
    this.entered.add(key)
    return !known
  }

  /** Adds one entry of a list, as folded words. */
  addEntry(key: string, words: readonly string[]): void {
    let state = LISTS
    for (const word of words) state = this.child(state, this.vocabulary.add(word), state === LISTS ? this.listEdges : this.edges)
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
    let next = edges.get(state, symbol)
    if (next === 0) edges.add(state, symbol, (next = this.state(trait)))
    this.traits[state] = (this.traits[state] as number) | (symbol < 0 ? TRAIT.entity : TRAIT.word)
    return next
  }

  private symbol(element: Keyed, list: ListKey): number {
    if (element.kind === 'word') return this.vocabulary.add(element.word)
    return -1 - (element.kind === 'entity' ? ENTITY_KINDS.indexOf(element.entity) : ENTITY_KINDS.length + this.listNumber(list(element.list)))
  }

  private sequence(from: readonly number[], elements: readonly Element[], list: ListKey): readonly number[] {
    let states = from
    for (const element of elements) states = this.narrow(this.element(states, element, list))
    return states
  }

  private element(from: readonly number[], element: Element, list: ListKey): readonly number[] {
    switch (element.kind) {
      case 'gap': return from.map((state) => this.gap(state, element.most))
      case 'group': {
        const out = new Set(element.optional ? from : [])
        for (const sequence of element.of) for (const state of this.sequence(from, sequence, list)) out.add(state)
        return [...out]
      }
      default: {
        const symbol = this.symbol(element, list)
        return from.map((state) => this.child(state, symbol, this.edges, element.kind === 'word' && element.ends ? TRAIT.crosses : 0))
      }
    }
  }

  /** Brings many states together in one, so that what follows is built once. The root stays apart: it is not a state that can be in. */
  private narrow(states: readonly number[]): readonly number[] {
    if (states.length <= WIDE) return states
    const rest = states.filter((state) => state !== this.root)
    const join = this.joined(`join ${rest.join()}`, 0, rest)
    return rest.length === states.length ? [join] : [this.root, join]
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

  private filing(symbolOf: (raw: number) => number, symbols: number): Pick<Automaton, 'places' | 'filed' | 'pairs' | 'besides'> {
    const places = new Uint8Array(symbols)
    const alone: number[][] = []
    const pairs: (readonly [number, number, number])[] = []
    const besides: number[][] = []
    for (const [key, buckets] of this.filed) {
      const [first = 0, second] = key.split(',').map((raw) => symbolOf(Number(raw)))
      places[first] = (places[first] as number) | (second === undefined ? FILED.alone : FILED.first)
      if (second === undefined) alone[first] = buckets
      else {
        places[second] = (places[second] as number) | FILED.second
        pairs.push([first, second, besides.push(buckets)])
      }
    }
    return { places, filed: rows(alone, symbols), pairs: tripleOf(pairs), besides: rows(besides, besides.length) }
  }

  finish(rules: number): Automaton {
    const firstEntity = this.vocabulary.size + 1
    const symbols = firstEntity + ENTITY_KINDS.length + this.lists.size
    const symbolOf = (raw: number): number => (raw < 0 ? firstEntity - 1 - raw : raw)
    const listRoot = new Int32Array(firstEntity)
    const { edges, listEdges } = this
    const keys = new Float64Array(edges.size)
    let entities = false
    const begins = new Uint8Array(symbols)
    const roots = new Uint8Array(this.count)
    for (const root of this.roots) roots[root] = 1
    for (let edge = 0; edge < edges.size; edge++) {
      const raw = edges.symbols[edge] as number
      if (raw < 0 && raw >= -ENTITY_KINDS.length) entities = true
      const symbol = symbolOf(raw)
      if (roots[edges.states[edge] as number] === 1) begins[symbol] = 1
      keys[edge] = symbol * BASE + (edges.to[edge] as number)
    }
    for (let edge = 0; edge < listEdges.size; edge++) listRoot[listEdges.symbols[edge] as number] = listEdges.to[edge] as number
    const skip = new Int32Array(this.count)
    this.skips.forEach((next, state) => { skip[state] = next })
    const filed = this.filing(symbolOf, symbols)
    const needs = this.needs.map((row) => row?.map((raw) => (raw === 0 ? 0 : symbolOf(raw))))
    return {
      states: this.count, firstEntity, ...filed, needs: rows(needs, this.roots.length), leads: Uint8Array.from(this.roots, (_, bucket) => this.leads[bucket] ?? ANY_LEAD), begins, roots: Int32Array.from(this.roots), crossing: Uint8Array.from(this.crossing),
      rest: Int32Array.from({ length: rules }, (_, rule) => this.rest[rule] ?? 0), listRoot, edges: edgesOf(edges.states, keys, this.count), skip, traits: Uint8Array.from(this.traits),
      free: rows(this.free, this.count), accepts: rows(this.accepts, this.count), ends: rows(this.ends, listEdges.size > 0 ? this.count : 0), entities, hasLists: listEdges.size > 0,
    }
  }
}

/** Edges by state and symbol. `states`: of at least as many edges as there are `keys`, each symbol times BASE plus next state. */
function edgesOf(states: Int32Array, keys: Float64Array, count: number): Edges {
  const from = new Int32Array(count + 1)
  for (let edge = 0; edge < keys.length; edge++) {
    const after = (states[edge] as number) + 1
    from[after] = (from[after] as number) + 1
  }
  for (let state = 0; state < count; state++) from[state + 1] = (from[state + 1] as number) + (from[state] as number)
  const sorted = new Float64Array(keys.length)
  const next = from.slice()
  for (let edge = 0; edge < keys.length; edge++) {
    const state = states[edge] as number
    const at = next[state] as number
    sorted[at] = keys[edge] as number
    next[state] = at + 1
  }
  for (let state = 0; state < count; state++) sortBetween(sorted, from[state] as number, from[state + 1] as number)
  const [symbols, to] = [new Int32Array(keys.length), new Int32Array(keys.length)]
  for (let edge = 0; edge < keys.length; edge++) {
    const key = sorted[edge] as number
    const symbol = Math.floor(key / BASE)
    symbols[edge] = symbol
    to[edge] = key - symbol * BASE
  }
  return { from, symbols, to }
}

/** Nearly all states have a few edges: for those the library's sort costs more than it sorts. */
function sortBetween(keys: Float64Array, start: number, end: number): void {
  if (end - start > 16) {
    keys.subarray(start, end).sort()
    return
  }
  for (let at = start + 1; at < end; at++) {
    const key = keys[at] as number
    let into = at
    while (into > start && (keys[into - 1] as number) > key) {
      keys[into] = keys[into - 1] as number
      into -= 1
    }
    keys[into] = key
  }
}

function tripleOf(rows: readonly (readonly [number, number, number])[]): Triples {
  const column = (at: 0 | 1 | 2): Int32Array => Int32Array.from(rows, (row) => row[at])
  return hashed(column(0), column(1), Int32Array.from(rows, ([first, , third]) => third - first))
}

/** Key under which a list of the rule's pack is known. */
type ListKey = (name: string) => string

function rows(lists: readonly (readonly number[] | undefined)[], count: number): Rows {
  const from = new Int32Array(count + 1)
  let total = 0
  for (let i = 0; i < count; i++) {
    from[i] = total
    total += lists[i]?.length ?? 0
  }
  from[count] = total
  const to = new Int32Array(total)
  for (let i = 0; i < count; i++) {
    const list = lists[i]
    if (list) to.set(list, from[i])
  }
  return { from, to }
}
