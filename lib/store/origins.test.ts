import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { KnownBlock } from '../origin/index.ts'
import { db } from './db.ts'
import { forgetOrigins, recallOrigin, rememberOrigin } from './origins.ts'
import { applyRetention, forgetAll } from './retention.ts'

const DAY = 86_400_000
const NOW = 1_000 * DAY
const digest = (name: number | string): string => String(name).padStart(64, '0')
const block = (name: number | string, at = 1): KnownBlock => ({
  digest: digest(name), edited: 0.1, arrival: { kind: 'paste', marks: [{ class: 'T2', mark: 'chatgpt', product: 'ChatGPT', count: 1 }], chars: 10, at },
})
const known = async (names: readonly (number | string)[], at = NOW, site = 'gmail') => recallOrigin(site, names.map(digest), at)

beforeEach(() => db.origins.clear())

describe('origins', () => {
  it('are known again by site and digest, block by block, the latest word counting', async () => {
    await rememberOrigin('gmail', [block('a', 1), block('b', 1)], NOW)
    await rememberOrigin('gmail', [block('a', 2)], NOW)
    expect(await known(['a', 'c', 'b'])).toEqual([block('a', 2), block('b', 1)])
    expect(await known(['a'], NOW, 'hubspot')).toEqual([])
  })

  it('are known after the browser was closed, because they are on the disk', async () => {
    await rememberOrigin('gmail', [block('a')], NOW)
    db.close()
    await db.open()
    expect(await known(['a'])).toEqual([block('a')])
  })

  it('lose nothing when told at the same moment, and forget the oldest beyond 3,000 first', async () => {
    await Promise.all(Array.from({ length: 31 }, (_, at) => rememberOrigin('gmail', Array.from({ length: 100 }, (__, nth) => block(at * 100 + nth)), NOW + at)))
    expect(await db.origins.count()).toBe(3_000)
    expect(await known([99], NOW + 31)).toEqual([])
    expect(await known([100, 3099], NOW + 31)).toHaveLength(2)
  })

  it('are known for 60 days from the last time they were seen, and not longer', async () => {
    await rememberOrigin('gmail', [block('a'), block('b')], NOW)
    expect(await known(['a'], NOW + 59 * DAY)).toHaveLength(1)
    expect(await known(['a', 'b'], NOW + 61 * DAY)).toEqual([block('a')])
    await forgetOrigins(60, NOW + 61 * DAY)
    expect(await db.origins.count()).toBe(1)
  })

  it('go with what is old, at most as long as the person set, and with "Forget everything"', async () => {
    await rememberOrigin('gmail', [block('a')], NOW)
    await applyRetention(30, NOW + 29 * DAY)
    expect(await db.origins.count()).toBe(1)
    await applyRetention(30, NOW + 31 * DAY)
    expect(await db.origins.count()).toBe(0)
    await rememberOrigin('gmail', [block('a')], NOW)
    await applyRetention(0, NOW + 61 * DAY)
    expect(await db.origins.count()).toBe(0)
    await rememberOrigin('gmail', [block('a')], NOW)
    await forgetAll()
    expect(await db.origins.count()).toBe(0)
  })

  it('leave out what cannot be read, and tell their caller of a write that failed', async () => {
    await rememberOrigin('gmail', [block('a'), block('b')], NOW)
    await db.origins.put({ key: `gmail ${digest('a')}`, seen: NOW, block: { digest: 'x' } as unknown as KnownBlock })
    expect(await known(['a', 'b'])).toEqual([block('b')])
    const put = vi.spyOn(db.origins, 'bulkPut').mockRejectedValueOnce(new DOMException('full', 'QuotaExceededError'))
    await expect(rememberOrigin('gmail', [block('c')], NOW)).rejects.toMatchObject({ code: 'storage-full' })
    put.mockRestore()
    await rememberOrigin('gmail', [block('c')], NOW)
    expect(await known(['c'])).toHaveLength(1)
  })
})
