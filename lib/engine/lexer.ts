import { bareDomain, urlAtWww } from './addresses.ts'
import {
  APOSTROPHE, codes, CURRENCY, DASH, DIGIT, DROP, ENDING, endings, expansionOf, foldOf, HASH_SEED, HYPHEN, IDEOGRAPH, kindOf, kinds, LETTER, LINE, mix, PAIR, pairAt, SPACE, STOP, THROUGH, UNDERSCORE,
} from './chars.ts'
import { ENDED } from './cursor.ts'
import { leftoverWord, placeholder } from './literals.ts'
import { Marks } from './marks.ts'
import { keyBlockEnd, SECRET_STARTS, secretEnd } from './secrets.ts'
import { LEFTOVER, PLACEHOLDER, SECRET, Signs, URL } from './signs.ts'
import { GLUED, NUMBER, SIGN, type Tokens, UPPER } from './tokens.ts'
import { SHORT, shortSlot, type Vocabulary } from './vocabulary.ts'

/** First letters that a secret or leftover can start with, which mostly shows only where something touches the end of the word. */
const LITERAL_START = new Uint8Array(128)
for (const char of `tTnNsSOgGpPeEwWcCfFoaA${SECRET_STARTS}`) LITERAL_START[char.charCodeAt(0)] = 1
/** The last three letters, five bits each, of leftovers that show in letters alone: cite turn0, filecite turn0, oaicite. attributableIndex is no short word. */
const ITE = [...'ite'].reduce((key, letter) => key * 32 + (codes[letter.charCodeAt(0)] as number), 0)
const LAST_THREE = 0x7fff

/** Signs that are a token and nothing else, whatever stands around them. */
const PLAIN_SIGN = new Uint8Array(128)
for (const char of ',;()/&+#|>]}') PLAIN_SIGN[char.charCodeAt(0)] = 1

/** French and Italian words that lose their last vowel: `l'offre` is two words. Longer ones are told by their last letters. */
const ELIDED = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|dell|nell|all|sull|dall|quest|un)$/i

/**
 * Reads `text` into `out`: one pass, left to right, every look ahead or back bounded. Words get their number from `vocabulary`.
 * Literal entities (addresses, secrets, placeholders, leftovers) become one opaque token each.
 */
export function tokenize(text: string, vocabulary: Vocabulary, out: Tokens): void {
  const lexer = idle ?? new Lexer()
  idle = null
  lexer.run(text, vocabulary, out)
  idle = lexer
}

/** One lexer serves all callers in turn; a second is made only where an error has left the first in the middle. */
let idle: Lexer | null = null

class Lexer extends Signs {
  private readonly marks = new Marks()

  run(text: string, vocabulary: Vocabulary, out: Tokens): void {
    this.begin(text, vocabulary, out)
    this.marks.reset(out)
    this.read()
  }

  /** The loop: plain words by the run, and each thing that is none, or that begins a sentence, by a method of its own. */
  private read(): void {
    const { units, out } = this
    const { length } = this.text
    while (this.at < length) {
      const unit = units[this.at] as number
      if (this.ended === ENDED.no && out.count > 0) {
        this.words(length)
        if (this.at >= length) return
        this.other(units[this.at] as number)
      } else if (codes[unit] === 0 || !this.firstWord(unit)) this.other(unit)
    }
  }

  /**
   * Reads on from here for as long as there are words of up to twelve letters a to z that end at a space or sign, spaces, and signs that are a token and nothing else: most of any text. A processor
   * waits for memory and for what it could not foresee, so this loop calls nothing and looks at each character once.
   */
  private words(length: number): void {
    const { units, out, vocabulary: { short, signs } } = this
    const { start, end, word, flags, sentence } = out
    const mask = short.length - 1
    const turn = out.sentences - 1
    let { at } = this
    let { count } = out
    let touched = end[count - 1] as number
    while (at < length) {
      const first = units[at] as number
      let code = codes[first] as number
      let bits = SIGN
      let id = 0
      let stop = at + 1
      if (code !== 0) {
        let low = code
        let high = 0
        let unit = units[stop] as number
        while ((code = codes[unit] as number) !== 0) {
          high = (high << 5) | (low >>> 27)
          low = (low << 5) | code
          unit = units[++stop] as number
        }
        const ending = stop - at <= SHORT ? endings[unit] as number : 0
        if (ending !== ENDING.plain) {
          // Behind the last word of a sentence nothing goes on.
          if (ending === 0 || (LITERAL_START[first] === 1 && (ending === ENDING.digit || units[stop + 1] !== 32))) break
        }
        if ((low & LAST_THREE) === ITE) break
        for (let slot = shortSlot(low, high, mask); ; slot = (slot + 4) & mask) {
          id = short[slot + 2] as number
          if (id === 0 || (short[slot] === low && short[slot + 1] === high)) break
        }
        bits = first < 91 ? UPPER : 0
      } else if (first === 32) {
        at++
        continue
      } else if (first < 128 && PLAIN_SIGN[first] === 1) id = signs[first] as number
      else break
      start[count] = at
      end[count] = stop
      word[count] = id
      flags[count] = touched === at ? bits | GLUED : bits
      sentence[count] = turn
      count++
      at = touched = stop
    }
    this.at = at
    out.count = count
  }

  /** Reads the word at this place, which is the first of a sentence, where it is as those of `words` are; false otherwise. */
  private firstWord(first: number): boolean {
    const { units, at, vocabulary } = this
    let low = 0
    let high = 0
    let stop = at
    let unit = first
    for (let code = codes[unit] as number; code !== 0; code = codes[unit] as number) {
      high = (high << 5) | (low >>> 27)
      low = (low << 5) | code
      unit = units[++stop] as number
    }
    const ending = stop - at <= SHORT ? endings[unit] as number : 0
    if (ending === 0 || (low & LAST_THREE) === ITE || (ending !== ENDING.plain && LITERAL_START[first] === 1)) return false
    const id = vocabulary.findShort(low, high)
    const begins = this.begins(first)
    this.push(at, stop, id, (first < 91 ? UPPER : 0) | (begins !== 0 && this.isMonthOfDay(id, at) ? 0 : begins))
    this.at = stop
    return true
  }

  /** The full stop at `at` where a space or the end of the text follows and nothing but the end of a sentence or of an abbreviation can be meant; false otherwise. */
  private plainStop(at: number): boolean {
    const { units, out } = this
    const next = kinds[units[at + 1] as number] as number
    const last = out.count - 1
    if ((next !== SPACE && next !== LINE) || last < 0 || out.end[last] !== at) return false
    if (this.isAbbreviation(last)) return true
    if (this.ended === ENDED.no) this.ended = ENDED.stop
    this.gap = false
    return true
  }

  /** Reads a number of digits 0 to 9 alone, with nothing behind it that could belong to it; false where it is another. */
  private plainNumber(at: number): boolean {
    const { units } = this
    let hash = HASH_SEED
    let stop = at
    for (let unit = units[at] as number; unit >= 48 && unit <= 57; unit = units[++stop] as number) hash = mix(hash, unit)
    const kind = kindOf(units[stop] as number)
    if (kind === DIGIT || kind === STOP || kind === APOSTROPHE || units[stop] === 44 || units[stop] === 0x66b || units[stop] === 0x66c || (kind === SPACE && units[stop] !== 32)) return false
    this.push(at, stop, this.vocabulary.find(hash, this.text, at, stop), NUMBER | this.begins(48))
    this.at = stop
    return true
  }

  private other(unit: number): void {
    const { text, at } = this
    if (unit === 46 && this.plainStop(at)) {
      this.at++
      return
    }
    switch (kindOf(unit)) {
      case LETTER: this.word(unit); break
      case SPACE: this.gap = true; this.at++; break
      case DIGIT: if (!this.plainNumber(at)) this.number(); break
      case DROP: this.at++; break
      case LINE: this.ended = ENDED.line; this.at++; break
      case THROUGH: this.through(unit); break
      case HYPHEN:
      case DASH: this.hyphen(unit); break
      case APOSTROPHE:
      case UNDERSCORE: this.at++; break
      case STOP: this.stop(unit); break
      case IDEOGRAPH: this.single(1, 0); break
      case PAIR: this.pair(); break
      case CURRENCY: if (unit !== 36 || !this.literal(placeholder(text, this.at), PLACEHOLDER)) this.single(1, SIGN); break
      default: this.sign(unit)
    }
  }

  private word(first: number): void {
    const { text } = this
    if (first < 128 && LITERAL_START[first] !== 0 && this.wordLiteral(first)) return
    const length = text.length
    const start = this.at
    let hash = HASH_SEED
    let i = start
    let last = start
    while (i < length) {
      const unit = text.charCodeAt(i)
      const kind = kindOf(unit)
      if (kind === LETTER) {
        const fold = foldOf(unit)
        if (fold >= 0) hash = mix(hash, fold)
        else for (const part of expansionOf(fold)) hash = mix(hash, part)
        last = ++i
      } else if (kind === DROP) i++
      else if (kind === PAIR) {
        const pair = pairAt(text, i)
        if (pair.kind !== LETTER && pair.kind !== DROP) break
        for (const part of pair.fold) hash = mix(hash, part)
        i += pair.length
        if (pair.kind === LETTER) last = i
      } else if (kind === UNDERSCORE && this.letterAt(i + 1)) {
        hash = mix(hash, foldOf(unit))
        i++
      } else if (kind === APOSTROPHE && this.letterAt(i + 1)) {
        if (this.splitsAt(start, i)) break
        hash = mix(hash, 39)
        i++
      } else break
    }
    this.finishWord(first, start, last, hash)
  }

  private finishWord(first: number, start: number, end: number, hash: number): void {
    const word = this.vocabulary.find(hash, this.text, start, end)
    let flags = this.begins(first)
    if (flags && this.isMonthOfDay(word, start)) flags = 0
    if (first < 91 ? first >= 65 : first > 127 && this.text.charAt(start) !== this.text.charAt(start).toLowerCase()) flags |= UPPER
    this.push(start, end, word, flags)
    this.at = end
    const { text } = this
    // What is left of an apostrophe: `'s` is a word of its own, an elision's apostrophe is nothing.
    if (end < text.length && kindOf(text.charCodeAt(end)) === APOSTROPHE && this.letterAt(end + 1) && !this.isElided(start, end)) this.possessive(end)
  }

  /** True where the apostrophe at `at` parts two words: before a final `s`, and after an elided article. */
  private splitsAt(start: number, at: number): boolean {
    const { text } = this
    if ((text.charCodeAt(at + 1) | 32) === 115 && !this.letterAt(at + 2)) return true
    return at - start < 8 && this.isElided(start, at)
  }

  /** Whether an apostrophe behind `start`..`end` stands for the vowel of an article. Most words with an apostrophe, such as don't, are told by the letters before it. */
  private isElided(start: number, end: number): boolean {
    const { text } = this
    const last = text.charCodeAt(end - 1) | 32
    if (end - start > 1 && last !== 117) {
      const before = text.charCodeAt(end - 2) | 32
      // Ends in -ll, -st or -un, or is none of them.
      if (!(last === 108 && before === 108) && !(last === 116 && before === 115) && !(last === 110 && before === 117)) return false
    }
    return ELIDED.test(text.slice(start, end))
  }

  private possessive(at: number): void {
    const hash = mix(mix(HASH_SEED, 39), 115)
    this.push(at, at + 2, this.vocabulary.find(hash, this.text, at, at + 2), 0)
    this.at = at + 2
  }

  private wordLiteral(first: number): boolean {
    const { text, at } = this
    this.out.looks += 8
    if (this.literal(leftoverWord(text, at), LEFTOVER)) return true
    const before = at > 0 ? text.charAt(at - 1) : ' '
    if (before !== '-' && before !== '_' && this.literal(secretEnd(text, at), SECRET)) return true
    if ((first | 32) === 119 && text.startsWith('.', at + 3)) return this.literal(urlAtWww(text, at), URL)
    return false
  }

  /** Digits with separators inside: `1,299.00`, `10.0.0.1`, `1'299`, `1 299` with a no-break space. */
  private number(): void {
    const { text } = this
    const length = text.length
    const start = this.at
    let hash = HASH_SEED
    let i = start
    let spaced = false
    while (i < length) {
      const unit = text.charCodeAt(i)
      const kind = kindOf(unit)
      if (kind === DIGIT) {
        const fold = foldOf(unit)
        if (fold >= 0) hash = mix(hash, fold)
        else for (const part of expansionOf(fold)) hash = mix(hash, part)
        i++
      } else if (this.separates(unit, kind, start, i)) {
        if (kind === SPACE) spaced = true
        else hash = mix(hash, foldOf(unit))
        i++
      } else break
    }
    const word = spaced ? 0 : this.vocabulary.find(hash, text, start, i)
    this.push(start, i, word, NUMBER | this.begins(48))
    this.at = i
  }

  private separates(unit: number, kind: number, start: number, at: number): boolean {
    const { text } = this
    if (at + 1 >= text.length || kindOf(text.charCodeAt(at + 1)) !== DIGIT || at === start) return false
    if (kind === STOP || unit === 44 || kind === APOSTROPHE || unit === 0x66b || unit === 0x66c) return true
    if (kind !== SPACE || unit === 32 || unit === 9) return false
    return /^\d{3}(?!\d)/.test(text.slice(at + 1, at + 5)) && at - start <= 15
  }

  private through(unit: number): void {
    if (unit === 42 && this.literal(placeholder(this.text, this.at), PLACEHOLDER)) return
    if (unit === 96) this.marks.code(this.at)
    else if (foldOf(unit) === 34 && this.marks.quote(this.text, this.at) && this.ended !== ENDED.no) this.gap = true
    this.at++
  }

  /** Inside a word a hyphen is nothing: `risk-free` is `risk free`. Between digits, beside spaces, and as a dash it is a sign. */
  private hyphen(unit: number): void {
    const { text, at } = this
    if (unit === 45 && text.startsWith('-----BEGIN', at) && this.literal(keyBlockEnd(text, at), SECRET)) return
    const before = at > 0 ? kindOf(text.charCodeAt(at - 1)) : SPACE
    const after = at + 1 < text.length ? kindOf(text.charCodeAt(at + 1)) : SPACE
    const word = (kind: number): boolean => kind === LETTER || kind === DIGIT || kind === PAIR || kind === DROP
    if (kindOf(unit) === HYPHEN && word(before) && word(after) && !(before === DIGIT && after === DIGIT)) this.at++
    else this.single(1, SIGN)
  }

  private stop(unit: number): void {
    const { text, at } = this
    const next = at + 1 < text.length ? kindOf(text.charCodeAt(at + 1)) : LINE
    const last = this.out.count - 1
    const glued = last >= 0 && this.out.end[last] === at
    if (glued && unit === 46 && next === LETTER && this.letterOrDigitBefore(at)) {
      this.out.looks += 64
      const domain = bareDomain(text, at)
      if (domain) return this.replace(domain, URL)
    }
    this.at++
    if (next === DIGIT && !glued && unit === 46) return this.leadingPoint(at)
    if (glued && this.isAbbreviation(last)) return
    if (this.ended === ENDED.no) this.ended = ENDED.stop
    // Ideographic stops need no space behind them.
    this.gap = unit === 0x3002 || unit === 0xff61 || unit === 0xff0e
  }

  /** `.5`: the point belongs to the number. */
  private leadingPoint(point: number): void {
    this.number()
    const last = this.out.count - 1
    this.out.start[last] = point
    this.out.word[last] = 0
  }

  private pair(): void {
    const { kind, length } = pairAt(this.text, this.at)
    if (kind === LETTER) this.word(0x10000)
    else if (kind === DROP) this.at += length
    else if (kind === IDEOGRAPH) this.single(length, 0)
    else if (kind === DIGIT) this.pairNumber()
    else this.single(length, SIGN)
  }
}
