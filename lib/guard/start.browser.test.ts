import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { GuardCore } from './core.ts'
import { fakeSession, guard, PAGE } from './gate-page.fixture.ts'

let core: GuardCore
const come = vi.fn<() => Promise<void>>()
const opened = () => core.attach((root) => fakeSession(root).session)
const body = () => document.querySelector('#body') as HTMLElement

beforeEach(async () => {
  document.body.innerHTML = PAGE
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  come.mockReset().mockRejectedValue(new Error('no worker'))
  core = await guard({ loadDrafts: come })
})
afterEach(() => {
  core.dispose()
  vi.useRealTimers()
})

describe('a draft script that could not come', () => {
  it('is asked for once more by itself: the draft that has the focus is checked without another press', async () => {
    come.mockRejectedValueOnce(new Error('no worker')).mockImplementation(async () => opened())
    body().focus()
    await vi.advanceTimersByTimeAsync(1)
    expect(core.sessions()).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(core.sessions()).toHaveLength(1)
  })

  it('is then left alone until the next focus', async () => {
    body().focus()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(come).toHaveBeenCalledTimes(2)
    body().blur()
    body().focus()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(come).toHaveBeenCalledTimes(4)
  })

  it('is not asked for where the site was turned off meanwhile', async () => {
    body().focus()
    await vi.advanceTimersByTimeAsync(1)
    core.dispose()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(come).toHaveBeenCalledTimes(1)
  })
})
