/**
 * A second, plain reading of simple texts into tokens, by one regular expression over a small alphabet: words, digits, signs, hyphens, quotes. The random
 * texts of the property test are made of these only; odd characters are tested one by one beside the lexer.
 */
export interface RefToken {
  readonly start: number
  readonly end: number
  readonly word: string
  readonly sign: boolean
  readonly opaque: boolean
  readonly newSentence: boolean
}

const PIECE = /(?<word>[a-z]+)|(?<number>\d+)|(?<sign>[,;:/%&])|(?<ends>[!?])|(?<stop>\.)|(?<line>\n)|(?<space> )|(?<nothing>["*\u00ad\u200b])|(?<hyphen>-)/giy

/** Tokens of a text over letters, digits, spaces, line breaks and `, ; : / % & ! ? . " * -`, zero-width space and soft hyphen. */
export function sentenceTokens(text: string): RefToken[] {
  const out: RefToken[] = []
  let after: 'nothing' | 'stop' | 'line' = 'nothing'
  let gap = false
  const push = (start: number, end: number, sign: boolean): void => {
    const word = text.slice(start, end).toLowerCase()
    const small = /[a-z]/.test(text.charAt(start))
    const newSentence = out.length === 0 || after === 'line' || (after === 'stop' && gap && !small)
    out.push({ start, end, word, sign, opaque: false, newSentence })
    after = 'nothing'
    gap = false
  }
  PIECE.lastIndex = 0
  for (let piece = PIECE.exec(text); piece; piece = PIECE.exec(text)) {
    const start = piece.index
    const end = PIECE.lastIndex
    const { groups = {} } = piece
    if (groups['word'] !== undefined || groups['number'] !== undefined) push(start, end, false)
    else if (groups['sign'] !== undefined) push(start, end, true)
    else if (groups['ends'] !== undefined) {
      push(start, end, true)
      after = 'stop'
      gap = false
    } else if (groups['stop'] !== undefined) {
      // A single letter before the stop is an abbreviation.
      const last = out.at(-1)
      if (!last || last.end !== start || last.sign || last.end - last.start > 1 || /\d/.test(last.word)) {
        if (after !== 'line') after = 'stop'
        gap = false
      }
    } else if (groups['line'] !== undefined) after = 'line'
    else if (groups['space'] !== undefined) gap = true
    else if (groups['hyphen'] !== undefined && !joins(text, start)) push(start, end, true)
  }
  return out
}

/** A hyphen with letters at both sides, or a letter and a digit. */
function joins(text: string, at: number): boolean {
  const before = text.charAt(at - 1)
  const after = text.charAt(at + 1)
  return /[a-z0-9\u00ad\u200b]/i.test(before) && /[a-z0-9\u00ad\u200b]/i.test(after) && !(/\d/.test(before) && /\d/.test(after))
}
