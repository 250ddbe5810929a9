import { CURRENCY, kindOf } from './chars.ts'
import { ROLE, roleOf } from './lexicon.ts'
import { GLUED, NEW_SENTENCE, NUMBER, OPAQUE, SIGN, type Tokens } from './tokens.ts'

/**
 * Amounts over the token stream: numbers in figures and words, money, percentages, durations, doses. Each function looks at a bounded number of
 * tokens from `at` and returns the token after the thing, or -1.
 */

/** Longest number in words, in tokens. */
const WORDS = 24

export function isNumber(tokens: Tokens, at: number): boolean {
  return at < tokens.count && ((tokens.flags[at] as number) & NUMBER) !== 0
}

export function textOf(tokens: Tokens, at: number): string {
  return tokens.text.slice(tokens.start[at], tokens.end[at])
}

/** Whether a token is written exactly so; most are told by their length alone, and none is cut out. */
function isWritten(tokens: Tokens, at: number, text: string): boolean {
  return at < tokens.count && (tokens.end[at] as number) - (tokens.start[at] as number) === text.length && tokens.text.startsWith(text, tokens.start[at])
}

/** First character of a token that is a sign; '' for any other. */
export function signAt(tokens: Tokens, at: number): string {
  return at < tokens.count && at >= 0 && (tokens.flags[at] as number) & SIGN ? tokens.text.charAt(tokens.start[at] as number) : ''
}

export function glued(tokens: Tokens, at: number): boolean {
  return at < tokens.count && ((tokens.flags[at] as number) & GLUED) !== 0
}

/** Role bits of the word at `at`, 0 past the end and at the start of another sentence. */
export function roleAt(tokens: Tokens, at: number): number {
  if (at >= tokens.count || (tokens.flags[at] as number) & (NUMBER | SIGN | OPAQUE)) return 0
  return roleOf(tokens.word[at] as number)
}

function sameSentence(tokens: Tokens, at: number): boolean {
  return at < tokens.count && !((tokens.flags[at] as number) & NEW_SENTENCE)
}

/** Figures, with groups parted by a plain space where `spaced`: `1 299,00`. */
function figures(tokens: Tokens, at: number, spaced: boolean): number {
  if (!isNumber(tokens, at)) return -1
  let end = at + 1
  if (spaced && /^\d{1,3}$/.test(textOf(tokens, at))) {
    while (end - at < 5 && isNumber(tokens, end) && tokens.start[end] === (tokens.end[end - 1] as number) + 1 && /^\d{3}(?:[.,]\d+)?$/.test(textOf(tokens, end))) {
      if (/[.,]/.test(textOf(tokens, end++))) break
    }
  }
  // 1,1^23, "1 sobre 3"
  if (end === at + 1 && isNumber(tokens, end + 1) && ((signAt(tokens, end) === '^' && glued(tokens, end) && glued(tokens, end + 1)) || (sameSentence(tokens, end) && /^sobre$/i.test(textOf(tokens, end))))) return end + 2
  // 1/2, 3/4
  if (end === at + 1 && signAt(tokens, end) === '/' && glued(tokens, end) && isNumber(tokens, end + 1) && glued(tokens, end + 1) && textOf(tokens, at).length < 3 && textOf(tokens, end + 1).length < 3) end += 2
  return end
}

/** Million, k, mil millones: after a number. A single letter must touch it. */
function scales(tokens: Tokens, from: number): number {
  let at = from
  while (at - from < 3 && roleAt(tokens, at) & ROLE.scale && sameSentence(tokens, at)) {
    if ((tokens.end[at] as number) - (tokens.start[at] as number) === 1 && !glued(tokens, at)) break
    at++
  }
  return at
}

/** Two hundred and fifty, vingt-cinq. A lone "one", and words that are also something else, do not make a number unless `sure`. */
export function numberWords(tokens: Tokens, at: number, sure: boolean): number {
  const bits = ROLE.number | ROLE.one | ROLE.scale | ROLE.hundred
  const first = roleAt(tokens, at)
  const length = (tokens.end[at] as number) - (tokens.start[at] as number)
  const article = length === 1 && tokens.text.charAt(tokens.start[at] as number).toLowerCase() === 'a' && (roleAt(tokens, at + 1) & (ROLE.hundred | ROLE.scale)) !== 0
  if (!article && (!(first & bits) || length < 2)) return -1
  if (!sure && first & (ROLE.weak | ROLE.one | ROLE.scale | ROLE.hundred) && !(roleAt(tokens, at + 1) & (ROLE.number | ROLE.scale | ROLE.hundred))) return -1
  let end = at + 1
  while (end - at < WORDS && sameSentence(tokens, end)) {
    const role = roleAt(tokens, end)
    const isWord = role & (ROLE.number | ROLE.scale | ROLE.hundred | ROLE.one) && (tokens.end[end] as number) - (tokens.start[end] as number) > 1
    // French "cent" is a hundred before a unit or another number, else it is a coin.
    if (isWord && !(role & ROLE.minor && !(roleAt(tokens, end + 1) & (ROLE.number | ROLE.currency | ROLE.percent | ROLE.scale)))) end++
    else if (role & ROLE.and && end + 1 < tokens.count && joins(tokens, end + 1) && sameSentence(tokens, end + 1) && !(first & ROLE.one)) end += 2
    else break
  }
  return end
}

/** What "and" may add to a number: another, or "one" where a unit follows ("vinte e um por cento"). */
function joins(tokens: Tokens, at: number): boolean {
  const role = roleAt(tokens, at)
  if (role & (ROLE.number | ROLE.hundred)) return true
  return (role & ROLE.one) !== 0 && (roleAt(tokens, at + 1) & (ROLE.percent | ROLE.per | ROLE.currency | ROLE.scale | ROLE.number)) !== 0
}

/** A number in figures or words with its scale. */
export function amount(tokens: Tokens, at: number, spaced: boolean, sure: boolean): number {
  const figure = figures(tokens, at, spaced)
  if (figure > 0) return scales(tokens, figure)
  return numberWords(tokens, at, sure)
}

/** `-5`, `10-20`, `10 to 20`: the second number of a range, or the end of the first. */
function rangeEnd(tokens: Tokens, end: number, spaced: boolean): number {
  const sign = signAt(tokens, end)
  const to = sign === '-' || sign === '–' || sign === '—' || (roleAt(tokens, end) & ROLE.to && sameSentence(tokens, end))
  if (!to || !isNumber(tokens, end + 1)) return -1
  const second = figures(tokens, end + 1, spaced)
  return second > 0 ? scales(tokens, second) : -1
}

function isCurrencySign(tokens: Tokens, at: number): boolean {
  return signAt(tokens, at) !== '' && kindOf(tokens.text.charCodeAt(tokens.start[at] as number)) === CURRENCY
}

/** Currency names and codes. A code that is also a word counts only in capitals. */
function isCurrencyWord(tokens: Tokens, at: number, minor: boolean): boolean {
  const role = roleAt(tokens, at)
  if (role & ROLE.minor) return minor
  // One letter is a coin only in small print: "10 c" and never "10 C".
  if (minor && isWritten(tokens, at, 'c') && !glued(tokens, at)) return true
  if (isWritten(tokens, at, 'RM')) return true
  if (role & ROLE.currency) return true
  return (role & ROLE.code) !== 0 && (tokens.end[at] as number) - (tokens.start[at] as number) === 3 && textOf(tokens, at) === textOf(tokens, at).toUpperCase()
}

/** The tokens of the letters of `US$`, `R$`, `HK $`, `U.S. $` at `at`; 0 where there are none. */
function prefixLength(tokens: Tokens, at: number): number {
  const letters = (tokens.end[at] as number) - (tokens.start[at] as number)
  if (letters === 1 && /^u\.? ?s$/i.test(tokens.text.slice(tokens.start[at], tokens.end[at + 1])) && isCurrencySign(tokens, at + 2) && isNumber(tokens, at + 3)) return 2
  if (letters > 3 || !isCurrencySign(tokens, at + 1)) return 0
  if (glued(tokens, at + 1)) return /^[A-Za-z]{1,3}$/.test(textOf(tokens, at)) ? 1 : 0
  return isNumber(tokens, at + 2) && ((letters === 2 && (roleAt(tokens, at) & ROLE.code) !== 0) || /^[cC]$/.test(textOf(tokens, at))) ? 1 : 0
}

export function prefixesSign(tokens: Tokens, at: number): boolean {
  return prefixLength(tokens, at) > 0
}

/** Sign or code in front of a number: `$`, `US$`, `CHF`, `-€`. Returns the token of the number, or -1. */
function currencyBefore(tokens: Tokens, at: number): number {
  let next = at
  const role = roleAt(tokens, next)
  const prefix = prefixLength(tokens, next)
  if (prefix > 0) {
    next += prefix + 1
    // "U$D 90", "U$S 90"
    if (next < tokens.count && glued(tokens, next) && /^[DS]$/.test(textOf(tokens, next))) next++
  }
  else if (isCurrencySign(tokens, next)) next++
  else if (role & ROLE.code && !isCurrencySign(tokens, next + 1) && (tokens.end[next] as number) - (tokens.start[next] as number) === 3) {
    if (!glued(tokens, next + 1) && textOf(tokens, next) !== textOf(tokens, next).toUpperCase()) return -1
    next++
  } else if (role & ROLE.currency && /^(?:euro|dollar|dólar|dolar|RM)$/i.test(textOf(tokens, next)) && isNumber(tokens, next + 1) && !isNumber(tokens, next - 1)) next++
  else return -1
  if (signAt(tokens, next) === '-' && glued(tokens, next)) next++
  // "$ one billion", "$ um bilhão"
  if (isCurrencySign(tokens, next - 1) && sameSentence(tokens, next) && numberWords(tokens, next, false) > 0) return next
  return isNumber(tokens, next) && tokens.text.slice(tokens.end[next - 1], tokens.start[next]).length <= 1 && (sameSentence(tokens, next) || next === at) ? next : -1
}

/** Unit behind a number: `€`, `dollars`, `millions d'euros`, `US dollars`. Returns the token after it, or -1. */
function currencyAfter(tokens: Tokens, from: number): number {
  let at = from
  if (at >= tokens.count || !sameSentence(tokens, at)) return -1
  if (roleAt(tokens, at) & ROLE.of) at++
  for (let n = 0; n < 2 && roleAt(tokens, at) & ROLE.qualifier && (isCurrencyWord(tokens, at + 1, true) || isCurrencySign(tokens, at + 1) || roleAt(tokens, at + 1) & ROLE.qualifier); n++) at++
  if (isCurrencySign(tokens, at)) {
    // In "5 $10" the sign belongs to the next number.
    if (!glued(tokens, at) && glued(tokens, at + 1) && isNumber(tokens, at + 1)) return -1
    return isCurrencyWord(tokens, at + 1, false) && textOf(tokens, at + 1).length === 3 ? at + 2 : at + 1
  }
  if (at < tokens.count && sameSentence(tokens, at) && isCurrencyWord(tokens, at, true)) return at + 1
  return -1
}

/** Amount of money that begins at `at`. */
export function money(tokens: Tokens, at: number): number {
  const number = currencyBefore(tokens, at)
  if (number >= 0) {
    let end = amount(tokens, number, true, false)
    const second = rangeEnd(tokens, end, true)
    if (second > 0 && signAt(tokens, end) !== '') end = second
    if (swissEnd(tokens, end)) end++
    // "$20 USD", "$ 75 million of dollars": only a name in letters doubles the sign.
    const unit = isCurrencySign(tokens, at) ? currencyAfter(tokens, end) : -1
    return unit > 0 && !isCurrencySign(tokens, unit - 1) && !(roleAt(tokens, unit - 1) & ROLE.minor) ? unit : end
  }
  for (const spaced of [true, false]) {
    let end = amount(tokens, at, spaced, true)
    if (end < 0) return -1
    const second = rangeEnd(tokens, end, spaced)
    if (second > 0 && currencyAfter(tokens, second) > 0) end = second
    const unit = currencyAfter(tokens, swissEnd(tokens, end) ? end + 1 : end)
    if (unit > 0) return withMinor(tokens, scales(tokens, roleAt(tokens, unit) & ROLE.trailing && sameSentence(tokens, unit) ? unit + 1 : unit))
  }
  return -1
}

/** `1'299.-` and `1'299.–` end with a dash. */
function swissEnd(tokens: Tokens, at: number): boolean {
  const sign = signAt(tokens, at)
  return (sign === '-' || sign === '–' || sign === '—') && tokens.text.charAt((tokens.start[at] as number) - 1) === '.'
}

/** "3 euros and 50 cents", "3 euros and 50", "3 euros 50", "three dollars fifty". */
function withMinor(tokens: Tokens, end: number): number {
  const bare = bareMinor(tokens, end)
  if (bare > 0) return bare
  if (roleAt(tokens, end) & ROLE.and && isNumber(tokens, end + 1) && /^\d\d?$/.test(textOf(tokens, end + 1)) && (!sameSentence(tokens, end + 2) || /[,;!?]/.test(signAt(tokens, end + 2)))) return end + 2
  const from = roleAt(tokens, end) & ROLE.and && sameSentence(tokens, end) ? end + 1 : end
  if (!sameSentence(tokens, from)) return end
  const minor = amount(tokens, from, false, true)
  return minor > 0 && minor < tokens.count && roleAt(tokens, minor) & ROLE.minor && sameSentence(tokens, minor) ? minor + 1 : end
}

/** The "50" of "15 dollars 50", which counts nothing else. */
function bareMinor(tokens: Tokens, end: number): number {
  if (!sameSentence(tokens, end) || roleAt(tokens, end) & ROLE.and) return -1
  const figure = isNumber(tokens, end) && /^\d\d$/.test(textOf(tokens, end))
  const after = figure ? end + 1 : numberWords(tokens, end, true)
  if (after < 0 || after - end > 2) return -1
  for (let i = end; i < after; i++) if (roleAt(tokens, i) & (ROLE.hundred | ROLE.scale)) return -1
  const closed = !sameSentence(tokens, after) || /[,;!?)]/.test(signAt(tokens, after))
  if (!figure || signAt(tokens, after) !== '') return closed ? after : -1
  return closed || !(roleAt(tokens, after) & (ROLE.currency | ROLE.code | ROLE.minor | ROLE.percent | ROLE.per | ROLE.duration | ROLE.dose | ROLE.scale | ROLE.month)) ? after : -1
}

/** A percentage that begins at `at`: `20 %`, `5-10%`, `20 per cent`. */
export function percent(tokens: Tokens, at: number): number {
  if (roleAt(tokens, at) & ROLE.percent) return percentageOf(tokens, at)
  for (const spaced of [true, false]) {
    let end = amount(tokens, at, spaced, true)
    if (end < 0) return -1
    // "hundert Prozent" takes the unit word into the number where it is both.
    const second = rangeEnd(tokens, end, spaced)
    if (second > 0 && percentUnit(tokens, second) > 0) end = second
    const unit = percentUnit(tokens, end)
    if (unit > 0) return unit
  }
  return -1
}

/** "a percentage of 30", "percentage van 30". */
function percentageOf(tokens: Tokens, at: number): number {
  const named = /^(?:percentage|pourcentage|pourcent|prozentsatz|porcentaje|percentuale|percentagem)$/i.test(textOf(tokens, at))
  return named && roleAt(tokens, at + 1) & ROLE.of && sameSentence(tokens, at + 2) && at + 2 < tokens.count ? amount(tokens, at + 2, false, true) : -1
}

function percentUnit(tokens: Tokens, at: number): number {
  if (at >= tokens.count || !sameSentence(tokens, at)) return -1
  const sign = signAt(tokens, at)
  if (sign === '%' || sign === '％' || sign === '٪' || sign === '﹪') return tokens.start[at] as number - (tokens.end[at - 1] as number) <= 2 ? at + 1 : -1
  if (roleAt(tokens, at) & ROLE.percent) return at + 1
  if (roleAt(tokens, at) & ROLE.per && at + 1 < tokens.count && /^(?:cent|cento|ciento|cien)$/i.test(textOf(tokens, at + 1))) return at + 2
  return -1
}

/** `3 months`, `30-day`, `24 hrs`, `10 business days`. */
export function duration(tokens: Tokens, at: number): number {
  let end = amount(tokens, at, false, true)
  if (end < 0) return -1
  const second = rangeEnd(tokens, end, false)
  if (second > 0) end = second
  if (signAt(tokens, end) === '+' && glued(tokens, end)) end++
  for (let n = 0; n < 2 && roleAt(tokens, end) & ROLE.workday; n++) end++
  if (!sameSentence(tokens, end) || !(roleAt(tokens, end) & ROLE.duration)) return -1
  const letters = (tokens.end[end] as number) - (tokens.start[end] as number)
  return letters > 1 || glued(tokens, end) ? end + 1 : -1
}

/** `500 mg`, `5 ml`, `2 tablets`, `10 mg/kg`. */
export function dose(tokens: Tokens, at: number): number {
  let end = amount(tokens, at, false, false)
  if (end < 0) return -1
  const second = rangeEnd(tokens, end, false)
  if (second > 0) end = second
  if (!sameSentence(tokens, end) || !(roleAt(tokens, end) & ROLE.dose)) return -1
  // MG is a make of car, ML a model of one.
  if (isWritten(tokens, end, 'MG') || isWritten(tokens, end, 'ML')) return -1
  if (signAt(tokens, end + 1) === '/' && /^(?:kg|day|d|h|tag|ml|l)$/i.test(textOf(tokens, Math.min(end + 2, tokens.count - 1)))) return Math.min(end + 3, tokens.count)
  return end + 1
}
