import type { Page } from 'playwright-core'
import { seeded } from './records.ts'

const AT_ONCE = 2_000

/** Puts rows into a table of the extension's database, past our own code. The page is one of the extension's own, on which the database is open already. */
export async function putRows(page: Page, table: string, rows: readonly object[]): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    await page.evaluate(({ name, part }) => new Promise<void>((resolve, reject) => {
      const open = indexedDB.open('countersign')
      open.onerror = () => reject(open.error ?? new Error('not opened'))
      open.onsuccess = () => {
        const transaction = open.result.transaction(name, 'readwrite')
        for (const row of part) transaction.objectStore(name).put(row)
        transaction.oncomplete = () => { open.result.close(); resolve() }
        transaction.onerror = () => reject(transaction.error ?? new Error('not written'))
      }
    }), { name: table, part: rows.slice(from, from + AT_ONCE) })
  }
}

/** Has the extension count everything anew when a page of numbers is next opened. */
function uncounted(page: Page): Promise<void> {
  return page.evaluate(() => new Promise<void>((resolve, reject) => {
    const open = indexedDB.open('countersign')
    open.onerror = () => reject(open.error ?? new Error('not opened'))
    open.onsuccess = () => {
      const transaction = open.result.transaction(['tallies', 'meta'], 'readwrite')
      transaction.objectStore('tallies').clear()
      transaction.objectStore('meta').delete('tallies-built')
      transaction.oncomplete = () => { open.result.close(); resolve() }
      transaction.onerror = () => reject(transaction.error ?? new Error('not written'))
    }
  }))
}

/** Fills the database with `count` reviews and their corrections. Reload pages afterwards: they do not hear of rows that were put in from outside. */
export async function fillHistory(page: Page, count: number, now = Date.now()): Promise<void> {
  const { records, corrections } = seeded(count, now)
  await putRows(page, 'records', records)
  await putRows(page, 'corrections', corrections.map((correction, index) => ({ ...correction, id: index + 1 })))
  await uncounted(page)
}
