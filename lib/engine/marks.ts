import { DIGIT, kindOf, LETTER, SPACE } from './chars.ts'
import { LIMITS } from './limits.ts'
import { CODE, QUOTED, type Tokens } from './tokens.ts'

const CLOSES: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“”', '‟': '”', '«': '»', '»': '«' }

/** What closes the quotation that the mark at `at` opens; '' where it opens none, such as inches. */
export function closedBy(text: string, at: number): string {
  const char = text.charAt(at)
  const before = at > 0 ? kindOf(text.charCodeAt(at - 1)) : SPACE
  return char === '"' && (before === LETTER || before === DIGIT) ? '' : CLOSES[char] ?? ''
}

/** Whether what was opened at `from` can still be closed at `at`: a mark that finds no other within the limit quotes nothing. */
export function reaches(from: number, at: number): boolean {
  return at - from <= LIMITS.quotation
}

/** Keeps track of quotation marks and backticks while a block is read; what stands between a pair is flagged when the pair closes. */
export class Marks {
  private quoteFrom = -1
  private quoteAt = 0
  private closing = ''
  private codeFrom = -1
  private codeAt = 0

  private out!: Tokens

  /** Forgets everything; flags go to `out` from now on. */
  reset(out: Tokens): void {
    this.out = out
    this.quoteFrom = this.codeFrom = -1
  }

  /** A backtick at `at`. */
  code(at: number): void {
    if (this.codeFrom >= 0 && reaches(this.codeAt, at)) {
      this.flag(this.codeFrom, CODE)
      this.codeFrom = -1
      return
    }
    this.codeFrom = this.out.count
    this.codeAt = at
  }

  /** The quotation mark at `at`; true when it closes a pair. Inches and a mark that never closes quote nothing. */
  quote(text: string, at: number): boolean {
    const char = text.charAt(at)
    if (this.quoteFrom >= 0 && reaches(this.quoteAt, at) && this.closing.includes(char)) {
      this.flag(this.quoteFrom, QUOTED)
      this.quoteFrom = -1
      return true
    }
    const closing = closedBy(text, at)
    if (closing !== '') {
      this.quoteFrom = this.out.count
      this.quoteAt = at
      this.closing = closing
    }
    return false
  }

  private flag(from: number, bit: number): void {
    const { flags, count } = this.out
    for (let i = from; i < count; i++) flags[i] = (flags[i] as number) | bit
  }
}
