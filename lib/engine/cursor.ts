import { DIGIT, expansionOf, foldOf, HASH_SEED, kindOf, LETTER, mix, PAIR, pairAt, SPACE } from './chars.ts'
import { ROLE, roleOf } from './lexicon.ts'
import { beginLiterals } from './literals.ts'
import { NEW_SENTENCE, NUMBER, OPAQUE, SIGN, type Tokens } from './tokens.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a sentence may have ended at. */
export const ENDED = { no: 0, stop: 1, line: 2 } as const

/** Where the lexer is in a text, and the few things it does at many places: sentence starts, pushing and replacing tokens, tokens of one character. */
export class Cursor {
  protected text = ''
  /** The units of the text and two spaces, so that the end of the text is as good as a space. */
  protected units = new Uint16Array(1024)
  protected vocabulary!: Vocabulary
  protected out!: Tokens
  protected at = 0
  /** A sentence may have ended, at a full stop (taken back when what follows says otherwise) or for good at a line break. */
  protected ended: number = ENDED.no
  /** White space, a line or a closing quotation mark has been seen since the stop. */
  protected gap = false

  protected begin(text: string, vocabulary: Vocabulary, out: Tokens): void {
    this.text = text
    this.copy(text)
    this.vocabulary = vocabulary
    this.out = out
    this.at = 0
    this.ended = ENDED.no
    this.gap = false
    out.reset(text)
    beginLiterals(text)
  }

  private copy(text: string): void {
    const { length } = text
    if (length + 2 > this.units.length) this.units = new Uint16Array(Math.max(length + 2, Math.min(this.units.length * 2, 65_536)))
    const { units } = this
    for (let i = 0; i < length; i++) units[i] = text.charCodeAt(i)
    units[length] = units[length + 1] = 32
  }

  /** Whether the token that starts here begins a sentence; decided late, because it depends on this token. */
  protected begins(unit: number): number {
    const { ended, gap } = this
    if (ended === ENDED.no) return 0
    this.ended = ENDED.no
    if (ended === ENDED.line) return NEW_SENTENCE
    // A small letter after a full stop goes on with the sentence.
    return gap && !(kindOf(unit) === LETTER && this.isSmall()) ? NEW_SENTENCE : 0
  }

  private isSmall(): boolean {
    const unit = this.text.charCodeAt(this.at)
    if (unit < 128) return unit >= 97 && unit <= 122
    return this.text.charAt(this.at) !== this.text.charAt(this.at).toUpperCase()
  }

  protected push(start: number, end: number, word: number, flags: number, entity = 0): void {
    this.out.push(start, end, word, flags, entity)
    this.gap = false
  }

  /** Pushes an opaque token from here to `end` when a look succeeded. */
  protected literal(end: number, entity: number): boolean {
    if (end < 0) return false
    this.push(this.at, end, 0, OPAQUE | this.begins(65), entity)
    this.at = end
    return true
  }

  /** Replaces the tokens that a later sign has shown to be part of one thing. */
  protected replace(span: readonly [number, number], entity: number): void {
    const fresh = this.out.dropFrom(span[0])
    this.push(span[0], span[1], 0, OPAQUE | (fresh ? NEW_SENTENCE : this.begins(65)), entity)
    this.at = span[1]
  }

  /** "3. Mai": the stop makes an ordinal. */
  protected isMonthOfDay(word: number, start: number): boolean {
    const { out, text } = this
    const last = out.count - 1
    return last >= 0 && ((out.flags[last] as number) & NUMBER) !== 0 && (roleOf(word) & ROLE.month) !== 0 && text.slice(out.end[last], start) === '. '
  }

  protected letterAt(index: number): boolean {
    if (index >= this.text.length) return false
    const kind = kindOf(this.text.charCodeAt(index))
    return kind === LETTER || (kind === PAIR && pairAt(this.text, index).kind === LETTER)
  }

  protected letterOrDigitBefore(at: number): boolean {
    const kind = at > 0 ? kindOf(this.text.charCodeAt(at - 1)) : SPACE
    return kind === LETTER || kind === DIGIT
  }

  protected single(length: number, flags: number): void {
    const start = this.at
    const end = start + length
    let hash = HASH_SEED
    for (let i = start; i < end; i++) {
      const unit = this.text.charCodeAt(i)
      const kind = kindOf(unit)
      const fold = kind === PAIR ? unit : foldOf(unit)
      if (fold >= 0) hash = mix(hash, fold)
      else for (const part of expansionOf(fold)) hash = mix(hash, part)
    }
    this.push(start, end, length === 1 ? this.vocabulary.find(hash, this.text, start, end) : this.pairWord(start, end), flags | this.begins(65))
    this.at = end
  }

  protected pairWord(start: number, end: number): number {
    let hash = HASH_SEED
    for (const part of pairAt(this.text, start).fold) hash = mix(hash, part)
    return this.vocabulary.find(hash, this.text, start, end)
  }

  /** Styled digits beyond the first plane: one token, seen as a word and not as a number. */
  protected pairNumber(): void {
    const start = this.at
    let hash = HASH_SEED
    let i = start
    while (i < this.text.length && kindOf(this.text.charCodeAt(i)) === PAIR) {
      const pair = pairAt(this.text, i)
      if (pair.kind !== DIGIT) break
      for (const part of pair.fold) hash = mix(hash, part)
      i += pair.length
    }
    this.push(start, i, this.vocabulary.find(hash, this.text, start, i), this.begins(48))
    this.at = i
  }

  /** Whether the full stop behind token `last` belongs to it. */
  protected isAbbreviation(last: number): boolean {
    const { out } = this
    const start = out.start[last] as number
    if ((out.flags[last] as number) & (SIGN | OPAQUE | NUMBER)) return false
    if (roleOf(out.word[last] as number) & ROLE.abbreviation) return true
    if ((out.end[last] as number) - start === 1) return true
    return (out.end[last] as number) - start === 2 && /^(?:no|nr)$/i.test(this.text.slice(start, out.end[last])) && /^\.\s?\d/.test(this.text.slice(out.end[last], (out.end[last] as number) + 3))
  }
}
