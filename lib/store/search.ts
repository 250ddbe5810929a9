import { db, type ReviewRecord } from './db.ts'
import { guarded } from './errors.ts'
import { fold, wordsOf } from './words.ts'

/** Words between quotation marks, straight or curly: they must follow one another. */
const PHRASE = /["\u201C\u201D\u201E\u00AB\u00BB]([^"\u201C\u201D\u201E\u00AB\u00BB]+)["\u201C\u201D\u00BB\u00AB]/gu
/** Records read at once to look for a phrase. */
const AT_ONCE = 500

/** Phrases of a query, folded, white space as one blank each. */
function phrasesOf(query: string): string[] {
  return [...query.matchAll(PHRASE)].map(([, words = '']) => plain(words)).filter(Boolean)
}

function plain(text: string): string {
  return fold(text).replace(/\s+/gu, ' ').trim()
}

/** Whether every phrase stands in one of the texts that a record is found by. */
function holds(row: ReviewRecord, phrases: readonly string[]): boolean {
  if (phrases.length === 0) return true
  const texts = [row.subject, row.host, row.text ?? '', ...row.recipients.flatMap(({ name, address }) => [name, address ?? '']), ...row.findings.flatMap(({ title, quote }) => [title, quote]), ...row.decisions.map(({ quote }) => quote)].map(plain)
  return phrases.every((phrase) => texts.some((text) => text.includes(phrase)))
}

/** Those of the records that hold every phrase. */
async function holding(numbers: readonly number[], phrases: readonly string[]): Promise<number[]> {
  const found: number[] = []
  for (let from = 0; from < numbers.length; from += AT_ONCE) {
    for (const row of await db.records.bulkGet(numbers.slice(from, from + AT_ONCE))) if (row && holds(row, phrases)) found.push(row.number)
  }
  return found
}

/** The words of a query, the longest first: they are the rarest, so that what is left to look through is short before the short ones are asked. */
function wordsAsked(query: string): string[] {
  return wordsOf([query]).sort((a, b) => b.length - a.length)
}

/**
 * Numbers of the records that have, for every word of the query, a word that starts with it, in subject, people, host, rule titles, quotes and (where kept) text. Words in quotation
 * marks must follow one another. The latest first; null for a query without words, which finds everything.
 */
export async function searchRecords(query: string): Promise<number[] | null> {
  const words = wordsAsked(query)
  if (words.length === 0) return null
  return guarded(async () => {
    let found: number[] | null = null
    for (const word of words) {
      const keys: number[] = await db.records.where('words').startsWith(word).primaryKeys()
      const holding = new Set(keys)
      const left: readonly number[] = found ?? [...holding]
      found = left.filter((number) => holding.has(number))
      if (found.length === 0) return []
    }
    const numbers = (found ?? []).sort((a, b) => b - a)
    const phrases = phrasesOf(query)
    return phrases.length === 0 ? numbers : holding(numbers, phrases)
  })
}

/** A start that more words have is looked up whole. */
const FEW_WORDS = 8
/** The newest records with the longest word of a query that are looked through for its other words, so many at a time; and so many that all of them may be read to find the newest. */
const LOOKED_THROUGH = 400
const STEP = 50
const READ_WHOLE = 10_000

/**
 * Numbers of the newest records that a query finds, at most `limit`, the latest first: what is seen first of a long result, without reading all of it. Null for a query without words, and where the newest
 * are known only once all are: a start that many words have, or words that rarely meet.
 */
export async function newestFound(query: string, limit: number): Promise<number[] | null> {
  const [first, ...others] = wordsAsked(query)
  if (first === undefined) return null
  const phrases = phrasesOf(query)
  return guarded(async () => {
    if (others.length === 0 && phrases.length === 0) return (await newestWith(first, limit))?.numbers.slice(0, limit) ?? null
    const candidates = (await newestWith(first, LOOKED_THROUGH)) ?? (await allWith(first))
    if (!candidates) return null
    const found: number[] = []
    const looked = candidates.numbers.slice(0, LOOKED_THROUGH)
    for (let from = 0; from < looked.length && found.length < limit; from += STEP) {
      for (const row of await db.records.bulkGet(looked.slice(from, from + STEP))) {
        if (row && others.every((start) => row.words.some((word) => word.startsWith(start))) && holds(row, phrases)) found.push(row.number)
      }
    }
    const all = candidates.all && looked.length === candidates.numbers.length
    return all || found.length >= limit ? found.slice(0, limit) : null
  })
}

interface Candidates { readonly numbers: readonly number[]; readonly all: boolean }

/** The newest records, at least `limit` where there are so many, with a word that starts so; null for a start that many words have. */
async function newestWith(start: string, limit: number): Promise<Candidates | null> {
  const started = await fewStarting(start)
  if (started === null) return null
  const found = await Promise.all(started.map((each) => db.records.where('words').equals(each).reverse().limit(limit).primaryKeys()))
  const numbers = [...new Set(found.flat())].sort((a, b) => b - a)
  const all = found.every(({ length }) => length < limit)
  // Older ones of a frequent word may be missing among those of a rare one.
  return { numbers: all ? numbers : numbers.slice(0, limit), all }
}

/** The words that start so; null for more than a few. One look a word: the index's own unique keys step over every record of each. */
async function fewStarting(start: string): Promise<string[] | null> {
  const started: string[] = []
  for (let after = start; ; ) {
    const [next] = await db.records.where('words').between(after, `${start}\uffff`, started.length === 0, true).limit(1).keys()
    if (typeof next !== 'string') return started
    if (started.length === FEW_WORDS) return null
    started.push((after = next))
  }
}

/** All records with a word that starts so, the latest first; null where they are too many to be read for their newest. */
async function allWith(start: string): Promise<Candidates | null> {
  const found = await db.records.where('words').startsWith(start).limit(READ_WHOLE + 1).primaryKeys()
  return found.length > READ_WHOLE ? null : { numbers: [...new Set(found)].sort((a, b) => b - a), all: true }
}

/** Fewer than these are asked for one by one. */
const FEW = 8

/** Records by number, in the order asked; numbers that are gone are left out. */
export async function recordsByNumber(numbers: readonly number[]): Promise<ReviewRecord[]> {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
  // One answer for a whole range costs a page far less than an answer for each.
  if (numbers.length > FEW && high - low < 2 * numbers.length) {
    const rows = new Map((await guarded(() => db.records.where('number').between(low, high, true, true).toArray())).map((row) => [row.number, row]))
    return numbers.flatMap((number) => rows.get(number) ?? [])
  }
  const rows = await guarded(() => db.records.bulkGet([...numbers]))
  return rows.filter((row): row is ReviewRecord => row !== undefined)
}
