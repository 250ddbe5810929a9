import type { AST } from '@eslint-community/regexpp'

/** Positions and pairs that are looked at before the answer is "undecided". */
const MOST_POSITIONS = 400
const MOST_STEPS = 2_000_000
/** A counted repeat of at most so many turns is written out, if that is not too many ways for the whole expression; any other is taken for one without an end. */
const WRITTEN_OUT = 16
const MOST_WAYS = 5_000

/** One character that the expression reads. */
interface Position {
  readonly node: AST.Node
  /** Characters of the sample that it takes, as bits. */
  readonly takes: bigint
  readonly next: Map<number, number>
  /** The most turns of the repeats it is in, multiplied. */
  readonly turns: number
}

interface Part { readonly nullable: boolean; readonly first: readonly number[]; readonly last: readonly number[] }
const EMPTY: Part = { nullable: true, first: [], last: [] }

export interface Doubling { readonly prefix: string; readonly pump: string; readonly at: number }
export interface Sharing { readonly ways: number; readonly prefix: string; readonly pump: string; readonly at: number }

/**
 * The automaton of Glushkov: a state for each character that the expression reads. How often an edge comes is kept, because a matcher tries equal ways one after the other.
 * Classes of characters are compared on a sample: all of ASCII, each character and each end of a range in the expression, and some of the rest of Unicode.
 */
export class Nfa {
  private readonly positions: Position[] = []
  private readonly sample: readonly string[]
  private readonly component: number[] = []
  private readonly looping: boolean[] = []
  private first: readonly number[] = []
  private steps = 0
  /** Ways through what is written out that are left. */
  private ways = MOST_WAYS
  private inside = false

  /** Null where it would be too large. */
  static of(node: AST.Pattern | AST.LookaroundAssertion, flags: string, mostOf: (node: AST.Quantifier) => number): Nfa | null {
    const nfa = new Nfa(sampleOf(node), `u${flags}`, mostOf)
    const { first } = nfa.either(node.alternatives, 1)
    if (nfa.positions.length > MOST_POSITIONS) return null
    nfa.first = first
    nfa.findComponents()
    return nfa
  }

  private constructor(sample: ReadonlySet<string>, private readonly flags: string, private readonly mostOf: (node: AST.Quantifier) => number) {
    this.sample = [...sample]
  }

  private either(alternatives: readonly AST.Alternative[], turns: number): Part {
    const parts = alternatives.map(({ elements }) => elements.map((element) => () => this.part(element, turns)).reduce((before, make) => this.joined(before, make()), EMPTY))
    return { nullable: parts.some(({ nullable }) => nullable), first: parts.flatMap(({ first }) => first), last: parts.flatMap(({ last }) => last) }
  }

  private joined(a: Part, b: Part): Part {
    this.link(a.last, b.first)
    return { nullable: a.nullable && b.nullable, first: a.nullable ? [...a.first, ...b.first] : a.first, last: b.nullable ? [...a.last, ...b.last] : b.last }
  }

  private link(from: readonly number[], to: readonly number[]): void {
    for (const a of from) for (const b of to) {
      const { next } = this.positions[a] as Position
      next.set(b, (next.get(b) ?? 0) + 1)
    }
  }

  private part(node: AST.Element, turns: number): Part {
    switch (node.type) {
      case 'Group': case 'CapturingGroup': return this.either(node.alternatives, turns)
      case 'Assertion': return EMPTY
      case 'Quantifier': return this.repeated(node, turns)
      default: {
        if (this.positions.length > MOST_POSITIONS) return EMPTY
        const one = new RegExp(`^(?:${node.raw})$`, this.flags)
        const takes = this.sample.reduce((bits, char, i) => (one.test(char) ? bits | (1n << BigInt(i)) : bits), 0n)
        const at = this.positions.push({ node, takes, next: new Map(), turns }) - 1
        return { nullable: false, first: [at], last: [at] }
      }
    }
  }

  private repeated(node: AST.Quantifier, turns: number): Part {
    const most = this.mostOf(node)
    if (most === 0) return EMPTY
    const ways = this.inside ? 1 : this.waysOf(node)
    if (most <= WRITTEN_OUT && ways <= this.ways) {
      this.ways /= ways
      const outside = !this.inside
      this.inside = true
      const out = this.writtenOut(node, most, turns)
      if (outside) this.inside = false
      return out
    }
    const body = this.part(node.element, turns * most)
    this.link(body.last, body.first)
    return { ...body, nullable: body.nullable || node.min === 0 }
  }

  /** x{1,3} is x(x(x)?)?: what comes later is there only where the earlier is. */
  private writtenOut(node: AST.Quantifier, most: number, turns: number): Part {
    let out = EMPTY
    for (let i = most; i >= 1; i--) {
      const joined = this.joined(this.part(node.element, turns), out)
      out = i > node.min ? { ...joined, nullable: true } : joined
    }
    return out
  }

  /** Ways through a part if all its short repeats are written out; a loop is one way, because it is looked at as a loop. */
  private waysOf(node: AST.Node): number {
    switch (node.type) {
      case 'Group': case 'CapturingGroup': return node.alternatives.reduce((sum, each) => sum + this.waysOf(each), 0)
      case 'Alternative': return node.elements.reduce((product, each) => product * this.waysOf(each), 1)
      case 'Quantifier': {
        const most = this.mostOf(node)
        if (most > WRITTEN_OUT) return 1
        const each = this.waysOf(node.element)
        let sum = 0
        for (let turn = node.min; turn <= most; turn++) sum += each ** turn
        return sum
      }
      default: return 1
    }
  }

  /** Positions that lead to each other have one number. A position alone is looping only where it leads to itself. Reach by search from each: there are few. */
  private findComponents(): void {
    const reach = this.positions.map((_, from) => this.reachable(from))
    this.positions.forEach((_, p) => {
      this.looping[p] = reach[p]?.has(p) ?? false
      this.component[p] = this.positions.findIndex((_other, q) => q === p || (reach[p]?.has(q) && reach[q]?.has(p)))
    })
  }

  private reachable(from: number): Set<number> {
    const seen = new Set<number>()
    const queue = [from]
    for (const at of queue) for (const to of (this.positions[at] as Position).next.keys()) if (!seen.has(to)) {
      seen.add(to)
      queue.push(to)
    }
    return seen
  }

  private at(position: number): Position {
    return this.positions[position] as Position
  }

  private charOf(bits: bigint): string {
    return this.sample.find((_, i) => (bits >> BigInt(i)) & 1n) ?? ''
  }

  /** Shortest text that leads to a position. */
  private prefixOf(target: number): string {
    const way = new Map(this.first.map((p) => [p, this.charOf(this.at(p).takes)]))
    for (const [p, text] of way) {
      if (p === target) return text
      for (const to of this.at(p).next.keys()) if (!way.has(to)) way.set(to, text + this.charOf(this.at(to).takes))
    }
    return ''
  }

  private startOf(position: number): number {
    return this.at(position).node.start
  }

  /** A loop that some text leads round in two ways. */
  doubling(): Doubling | 'undecided' | null {
    for (const component of new Set(this.component)) {
      if (!this.looping[component]) continue
      const found = this.twoWays(component)
      if (found) return found
    }
    return null
  }

  private twoWays(q: number): Doubling | 'undecided' | null {
    const home = this.component[q]
    const inside = (p: number): boolean => this.component[p] === home
    for (let p = 0; p < this.positions.length; p++) if (inside(p)) for (const [to, times] of this.at(p).next) {
      if (inside(to) && times > 1) return { prefix: this.prefixOf(p), pump: this.charOf(this.at(to).takes), at: this.startOf(to) }
    }
    // Pairs from (q, q): one that has parted and comes together again at q.
    const start = this.key(q, q, 0)
    const way = new Map<string, { readonly pair: readonly [number, number]; readonly text: string; readonly parted: boolean }>([[start, { pair: [q, q], text: '', parted: false }]])
    for (const { pair: [x, y], text, parted } of way.values()) {
      for (const a of this.at(x).next.keys()) if (inside(a)) for (const b of this.at(y).next.keys()) if (inside(b)) {
        if (++this.steps > MOST_STEPS) return 'undecided'
        const both = this.at(a).takes & this.at(b).takes
        if (both === 0n) continue
        const apart = parted || a !== b
        if (apart && a === q && b === q) return { prefix: this.prefixOf(q), pump: text + this.charOf(both), at: this.startOf(q) }
        const key = this.key(a, b, apart ? 1 : 0)
        if (!way.has(key)) way.set(key, { pair: [a, b], text: text + this.charOf(both), parted: apart })
      }
    }
    return null
  }

  private key(...numbers: readonly number[]): string {
    return numbers.join()
  }

  /** The longest chain of loops that can share out one text: how many ways there are to do so, at most. */
  sharing(): Sharing | 'undecided' {
    const loops = [...new Set(this.component)].filter((c) => this.looping[c])
    const turnsOf = new Map(loops.map((c) => [c, Math.max(...this.positions.flatMap(({ turns }, p) => (this.component[p] === c ? [turns] : [])))]))
    const after = new Map<number, { readonly to: number; readonly pump: string }[]>()
    for (const p of loops) for (const q of loops) {
      if (p === q) continue
      const found = this.shared(p, q)
      if (found === 'undecided') return found
      if (found) after.set(p, [...(after.get(p) ?? []), { to: q, pump: found.pump }])
    }
    const best = (p: number): Sharing => {
      const own = turnsOf.get(p) ?? 1
      const longer = (after.get(p) ?? []).map(({ to, pump }) => ({ ...best(to), pump })).reduce<Sharing | null>((a, b) => (a && a.ways >= b.ways ? a : b), null)
      return { ways: own * (longer?.ways ?? 1), prefix: this.prefixOf(p), pump: longer?.pump ?? this.charOf(this.at(p).takes), at: this.startOf(p) }
    }
    return loops.map(best).reduce<Sharing>((a, b) => (a.ways >= b.ways ? a : b), { ways: 1, prefix: '', pump: '', at: 0 })
  }

  /** A text that leads round the loop of `p`, round that of `q`, and from the one to the other; null where there is none. */
  private shared(p: number, q: number): { readonly pump: string } | 'undecided' | null {
    if (!this.reachable(p).has(q)) return null
    const [P, Q] = [this.component[p], this.component[q]]
    const starts = this.positions.flatMap((_, a) => (this.component[a] === P ? this.positions.flatMap((_other, c) => (this.component[c] === Q ? [[a, c] as const] : [])) : []))
    for (const [a, c] of starts) {
      const way = new Map<string, { readonly at: readonly [number, number, number]; readonly text: string }>([[this.key(a, a, c), { at: [a, a, c], text: '' }]])
      for (const { at: [x, y, z], text } of way.values()) {
        for (const u of this.at(x).next.keys()) if (this.component[u] === P) for (const w of this.at(z).next.keys()) if (this.component[w] === Q) {
          const both = this.at(u).takes & this.at(w).takes
          if (both === 0n) continue
          for (const v of this.at(y).next.keys()) {
            if (++this.steps > MOST_STEPS) return 'undecided'
            const all = both & this.at(v).takes
            if (all === 0n) continue
            if (u === a && v === c && w === c) return { pump: text + this.charOf(all) }
            const key = this.key(u, v, w)
            if (!way.has(key)) way.set(key, { at: [u, v, w], text: text + this.charOf(all) })
          }
        }
      }
    }
    return null
  }
}

const OTHERS = ['é', 'É', 'ß', 'Ω', 'ж', '中', '٣', '\u00a0', '\u2009', '\u2028', '’', '“', '–', '—', '•', '…', '€', '£', '™', '½', '²', '\u0301', '\u200b', '😀', 'ſ', 'K', '０']

function sampleOf(node: AST.Node): Set<string> {
  const out = new Set<string>(OTHERS)
  for (let unit = 0; unit < 128; unit++) out.add(String.fromCharCode(unit))
  const add = (value: number): void => {
    const char = String.fromCodePoint(value)
    for (const each of [char, char.toLowerCase(), char.toUpperCase()]) out.add(each)
  }
  const visit = (one: AST.Node): void => {
    if (one.type === 'Character') add(one.value)
    if (one.type === 'CharacterClassRange') for (const end of [one.min.value, one.max.value]) add(end)
    if (one.type === 'CharacterClass' || one.type === 'Alternative') for (const each of one.elements) visit(each)
    if (one.type === 'Quantifier') visit(one.element)
    if ('alternatives' in one) for (const each of one.alternatives) visit(each)
  }
  visit(node)
  return out
}
