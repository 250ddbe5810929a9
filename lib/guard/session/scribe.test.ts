import { describe, expect, it, vi } from 'vitest'
import { createScribe } from './scribe.ts'

const failure = (code: string) => Promise.reject(Object.assign(new Error(code), { code }))

describe('Scribe', () => {
  it('says that storage is full until something can be written again', async () => {
    const show = vi.fn()
    const scribe = createScribe(show)
    await expect(scribe.written(failure('storage-full'))).rejects.toThrow('storage-full')
    expect(scribe.trouble).toBe('storage-full')
    expect(show).toHaveBeenCalledTimes(1)
    expect(await scribe.written(Promise.resolve(7))).toBe(7)
    expect(scribe.trouble).toBeNull()
  })

  it('takes any failure to reach the worker as the worker gone', async () => {
    const scribe = createScribe(() => undefined)
    scribe.write(failure('worker-gone'))
    await vi.waitFor(() => expect(scribe.trouble).toBe('worker-gone'))
  })

  it.each(['stale-rules', 'not-signable', 'refused'])('does not say that the worker is gone when it answered: %s', async (code) => {
    const scribe = createScribe(() => undefined)
    await expect(scribe.written(failure(code))).rejects.toThrow(code)
    expect(scribe.trouble).toBeNull()
  })
})
