import { findEntities, sentenceAt, type Category, type Entity } from '../engine/index.ts'
import { wordDiff, type DiffPart } from '../review/index.ts'

/** A change of what an assistant wrote. `block`: a whole paragraph was taken out, put in, or written anew. */
export interface Change {
  readonly level: 'span' | 'block'
  readonly before: string
  readonly after: string
  /** The sentence it stood in before; of a block, its first sentence. */
  readonly sentence: string
}

/** Two paragraphs that share less than this of their words are not the same paragraph any more. */
const SAME = 0.3
/** Of a paragraph of which more than this is other words, the whole was written anew. */
const ANEW = 0.7
/** Longer changes teach no wording. UTF-16 code units. */
const LONGEST = 400
/** Of one draft; more is another text. */
const MOST_BLOCKS = 200
const WORD = /[\p{L}\p{N}\p{M}]+/gu

/**
 * What a person made of an assistant's paragraphs: each changed stretch with its sentence, and paragraphs that went, came or were written anew. Paragraphs are
 * paired by the words they share. Pure; `wrote` as the assistant left them, `left` as the person did.
 */
export function changesBetween(wrote: readonly string[], left: readonly string[]): Change[] {
  const [stayed, stays] = [new Set(left), new Set(wrote)]
  const old = distinct(wrote).filter((block) => !stayed.has(block)).slice(0, MOST_BLOCKS)
  const fresh = distinct(left).filter((block) => !stays.has(block)).slice(0, MOST_BLOCKS)
  const pairs = pair(old, fresh)
  const changes: Change[] = []
  for (const before of old) {
    const after = pairs.get(before)
    if (after === undefined) changes.push(block(before, ''))
    else changes.push(...within(before, after))
  }
  const taken = new Set(pairs.values())
  const added = fresh.filter((one) => !taken.has(one)).join('\n')
  if (added !== '') changes.push(block('', added))
  return changes
}

/** The area that a change which no rule asked for belongs to, by what kind of thing was changed. */
export function categoryOfChange({ before, after }: Pick<Change, 'before' | 'after'>): Category {
  const kinds = new Set([...findEntities(before), ...findEntities(after)].map(({ kind }) => kind))
  if (kinds.has('money') || kinds.has('percent')) return 'pricing'
  if (kinds.has('duration') || kinds.has('date')) return 'promise'
  return 'brand'
}

function block(before: string, after: string): Change {
  const text = before || after
  const { start, end } = sentenceAt(text, 0)
  return { level: 'block', before, after, sentence: text.slice(start, end).trim() }
}

function distinct(blocks: readonly string[]): string[] {
  return [...new Set(blocks.map((one) => one.trim()).filter((one) => one !== ''))]
}

/** Each old paragraph with the new one that most of its words are in, the surest pairs first. */
function pair(old: readonly string[], fresh: readonly string[]): Map<string, string> {
  const words = new Map([...old, ...fresh].map((one) => [one, wordsOf(one)]))
  const candidates = old.flatMap((before) => fresh.map((after) => ({ before, after, share: shared(words.get(before), words.get(after)) }))).filter(({ share }) => share >= SAME)
  const [pairs, taken] = [new Map<string, string>(), new Set<string>()]
  for (const { before, after } of candidates.sort((a, b) => b.share - a.share)) {
    if (pairs.has(before) || taken.has(after)) continue
    pairs.set(before, after)
    taken.add(after)
  }
  return pairs
}

function wordsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [word] of text.toLowerCase().matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** Share of the words of both that are the same, 0 to 1 (Dice's coefficient over words, each as often as it stands). */
function shared(a: ReadonlyMap<string, number> = new Map(), b: ReadonlyMap<string, number> = new Map()): number {
  const total = [...a.values(), ...b.values()].reduce((sum, count) => sum + count, 0)
  let same = 0
  for (const [word, count] of a) same += Math.min(count, b.get(word) ?? 0)
  return total === 0 ? 0 : (2 * same) / total
}

function within(before: string, after: string): Change[] {
  const parts = joined(wordDiff(before, after))
  const removed = parts.reduce((sum, part) => sum + part.before.length, 0)
  if (parts.length > 0 && removed > before.length * ANEW && before.length > LONGEST / 4) return [{ ...block(before, after), after }]
  const changes: Change[] = []
  const entities = parts.length > 0 ? findEntities(before) : []
  for (const cut of parts) {
    const part = wholeEntities(cut, before, entities)
    const { start, end } = sentenceAt(before, Math.min(part.at, Math.max(0, before.length - 1)))
    const change = anchored(part, before, { start, end: Math.max(end, part.at + part.before.length) })
    if (change && change.before.length <= LONGEST && change.after.length <= LONGEST) changes.push(change)
  }
  return changes
}

/** A change of "$49" is that, and not of its digits: what reaches into an amount, a date and the like takes all of it. */
function wholeEntities({ before, after, at }: Part, text: string, entities: readonly Entity[]): Part {
  let [start, end] = [at, at + before.length]
  for (const { span } of entities) {
    const inside = before === '' ? span.start < start && end < span.end : span.start < end && start < span.end
    if (inside) [start, end] = [Math.min(start, span.start), Math.max(end, span.end)]
  }
  return { at: start, before: text.slice(start, end), after: text.slice(start, at) + after + text.slice(at + before.length, end) }
}

interface Part { readonly before: string; readonly after: string; readonly at: number }

/** Runs of removed and added words; what is parted by nothing but white space or a sign is one change. `at` is the place in the text before. */
function joined(diff: readonly DiffPart[]): Part[] {
  const parts: { before: string; after: string; at: number }[] = []
  let [at, open] = [0, false]
  for (const [index, { kind, text }] of diff.entries()) {
    const last = parts.at(-1)
    if (kind === 'same') {
      const more = diff.slice(index + 1).some((part) => part.kind !== 'same')
      if (open && last && more && text.length <= 2 && !/[\p{L}\p{N}.!?\n]/u.test(text)) {
        last.before += text
        last.after += text
      } else open = false
      at += text.length
      continue
    }
    const part = open && last ? last : { before: '', after: '', at }
    if (!open) parts.push(part)
    open = true
    if (kind === 'removed') {
      part.before += text
      at += text.length
    } else part.after += text
  }
  return parts
}

/** A change with words on the side before: what was only put in takes the word in front of it along, so that it can be found again. Null where nothing is left to say. */
function anchored({ before, after, at }: Part, text: string, sentence: { start: number; end: number }): Change | null {
  let [from, said, better] = [at, before, after]
  if (said.trim() === '') {
    const ahead = /[\p{L}\p{N}\p{M}'’-]+\s*$/u.exec(text.slice(sentence.start, at))
    if (!ahead) return null
    from = at - ahead[0].length
    said = ahead[0] + said
    better = ahead[0] + better
  }
  const lead = said.length - said.trimStart().length
  const [first, last] = [said.trim(), better.trim()]
  if (first === last || foldSpace(first) === foldSpace(last)) return null
  return { level: 'span', before: text.slice(from + lead, from + lead + first.length), after: last, sentence: text.slice(sentence.start, sentence.end).trim() }
}

function foldSpace(text: string): string {
  return text.replace(/\s+/g, ' ')
}
