import { bareDomain, emailAround, ip6End, urlAtScheme, urlAtWww } from './addresses.ts'
import {
  APOSTROPHE, CURRENCY, DASH, DIGIT, DROP, expansionOf, foldOf, HASH_SEED, HYPHEN, IDEOGRAPH, kindOf, kinds, LETTER, letters, LINE, mix, PAIR, pairAt, PUNCT, SPACE, STOP, THROUGH, UNDERSCORE,
} from './chars.ts'
import { Cursor, ENDED } from './cursor.ts'
import { goesOn, leftoverSign, leftoverWord, placeholder } from './literals.ts'
import { Marks } from './marks.ts'
import { assignedSecret, isSecretUrl, keyBlockEnd, SECRET_STARTS, secretEnd } from './secrets.ts'
import { ENDS, GLUED, NEW_SENTENCE, NUMBER, SIGN, type Tokens, UPPER } from './tokens.ts'
import { ENTITY_KINDS, type EntityKind } from './types.ts'
import { slotOf, type Vocabulary } from './vocabulary.ts'

const codeOf = (kind: EntityKind): number => ENTITY_KINDS.indexOf(kind)
const URL = codeOf('url')
const EMAIL = codeOf('email')
const IP = codeOf('ip')
const SECRET = codeOf('secret')
const PLACEHOLDER = codeOf('placeholder')
const LEFTOVER = codeOf('leftover')

/** First letters that a secret or leftover can start with, which mostly shows only where something touches the end of the word. */
const LITERAL_START = new Uint8Array(128)
for (const char of `tTnNsSOgGpPeEwWcCfFoaA${SECRET_STARTS}`) LITERAL_START[char.charCodeAt(0)] = 1
/** Second letter, small, of those that show in letters alone: cite turn0, filecite turn0, oaicite, attributableIndex. */
const BARE_LITERAL = new Uint8Array(128)
for (const [first, second] of ['ci', 'Ci', 'fi', 'Fi', 'oa', 'at', 'At'] as const) BARE_LITERAL[(first as string).charCodeAt(0)] = (second as string).charCodeAt(0)
/** What touches the end of the word then. */
const JOINT = new Uint8Array(65_536)
for (const char of '-_.:[+/=') JOINT[char.charCodeAt(0)] = 1

/** Signs that are a token and nothing else, whatever stands around them. */
const PLAIN_SIGN = new Uint8Array(128)
for (const char of ',;()/&+#|>]}') PLAIN_SIGN[char.charCodeAt(0)] = 1

/** Kinds that end a word for certain: beyond the others the word may go on. */
const SIMPLE_ENDS = new Uint8Array(16)
for (const kind of [SPACE, PUNCT, LINE, STOP, HYPHEN, DASH, CURRENCY, DIGIT, IDEOGRAPH, THROUGH]) SIMPLE_ENDS[kind] = 1

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

class Lexer extends Cursor {
  private readonly marks = new Marks()

  run(text: string, vocabulary: Vocabulary, out: Tokens): void {
    this.begin(text, vocabulary, out)
    this.marks.reset(out)
    this.read()
  }

  /**
   * The loop. Words of letters that fold one to one and end at a space or sign, which most are, are read right here; everything else by a method of its own. Whatever
   * is done here is done for each character or word, which is why it is all in one place and in local names.
   */
  private read(): void {
    const { text, vocabulary, out } = this
    const { table, mask } = vocabulary
    const { start, end, word, flags, sentence } = out
    const length = text.length
    let at = 0
    while (at < length) {
      const first = text.charCodeAt(at)
      let fold = first < 128 ? letters[first] as number : 0
      if (fold !== 0) {
        let hash = HASH_SEED
        let unit = 32
        let stop = at
        do {
          hash = mix(hash, fold)
          // The end of the text is as good as a space.
          unit = ++stop < length ? text.charCodeAt(stop) : 32
          fold = letters[unit] as number
        } while (fold !== 0)
        if (unit === 32 ? this.isPlain(first, at) : SIMPLE_ENDS[kinds[unit] as number] === 1 && (LITERAL_START[first] === 0 || (this.isPlain(first, at) && kinds[unit] !== DIGIT && !(JOINT[unit] === 1 && goesOn(text, stop + 1))))) {
          let id = 0
          for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
            id = table[slot * 2 + 1] as number
            if (id === 0 || (table[slot * 2] === hash && vocabulary.equals(id, text, at, stop))) break
          }
          let bits = first < 91 ? UPPER : 0
          const { count } = out
          if (this.ended !== ENDED.no || count === 0) {
            this.at = at
            bits |= this.begins(first)
            if (bits & NEW_SENTENCE && this.isMonthOfDay(id, at)) bits &= ~NEW_SENTENCE
            out.push(at, stop, id, bits)
          } else {
            if (end[count - 1] === at) bits |= GLUED
            start[count] = at
            end[count] = stop
            word[count] = id
            flags[count] = bits
            sentence[count] = out.sentences - 1
            out.count = count + 1
          }
          at = unit === 32 ? stop + 1 : stop
          continue
        }
      } else if (first === 32 || kinds[first] === SPACE) {
        // Only between a stop and the next token does a space mean anything.
        if (this.ended !== ENDED.no) this.gap = true
        at++
        continue
      }
      this.at = at
      if (first < 128 && PLAIN_SIGN[first] === 1) {
        this.push(at, at + 1, vocabulary.signs[first] as number, SIGN | this.begins(65))
        at++
        continue
      }
      this.other(first)
      at = this.at
    }
  }

  /** False where letters alone may begin a leftover. */
  private isPlain(first: number, at: number): boolean {
    return BARE_LITERAL[first] === 0 || (this.text.charCodeAt(at + 1) | 32) !== BARE_LITERAL[first]
  }

  private other(unit: number): void {
    const { text } = this
    switch (kindOf(unit)) {
      case LETTER: this.word(unit); break
      case SPACE: this.gap = true; this.at++; break
      case DIGIT: this.number(); break
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
    if (end < text.length && kindOf(text.charCodeAt(end)) === APOSTROPHE && this.letterAt(end + 1) && !ELIDED.test(text.slice(start, end))) this.possessive(end)
  }

  /** True where the apostrophe at `at` parts two words: before a final `s`, and after an elided article. */
  private splitsAt(start: number, at: number): boolean {
    const { text } = this
    if ((text.charCodeAt(at + 1) | 32) === 115 && !this.letterAt(at + 2)) return true
    return at - start < 8 && ELIDED.test(text.slice(start, at))
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
    if (unit === 96) this.marks.code()
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

  private sign(unit: number): void {
    const { text, at, out } = this
    switch (unit) {
      case 91: // [
      case 60: // <
        out.looks += 80
        if (this.literal(leftoverSign(text, at), LEFTOVER)) return
        if (this.literal(placeholder(text, at), PLACEHOLDER)) return
        break
      case 123: // {
      case 37: // %
        out.looks += 40
        if (this.literal(placeholder(text, at), PLACEHOLDER)) return
        break
      case 0x3010:
      case 0xe200:
        if (this.literal(leftoverSign(text, at), LEFTOVER)) return
        break
      case 58: // :
        if (this.colon()) return
        break
      case 64: { // @
        out.looks += 128
        const email = emailAround(text, at)
        if (email) return this.replace(email, EMAIL)
        break
      }
      case 33: // !
      case 63: // ?
      case 0xff01:
      case 0xff1f:
        this.end(unit)
        return
    }
    this.single(1, SIGN)
    if (unit === 61 || unit === 58) this.assigned(at)
  }

  /** `api_key = "…"`: the value, if it is a secret, is one token whatever it begins with. */
  private assigned(sign: number): void {
    this.out.looks += 64
    const value = assignedSecret(this.text, sign)
    if (value && !/\n/.test(this.text.slice(sign, value[0]))) {
      this.at = value[0]
      this.literal(value[1], SECRET)
    }
  }

  private end(unit: number): void {
    const { out } = this
    this.single(1, SIGN | ENDS)
    if (foldOf(unit) === 63 && out.sentences > 0) out.question[out.sentences - 1] = 1
    this.ended = ENDED.stop
    this.gap = unit > 255
  }

  private colon(): boolean {
    const { text, at, out } = this
    if (text.charCodeAt(at + 1) === 47 && text.charCodeAt(at + 2) === 47) {
      const url = urlAtScheme(text, at)
      if (url) {
        this.replace(url, isSecretUrl(text.slice(url[0], url[0] + 400)) ? SECRET : /ppl-ai-file-upload\.s3|vertexaisearch\.cloud\.google\.com\/grounding-api-redirect/.test(text.slice(url[0], url[0] + 120)) ? LEFTOVER : URL)
        return true
      }
    }
    if (this.literal(leftoverSign(text, at), LEFTOVER)) return true
    const last = out.count - 1
    const next = text.charCodeAt(at + 1)
    if (last >= 0 && out.end[last] === at && isHexOrColon(next)) {
      let start = at
      while (start > 0 && at - start < 5 && /[0-9a-f]/i.test(text.charAt(start - 1))) start--
      out.looks += 46
      if (start > 0 && (kindOf(text.charCodeAt(start - 1)) === LETTER || text[start - 1] === ':')) return false
      const end = start < at ? ip6End(text, start) : -1
      if (end > at) {
        this.replace([start, end], IP)
        return true
      }
    } else if (next === 58) {
      const end = ip6End(text, at)
      if (end > at + 2 && !this.letterOrDigitBefore(at) && text[at - 1] !== ':') return this.literal(end, IP)
    }
    return false
  }
}


function isHexOrColon(unit: number): boolean {
  return (unit >= 48 && unit <= 58) || ((unit | 32) >= 97 && (unit | 32) <= 102)
}
