import './tokens.css'
import '../shell/shell.css'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { StoredComparison } from '../../lib/store/index.ts'
import { Compare } from '../compare/Compare.tsx'
import { THREE } from '../review/fixtures/fake-session.ts'
import { stubI18n } from '../review/fixtures/i18n-stub.ts'
import { startStory } from '../review/fixtures/story.ts'
import { startStage, type Stage } from '../shell/fixtures/stage.ts'
import { StorageView } from '../shell/StorageBanner.tsx'
import { Calm } from './index.ts'

/** What a screen reader is told, and how often. The clock is ours: it goes only where a test moves it. */
let stage: Stage
beforeEach(() => {
  stubI18n()
  stage = startStage()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
  stage.end()
})

const heard = (within: ParentNode): string => [...within.querySelectorAll<HTMLElement>('[role=status]')].map(({ innerText }) => innerText.trim()).filter(Boolean).join(' | ')

/** Every text that stood in a live region of `within` while `act` ran. */
async function heardWhile(within: Node & ParentNode, act: () => Promise<void>): Promise<string[]> {
  const all: string[] = []
  const note = (): void => {
    const now = heard(within)
    if (now !== all.at(-1)) all.push(now)
  }
  note()
  const watch = new MutationObserver(note)
  watch.observe(within, { subtree: true, childList: true, characterData: true })
  await act()
  note()
  watch.disconnect()
  return all.filter(Boolean)
}

it('while somebody writes, what is shown changes with each letter and nothing is said; once it is quiet the last is said, once', async () => {
  const letters = [...'A promise is a promise']
  const said = await heardWhile(stage.host, async () => {
    for (const [at] of letters.entries()) {
      stage.show(<Calm as="span" className="end">{at + 1} findings</Calm>)
      await expect.poll(() => stage.host.querySelector('.end')?.textContent).toBe(`${at + 1} findings`)
      await vi.advanceTimersByTimeAsync(300)
    }
    await vi.advanceTimersByTimeAsync(2_000)
    await expect.poll(() => heard(stage.host)).toBe(`${letters.length} findings`)
  })
  expect(said).toEqual([`${letters.length} findings`])
})

it('beside a draft, findings that come and go while somebody writes are said once, when it is quiet', async () => {
  const story = startStory({ findings: THREE })
  try {
    const { states } = story.session.snapshot()
    await expect.poll(() => story.root.querySelector('[role=status]')).not.toBeNull()
    const said = await heardWhile(story.root, async () => {
      await vi.advanceTimersByTimeAsync(700)
      await expect.poll(() => story.root.querySelector('[data-cs=chip]')).not.toBeNull()
      for (const open of [3, 2, 3, 1, 3, 2]) {
        story.session.set({ states: states.slice(0, open), gate: { kind: 'hold', because: 'open-findings', open: states.slice(0, open).map(({ finding }) => finding.fingerprint) } })
        await expect.poll(() => story.session.snapshot().states.length).toBe(open)
        await vi.advanceTimersByTimeAsync(300)
      }
      await vi.advanceTimersByTimeAsync(2_000)
      await expect.poll(() => heard(story.root)).not.toBe('')
    })
    expect(said).toEqual(['2 to settle'])
  } finally {
    story.end()
  }
})

it('of work that takes a while it is said what is done, not each step, and the bar has the numbers', async () => {
  const said = await heardWhile(stage.host, async () => {
    for (let done = 0; done < 20; done++) {
      stage.show(<StorageView counting={{ done, total: 20 }} full={null} failed={null} />)
      await expect.poll(() => stage.host.querySelector('progress')?.value).toBe(done)
    }
  })
  expect(said).toEqual(['Counting earlier reviews'])
})

it('of drafts that are gone through it is said that they are, and what came of it', async () => {
  let step: (done: number, total: number) => void = () => undefined
  let end: (result: StoredComparison) => void = () => undefined
  const done = new Promise<StoredComparison>((resolve) => { end = resolve })
  stage.show(<Compare start={(onProgress) => { step = onProgress; return { done, cancel: () => undefined } }} />)
  await expect.poll(() => stage.host.querySelector('button')).not.toBeNull()
  const none = { count: 0, numbers: [] }
  const said = await heardWhile(stage.host, async () => {
    stage.host.querySelector('button')?.click()
    for (let at = 1; at <= 20; at++) {
      step(at, 20)
      await expect.poll(() => stage.host.querySelector('progress')?.value).toBe(at)
    }
    end({ looked: 0, foundNow: 0, foundThen: 0, heldNow: 0, heldThen: 0, ownedNow: 0, ownedThen: 0, newlyFound: none, newlyHeld: none, noLongerHeld: none, againstDismissed: none, againstFixed: none, withoutText: 0 })
    await expect.poll(() => heard(stage.host)).not.toBe('Comparing with past drafts')
  })
  expect(said).toHaveLength(2)
  expect(said[0]).toBe('Comparing with past drafts')
})
