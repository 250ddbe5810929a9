import type { OriginVerdict } from '../engine/index.ts'
import { marksInText } from './text-marks.ts'
import type { Evidence, Origin, OriginEvent } from './types.ts'

/** Characters that appear without key, paste, drop or input method before it is called an insertion: less is a name, a date, a corrected word. */
export const INSERTION_MINIMUM = 200

/**
 * What is known of where a draft came from. `events` in the order they happened (start a new list when the draft has been emptied), `text` as it stands.
 *
 * The verdict, first that fits:
 * - the person said so last: `ai`, or `typed` for "not from an AI" (the evidence stays visible; findings in the text stay too);
 * - `ai`: a page mark of a chat (T2) in what was pasted or dropped, or an assistant's token (T1) in the text;
 * - `inserted`: 200 characters or more appeared without typing; or the words around a chat answer (T3) stand in a text that was pasted, dropped or inserted.
 *   T3 alone never says `ai`: templates have placeholders and people write Markdown;
 * - `typed`: keys account for at least half of what came in;
 * - `unknown`: anything else, such as a paste without marks. Nothing seen does not mean nothing happened.
 */
export function originOf(events: readonly OriginEvent[], text: string): Origin {
  const arrival = arrivalOf(events)
  const inText = marksInText(text)
  const declared = lastDeclaration(events)
  const evidence: Evidence[] = [...merge(arrival.marks), ...inText]
  if (arrival.inserted >= INSERTION_MINIMUM) {
    evidence.push({ class: 'insertion', mark: 'inserted-untyped', product: null, count: arrival.inserted })
  }
  if (declared !== null) evidence.push({ class: 'declared', mark: declared ? 'declared-ai' : 'declared-not-ai', product: null, count: 1 })
  return { verdict: verdictOf(evidence, arrival, declared), evidence }
}

interface Arrival {
  readonly marks: readonly Evidence[]
  readonly typed: number
  /** Characters by paste and drop. */
  readonly transferred: number
  /** The longest run of insertions with nothing typed, pasted or dropped in between: corrected words here and there do not add up to one. */
  readonly inserted: number
}

function arrivalOf(events: readonly OriginEvent[]): Arrival {
  const marks: Evidence[] = []
  let [typed, transferred, run, inserted] = [0, 0, 0, 0]
  for (const event of events) {
    switch (event.kind) {
      case 'paste':
      case 'drop':
        marks.push(...event.marks)
        transferred += Math.max(0, event.chars)
        run = 0
        break
      case 'typed':
        typed += Math.max(0, event.chars)
        if (event.chars > 0) run = 0
        break
      case 'inserted':
        run += Math.max(0, event.chars)
        inserted = Math.max(inserted, run)
        break
      case 'declared':
        break
    }
  }
  return { marks, typed, transferred, inserted }
}

function verdictOf(evidence: readonly Evidence[], arrival: Arrival, declared: boolean | null): OriginVerdict {
  const seen = (wanted: Evidence['class']): boolean => evidence.some((one) => one.class === wanted)
  if (declared !== null) return declared ? 'ai' : 'typed'
  if (seen('T1') || seen('T2')) return 'ai'
  if (seen('insertion')) return 'inserted'
  const foreign = arrival.transferred + arrival.inserted
  if (seen('T3') && foreign > 0) return 'inserted'
  return arrival.typed > 0 && arrival.typed >= foreign ? 'typed' : 'unknown'
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
    const key = `${mark.class} ${mark.mark}`
    merged.set(key, { ...mark, count: mark.count + (merged.get(key)?.count ?? 0) })
  }
  return [...merged.values()]
}
