import { findEntities, type EntityKind } from '../engine/index.ts'

/** One piece of a phrase: a word or sign as it stands, or an entity that may differ from case to case. */
export interface Piece {
  readonly kind: 'word' | 'sign' | EntityKind
  readonly text: string
}

/** Entities whose value may vary within one and the same mistake ("20% off", "30% off"). */
const VARYING: ReadonlySet<EntityKind> = new Set<EntityKind>(['money', 'percent', 'number', 'date', 'duration', 'dose'])
const TOKEN = /[\p{L}\p{N}\p{M}]+(?:['\u2019-][\p{L}\p{N}\p{M}]+)*|\S/gu
/** Signs that the pattern language gives a meaning, as they are once folded (`…` is three dots then, a gap); a phrase that holds one is not made a pattern of. */
const SYNTAX = /[()[\]{}|*\\^]|\.{3}/
/** Words that carry no meaning alone: a phrase of nothing else would flag every mail. */
const EMPTY_WORDS = new Set((
  'a an and are as at be been but by can could did do does for from had has have he her his i if in is it its me my no not of on or our she should so some that the their '
  + 'them then there they this to up us very was we were what when which who will with would you your'
).split(' '))

/** The same words in the same form: case, kind of quotation mark and amount of white space do not matter. */
export function foldPhrase(text: string): string {
  return text.normalize('NFKC').replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').replace(/\s+/g, ' ').trim().toLowerCase()
}

/** A phrase cut into words, signs and entities. */
export function piecesOf(phrase: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { kind, span } of findEntities(phrase)) {
    if (span.start < at || !VARYING.has(kind)) continue
    pieces.push(...wordsOf(phrase.slice(at, span.start)), { kind, text: phrase.slice(span.start, span.end) })
    at = span.end
  }
  return [...pieces, ...wordsOf(phrase.slice(at))]
}

function wordsOf(text: string): Piece[] {
  return Array.from(text.matchAll(TOKEN), ([token]): Piece => ({ kind: /[\p{L}\p{N}]/u.test(token) ? 'word' : 'sign', text: token }))
}

/** What two phrases must have in common to be the same mistake: their words, and kinds of entities where the values may differ. */
export function templateOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === 'word' || piece.kind === 'sign' ? foldPhrase(piece.text) : `{${piece.kind}}`)).join(' ')
}

/**
 * The pattern that fits all of these phrases, which share one template: an entity stays as it stands where it is always the same
 * (a wrong price), and becomes `{percent}` and the like where it varies. null where it would say too little, or hold signs that patterns use.
 */
export function patternOf(cases: readonly (readonly Piece[])[]): string | null {
  const [first, ...others] = cases
  if (!first || first.length > 14) return null
  const parts: string[] = []
  let [letters, open] = [0, false]
  for (const [index, piece] of first.entries()) {
    const fixed = others.every((other) => foldPhrase(other[index]?.text ?? '') === foldPhrase(piece.text))
    if (piece.kind !== 'word' && piece.kind !== 'sign' && !fixed) {
      parts.push(`{${piece.kind}}`)
      open = true
      continue
    }
    const word = foldPhrase(piece.text)
    if (SYNTAX.test(word)) return null
    if (piece.kind !== 'sign' && !EMPTY_WORDS.has(word)) letters += word.replace(/[^\p{L}\p{N}]/gu, '').length
    parts.push(word)
  }
  // Beside an amount a short word says enough: "{percent} off".
  return letters >= (open ? 2 : 4) ? parts.join(' ') : null
}
