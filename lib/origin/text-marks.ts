import { findEntities, type Entity, type Span } from '../engine/index.ts'
import { chatContext } from './chat-context.ts'
import { TEXT_MARKS } from './marks-data.ts'
import { byId, newest, type MarksUpdate, type TextMark } from './marks.ts'
import type { Evidence } from './types.ts'

/**
 * What the text itself shows: tokens that assistants leave (T1), links that came through one, unfilled placeholders and the words around a chat
 * answer (T3), with their places. A token that stands in backticks, quotation marks or a code block is being written about, and is no evidence.
 * @param aside stretches that are somebody else's words or code (blocks of kind quote, signature, code), in order: nothing in them counts.
 * @param marks other marks than the built-in ones, see `textMarks`.
 */
export function marksInText(text: string, aside: readonly Span[] = [], marks: readonly TextMark[] = TEXT_MARKS): Evidence[] {
  const found = new Map<string, Evidence>()
  for (const token of tokensInText(text, aside, marks)) {
    const known = found.get(token.mark)
    found.set(token.mark, known ? { ...known, count: known.count + 1 } : token)
  }
  return [...found.values(), ...chatContext(text).filter(({ span }) => !span || !isAside(span.start, aside))]
}

/** The built-in marks in texts, with what packs changed. */
export function textMarks(updates: readonly MarksUpdate[]): readonly TextMark[] {
  return newest(TEXT_MARKS, updates, (update) => update.text, byId)
}

/** Every token, link and placeholder by itself, in the order of the text. `aside` and `marks` as in `marksInText`. */
export function tokensInText(text: string, aside: readonly Span[] = [], marks: readonly TextMark[] = TEXT_MARKS): Evidence[] {
  const tokens: Evidence[] = []
  const fences = fencesOf(text)
  for (const entity of suspects(text)) {
    if (isQuoted(text, entity.span) || isFenced(entity.span.start, fences) || isAside(entity.span.start, aside)) continue
    const words = text.slice(entity.span.start, entity.span.end)
    const token = tokenOf(entity, words, marks)
    if (token) tokens.push({ ...token, count: 1, span: token.class === 'T3' ? parameterIn(words, entity.span) : entity.span })
  }
  const added = marks === TEXT_MARKS ? [] : addedTokens(text, marks).filter(({ span }) => !isQuoted(text, span) && !isFenced(span.start, fences) && !isAside(span.start, aside) && !tokens.some((token) => overlaps(token.span, span)))
  return added.length === 0 ? tokens : [...tokens, ...added].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0))
}

/** The words of marks that a pack brought: the engine knows no shape for them, so they are looked for as they stand, digits for `#`. */
function addedTokens(text: string, marks: readonly TextMark[]): (Evidence & { readonly span: Span })[] {
  return marks.filter((mark) => !TEXT_MARKS.includes(mark)).flatMap(({ id, product, class: kind, contains }) => {
    const any = new RegExp(contains.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('#', '\\d{1,9}')).join('|'), 'gi')
    return Array.from(text.matchAll(any), ({ 0: words, index }) => ({ class: kind, mark: id, product, count: 1, span: { start: index, end: index + words.length } }))
  })
}

function overlaps(a: Span | undefined, b: Span): boolean {
  return a !== undefined && a.start < b.end && b.start < a.end
}

function tokenOf({ kind }: Entity, words: string, marks: readonly TextMark[]): Pick<Evidence, 'class' | 'mark' | 'product'> | null {
  if (kind === 'placeholder') return isAskingPlaceholder(words) ? { class: 'T3', mark: 'unfilled-placeholder', product: null } : null
  if (kind !== 'leftover' && kind !== 'url') return null
  const mark = markOf(words.toLowerCase().replace(/\d+/g, '#'), marks)
  if (!mark || (kind === 'url' && mark.class === 'T1' && !mark.id.endsWith('-link'))) return null
  return { class: mark.class, mark: mark.id, product: mark.product }
}

/** What every mark begins with or holds. Most lines of most drafts have none of it, so a keystroke in a long draft costs one look and no reading. */
const SIGNS = /[[\u3010\u2042\ue200]|turn\d|cite|:::|oaicite|attributableindex|utm_source|referrer=|grok|sandbox:|vertexaisearch|ppl-ai/gi

/** The entities of those lines that could hold a mark, placed in the whole text. */
function* suspects(text: string): Generator<Entity> {
  SIGNS.lastIndex = 0
  for (let sign = SIGNS.exec(text); sign; sign = SIGNS.exec(text)) {
    const from = text.lastIndexOf('\n', sign.index - 1) + 1
    const lineEnd = text.indexOf('\n', sign.index)
    const to = lineEnd === -1 ? text.length : lineEnd
    for (const { kind, span } of findEntities(text.slice(from, to))) yield { kind, span: { start: from + span.start, end: from + span.end } }
    SIGNS.lastIndex = Math.max(to, sign.index + 1)
  }
}

/** Of a link only the part that names the assistant, with its `?` or `&`. */
function parameterIn(words: string, span: Span): Span {
  const found = /[?&](?:utm_source|referrer)=[\w.%-]+/i.exec(words)
  return found ? { start: span.start + found.index, end: span.start + found.index + found[0].length } : span
}

/** `token` has its digits as `#`. */
function markOf(token: string, marks: readonly TextMark[]): TextMark | null {
  return marks.find((mark) => mark.contains.some((part) => token.includes(part))) ?? null
}

/**
 * What a slot begins or ends with when an assistant leaves it for the person. A word in brackets alone is more often a link, a key, a tag or an aside.
 */
const SLOT_BEGINS = /^\[(?:(?:your|insert|recipient|sender|client|customer|hiring manager|mention|specify|describe)\b|e\.g\.)/i
const SLOT_ENDS = /\b(?:name|names|date|dates|title|position|address|phone|number|e-?mail|company|organi[sz]ation|city|state|zip(?: code)?|day|month|year|time|amount|location|industry|department|university|school|topic|information|info|details)\]$/i

/** `[Your Name]`, `[Recipient's company]`, `[Company]`. Fields of mail programs (`{{first_name}}`) are templates of people; code is neither. */
function isAskingPlaceholder(words: string): boolean {
  return /^\[[\p{L}][^\]$\\|<>=@:]{2,80}\]$/u.test(words) && (SLOT_BEGINS.test(words) || SLOT_ENDS.test(words))
}

/** Lies in one of the stretches, which are in order and few. */
function isAside(at: number, aside: readonly Span[]): boolean {
  return aside.some(({ start, end }) => at >= start && at < end)
}

const MARKS_OF_QUOTE = ['`', '"', "'", '\u201c', '\u201d', '\u2018', '\u2019', '\u00ab', '\u00bb', '\u201e']

function isQuoted(text: string, span: Span): boolean {
  return MARKS_OF_QUOTE.includes(text.charAt(span.start - 1)) && MARKS_OF_QUOTE.includes(text.charAt(span.end))
}

/** Where code fences stand, in order. */
function fencesOf(text: string): number[] {
  return Array.from(text.matchAll(/^[ \t]{0,3}```/gm), (fence) => fence.index)
}

/** Between an opening fence and its end. */
function isFenced(at: number, fences: readonly number[]): boolean {
  let low = 0
  let high = fences.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((fences[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low % 2 === 1
}
