import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { KnownBlock } from '../origin/index.ts'
import { recallOrigin, rememberOrigin } from './origins.ts'

/** Stands for `chrome.storage.session`: keeps copies, as the browser does. */
function fakeSession() {
  const stored: Record<string, string> = {}
  let broken = false
  vi.stubGlobal('chrome', {
    storage: {
      session: {
        get: async (key: string) => (key in stored ? { [key]: JSON.parse(stored[key] ?? '') as unknown } : {}),
        set: async (values: Record<string, unknown>) => {
          if (broken) throw new Error('quota')
          for (const [key, value] of Object.entries(values)) stored[key] = JSON.stringify(value)
        },
      },
    },
  })
  return { break: (now: boolean) => (broken = now) }
}

const block = (digest: string, at: number): KnownBlock => ({
  digest, edited: 0.1, arrival: { kind: 'paste', marks: [{ class: 'T2', mark: 'chatgpt', product: 'ChatGPT', count: 1 }], chars: 10, at },
})
let session: ReturnType<typeof fakeSession>

beforeEach(() => {
  session = fakeSession()
})

describe('origins', () => {
  it('are known again by site and digest, block by block, the latest word counting', async () => {
    await rememberOrigin('gmail', [block('a', 1), block('b', 1)])
    await rememberOrigin('gmail', [block('a', 2)])
    expect(await recallOrigin('gmail', ['a', 'x', 'b'])).toEqual([block('a', 2), block('b', 1)])
    expect(await recallOrigin('hubspot', ['a'])).toEqual([])
  })

  it('lose nothing when told at the same moment, and forget the oldest first', async () => {
    await Promise.all(Array.from({ length: 31 }, (_, at) => rememberOrigin('gmail', Array.from({ length: 100 }, (__, nth) => block(`${at * 100 + nth}`, at)))))
    expect(await recallOrigin('gmail', ['99'])).toEqual([])
    expect(await recallOrigin('gmail', ['100', '3099'])).toEqual([block('100', 1), block('3099', 30)])
  })

  it('go on after a write that failed, which its caller hears of', async () => {
    session.break(true)
    await expect(rememberOrigin('gmail', [block('a', 1)])).rejects.toThrow('quota')
    session.break(false)
    await rememberOrigin('gmail', [block('b', 2)])
    expect(await recallOrigin('gmail', ['b'])).toEqual([block('b', 2)])
  })
})
