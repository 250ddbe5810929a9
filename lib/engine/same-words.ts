import { foldText } from './chars.ts'
import { shortHash } from './spans.ts'

/** Numbers of an entry: two halves of the hash, rule plus 1, the number. */
const ENTRY = 4

/**
 * Numbers for "this rule, these words", so that equal hits are told by a number and nothing is written down for one that becomes no finding. Words are the same where they fold to the same; they are
 * told apart by 64 bits, as fingerprints are.
 */
export class SameWords {
  /** How many there are. */
  count = 0
  private table = new Int32Array(256 * ENTRY)
  private readonly folded: (string | undefined)[] = []
  private a = 0
  private b = 0

  clear(): void {
    this.count = this.folded.length = 0
    this.table = new Int32Array(256 * ENTRY)
  }

  /** Number of the words that stand at `start`..`end` of `text`, said by `rule`. */
  numberOf(rule: number, text: string, start: number, end: number): number {
    if (!this.hashPlain(text, start, end)) this.hashFolded(foldText(text.slice(start, end)))
    const { table, a, b } = this
    const mask = table.length - 1
    let slot = slotOf(a, b, rule, mask)
    for (; table[slot + 2] !== 0; slot = (slot + ENTRY) & mask) {
      if (table[slot] === a && table[slot + 1] === b && table[slot + 2] === rule + 1) return table[slot + 3] as number
    }
    const number = this.count++
    table[slot] = a
    table[slot + 1] = b
    table[slot + 2] = rule + 1
    table[slot + 3] = number
    if (this.count * ENTRY * 2 > table.length) this.grow()
    return number
  }

  /** Fingerprint of the words `number`, which are `quote` of the rule with this id, at a turn among equals. */
  fingerprint(number: number, rule: string, quote: string, turn: number): string {
    return shortHash(`${rule}\0${(this.folded[number] ??= foldText(quote))}\0${turn}`)
  }

  /** Hashes what `foldText` makes of printable ASCII; false where anything else stands there. */
  private hashPlain(text: string, start: number, end: number): boolean {
    let a = 0
    let b = 0
    let space = false
    let begun = false
    for (let i = start; i < end; i++) {
      const unit = text.charCodeAt(i)
      if (unit < 32 || unit > 126) return false
      if (unit === 32) {
        space = begun
        continue
      }
      if (space) {
        a = mixed(a, 32, ONE)
        b = mixed(b, 32, OTHER)
        space = false
      }
      begun = true
      const small = unit >= 65 && unit <= 90 ? unit + 32 : unit
      a = mixed(a, small, ONE)
      b = mixed(b, small, OTHER)
    }
    this.a = a
    this.b = b
    return true
  }

  private hashFolded(folded: string): void {
    this.a = this.b = 0
    for (let i = 0; i < folded.length; i++) {
      this.a = mixed(this.a, folded.charCodeAt(i), ONE)
      this.b = mixed(this.b, folded.charCodeAt(i), OTHER)
    }
  }

  private grow(): void {
    const old = this.table
    const table = (this.table = new Int32Array(old.length * 4))
    const mask = table.length - 1
    for (let at = 0; at < old.length; at += ENTRY) {
      if (old[at + 2] === 0) continue
      let slot = slotOf(old[at] as number, old[at + 1] as number, (old[at + 2] as number) - 1, mask)
      while (table[slot + 2] !== 0) slot = (slot + ENTRY) & mask
      for (let i = 0; i < ENTRY; i++) table[slot + i] = old[at + i] as number
    }
  }
}

const ONE = 0x9e3779b1
const OTHER = 0x5f356495

/** One step of a hash, in 32 bits. */
function mixed(hash: number, unit: number, by: number): number {
  return (Math.imul(hash ^ unit, by) + 1) | 0
}

/** Where an entry is first looked for. `mask`: the table's length, a power of two, less one. */
function slotOf(a: number, b: number, rule: number, mask: number): number {
  const spread = Math.imul(a ^ b ^ Math.imul(rule + 1, 0x85ebca6b), 0x9e3779b1)
  return ((spread ^ (spread >>> 15)) * ENTRY) & mask
}
