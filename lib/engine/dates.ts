import { glued, isNumber, roleAt, signAt, textOf } from './amounts.ts'
import { ROLE } from './lexicon.ts'
import { NEW_SENTENCE, type Tokens } from './tokens.ts'

const YEAR = /^(?:1[89]|20|21)\d\d$/
const DAY = /^(?:0?[1-9]|[12]\d|3[01])$/
const HALF_OR_QUARTER = /^[qh]$/i
const ITS_NUMBER = /^[1-4]$/
const DOTTED = /^\d{1,4}\.\d{1,2}\.\d{2,4}$/
const MONTH = /^(?:0?[1-9]|1[0-2])$/

function inSentence(tokens: Tokens, at: number): boolean {
  return at < tokens.count && !((tokens.flags[at] as number) & NEW_SENTENCE)
}

function matches(tokens: Tokens, at: number, pattern: RegExp): boolean {
  return isNumber(tokens, at) && pattern.test(textOf(tokens, at))
}

/** A month name. Short words that are also something else ("may", "march", "dec") count only with a capital. */
function isMonth(tokens: Tokens, at: number): boolean {
  if (!(roleAt(tokens, at) & ROLE.month)) return false
  const text = textOf(tokens, at)
  return text.length > 4 ? !/^march$/.test(text) : text.charAt(0) !== text.charAt(0).toLowerCase() || /^(?:mai|juin|août|mayo|abril|juli|juni)$/.test(text)
}

/** Date that begins at token `at`: the token after it, or -1. */
export function date(tokens: Tokens, at: number): number {
  if (isNumber(tokens, at)) {
    const length = (tokens.end[at] as number) - (tokens.start[at] as number)
    const text = length > 5 ? textOf(tokens, at) : ''
    if (length > 5 && DOTTED.test(text)) return dotted(text) ? at + 1 : -1
    const figures = parted(tokens, at)
    return figures > 0 ? figures : dayFirst(tokens, at)
  }
  if (isMonth(tokens, at)) return monthFirst(tokens, at)
  const role = roleAt(tokens, at)
  if (role & ROLE.weekday) return weekday(tokens, at)
  if (role & ROLE.next) return relative(tokens, at)
  if ((tokens.end[at] as number) - (tokens.start[at] as number) === 1 && HALF_OR_QUARTER.test(textOf(tokens, at)) && matches(tokens, at + 1, ITS_NUMBER) && glued(tokens, at + 1)) return matches(tokens, at + 2, YEAR) && inSentence(tokens, at + 2) ? at + 3 : at + 2
  return -1
}

function dotted(text: string): boolean {
  const [a = '', b = '', c = ''] = text.split('.')
  if (a.length === 4) return YEAR.test(a) && MONTH.test(b) && DAY.test(c)
  return DAY.test(a) && (MONTH.test(b) || (MONTH.test(a) && DAY.test(b))) && (c.length === 2 || YEAR.test(c))
}

/** `2026-11-23`, `23/11/2026`, `11-23-26`. */
function parted(tokens: Tokens, at: number): number {
  const sign = signAt(tokens, at + 1)
  if ((sign !== '-' && sign !== '/') || signAt(tokens, at + 3) !== sign || !isNumber(tokens, at + 4)) return -1
  for (let i = at + 1; i < at + 5; i++) if (!glued(tokens, i)) return -1
  if (glued(tokens, at + 5) && signAt(tokens, at + 5) === sign) return -1
  const [a, b, c] = [textOf(tokens, at), textOf(tokens, at + 2), textOf(tokens, at + 4)]
  if (YEAR.test(a)) return MONTH.test(b) && DAY.test(c) ? at + 5 : -1
  const day = (DAY.test(a) && MONTH.test(b)) || (MONTH.test(a) && DAY.test(b))
  return day && (YEAR.test(c) || /^\d\d$/.test(c)) ? at + 5 : -1
}

/** `23 November 2026`, `23rd of November`, `23 de noviembre de 2026`, `1er mai`. */
function dayFirst(tokens: Tokens, at: number): number {
  let month = at + 1
  if (!(roleAt(tokens, month) & (ROLE.ordinal | ROLE.of | ROLE.month)) || !DAY.test(textOf(tokens, at))) return -1
  if (roleAt(tokens, month) & ROLE.ordinal && glued(tokens, month)) month++
  if (roleAt(tokens, month) & ROLE.of) month++
  if (!inSentence(tokens, month) || !isMonth(tokens, month)) return -1
  return withYear(tokens, month + 1)
}

function withYear(tokens: Tokens, at: number): number {
  let year = at
  if (signAt(tokens, year) === ',' || roleAt(tokens, year) & ROLE.of) year++
  return inSentence(tokens, year) && matches(tokens, year, YEAR) ? year + 1 : at
}

/** `November 23rd, 2026`, `November 2026`. */
function monthFirst(tokens: Tokens, at: number): number {
  if (!inSentence(tokens, at + 1)) return -1
  if (!matches(tokens, at + 1, DAY)) {
    const end = withYear(tokens, at + 1)
    return end > at + 1 ? end : -1
  }
  let end = at + 2
  if (roleAt(tokens, end) & ROLE.ordinal && glued(tokens, end)) end++
  return withYear(tokens, end)
}

/** `Friday`, `Friday, 13 November`. */
function weekday(tokens: Tokens, at: number): number {
  const next = signAt(tokens, at + 1) === ',' ? at + 2 : at + 1
  if (inSentence(tokens, next) && (isNumber(tokens, next) || isMonth(tokens, next))) {
    const end = isNumber(tokens, next) ? dayFirst(tokens, next) : monthFirst(tokens, next)
    if (end > 0) return end
  }
  return at + 1
}

/** `next week`, `this Friday`, `end of the quarter`. */
function relative(tokens: Tokens, at: number): number {
  let unit = at + 1
  if (/^end$/i.test(textOf(tokens, at))) {
    if (!(roleAt(tokens, unit) & ROLE.of)) return -1
    unit++
    if (unit < tokens.count && /^(?:the|this|next)$/i.test(textOf(tokens, unit))) unit++
    if (unit < tokens.count && inSentence(tokens, unit) && /^(?:day|business)$/i.test(textOf(tokens, unit))) return unit + 1
  }
  return inSentence(tokens, unit) && roleAt(tokens, unit) & ROLE.period ? unit + 1 : -1
}
