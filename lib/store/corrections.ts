import type { Lesson } from '../guard/types.ts'
import { categoryOfChange, changesBetween, maskChange, namesFrom, shorten } from '../learning/index.ts'
import type { Correction } from '../review/index.ts'
import { db, type CorrectionRow, type ReviewRecord } from './db.ts'
import { guarded } from './errors.ts'
import { countCorrections } from './tallies.ts'

const DAY = 86_400_000
/** Of a whole paragraph so much is kept where whole texts are not. UTF-16 code units. */
const GIST = 80

/** Keeps a correction; the same one told twice is kept once. */
export function recordCorrection(correction: Correction): Promise<void> {
  return keep([correction])
}

/**
 * Keeps what a person made of a draft: the answers to findings, and every other change of the assistant's paragraphs. Personal data and the names of the draft's people are masked
 * before anything is written; of a paragraph that went, came or was written anew only the first words are kept, unless `keepTexts`.
 * @param own the reviewer's name, masked as well.
 */
export function recordLesson(lesson: Lesson, { keepTexts, own }: { readonly keepTexts: boolean; readonly own: string }): Promise<void> {
  const names = namesFrom([...lesson.people, own])
  const { session, site, kind, assistant, at, corrections: asked } = lesson
  const from = { site, at, session, kind, assistant }
  const unasked = changesBetween(lesson.wrote, lesson.left).filter((change) => !asked.some((one) => speaksOf(change, one)))
  const gist = (text: string): string => (keepTexts ? text : shorten(text, GIST))
  return keep([
    ...asked.map(({ rule, category, ...change }): Correction => ({ rule, category, ...maskChange(change, names), ...from })),
    ...unasked.map(({ level, ...change }): Correction => {
      const { before, after, sentence } = maskChange(change, names)
      const said = { rule: '', category: categoryOfChange(change), ...from }
      return level === 'span' ? { ...said, before, after, sentence, level } : { ...said, before: gist(before), after: gist(after), sentence: gist(sentence), level }
    }),
  ])
}

/** Whether a change is what an answer to a finding already tells. */
function speaksOf(change: { readonly before: string; readonly sentence: string }, answer: { readonly before: string; readonly sentence: string }): boolean {
  const same = change.sentence.includes(answer.sentence) || answer.sentence.includes(change.sentence)
  return same && (change.before === '' || change.before.includes(answer.before) || answer.before.includes(change.before))
}

function keep(corrections: readonly Correction[]): Promise<void> {
  return guarded(() => db.transaction('rw', db.corrections, db.tallies, db.meta, async () => {
    for (const correction of corrections) {
      const { at, rule, before } = correction
      const known = await db.corrections.where('[at+rule+before]').equals([at, rule, before]).count()
      if (known > 0) continue
      // A copy: the database writes the id it gives into what it is handed.
      const id = await db.corrections.add({ ...correction })
      await countCorrections([{ ...correction, id }], 1)
    }
  }))
}

/**
 * Removes the corrections of a record's draft. They are found by their time: a draft teaches between its first hold and its last send, or within a day of them.
 * Runs inside the caller's transaction over `corrections`, `tallies` and `meta`.
 */
export async function forgetCorrections({ at, updated, session }: ReviewRecord): Promise<void> {
  const rows = await db.corrections.where('at').between(at - DAY, updated + DAY, true, true).filter((row) => row.session === session).toArray()
  await db.corrections.bulkDelete(rows.map(({ id }) => id))
  await countCorrections(rows, -1)
}

/** The corrections that a record's draft may have taught: those of its time, or within a day of it. */
export function correctionsAround({ at, updated }: Pick<ReviewRecord, 'at' | 'updated'>): Promise<CorrectionRow[]> {
  return guarded(() => db.corrections.where('at').between(at - DAY, updated + DAY, true, true).toArray())
}

/** One correction by the id that the database gave it, null where it is gone. */
export function getCorrection(id: number): Promise<CorrectionRow | null> {
  return guarded(async () => (await db.corrections.get(id)) ?? null)
}

/** Corrections, the oldest first: what proposals are made of. */
export function listCorrections({ since = -Infinity, limit = 10_000 }: { since?: number; limit?: number } = {}): Promise<CorrectionRow[]> {
  return guarded(async () => (await db.corrections.where('at').aboveOrEqual(since).reverse().limit(limit).toArray()).reverse())
}

/** The corrections that were written after the one of this number, in the order they were written; at most `limit`. */
export function correctionsAfter(id: number, limit: number): Promise<CorrectionRow[]> {
  return guarded(() => db.corrections.where('id').above(id).limit(limit).toArray())
}
