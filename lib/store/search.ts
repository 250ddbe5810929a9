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

/** Those of the records in which every phrase stands, in one of the texts that they are found by. */
async function holding(numbers: readonly number[], phrases: readonly string[]): Promise<number[]> {
  const found: number[] = []
  for (let from = 0; from < numbers.length; from += AT_ONCE) {
    for (const row of await db.records.bulkGet(numbers.slice(from, from + AT_ONCE))) {
      if (!row) continue
      const texts = [row.subject, row.host, row.text ?? '', ...row.recipients.flatMap(({ name, address }) => [name, address ?? '']), ...row.findings.flatMap(({ title, quote }) => [title, quote]), ...row.decisions.map(({ quote }) => quote)].map(plain)
      if (phrases.every((phrase) => texts.some((text) => text.includes(phrase)))) found.push(row.number)
    }
  }
  return found
}

/**
 * Numbers of the records that have, for every word of the query, a word that starts with it, in subject, people, host, rule titles, quotes and (where kept) text. Words in quotation
 * marks must follow one another. The latest first; null for a query without words, which finds everything.
 */
export async function searchRecords(query: string): Promise<number[] | null> {
  const words = wordsOf([query])
  if (words.length === 0) return null
  return guarded(async () => {
    let found: number[] | null = null
    // The longest words are the rarest: the list is short before the short ones are asked.
    for (const word of words.sort((a, b) => b.length - a.length)) {
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

/**
 * Numbers of the newest records that a query finds, at most `limit`, the latest first: what is seen first of a long result, without reading all of it. Null for a query of more than one word or with a phrase, and
 * for a start that many words have: there the newest are known only once all are.
 */
export async function newestFound(query: string, limit: number): Promise<number[] | null> {
  const [word, ...others] = wordsOf([query])
  if (word === undefined || others.length > 0 || phrasesOf(query).length > 0) return null
  return guarded(async () => {
    const started = await db.records.where('words').startsWith(word).limit(FEW_WORDS + 1).uniqueKeys()
    if (started.length > FEW_WORDS) return null
    const found = await Promise.all(started.map((each) => db.records.where('words').equals(each).reverse().limit(limit).primaryKeys()))
    return [...new Set(found.flat())].sort((a, b) => b - a).slice(0, limit)
  })
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
