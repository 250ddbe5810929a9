/**
 * What each character is and what it folds to. Tables over the Basic Multilingual Plane fill themselves as characters are met, so that
 * start-up costs nothing; characters beyond it go through a map. Folding is NFKD plus lower case, so that composed and decomposed
 * accents, full-width forms, ligatures and styled mathematical letters are the same word, while accents still count.
 */
export const LETTER = 1
export const DIGIT = 2
export const SPACE = 3
/** Not there at all: soft hyphen, zero-width characters, variation selectors. */
export const DROP = 4
/** A token by itself. */
export const PUNCT = 5
export const LINE = 6
/** Seen by nobody between words: quotation marks, Markdown emphasis, superscripts, trade marks. */
export const THROUGH = 7
export const HYPHEN = 8
export const DASH = 9
export const APOSTROPHE = 10
/** Full stop of any script. */
export const STOP = 11
/** One half of a surrogate pair. */
export const PAIR = 12
/** A character that is a word by itself (Han, Kana, Thai). */
export const IDEOGRAPH = 13
export const CURRENCY = 14
/** `_`: part of a word between letters, otherwise not there. */
export const UNDERSCORE = 15

/** Kind of each unit, 0 while nobody has asked `kindOf` for it: for loops that have their own way with what is not known. */
export const kinds = new Uint8Array(65536)
/** 1 to 26 for the letters A to Z and a to z, 0 for everything else: for loops over plain words. */
export const codes = new Uint8Array(65536)
for (let i = 0; i < 26; i++) codes[65 + i] = codes[97 + i] = i + 1
/** Whether a word of letters ends for certain at a unit: 0 where it may go on or nobody has asked `kindOf` for the unit, else one of `ENDING`. */
export const endings = new Uint8Array(65536)
/** `literal`: a sign that keys and what an assistant leaves go on with; `digit`: a decimal digit. */
export const ENDING = { plain: 1, literal: 2, digit: 3 } as const
/** Folded unit, or -(index + 1) into `expansions` where a character folds to more than one. */
export const folds = new Int32Array(65536)
const expansions: number[][] = []
const astral = new Map<number, { kind: number; fold: readonly number[] }>()

const FIXED: readonly (readonly [number, string])[] = [
  [LINE, '\n\r\v\f\u0085\u2028\u2029'],
  [THROUGH, '"“”„‟«»‹›‚*`~™®©′″¹²³⁰⁴⁵⁶⁷⁸⁹'],
  [HYPHEN, '-\u2010\u2011\u2012\u2043'],
  [DASH, '–—―−'],
  [APOSTROPHE, '\'’‘ʼ＇´'],
  [STOP, '.。．｡…'],
  [UNDERSCORE, '_'],
]
const LETTERS = /[\p{L}\p{M}\p{Nl}]/u
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

function foldedUnits(char: string): number[] {
  const folded = char.normalize('NFKD').toLowerCase().normalize('NFKD').replaceAll('ß', 'ss').replaceAll('ς', 'σ')
  return Array.from({ length: folded.length }, (_, i) => folded.charCodeAt(i))
}

/** Unicode puts decimal digits in runs of ten; the value is the distance from the start of the run. */
function digitValue(code: number): number {
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++
  return value
}

function describe(code: number): { kind: number; fold: readonly number[] } {
  const char = String.fromCodePoint(code)
  if (code === 0xad || /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u3164\ufe00-\ufe0f\u20e3]/u.test(char)) return { kind: DROP, fold: [] }
  for (const [kind, chars] of FIXED) {
    if (!chars.includes(char)) continue
    const fold = kind === APOSTROPHE ? 39 : kind === HYPHEN || kind === DASH ? 45 : kind === STOP ? 46 : kind === LINE ? 10 : code
    return { kind, fold: [/["“”„‟«»‹›″]/.test(char) ? 34 : fold] }
  }
  if (/\p{Nd}/u.test(char)) return { kind: DIGIT, fold: [48 + digitValue(code)] }
  if (LETTERS.test(char)) return { kind: WITHOUT_SPACES.test(char) ? IDEOGRAPH : LETTER, fold: foldedUnits(char) }
  if (/\p{No}/u.test(char)) return { kind: /^[\d⁄]+$/.test(char.normalize('NFKD')) ? DIGIT : PUNCT, fold: foldedUnits(char) }
  if (/[\s\p{Z}\p{Cc}]/u.test(char)) return { kind: SPACE, fold: [32] }
  const fold = foldedUnits(char)
  return { kind: /\p{Sc}/u.test(char) ? CURRENCY : PUNCT, fold: fold.length === 1 ? fold : [code & 0xffff] }
}

function endingOf(kind: number, code: number): number {
  if (kind === DIGIT) return ENDING.digit
  if (kind === UNDERSCORE || kind === APOSTROPHE || kind === LETTER || kind === DROP || kind === PAIR) return 0
  return '-.:[+/='.includes(String.fromCharCode(code)) ? ENDING.literal : ENDING.plain
}

function learn(code: number): number {
  if (code >= 0xd800 && code <= 0xdfff) {
    folds[code] = code
    return (kinds[code] = PAIR)
  }
  const { kind, fold } = describe(code)
  if (fold.length !== 1) folds[code] = -expansions.push([...fold])
  else folds[code] = fold[0] ?? 0
  endings[code] = endingOf(kind, code)
  return (kinds[code] = kind)
}

/** Kind of a UTF-16 unit; `PAIR` for surrogates, which `pairAt` then explains. */
export function kindOf(unit: number): number {
  return kinds[unit] || learn(unit)
}

/** Folded unit of a UTF-16 unit, or a negative number to be handed to `expansionOf`. Call `kindOf` first. */
export function foldOf(unit: number): number {
  return folds[unit] as number
}

export function expansionOf(fold: number): readonly number[] {
  return expansions[-fold - 1] as number[]
}

/** Kind and folding of the code point at `index`, whose first unit is a surrogate. A lone surrogate is a token of its own. */
export function pairAt(text: string, index: number): { readonly kind: number; readonly fold: readonly number[]; readonly length: 1 | 2 } {
  const code = text.codePointAt(index) ?? 0
  if (code < 0x10000) return { kind: PUNCT, fold: [code], length: 1 }
  let known = astral.get(code)
  if (!known) {
    known = describe(code)
    // Emoji floods of every plane must not grow this without end.
    if (astral.size > 20_000) astral.clear()
    astral.set(code, known)
  }
  return { kind: known.kind, fold: known.fold, length: 2 }
}

/** One step of the hash that words are filed under. */
export function mix(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193)
}

export const HASH_SEED = 0x811c9dc5 | 0

/** Folded units of `text` from `start` to `end`, zero-width characters left out: the form in which words are compared. */
export function foldRange(text: string, start: number, end: number): string {
  let out = ''
  for (let i = start; i < end;) {
    const unit = text.charCodeAt(i)
    const kind = kindOf(unit)
    if (kind === PAIR) {
      const pair = pairAt(text, i)
      if (pair.kind !== DROP) out += String.fromCharCode(...pair.fold)
      i += pair.length
      continue
    }
    i++
    if (kind === DROP) continue
    const fold = foldOf(unit)
    out += fold < 0 ? String.fromCharCode(...expansionOf(fold)) : String.fromCharCode(fold)
  }
  return out
}

/**
 * The normal form in which quotes are compared: case, Unicode form, curly quotes, dashes and spaces made equal, zero-width characters
 * dropped, white space collapsed and trimmed. Linear; never longer than about three times the input.
 */
export function foldText(text: string): string {
  // Printable ASCII folds to itself in small letters.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim()
  return foldRange(text, 0, text.length).replace(/[ \n]+/g, ' ').trim()
}
