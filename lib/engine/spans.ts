import { tokenize } from './lexer.ts'
import { baseVocabulary } from './lexicon.ts'
import { Tokens } from './tokens.ts'
import type { Span } from './types.ts'

/** 64 bits as 16 hexadecimal digits; not cryptographic, only to tell things apart. */
export function shortHash(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return hex(b) + hex(a)
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hex(bits: number): string {
  return `${PAIRS[bits >>> 24]}${PAIRS[(bits >>> 16) & 255]}${PAIRS[(bits >>> 8) & 255]}${PAIRS[bits & 255]}`
}

/**
 * Where `span` of `before` is in `after`, across one or more edits. Null unless exactly the same characters stand there and it is clear which of several equal
 * places is meant.
 */
export function remapSpan(before: string, after: string, span: Span): Span | null {
  const { start, end } = span
  if (start < 0 || end > before.length || start >= end) return null
  const most = Math.min(before.length, after.length)
  let prefix = 0
  while (prefix < most && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++
  if (end <= prefix) return { start, end }
  let suffix = 0
  while (suffix < most - prefix && before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)) suffix++
  const shift = after.length - before.length
  if (start >= before.length - suffix) return { start: start + shift, end: end + shift }
  return remapInside(before, after, span, prefix, suffix)
}

/** The span touches the edited stretch: found again only if the quote stands there as often as before, and then by its turn. */
function remapInside(before: string, after: string, span: Span, prefix: number, suffix: number): Span | null {
  const quote = before.slice(span.start, span.end)
  const from = Math.max(0, prefix - quote.length + 1)
  const old = places(before, quote, from, Math.min(before.length, before.length - suffix + quote.length - 1))
  const fresh = places(after, quote, from, Math.min(after.length, after.length - suffix + quote.length - 1))
  const turn = old.indexOf(span.start)
  const start = old.length === fresh.length ? fresh[turn] : undefined
  return start === undefined ? null : { start, end: start + quote.length }
}

const MOST_PLACES = 1_000

/** Starts of `quote` within `from`..`to`; empty where there are too many to tell them apart. */
function places(text: string, quote: string, from: number, to: number): number[] {
  const out: number[] = []
  for (let at = text.indexOf(quote, from); at >= 0 && at + quote.length <= to; at = text.indexOf(quote, at + 1)) {
    if (out.push(at) > MOST_PLACES) return []
  }
  return out
}

/** Of `sentenceAt`, which is over before it is asked again. */
const scratch = new Tokens()

/** The sentence around `offset`, without the white space around it; an empty span where there is none. */
export function sentenceAt(text: string, offset: number): Span {
  const at = Math.max(0, Math.min(offset, text.length))
  let from = at
  while (from > 0 && text.charCodeAt(from - 1) !== 10) from--
  let to = at
  while (to < text.length && text.charCodeAt(to) !== 10) to++
  const line = text.slice(from, to)
  const tokens = scratch
  tokenize(line, baseVocabulary, tokens)
  let start = 0
  let end = line.length
  for (let i = 1; i < tokens.count; i++) {
    if (tokens.sentence[i] === tokens.sentence[i - 1]) continue
    const bound = sentenceStart(line, tokens.end[i - 1] as number, tokens.start[i] as number)
    if (bound <= at - from) start = bound
    else {
      end = bound
      break
    }
  }
  while (start < end && /\s/.test(line.charAt(start))) start++
  while (end > start && /\s/.test(line.charAt(end - 1))) end--
  return { start: from + start, end: from + end }
}

/** Between two sentences stand stops, quotation marks and spaces; the second begins after the last space. */
function sentenceStart(line: string, end: number, start: number): number {
  let at = start
  while (at > end && !/\s/.test(line.charAt(at - 1))) at--
  return at
}
