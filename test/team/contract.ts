import { expect, it } from 'vitest'
import type { Listed, TeamStore } from '../../lib/team/store/types.ts'

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const text = (got: Awaited<ReturnType<TeamStore['get']>>): string | null => (got.kind === 'object' ? new TextDecoder().decode(got.bytes) : null)

async function all(pages: AsyncIterable<readonly Listed[]>): Promise<Listed[]> {
  const rows: Listed[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

/** What every driver promises, on whatever store. `open` gives a store whose folder is empty and this suite's own, the same one each time; `writer` another device's on the same folder. */
export function storeContract({ open, createOnly, many = 25 }: { readonly open: () => TeamStore; /** Whether the store behind it honours create-only. */ readonly createOnly: boolean; readonly many?: number }): void {
  it('says what the store does', async () => {
    const found = await open().probe()
    expect(found).toMatchObject({ read: true, write: true, createOnly })
    expect(await all(open().list('probe/'))).toEqual([])
  })

  it('gives back what was written, byte for byte, also bytes that are no text', async () => {
    const odd = Uint8Array.from({ length: 4_096 }, (_, at) => (at * 7) % 256)
    expect(await open().put('kind=a/day=2026-11-27/odd-1.json', odd)).toBe('written')
    const got = await open().get('kind=a/day=2026-11-27/odd-1.json', { maxBytes: 10_000 })
    expect(got).toMatchObject({ kind: 'object' })
    expect(got.kind === 'object' && [...got.bytes]).toEqual([...odd])
  })

  it('keeps nothing at all and an object of no bytes apart', async () => {
    await open().put('kind=a/empty', bytes(''))
    expect(await open().get('kind=a/empty', { maxBytes: 10 })).toMatchObject({ kind: 'object', bytes: new Uint8Array() })
    expect(await open().get('kind=a/none', { maxBytes: 10 })).toEqual({ kind: 'missing' })
    expect(await open().get('kind=none/none', { maxBytes: 10 })).toEqual({ kind: 'missing' })
  })

  it('answers unchanged to the ETag it gave, and the new object once it was replaced', async () => {
    await open().put('hints/x.json', bytes('one'))
    const first = await open().get('hints/x.json', { maxBytes: 100 })
    const etag = first.kind === 'object' ? first.etag : null
    expect(etag).not.toBeNull()
    expect(await open().get('hints/x.json', { etag, maxBytes: 100 })).toEqual({ kind: 'unchanged' })
    expect(await open().put('hints/x.json', bytes('another'), { overwrite: true })).toBe('written')
    expect(text(await open().get('hints/x.json', { etag, maxBytes: 100 }))).toBe('another')
  })

  it('writes an object twice with the effect of once', async () => {
    expect(await open().put('kind=a/twice', bytes('same'))).toBe('written')
    expect(await open().put('kind=a/twice', bytes('same'))).toBe(createOnly ? 'exists' : 'written')
    expect(text(await open().get('kind=a/twice', { maxBytes: 100 }))).toBe('same')
  })

  it('refuses more bytes than asked for', async () => {
    await open().put('kind=a/large', new Uint8Array(5_000))
    await expect(open().get('kind=a/large', { maxBytes: 4_999 })).rejects.toMatchObject({ problem: { code: 'too-large' } })
  })

  it('lists a folder whole and in order, from a key on, and a folder that is not there as empty', async () => {
    const keys = Array.from({ length: many }, (_, at) => `kind=list/day=2026-11-${String(1 + (at % 5)).padStart(2, '0')}/${String(at).padStart(5, '0')}-x.json`).sort()
    await inTurns(keys, 8, async (key) => void (await open().put(key, bytes(key))))
    expect(await all(open().list('kind=list/'))).toEqual(keys.map((key) => ({ key, size: key.length })))
    const from = keys[Math.floor(keys.length / 2)] ?? ''
    expect((await all(open().list('kind=list/', { startAfter: from }))).map(({ key }) => key)).toEqual(keys.filter((key) => key > from))
    // From a day on that has no object of its own.
    expect((await all(open().list('kind=list/', { startAfter: 'kind=list/day=2026-11-03' }))).map(({ key }) => key)).toEqual(keys.filter((key) => key > 'kind=list/day=2026-11-03'))
    expect((await all(open().list('kind=list/', { limit: 3 }))).map(({ key }) => key)).toEqual(keys.slice(0, 3))
    expect(await all(open().list('kind=list/day=2026-11-02/'))).toHaveLength(keys.filter((key) => key.includes('11-02')).length)
    expect(await all(open().list('kind=lis/'))).toEqual([])
  })

  it('lets devices write at once into a folder that none of them has made yet', async () => {
    for (let day = 1; day <= 5; day++) {
      const keys = Array.from({ length: 8 }, (_, at) => `kind=fresh/day=2026-12-0${day}/deep/${at}`)
      expect(await Promise.all(keys.map((key) => open().put(key, bytes(key))))).toEqual(keys.map(() => 'written'))
    }
    expect(await all(open().list('kind=fresh/'))).toHaveLength(40)
  })

  it('lets eight write one key at once: one of the bodies stays whole', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, at) => open().put('kind=a/race', bytes(`writer ${at}`))))
    if (createOnly) expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1)
    expect(text(await open().get('kind=a/race', { maxBytes: 100 }))).toMatch(/^writer [0-7]$/)
  })
}

/** Runs work on items, so many at once. */
export async function inTurns<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as T)
  }))
}
