import type { Block, OriginVerdict, Span } from '../engine/index.ts'
import { INSERTION_MINIMUM } from './places.ts'
import type { StyleMark, TextMark } from './marks.ts'
import { styleIn } from './style.ts'
import { marksInText } from './text-marks.ts'
import type { Evidence, Origin, OriginEvent } from './types.ts'

/** Fewer characters without typing, by themselves, are corrections and do not add up. */
const NOTICEABLE = 40
/** So much text that stood there from the start is worth saying, because nobody saw it come. */
const WORTH_SAYING = 200

/**
 * What is known of where a draft came from. `events` are the arrivals that still stand (or all that were seen), and what the person said, the last counting;
 * `text` as it stands; `aside` the stretches of it that are quoted, signed or code; `marks` other marks than the built-in ones, and habits of style to name.
 *
 * The verdict, first that fits:
 * - the person said so last: `ai`, or `typed` for "not from an AI" (the evidence stays visible; findings in the text stay too);
 * - `ai`: a page mark of a chat (T2) in what was pasted or dropped, an assistant's token (T1) in the text, or a press on a known assistant's control that brought text;
 * - `inserted`: 200 characters or more appeared without typing; or the words around a chat answer (T3) stand in a text that was pasted, dropped or inserted.
 *   T3 alone never says `ai`: templates have placeholders and people write Markdown;
 * - `typed`: keys account for at least half of what came in;
 * - `unknown`: anything else, such as a paste without marks. Nothing seen does not mean nothing happened.
 * Habits of style (T4) are named last and decide nothing.
 */
export function originOf(events: readonly OriginEvent[], text: string, aside: readonly Span[] = [], marks: WordMarks = {}): Origin {
  const sums = sumsOf(events)
  const declared = lastDeclaration(events)
  const evidence: Evidence[] = [...merge(events.flatMap(marksOf)), ...marksInText(text, aside, marks.text)]
  if (sums.inserted >= INSERTION_MINIMUM) evidence.push({ class: 'insertion', mark: sums.forged ? 'inserted-by-script' : 'inserted-untyped', product: null, count: sums.inserted })
  if (sums.stood >= WORTH_SAYING) evidence.push({ class: 'unseen', mark: 'stood-before', product: null, count: sums.stood })
  if (declared !== null) evidence.push({ class: 'declared', mark: declared ? 'declared-ai' : 'declared-not-ai', product: null, count: 1 })
  const verdict = verdictOf(evidence, sums, declared)
  return { verdict, evidence: marks.style ? [...evidence, ...styleIn(text, aside, marks.style)] : evidence }
}

/** What is looked for in the words. `style` only where a person turned hints on. */
export interface WordMarks { readonly text?: readonly TextMark[] | undefined; readonly style?: readonly StyleMark[] | undefined }

/** Stretches of a draft that are somebody else's words or code, in order. */
export function asideOf(blocks: readonly Block[]): Span[] {
  return blocks.filter(({ kind }) => kind === 'quote' || kind === 'signature' || kind === 'code').map(({ span }) => span)
}

function marksOf(event: OriginEvent): readonly Evidence[] {
  if (event.kind === 'paste' || event.kind === 'drop') return event.marks
  return event.kind === 'assistant' ? [{ class: 'act', mark: 'assistant-control', product: event.product, count: event.chars }] : []
}

interface Sums { typed: number; stood: number; transferred: number; inserted: number; forged: boolean }

function sumsOf(events: readonly OriginEvent[]): Sums {
  const sums: Sums = { typed: 0, stood: 0, transferred: 0, inserted: 0, forged: false }
  for (const event of events) {
    const chars = 'chars' in event ? Math.max(0, event.chars) : 0
    switch (event.kind) {
      case 'paste': case 'drop': case 'assistant': sums.transferred += chars; break
      case 'typed': sums.typed += chars; break
      case 'stood': sums.stood += chars; break
      case 'inserted':
        if (chars < NOTICEABLE) break
        sums.inserted += chars
        sums.forged ||= !event.trusted
        break
      case 'template': case 'declared': break
    }
  }
  return sums
}

function verdictOf(evidence: readonly Evidence[], sums: Sums, declared: boolean | null): OriginVerdict {
  const seen = (wanted: Evidence['class']): boolean => evidence.some((one) => one.class === wanted)
  if (declared !== null) return declared ? 'ai' : 'typed'
  if (seen('T1') || seen('T2') || seen('act')) return 'ai'
  if (seen('insertion')) return 'inserted'
  const foreign = sums.transferred + sums.inserted
  if (seen('T3') && foreign > 0) return 'inserted'
  return sums.typed > 0 && sums.typed >= foreign + sums.stood ? 'typed' : 'unknown'
}

function lastDeclaration(events: readonly OriginEvent[]): boolean | null {
  let declared: boolean | null = null
  for (const event of events) if (event.kind === 'declared') declared = event.ai
  return declared
}

/** The same mark from several pastes is one piece of evidence. */
function merge(marks: readonly Evidence[]): Evidence[] {
  const merged = new Map<string, Evidence>()
  for (const mark of marks) {
    const key = `${mark.class} ${mark.mark} ${mark.product}`
    merged.set(key, { ...mark, count: mark.count + (merged.get(key)?.count ?? 0) })
  }
  return [...merged.values()]
}
