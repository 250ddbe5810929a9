import { DIGIT, kindOf } from './chars.ts'
import { closedBy, reaches } from './marks.ts'

/** Units of a block from which on it is scanned in pieces, so that a key in it costs a piece and not the whole. */
export const LONG_BLOCK = 8_000
/** Units that a piece has at least. */
const PIECE = 4_000
/** As far as a placeholder or leftover reaches behind its opening sign. */
const OPEN = 600
/** As far as a private key reaches behind its first line. */
const KEY = 4_200
/** No abbreviation has as many letters. */
const WORD = 7
/** A number so far behind a sentence is not told by a word of the sentence, as in "telephone. 555 1234". */
const AHEAD = 60

/** How far behind its end the text of a piece has been looked at to end it there. */
export const LOOKED_AHEAD = AHEAD + 2

/**
 * End of the piece that begins at `from` of a block that ends at `end`: behind the first full stop, `PIECE` units or more on, over which nothing can reach that depends on what stands
 * on both sides, but for regular expressions. Never inside quotation marks or backticks that may yet be closed. `end` where there is no such place. What is before `from` does not matter.
 */
export function pieceEnd(text: string, from: number, end: number): number {
  let closing = ''
  let quoted = from
  let code = -1
  let open = from - OPEN
  let letters = 0
  for (let i = from; i < end; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 97 && unit <= 122) {
      letters++
      continue
    }
    if (unit === 46) {
      if (letters >= WORD && (closing === '' || !reaches(quoted, i)) && (code < 0 || !reaches(code, i)) && i - from >= PIECE && i - open >= OPEN && mayPart(text, i, end)) return i + 2
    } else if (unit === 96) code = code >= 0 && reaches(code, i) ? -1 : i
    else if (unit === 91 || unit === 123 || unit === 60 || unit === 0x3010 || unit === 0xe200) open = i
    else if (unit === 45 && text.startsWith('-----BEGIN', i)) open = i + KEY
    else if (unit === 34 || unit > 127) {
      if (closing !== '' && reaches(quoted, i) && closing.includes(text.charAt(i))) closing = ''
      else {
        const opened = closedBy(text, i)
        if (opened !== '') {
          closing = opened
          quoted = i
        }
      }
    }
    letters = 0
  }
  return end
}

/** Whether a space, a capital letter and then no number follow the full stop at `stop`. */
function mayPart(text: string, stop: number, end: number): boolean {
  const capital = text.charCodeAt(stop + 2)
  if (stop + LOOKED_AHEAD >= end || text.charCodeAt(stop + 1) !== 32 || capital < 65 || capital > 90) return false
  for (let i = stop + 2; i < stop + LOOKED_AHEAD; i++) if (kindOf(text.charCodeAt(i)) === DIGIT) return false
  return true
}
