import { findEntities, type Entity } from '../engine/index.ts'
import { chatContext } from './chat-context.ts'
import { TEXT_MARKS, type TextMark } from './marks.ts'
import type { Evidence } from './types.ts'

/**
 * What the text itself shows: tokens that assistants leave (T1), links that came through one, unfilled placeholders and the words around a chat
 * answer (T3), with their places. A token that stands in backticks, quotation marks or a code block is being written about, and is no evidence.
 */
export function marksInText(text: string): Evidence[] {
  const found = new Map<string, Evidence>()
  const add = (kind: Evidence['class'], mark: string, product: string | null, { span }: Entity): void => {
    const known = found.get(mark)
    found.set(mark, known ? { ...known, count: known.count + 1 } : { class: kind, mark, product, count: 1, span })
  }
  const fences = fencesOf(text)
  for (const entity of suspects(text)) {
    if (entity.kind !== 'leftover' && entity.kind !== 'placeholder' && entity.kind !== 'url') continue
    if (isQuoted(text, entity) || isFenced(entity.span.start, fences)) continue
    const words = text.slice(entity.span.start, entity.span.end)
    if (entity.kind === 'placeholder') {
      if (isAskingPlaceholder(words)) add('T3', 'unfilled-placeholder', null, entity)
      continue
    }
    const mark = markOf(words.toLowerCase().replace(/\d+/g, '#'))
    if (mark && (entity.kind === 'leftover' || mark.class === 'T3' || mark.id.endsWith('-link'))) add(mark.class, mark.id, mark.product, entity)
  }
  return [...found.values(), ...chatContext(text)]
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

/** `token` has its digits as `#`. */
function markOf(token: string): TextMark | null {
  return TEXT_MARKS.find((mark) => mark.contains.some((part) => token.includes(part))) ?? null
}

/** `[Your Name]`, `[Recipient's company]`: what an assistant leaves for the person. Fields of mail programs (`{{first_name}}`) are templates of people. */
function isAskingPlaceholder(words: string): boolean {
  return /^\[[^\]]*\p{L}{3}[^\]]*\]$/u.test(words)
}

const MARKS_OF_QUOTE = ['`', '"', "'", '\u201c', '\u201d', '\u2018', '\u2019', '\u00ab', '\u00bb', '\u201e']

function isQuoted(text: string, { span }: Entity): boolean {
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
