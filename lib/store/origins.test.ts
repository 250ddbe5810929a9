import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OriginEvent } from '../origin/index.ts'
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

const pasted = (at: number): OriginEvent[] => [{ kind: 'paste', marks: [{ class: 'T2', mark: 'chatgpt', product: 'ChatGPT', count: 1 }], chars: 10, at }]
let session: ReturnType<typeof fakeSession>

beforeEach(() => {
  session = fakeSession()
})

describe('origins', () => {
  it('are known again by site and digest, the latest word counting', async () => {
    await rememberOrigin('gmail', 'a', pasted(1))
    await rememberOrigin('gmail', 'a', pasted(2))
    expect(await recallOrigin('gmail', 'a')).toEqual(pasted(2))
    expect(await recallOrigin('hubspot', 'a')).toEqual([])
    expect(await recallOrigin('gmail', 'b')).toEqual([])
  })

  it('lose nothing when told at the same moment, and forget the oldest first', async () => {
    await Promise.all(Array.from({ length: 310 }, (_, at) => rememberOrigin('gmail', `${at}`, pasted(at))))
    expect(await recallOrigin('gmail', '9')).toEqual([])
    expect(await recallOrigin('gmail', '10')).toEqual(pasted(10))
    expect(await recallOrigin('gmail', '309')).toEqual(pasted(309))
  })

  it('go on after a write that failed, which its caller hears of', async () => {
    session.break(true)
    await expect(rememberOrigin('gmail', 'a', pasted(1))).rejects.toThrow('quota')
    session.break(false)
    await rememberOrigin('gmail', 'b', pasted(2))
    expect(await recallOrigin('gmail', 'b')).toEqual(pasted(2))
  })
})
