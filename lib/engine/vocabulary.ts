import { expansionOf, foldOf, HASH_SEED, kindOf, mix, PAIR, pairAt } from './chars.ts'

/** Where a word with this hash is first looked for. */
function slotOf(hash: number, mask: number): number {
  const spread = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (spread ^ (spread >>> 13)) & mask
}

/** Letters of a word that its key holds in full: five bits each in two numbers of 32, so that equal keys are equal words. */
export const SHORT = 12
/** Numbers of an entry of `Vocabulary.short`: low and high half of the key, the word's number, nothing. */
const ENTRY = 4
/** Stands for the high half of a key where a word has none. */
const OTHER = -1

/** Where a word with this key is first looked for in `Vocabulary.short`. `mask`: its length less one. */
export function shortSlot(low: number, high: number, mask: number): number {
  const spread = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1)
  return ((spread ^ (spread >>> 15)) << 2) & mask
}

/**
 * The words that anything can match, numbered from 1. A token of the text is looked up once, so that from there on the whole engine works with exact small numbers.
 * Words of up to `SHORT` letters a to z, which nearly all are, are found by a key that holds them in full; all others by the hash of their folded units, and compared
 * unit by unit. 0 is "no word of ours".
 */
export class Vocabulary {
  private readonly ids = new Map<string, number>()
  /** Open-addressed entries of the short words. */
  short: Int32Array = new Int32Array(ENTRY)
  /** Open-addressed pairs of all other words: hash, number. */
  private table: Int32Array = new Int32Array(2)
  /** Key of the word that was read last, where it is short. */
  private low = 0
  private high = 0
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

  /**
   * Lays out the tables for `find`. Each word is read once, in a loop without calls: a frame does this with all words of a company before anything is compiled for it, where
   * calls are most of what is paid.
   */
  private hashWords(): this {
    const { offsets, pool, signs } = this
    const count = Math.max(0, offsets.length - 2)
    // Of a short word its key, of any other its hash and `OTHER`, which no key has.
    const lows = new Int32Array(count + 1)
    const highs = new Int32Array(count + 1)
    let others = 0
    for (let id = 1; id <= count; id++) {
      const from = offsets[id] as number
      const to = offsets[id + 1] as number
      if (to - from === 1 && (pool[from] as number) < 128) signs[pool[from] as number] = id
      let low = 0
      let high = 0
      let at = to - from > SHORT ? to : from
      for (; at < to; at++) {
        const unit = pool[at] as number
        if (unit < 97 || unit > 122) break
        high = (high << 5) | (low >>> 27)
        low = (low << 5) | (unit - 96)
      }
      if (at < to || to - from > SHORT) {
        low = HASH_SEED
        high = OTHER
        others++
        for (at = from; at < to; at++) low = mix(low, pool[at] as number)
      }
      lows[id] = low
      highs[id] = high
    }
    this.enter(lows, highs, others)
    return this
  }

  private enter(lows: Int32Array, highs: Int32Array, others: number): void {
    const count = lows.length - 1
    const short = (this.short = new Int32Array(powerOfTwo((count - others) * 2) * ENTRY))
    const table = (this.table = new Int32Array(powerOfTwo(others * 3) * 2))
    const shortMask = short.length - 1
    const mask = table.length / 2 - 1
    for (let id = 1; id <= count; id++) {
      const low = lows[id] as number
      const high = highs[id] as number
      if (high === OTHER) {
        let slot = slotOf(low, mask)
        while (table[slot * 2 + 1] !== 0) slot = (slot + 1) & mask
        table[slot * 2] = low
        table[slot * 2 + 1] = id
      } else {
        let slot = shortSlot(low, high, shortMask)
        while (short[slot + 2] !== 0) slot = (slot + ENTRY) & shortMask
        short[slot] = low
        short[slot + 1] = high
        short[slot + 2] = id
      }
    }
  }

  /** Puts one more letter into the key; false where it is none from a to z. */
  private takes(unit: number): boolean {
    this.high = (this.high << 5) | (this.low >>> 27)
    this.low = (this.low << 5) | (unit - 96)
    return unit >= 97 && unit <= 122
  }

  /** Number of the word whose folded units hash to `hash` and stand at `start`..`end` of `text`. */
  find(hash: number, text: string, start: number, end: number): number {
    if (this.isShortIn(text, start, end)) return this.findShort(this.low, this.high)
    const { table } = this
    const mask = table.length / 2 - 1
    for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
      const id = table[slot * 2 + 1] as number
      if (id === 0) return 0
      if (table[slot * 2] === hash && this.equals(id, text, start, end)) return id
    }
  }

  /** Number of the word of up to `SHORT` letters with this key. */
  findShort(low: number, high: number): number {
    const { short } = this
    const mask = short.length - 1
    for (let slot = shortSlot(low, high, mask); ; slot = (slot + ENTRY) & mask) {
      const id = short[slot + 2] as number
      if (id === 0 || (short[slot] === low && short[slot + 1] === high)) return id
    }
  }

  /** Whether what stands at `start`..`end` folds to a short word; its key is then in `low` and `high`. */
  private isShortIn(text: string, start: number, end: number): boolean {
    let count = 0
    this.low = this.high = 0
    for (let i = start; i < end;) {
      const unit = text.charCodeAt(i)
      const kind = kindOf(unit)
      const fold = kind === PAIR ? -1 : foldOf(unit)
      if (fold >= 0) {
        i++
        if (++count > SHORT || !this.takes(fold)) return false
        continue
      }
      const pair = kind === PAIR ? pairAt(text, i) : null
      i += pair ? pair.length : 1
      for (const part of pair ? pair.fold : expansionOf(fold)) if (++count > SHORT || !this.takes(part)) return false
    }
    return count > 0
  }

  /** True where the word `id` stands at `start`..`end` of `text`. */
  private equals(id: number, text: string, start: number, end: number): boolean {
    const { pool } = this
    let at = this.offsets[id] as number
    const stop = this.offsets[id + 1] as number
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

/** The least power of two that is at least `least`, and 4. */
function powerOfTwo(least: number): number {
  let power = 4
  while (power < least) power *= 2
  return power
}
