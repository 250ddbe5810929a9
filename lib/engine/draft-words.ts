import type { Blocks, Same } from './blocks.ts'
import { foldText } from './chars.ts'

/** Folded words with one space around each. */
function wordsOf(text: string): string {
  return ` ${foldText(text).replace(/[^\p{L}\p{N}%]+/gu, ' ').trim()} `
}

/** A phrase, folded, and the part of the draft in which it was found. */
interface Sought { readonly words: string; readonly count: number; at: number }

const NOWHERE = -1
/** Found, but not within one part. */
const ACROSS = -2

/**
 * Which phrases stand in a draft: its subject and blocks, one after the other, whatever parts them. The words of each part are kept, and after an edit a phrase is
 * sought only where the edit was. Nothing is read before the first question.
 */
export class DraftWords {
  private subject = ''
  /** Words of the subject and of each block. */
  private parts: string[] = []
  private readonly phrases = new Map<string, Sought>()
  /** Blocks at both ends that no edit since the last question has touched. */
  private prefix = 0
  private suffix = 0

  /** Tells of an edit: how many blocks at both ends are as they were. */
  edited({ prefix, suffix }: Same): void {
    this.prefix = Math.min(this.prefix, prefix)
    this.suffix = Math.min(this.suffix, suffix)
  }

  has(phrase: string, subject: string, body: Blocks): boolean {
    this.read(subject, body)
    let sought = this.phrases.get(phrase)
    if (!sought) {
      const words = wordsOf(phrase)
      this.phrases.set(phrase, (sought = { words, count: words.split(' ').length - 2, at: seek(words, this.parts, 0, this.parts.length) }))
    }
    return sought.at !== NOWHERE
  }

  /** Reads what is new. */
  private read(subject: string, body: Blocks): void {
    const { parts, phrases, prefix, suffix } = this
    const known = parts.length - 1
    this.prefix = this.suffix = body.count
    if (known < 0 || subject !== this.subject) {
      this.subject = subject
      this.parts = [wordsOf(subject), ...fresh(body, 0, body.count)]
      for (const sought of phrases.values()) sought.at = seek(sought.words, this.parts, 0, this.parts.length)
      return
    }
    if (prefix >= body.count && known === body.count) return
    const gone = known - prefix - suffix
    const come = fresh(body, prefix, body.count - suffix)
    if (gone === come.length) for (let i = 0; i < gone; i++) parts[1 + prefix + i] = come[i] as string
    else this.parts = [...parts.slice(0, 1 + prefix), ...come, ...parts.slice(parts.length - suffix)]
    for (const sought of phrases.values()) sought.at = again(sought, this.parts, prefix, suffix, come.length - gone)
  }
}

function fresh(body: Blocks, from: number, to: number): string[] {
  const out: string[] = []
  for (let i = from; i < to; i++) out.push(wordsOf(body.text.slice(body.start[i], body.end[i])))
  return out
}

function seek(words: string, parts: readonly string[], from: number, to: number): number {
  for (let i = from; i < to; i++) if ((parts[i] as string).includes(words)) return i
  const joined = parts.slice(from, to).map((part) => part.trim()).filter((part) => part !== '').join(' ')
  return ` ${joined} `.includes(words) ? ACROSS : NOWHERE
}

/** After an edit: what was found outside of it is still there; what was nowhere can only be where the edit was, or reach into it. */
function again({ words, count, at }: Sought, parts: readonly string[], prefix: number, suffix: number, shift: number): number {
  if (at >= 0 && at <= prefix) return at
  if (at >= 0 && at + shift >= parts.length - suffix) return at + shift
  if (at !== NOWHERE) return seek(words, parts, 0, parts.length)
  let from = 1 + prefix
  for (let left = count; from > 0 && left > 0; left -= wordCount(parts[from] as string)) from--
  let to = parts.length - suffix
  for (let left = count; to < parts.length && left > 0; to++) left -= wordCount(parts[to] as string)
  return seek(words, parts, from, to)
}

function wordCount(part: string): number {
  let count = -1
  for (let at = part.indexOf(' '); at >= 0; at = part.indexOf(' ', at + 1)) count++
  return part.length > 2 ? count : 0
}
