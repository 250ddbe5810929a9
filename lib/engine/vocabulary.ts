import { expansionOf, foldOf, folds, HASH_SEED, kindOf, mix, PAIR, pairAt } from './chars.ts'

/** Where a word with this hash is first looked for. */
export function slotOf(hash: number, mask: number): number {
  const spread = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (spread ^ (spread >>> 13)) & mask
}

/**
 * The words that anything can match, numbered from 1. A token of the text is looked up once by the hash of its folded units and then compared
 * unit by unit, so that from there on the whole engine works with exact small numbers. 0 is "no word of ours".
 */
export class Vocabulary {
  private readonly ids = new Map<string, number>()
  /** Open-addressed pairs: hash, number. */
  table: Int32Array = new Int32Array(0)
  mask = 0
  /** Numbers of the words that are one ASCII character. */
  readonly signs = new Int32Array(128)
  private offsets: Int32Array = new Int32Array(0)
  private pool: Uint16Array = new Uint16Array(0)

  constructor(base?: Vocabulary) {
    if (base) for (const [word, id] of base.ids) this.ids.set(word, id)
  }

  /** Where each word begins and ends, and the units of all. */
  parts(): readonly [Int32Array, Uint16Array] {
    return [this.offsets, this.pool]
  }

  /** A vocabulary for `find` alone, over tables that `parts` gave. */
  static ofParts([offsets, pool]: readonly [Int32Array, Uint16Array]): Vocabulary {
    const out = new Vocabulary()
    out.offsets = offsets
    out.pool = pool
    return out.hashWords()
  }

  private noteSign(id: number): void {
    const at = this.offsets[id] as number
    if (this.offsets[id + 1] === at + 1 && (this.pool[at] as number) < 128) this.signs[this.pool[at] as number] = id
  }

  get size(): number {
    return this.ids.size
  }

  /** Number of a folded word, given one if it is new. Not after `freeze`. */
  add(word: string): number {
    let id = this.ids.get(word)
    if (id === undefined) this.ids.set(word, (id = this.ids.size + 1))
    return id
  }

  /** Number of a folded word, 0 where it is not ours. */
  get(word: string): number {
    return this.ids.get(word) ?? 0
  }

  /** Lays the words out in typed arrays for `find`. */
  freeze(): this {
    const count = this.ids.size
    this.offsets = new Int32Array(count + 2)
    let units = 0
    for (const word of this.ids.keys()) units += word.length
    this.pool = new Uint16Array(units)
    let at = 0
    for (const [word, id] of this.ids) {
      this.offsets[id] = at
      for (let i = 0; i < word.length; i++) this.pool[at++] = word.charCodeAt(i)
      this.offsets[id + 1] = at
    }
    return this.hashWords()
  }

  private hashWords(): this {
    const { offsets, pool } = this
    let slots = 16
    while (slots < offsets.length * 3) slots *= 2
    const table = (this.table = new Int32Array(slots * 2))
    const mask = (this.mask = slots - 1)
    for (let id = 1; id + 1 < offsets.length; id++) {
      this.noteSign(id)
      let hash = HASH_SEED
      for (let at = offsets[id] as number; at < (offsets[id + 1] as number); at++) hash = mix(hash, pool[at] as number)
      let slot = slotOf(hash, mask)
      while (table[slot * 2 + 1] !== 0) slot = (slot + 1) & mask
      table[slot * 2] = hash
      table[slot * 2 + 1] = id
    }
    return this
  }

  /** Number of the word whose folded units hash to `hash` and stand at `start`..`end` of `text`. */
  find(hash: number, text: string, start: number, end: number): number {
    const { table, mask } = this
    for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
      const id = table[slot * 2 + 1] as number
      if (id === 0) return 0
      if (table[slot * 2] === hash && this.equals(id, text, start, end)) return id
    }
  }

  /** True where the word `id` stands at `start`..`end` of `text`. */
  equals(id: number, text: string, start: number, end: number): boolean {
    const { pool } = this
    let at = this.offsets[id] as number
    const stop = this.offsets[id + 1] as number
    if (stop - at === end - start) {
      // Nearly always unit by unit.
      let i = start
      while (i < end && folds[text.charCodeAt(i)] === pool[at + i - start]) i++
      if (i === end) return true
    }
    for (let i = start; i < end;) {
      const unit = text.charCodeAt(i)
      const kind = kindOf(unit)
      const fold = kind === PAIR ? -1 : foldOf(unit)
      if (fold >= 0) {
        i++
        if (at >= stop || pool[at++] !== fold) return false
        continue
      }
      // What is not there at all folds to nothing.
      const pair = kind === PAIR ? pairAt(text, i) : null
      i += pair ? pair.length : 1
      for (const part of pair ? pair.fold : expansionOf(fold)) if (at >= stop || pool[at++] !== part) return false
    }
    return at === stop
  }
}
