import 'fake-indexeddb/auto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { sumTallies } from '../learning/index.ts'
import { installFakeChrome } from './chrome.fixture.ts'
import { db } from './db.ts'
import { makeRecord } from './draft.fixture.ts'
import { checkLedger } from './ledger-check.ts'
import { listRecords, recordHeld } from './records.ts'
import { searchRecords } from './search.ts'
import { buildTallies, listTallies } from './tallies.ts'

/** Databases as the code of each version of the schema left them, written by that code (`test/fixtures/databases/make.ts`). */
const FOLDER = join(import.meta.dirname, '../../test/fixtures/databases')
const VERSIONS = readdirSync(FOLDER).filter((name) => name.endsWith('.json')).sort()

interface Left { readonly version: number; readonly tables: Readonly<Record<string, { readonly schema: string; readonly rows: readonly Record<string, unknown>[] }>> }

/** Takes out of JSON what it does not know. */
async function revived(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(revived))
  if (typeof value !== 'object' || value === null) return value
  if ('$infinity' in value) return Infinity
  if ('$key' in value) {
    const { $key, algorithm, usages } = value as unknown as { $key: JsonWebKey; algorithm: KeyAlgorithm; usages: KeyUsage[] }
    return crypto.subtle.importKey('jwk', $key, algorithm, $key.d === undefined, usages)
  }
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, part]) => [key, await revived(part)] as const)))
}

async function leave({ version, tables }: Left): Promise<void> {
  db.close()
  await Dexie.delete('countersign')
  const old = new Dexie('countersign')
  old.version(version).stores(Object.fromEntries(Object.entries(tables).map(([name, { schema }]) => [name, schema])))
  for (const [name, { rows }] of Object.entries(tables)) await old.table(name).bulkPut(await revived(rows) as object[])
  old.close()
}

const read = (name: string): Left => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Left

it('there is a database of every version up to this one', () => {
  expect(VERSIONS).toEqual(Array.from({ length: db.verno }, (_, index) => `v${index + 1}.json`))
})

describe.each(VERSIONS)('a database that was left by %s', (name) => {
  it('is opened with every row as it was, its chain holds and goes on, and all of it is found and counted', async () => {
    installFakeChrome()
    const left = read(name)
    await leave(left)
    await db.open()
    for (const [table, { rows }] of Object.entries(left.tables)) {
      if (table === 'meta') continue
      expect(await db.table(table).toArray(), table).toEqual(await revived(rows))
    }
    expect(await checkLedger({ whole: true, now: 1 })).toMatchObject({ ok: true, entries: 7, bad: null })
    expect((await listRecords()).map(({ session, outcome }) => [session, outcome])).toEqual([['urgent', 'sent'], ['second', 'held'], ['first', 'sent']])
    expect(await searchRecords('cafe')).toHaveLength(3)
    await buildTallies()
    const [sum] = sumTallies(await listTallies(), { of: 'drafts', by: [] })
    expect(sum?.counts).toMatchObject({ seen: 3, corrected: 1 })
    await recordHeld(makeRecord({ session: 'after' }), 'send', { at: Date.UTC(2026, 10, 1), keepTexts: false })
    expect(await checkLedger({ whole: true, now: 2 })).toMatchObject({ ok: true, entries: 8, bad: null })
    expect(await listRecords()).toHaveLength(4)
  })
})
