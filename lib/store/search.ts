import { db, type ReviewRecord } from './db.ts'
import { guarded } from './errors.ts'
import { wordsOf } from './words.ts'

/**
 * Numbers of the records that have, for every word of the query, a word that starts with it, in subject, people, host, rule titles, quotes and (where kept) text. The latest first;
 * null for a query without words, which finds everything.
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
    return (found ?? []).sort((a, b) => b - a)
  })
}

/** Records by number, in the order asked; numbers that are gone are left out. */
export async function recordsByNumber(numbers: readonly number[]): Promise<ReviewRecord[]> {
  const rows = await guarded(() => db.records.bulkGet([...numbers]))
  return rows.filter((row): row is ReviewRecord => row !== undefined)
}
