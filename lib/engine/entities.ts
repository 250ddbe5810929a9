import { amount, dose, duration, glued, isNumber, money, numberWords, percent, prefixesSign, roleAt, signAt, textOf } from './amounts.ts'
import { CURRENCY, DIGIT, kindOf } from './chars.ts'
import { date } from './dates.ts'
import { cardEnd, ibanEnd, isIp4, phoneEnd, ssnEnd } from './identifiers.ts'
import { tokenize } from './lexer.ts'
import { baseVocabulary, ROLE, roleOf } from './lexicon.ts'
import { nationalIdEnd } from './national-ids.ts'
import { inOrder } from './ranges.ts'
import { NUMBER, OPAQUE, SIGN, Tokens } from './tokens.ts'
import { type Entity, ENTITY_KINDS, type EntityKind } from './types.ts'

/** Told of each entity: index into `ENTITY_KINDS`, first token, token after the last. */
export type Emit = (kind: number, from: number, to: number) => void

const KIND = Object.fromEntries(ENTITY_KINDS.map((kind, i) => [kind, i])) as Readonly<Record<EntityKind, number>>

/** Roles of a word that can begin an entity. */
const BEGINS = ROLE.number | ROLE.one | ROLE.scale | ROLE.hundred | ROLE.code | ROLE.currency | ROLE.percent | ROLE.month | ROLE.weekday | ROLE.next

/**
 * Finds every entity of a token stream. A number inside money, a percentage, a duration or a dose is told as a number too, so that a rule may ask for
 * either; digits of a card, an account, a phone or a date are not numbers.
 */
export function recognize(tokens: Tokens, emit: Emit): void {
  const { count, flags, entity, word, start, end } = tokens
  for (let at = 0; at < count;) {
    const bits = flags[at] as number
    // Most tokens are words that begin nothing.
    if (!(bits & (OPAQUE | NUMBER | SIGN)) && !(roleOf(word[at] as number) & BEGINS) && !mayBegin(tokens, at, (end[at] as number) - (start[at] as number))) at++
    else if (bits & OPAQUE) emit(entity[at] as number, at, ++at)
    else if (bits & NUMBER) at = fromNumber(tokens, at, emit)
    else if (bits & SIGN) at = fromSign(tokens, at, emit)
    else at = fromWord(tokens, at, emit)
  }
}

/** Whether a word of `length` letters without a role may begin an identifier or an amount: "AB 12", "Q3", "US$", "u. s. $", "a hundred". */
function mayBegin(tokens: Tokens, at: number, length: number): boolean {
  if (length > 3) return length === 6 && isNumber(tokens, at + 1)
  if (at + 1 >= tokens.count) return false
  if ((tokens.flags[at + 1] as number) & (NUMBER | SIGN)) return true
  if (length > 1) return false
  const letter = tokens.text.charCodeAt(tokens.start[at] as number) | 32
  return letter === 117 || (letter === 97 && (roleAt(tokens, at + 1) & (ROLE.hundred | ROLE.scale)) !== 0)
}

/** What may part the digits of a card, and of a phone: all others end them. */
const CARD_PARTS = ' -\u00a0\u202f'
const ID_PARTS = ' -.'
const PHONE_PARTS = ' .-/()\u00a0\u202f\u2011\u2013'

/** Whether at least `least` digits stand at `at`, with nothing but `parts` between: what cards and phones have, and most numbers have not. */
function digitsAhead(text: string, at: number, least: number, parts: string): boolean {
  const stop = Math.min(text.length, at + 44)
  let digits = 0
  for (let i = at; i < stop; i++) {
    const unit = text.charCodeAt(i)
    if (kindOf(unit) === DIGIT) {
      if (++digits === least) return true
    } else if (unit !== 32 && !parts.includes(text.charAt(i))) return false
  }
  return false
}

/** Three digits and then none, as the number of a social security card begins. */
function threeDigits(text: string, at: number): boolean {
  return at + 3 < text.length && kindOf(text.charCodeAt(at + 1)) === DIGIT && kindOf(text.charCodeAt(at + 2)) === DIGIT && kindOf(text.charCodeAt(at + 3)) !== DIGIT
}

/** First token at or after the character `end`. */
function tokenAt(tokens: Tokens, from: number, end: number): number {
  let at = from
  while (at < tokens.count && (tokens.start[at] as number) < end) at++
  return at
}

/** Tells an entity that ends at a character, if it ends where a token ends. */
function emitTo(tokens: Tokens, kind: EntityKind, at: number, end: number, emit: Emit): number {
  if (end < 0) return -1
  const to = tokenAt(tokens, at, end)
  if (tokens.end[to - 1] !== end) return -1
  emit(KIND[kind], at, to)
  return to
}

/** Nothing touches the token that would make it the middle of something longer. */
function startsRun(tokens: Tokens, at: number): boolean {
  if (at === 0 || !glued(tokens, at)) return true
  const before = signAt(tokens, at - 1)
  return before !== '' && !'-/.+*$€£'.includes(before)
}

/** A word such as "phone" within the last four tokens, or "fax" right behind the digits. */
function isCalled(tokens: Tokens, at: number): boolean {
  let after = at + 1
  while (after - at < 6 && (isNumber(tokens, after) || signAt(tokens, after) === '-')) after++
  if (roleAt(tokens, after) & ROLE.phone) return true
  for (let i = at - 1; i >= 0 && i >= at - 4; i--) if (roleAt(tokens, i) & ROLE.phone) return true
  return false
}

/** A word that names a national number, within the last five tokens. */
function isIdentity(tokens: Tokens, at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 5; i--) if (roleAt(tokens, i) & ROLE.identity) return true
  return false
}

/** The last group of an account number or code, "A290 0794 0102", is not where a phone number begins. */
function goesOn(tokens: Tokens, at: number): boolean {
  const start = tokens.start[at] as number
  return /(?:[A-Z]\d|\d[A-Z])[A-Z0-9]* $/.test(tokens.text.slice(Math.max(0, start - 6), start))
}

function identifier(tokens: Tokens, at: number, emit: Emit): number {
  const { text, start } = tokens
  const from = start[at] as number
  if (!startsRun(tokens, at)) return -1
  tokens.looks += 130
  let to = -1
  if (digitsAhead(text, from, 12, CARD_PARTS)) to = emitTo(tokens, 'card', at, cardEnd(text, from), emit)
  if (to < 0 && threeDigits(text, from)) to = emitTo(tokens, 'ssn', at, ssnEnd(text, from), emit)
  if (to < 0 && digitsAhead(text, from, 6, ID_PARTS)) to = emitTo(tokens, 'id', at, nationalIdEnd(text, from, isIdentity(tokens, at)), emit)
  if (to < 0 && (tokens.end[at] as number) - from > 6 && isIp4(textOf(tokens, at)) && !/^(?:v|version)$/i.test(at > 0 ? textOf(tokens, at - 1) : '')) emit(KIND.ip, at, (to = at + 1))
  return to
}

function fromNumber(tokens: Tokens, at: number, emit: Emit): number {
  const identified = identifier(tokens, at, emit)
  if (identified > 0) return identified
  const dated = date(tokens, at)
  if (dated > 0) {
    emit(KIND.date, at, dated)
    return dated
  }
  const unit = unitAhead(tokens, at) ? measured(tokens, at, at, emit) : -1
  if (unit > 0) return unit
  const hash = at > 0 && signAt(tokens, at - 1) === '#'
  const phone = startsRun(tokens, at) && !hash && digitsAhead(tokens.text, tokens.start[at] as number, 7, PHONE_PARTS) && !goesOn(tokens, at) ? emitTo(tokens, 'phone', at, phoneEnd(tokens.text, tokens.start[at] as number, isCalled(tokens, at)), emit) : -1
  if (phone > 0) return phone
  const end = amount(tokens, at, false, false)
  emit(KIND.number, at, end)
  return end
}

/** A number that goes on, or makes an amount of something, has a figure, a unit's sign or a word with a role behind it, or behind the range that it begins. */
function unitAhead(tokens: Tokens, at: number): boolean {
  const next = at + 1
  const sign = signAt(tokens, next)
  if (sign === '' || !DASHES.includes(sign)) return mayBeUnit(tokens, next)
  return endsSwiss(tokens, next) || (isNumber(tokens, next + 1) && (endsSwiss(tokens, next + 2) || mayBeUnit(tokens, next + 2)))
}

const DASHES = '-–—'

/** A dash right behind a full stop, as in "1'299.-". */
function endsSwiss(tokens: Tokens, at: number): boolean {
  const sign = signAt(tokens, at)
  return sign !== '' && DASHES.includes(sign) && tokens.text.charAt((tokens.start[at] as number) - 1) === '.'
}

function mayBeUnit(tokens: Tokens, at: number): boolean {
  if (at >= tokens.count) return false
  const sign = signAt(tokens, at)
  if (sign === '') {
    const length = (tokens.end[at] as number) - (tokens.start[at] as number)
    // "10 c", "10 RM", "1 sobre 3"
    return isNumber(tokens, at) || roleAt(tokens, at) !== 0 || length < 3 || (length === 5 && /^sobre$/i.test(textOf(tokens, at)))
  }
  return '%％٪﹪/+^'.includes(sign) || kindOf(tokens.text.charCodeAt(tokens.start[at] as number)) === CURRENCY
}

const MEASURES = [['money', money], ['percent', percent], ['duration', duration], ['dose', dose]] as const

/** Money, percentage, duration, dose from `from`, whose number begins at `number`; the number itself is told too. */
function measured(tokens: Tokens, from: number, number: number, emit: Emit): number {
  for (const [kind, look] of MEASURES) {
    const end = look(tokens, kind === 'money' ? from : number)
    if (end < 0) continue
    const first = kind === 'percent' || kind === 'money' ? from : number
    emit(KIND[kind], first, end)
    const plain = amount(tokens, number, false, true)
    if (plain > 0) emit(KIND.number, number, Math.min(plain, end))
    return end
  }
  return -1
}

function fromSign(tokens: Tokens, at: number, emit: Emit): number {
  const sign = signAt(tokens, at)
  const start = tokens.start[at] as number
  if (kindOf(tokens.text.charCodeAt(start)) === CURRENCY) {
    const end = money(tokens, at)
    if (end < 0) return at + 1
    emit(KIND.money, at, end)
    const number = firstNumber(tokens, at, end)
    emit(KIND.number, number, amount(tokens, number, false, false))
    return end
  }
  if (sign === '+' || sign === '(') {
    const end = startsRun(tokens, at) ? emitTo(tokens, 'phone', at, phoneEnd(tokens.text, start, isCalled(tokens, at)), emit) : -1
    return end > 0 ? end : at + 1
  }
  // A minus, or the comma of ",5 %", that touches its number and nothing before it.
  if ((sign === '-' || sign === '−' || (sign === ',' && glued(tokens, at + 1))) && isNumber(tokens, at + 1) && (!glued(tokens, at) || at === 0)) {
    const end = signed(tokens, at, emit)
    if (end > 0) return end
  }
  return at + 1
}

/** What is measured by the number behind the sign at `at`; the sign belongs to it where it touches. */
function signed(tokens: Tokens, at: number, emit: Emit): number {
  return measured(tokens, at + 1, at + 1, (kind, from, to) => emit(kind, kind !== KIND.number && from === at + 1 && glued(tokens, at + 1) ? at : from, to))
}

function firstNumber(tokens: Tokens, from: number, to: number): number {
  let at = from
  while (at < to && !isNumber(tokens, at)) at++
  return at
}

function fromWord(tokens: Tokens, at: number, emit: Emit): number {
  const { text, start, end } = tokens
  const from = start[at] as number
  const length = (end[at] as number) - from
  const role = roleAt(tokens, at)
  if ((length < 3 || length === 6) && isNumber(tokens, at + 1) && (length === 2 || glued(tokens, at + 1)) && isCapital(text.charCodeAt(from))) {
    tokens.looks += 32
    const person = emitTo(tokens, 'id', at, nationalIdEnd(text, from, false), emit)
    if (person > 0) return person
  }
  if (role & BEGINS || length < 4) {
    if (length === 2 && isNumber(tokens, at + 1) && glued(tokens, at + 1)) {
      const account = emitTo(tokens, 'iban', at, ibanEnd(text, from), emit)
      if (account > 0) return account
    }
    if (role & BEGINS || (length === 1 && beginsShort(tokens, at)) || prefixesSign(tokens, at)) return fromKnownWord(tokens, at, role, emit)
  }
  return at + 1
}

/** National numbers that begin with a letter count in capitals only. */
function isCapital(unit: number): boolean {
  return unit >= 65 && unit <= 90
}

/** The "Q" of "Q3", the "a" of "a hundred". */
function beginsShort(tokens: Tokens, at: number): boolean {
  const letter = tokens.text.charCodeAt(tokens.start[at] as number) | 32
  if (letter === 113 || letter === 104) return isNumber(tokens, at + 1) && glued(tokens, at + 1)
  return letter === 97 && (roleAt(tokens, at + 1) & (ROLE.hundred | ROLE.scale)) !== 0
}

function fromKnownWord(tokens: Tokens, at: number, role: number, emit: Emit): number {
  const dated = date(tokens, at)
  if (dated > 0) {
    emit(KIND.date, at, dated)
    return dated
  }
  if (role & (ROLE.code | ROLE.currency) || prefixesSign(tokens, at)) {
    const paid = money(tokens, at)
    if (paid > 0) {
      emit(KIND.money, at, paid)
      const number = firstNumber(tokens, at, paid)
      if (number < paid) emit(KIND.number, number, Math.min(paid, amount(tokens, number, false, false)))
      return paid
    }
  }
  const unit = measured(tokens, at, at, emit)
  if (unit > 0) return unit
  const number = numberWords(tokens, at, false)
  if (number < 0) return at + 1
  emit(KIND.number, at, number)
  return number
}

/** Of `findEntities`, which is over before it is asked again. */
const scratch = new Tokens()

/** Every entity of a text, sorted by start; what stands inside another is left out. */
export function findEntities(text: string): Entity[] {
  const tokens = scratch
  tokenize(text, baseVocabulary, tokens)
  const found: Entity[] = []
  recognize(tokens, (kind, from, to) => {
    found.push({ kind: ENTITY_KINDS[kind] as EntityKind, span: { start: tokens.start[from] as number, end: tokens.end[to - 1] as number } })
  })
  inOrder(found, (a, b) => a.span.start - b.span.start || b.span.end - a.span.end || ENTITY_KINDS.indexOf(a.kind) - ENTITY_KINDS.indexOf(b.kind))
  let last = -1
  return found.filter(({ span }) => {
    if (span.end <= last) return false
    last = span.end
    return true
  })
}
