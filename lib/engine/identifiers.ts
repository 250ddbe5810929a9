import { DIGIT, foldOf, kindOf, LETTER } from './chars.ts'

/** Numbers that identify: cards, accounts, phones, addresses of machines. Looks at a bounded number of characters from `at`; the end or -1. */

/** Most characters of one such number, separators included. */
const MOST = 44

interface Digits { digits: string; /** End of each digit. */ ends: number[]; separators: string }

/** Digits from `at` with the given separators, single ones, between. */
function digitsFrom(text: string, at: number, allowed: string, double = false): Digits {
  const out: Digits = { digits: '', ends: [], separators: '' }
  let lastSeparator = 0
  for (let i = at; i < text.length && i - at < MOST; i++) {
    const unit = text.charCodeAt(i)
    if (kindOf(unit) === DIGIT && foldOf(unit) > 0) {
      out.digits += String.fromCharCode(foldOf(unit))
      out.ends.push(i + 1)
      lastSeparator = 0
    } else if (allowed.includes(text.charAt(i)) && out.digits !== '' && (lastSeparator === 0 || (double && lastSeparator < 3))) {
      out.separators += text.charAt(i)
      lastSeparator++
    } else break
  }
  return out
}

/** True where a letter or digit touches `at` from the right. */
function touches(text: string, at: number): boolean {
  if (at >= text.length) return false
  const kind = kindOf(text.charCodeAt(at))
  return kind === LETTER || kind === DIGIT
}

/** Issuer prefixes and lengths: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro. */
const ISSUERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]], [/^(?:5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720))/, [16]], [/^3[47]/, [15]], [/^(?:6011|64[4-9]|65)/, [16, 17, 18, 19]],
  [/^3(?:0[0-5]|[689])/, [14, 16]], [/^35/, [16]], [/^35(?:2[89]|[3-8])/, [17, 18, 19]], [/^(?:1800|2131)/, [15]], [/^62/, [16, 17, 18, 19]], [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [12, 13, 14, 15, 16, 17, 18, 19]],
]

const CARD_DIGITS = 19
/** Scratch of `cardEnd`: digits and where each ends. */
const cardDigits = new Uint8Array(CARD_DIGITS)
const cardEnds = new Int32Array(CARD_DIGITS)

/** Reads up to `CARD_DIGITS` digits, single spaces or hyphens between, into the scratch; returns how many, 0 where all are the same. */
function readCard(text: string, at: number): number {
  let count = 0
  let same = true
  let parted = false
  for (let i = at; i < text.length && i - at < MOST && count < CARD_DIGITS; i++) {
    const unit = text.charCodeAt(i)
    const digit = kindOf(unit) === DIGIT ? foldOf(unit) - 48 : -1
    if (digit >= 0) {
      if (count > 0 && digit !== cardDigits[0]) same = false
      cardDigits[count] = digit
      cardEnds[count++] = i + 1
      parted = false
    } else if (count > 0 && !parted && (unit === 32 || unit === 45 || unit === 0xa0 || unit === 0x202f)) parted = true
    else break
  }
  return same ? 0 : count
}

function luhn(digits: Uint8Array, length: number): boolean {
  let sum = 0
  for (let i = 0; i < length; i++) {
    let value = digits[length - 1 - i] as number
    if (i % 2 === 1 && (value *= 2) > 9) value -= 9
    sum += value
  }
  return sum % 10 === 0
}

/** Payment card number: issuer, length and Luhn's check digit. */
export function cardEnd(text: string, at: number): number {
  const first = text.charCodeAt(at)
  // Others begin with none of these figures, and with 1 only those of 1800.
  if (first === 48 || (first >= 55 && first <= 57) || (first === 49 && !/^1[ \u00a0\u202f-]?8/.test(text.slice(at, at + 3)))) return -1
  const count = readCard(text, at)
  if (count < 12) return -1
  const prefix = cardDigits.subarray(0, 6).join('')
  const issuers = ISSUERS.filter(([start]) => start.test(prefix))
  for (let length = issuers.length > 0 ? count : 0; length >= 12; length--) {
    if (!issuers.some(([, lengths]) => lengths.includes(length))) continue
    const end = cardEnds[length - 1] as number
    if (!touches(text, end) && luhn(cardDigits, length) && !allSame(length)) return end
  }
  return -1
}

function allSame(length: number): boolean {
  for (let i = 1; i < length; i++) if (cardDigits[i] !== cardDigits[0]) return false
  return true
}

/** Country and length of its account numbers. */
const IBAN_LENGTHS = new Map((`AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30
KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20`
  .match(/[A-Z]{2}\d\d/g) ?? []).map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]))

/** IBAN that begins at the letters at `at`: country's length and remainder 1 of 97. */
export function ibanEnd(text: string, at: number): number {
  const length = IBAN_LENGTHS.get(text.slice(at, at + 2).toUpperCase())
  if (!length || !/^\d\d/.test(text.slice(at + 2, at + 4))) return -1
  let compact = ''
  let i = at
  let parted = false
  while (i < text.length && compact.length < length && i - at < MOST + 8) {
    const char = text.charAt(i)
    if (/[0-9A-Za-z]/.test(char)) {
      compact += char.toUpperCase()
      parted = false
    } else if (/[ \u00a0\u202f-]/.test(char) && !parted) parted = true
    else break
    i++
  }
  if (compact.length !== length || touches(text, i)) return -1
  let rest = 0
  for (const char of compact.slice(4) + compact.slice(0, 4)) rest = Number(`${rest}${parseInt(char, 36)}`) % 97
  return rest === 1 ? i : -1
}

/** A word that numbers a place: "Suite 680 36 4022 Oakridge Lane" is an address. */
const NUMBERS_A_PLACE = /(?:\b(?:suite|ste|apt|apartment|room|unit|box|floor|flat|lot|bldg|building)|#)[.:]?\s?$/i

/** US social security number `ddd-dd-dddd` with the ranges that are given out. */
export function ssnEnd(text: string, at: number): number {
  const { digits: run, ends } = digitsFrom(text, at, '- .')
  if (run.length < 9) return -1
  const gap = (digit: number): string => text.slice(ends[digit - 1], (ends[digit] as number) - 1)
  const parted = gap(3)
  if (parted === '' || gap(5) !== parted || [1, 2, 4, 6, 7, 8].some((digit) => gap(digit) !== '')) return -1
  if (parted === ' ' && NUMBERS_A_PLACE.test(text.slice(Math.max(0, at - 12), at))) return -1
  // Another number may follow behind a space; behind the same sign the digits are those of something longer.
  if (run.length > 9 && gap(9) !== ' ') return -1
  const [area, group, serial] = [run.slice(0, 3), run.slice(3, 5), run.slice(5, 9)]
  if (area === '000' || area === '666' || area > '899' || group === '00' || serial === '0000' || /^(?:123456789|987654321|078051120)$/.test(run.slice(0, 9))) return -1
  const end = ends[8] as number
  return touches(text, end) ? -1 : end
}

/** IPv4 address written as one number token. */
export function isIp4(token: string): boolean {
  const parts = token.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

/** Shapes of phone numbers without a country code: digits as `d`, separators as they are. */
const NATIONAL = [
  /^\(?ddd\)?[ .-]{0,2}ddd[ .-]dddd$/, /^d[ .-]\(?ddd\)?[ .-]ddd[ .-]dddd$/, /^d\(ddd\)ddd[ .-]dddd$/, /^\(ddd\) ?ddd ?dddd$/, /^ddd-dddd$/,
  /^\(?d{2,5}\)?[ /-]{1,3}d{3,8}(?:[ -]d{1,4})?$/, /^\(?d{3,4}\)?(?: d{2,3}){2,3}$/, /^dd(?: dd){4}$/, /^d\.dd\.dd\.dd\.dd$/, /^ddddd ddd ?ddd$/, /^\(?ddd?d?\)? dddd ?dddd$/,
]

/**
 * Phone number: with `+` or `00` and a country code, or a national shape; a plain run of digits only where `called` says that a word such as "phone" stands
 * before it. Conservative: an order number is worse than a missed extension.
 */
export function phoneEnd(text: string, at: number, called: boolean): number {
  const start = text[at] === '(' && text[at + 1] === '+' ? at + 1 : at
  const plus = text[start] === '+'
  const from = plus ? start + 1 : start
  if (!called && /[1-9]/.test(text.charAt(start)) && singleSecond(text, from)) return -1
  if (!mayBePhone(text, from, plus)) return -1
  let shape = ''
  const ends: number[] = []
  let digits = ''
  let parting = 0
  for (let i = from; i < text.length && i - from < 30 && parting < 4; i++) {
    const unit = text.charCodeAt(i)
    if (kindOf(unit) === DIGIT && foldOf(unit) > 0) {
      digits += String.fromCharCode(foldOf(unit))
      shape += 'd'
      ends.push(i + 1)
      parting = 0
    } else if (parts(unit)) {
      shape += unit === 0xa0 || unit === 0x202f ? ' ' : unit > 0x2000 ? '-' : text.charAt(i)
      parting++
    } else break
  }
  const last = ends.at(-1) ?? -1
  const end = last < 0 ? -1 : extension(text, last)
  if (end < 0 || touches(text, end)) return -1
  const form = shape.slice(0, last - from)
  const count = digits.length
  if ((form.match(/\(/g) ?? []).length !== (form.match(/\)/g) ?? []).length - (start > at ? 1 : 0)) return -1
  if (plus || /^00[1-9]/.test(digits)) return count >= 8 && count <= 16 ? end : -1
  if (/^(\d)\1+$/.test(digits)) return -1
  if (called && count >= 7 && count <= 12) return end
  if (count < 7 || count > 12) return -1
  const national = NATIONAL.findIndex((pattern) => pattern.test(form))
  if (national < 0) return -1
  // Two groups that could be anything need the trunk 0 in front; so do pairs.
  if (national === 4) return -1
  return national <= 3 || digits.startsWith('0') ? end : -1
}

/** Whether as many digits stand here as a phone number has: what is told without putting its shape together. */
function mayBePhone(text: string, from: number, plus: boolean): boolean {
  let first = 0
  let digits = 0
  let parting = 0
  for (let i = from; i < text.length && i - from < 30 && parting < 4; i++) {
    const unit = text.charCodeAt(i)
    if (kindOf(unit) === DIGIT && foldOf(unit) > 0) {
      if (digits++ === 0) first = foldOf(unit)
      parting = 0
    } else if (parts(unit)) parting++
    else break
  }
  // A country code may be written 00.
  return digits >= 7 && digits <= (plus || first === 48 ? 16 : 12)
}

/** Space, full stop, hyphen, slash, brackets, no-break spaces, non-breaking hyphen, dash. */
function parts(unit: number): boolean {
  return unit === 32 || (unit >= 45 && unit <= 47) || unit === 40 || unit === 41 || unit === 0xa0 || unit === 0x202f || unit === 0x2011 || unit === 0x2013
}

/** Whether the second group of digits is a single one, which it is in no national shape. */
function singleSecond(text: string, at: number): boolean {
  let i = at
  const digit = (): boolean => i < text.length && kindOf(text.charCodeAt(i)) === DIGIT
  while (digit()) i++
  const group = i
  while (i < text.length && i - group < 4 && !digit()) i++
  if (!digit()) return false
  i++
  return !digit()
}

/** `x 123`, `ext. 12` behind a phone number: the end with it. */
function extension(text: string, end: number): number {
  const found = /^(?: ?x|,? ?ext\.?) ?\d{1,6}(?!\d)/i.exec(text.slice(end, end + 16))
  return found ? end + found[0].length : end
}
