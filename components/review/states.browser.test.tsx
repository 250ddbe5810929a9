import axe from 'axe-core'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { cdp, page } from 'vitest/browser'
import { stubI18n } from './fixtures/i18n-stub.ts'
import type { Story } from './fixtures/story.ts'
import { STORIES, lookTwice, startStory } from './fixtures/story.ts'
import { mountReview } from './index.ts'

/** Every state over a FAKE session: what axe-core sees, in light and dark; and what a page may do to our element. */
let story: Story
afterEach(() => { story.end() })

const shown = async (cs: string): Promise<HTMLElement> => {
  await expect.poll(() => story.root.querySelector(`[data-cs="${cs}"]`), { message: `${cs} is shown` }).not.toBeNull()
  return story.root.querySelector(`[data-cs="${cs}"]`) as HTMLElement
}

/** Forms and views that a person opens from a state. A script's click is enough for what decides nothing. */
async function follow(then: string | undefined): Promise<void> {
  if (!then || then === 'sign') return
  if (then === 'kept') {
    story.session.keep('f0', 'In contract')
    story.session.open('f0')
    await shown('card-reopen')
  } else if (then === 'since') {
    await shown('panel')
    lookTwice(story)
    await shown('since')
  } else if (then === 'help') {
    (await shown('card')).querySelector<HTMLElement>('.ft button')?.click()
    await shown('help')
  } else {
    (await shown(then)).click()
  }
}

describe.each(['light', 'dark'] as const)('axe in %s', (theme) => {
  it.each(Object.entries(STORIES))('%s', async (_name, options) => {
    stubI18n()
    story = withOpenRoots(() => startStory({ ...options, theme }))
    await follow(options.then)
    await expect.poll(() => story.root.querySelector('.surface')).not.toBeNull()
    const surfaces = [...story.root.querySelectorAll<HTMLElement>('.surface')]
    for (const surface of surfaces) {
      for (const animation of surface.getAnimations({ subtree: true })) animation.finish()
      expect(await problems(surface)).toEqual([])
    }
  })
})

/** What a wide screen of 1280 by 1024 has left for a page at 400 %. */
const MAGNIFIED = [320, 256] as const
const media = (features: Readonly<Record<string, string>>): Promise<unknown> => cdp().send('Emulation.setEmulatedMedia', { features: Object.entries(features).map(([name, value]) => ({ name, value })) })

describe('for everyone', () => {
  it.each(Object.entries(STORIES))('%s: targets are large enough, all of it is reached at 400 per cent, in forced colours it is readable, and nothing moves where no motion is wanted', async (_name, options) => {
    stubI18n()
    onTestFinished(async () => {
      await media({ 'forced-colors': '', 'prefers-reduced-motion': '' })
      await page.viewport(414, 896)
    })
    await media({ 'forced-colors': 'active', 'prefers-reduced-motion': 'reduce' })
    expect(matchMedia('(forced-colors: active) and (prefers-reduced-motion: reduce)').matches, 'the browser does as it is told').toBe(true)
    await page.viewport(...MAGNIFIED)
    story = withOpenRoots(() => startStory(options))
    await follow(options.then)
    await expect.poll(() => story.root.querySelector('.surface')).not.toBeNull()
    for (const surface of story.root.querySelectorAll<HTMLElement>('.surface')) {
      const moving = surface.getAnimations({ subtree: true }).filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 1)
      expect(moving.length, 'what moves').toBe(0)
      expect(await problems(surface, { 'target-size': { enabled: true } })).toEqual([])
      if (surface.style.visibility === 'hidden') continue
      await expect.poll(() => outside(surface), { message: surface.dataset['cs'] ?? '' }).toEqual([])
    }
  })
})

/** Controls of a surface that nobody can bring into the window, also by scrolling the surface. */
function outside(surface: HTMLElement): string[] {
  const { left, right, top, bottom } = surface.getBoundingClientRect()
  const lies = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1
  const cut = [...surface.querySelectorAll<HTMLElement>('button, input, textarea, a')].filter((control) => {
    control.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const box = control.getBoundingClientRect()
    return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1)
  })
  return [...(lies ? [`the surface itself: ${[left, top, right, bottom].map(Math.round).join(' ')} of ${innerWidth} ${innerHeight}`] : []), ...cut.map(({ outerHTML }) => outerHTML.slice(0, 80))]
}

it('gives the findings of a long draft room for five rows and more in a window of 860 px, whatever else the panel says', async () => {
  stubI18n()
  await page.viewport(1280, 860)
  onTestFinished(() => page.viewport(414, 896))
  const forty = STORIES['forty'] ?? {}
  for (const snapshot of [{}, { trouble: 'replace-failed' as const, coverage: { watched: ['text' as const], missing: ['recipients' as const], unread: 2, blocks: 38, complete: false, images: 3, attachments: 1, frames: 1 } }]) {
    story = startStory({ ...forty, snapshot: { ...forty.snapshot, ...snapshot } })
    const list = (await shown('panel')).querySelector<HTMLElement>('.rows')
    const rows = [...(list?.querySelectorAll('li') ?? [])]
    const bottom = list?.getBoundingClientRect().bottom ?? 0
    expect(rows.filter((row) => row.getBoundingClientRect().bottom <= bottom + 1).length).toBeGreaterThanOrEqual(4)
    expect((await shown('panel')).getBoundingClientRect().bottom).toBeLessThanOrEqual(860)
    if (Object.keys(snapshot).length === 0) story.end()
  }
})

it('leaves no gap under a list of one finding', async () => {
  stubI18n()
  await page.viewport(1280, 860)
  onTestFinished(() => page.viewport(414, 896))
  story = startStory({ ...STORIES['held'], findings: STORIES['long']!.findings! })
  const list = (await shown('panel')).querySelector<HTMLElement>('.rows')!
  expect(list.children).toHaveLength(1)
  expect(list.getBoundingClientRect().bottom - list.lastElementChild!.getBoundingClientRect().bottom).toBeLessThanOrEqual(1)
})

it('says what changed since the panel was last looked at: new findings, those that are gone, and the words', async () => {
  stubI18n()
  story = startStory({ ...STORIES['held'] })
  await shown('panel')
  expect(story.root.querySelector('[data-cs=since]')).toBeNull()
  lookTwice(story)
  const since = await shown('since')
  expect(since.textContent).toContain('Since you last looked: 1 new finding, 1 gone, the text changed')
  expect([since.querySelector('del')?.textContent, since.querySelector('ins')?.textContent].map((text) => text?.replace(/^.*: /, ''))).toEqual(['30%', '25%'])
  expect([...story.root.querySelectorAll('.rows b.new')].map((mark) => mark.closest('li')?.querySelector('.q')?.textContent)).toEqual(['25% off'])
  story.session.openPanel(false)
  await expect.poll(() => story.root.querySelector('[data-cs=panel]')).toBeNull()
  story.session.openPanel(true)
  await shown('panel')
  expect(story.root.querySelector('[data-cs=since]')).toBeNull()
})

it('turns dark with the page while it is open', async () => {
  stubI18n()
  story = startStory({ ...STORIES['held'] })
  const panel = await shown('panel')
  expect(panel.dataset['theme']).toBe('light')
  vi.spyOn(story.session, 'editorBackground').mockReturnValue('rgb(33, 41, 44)')
  await expect.poll(() => panel.dataset['theme']).toBe('dark')
})

/** axe cannot walk into a closed root. The product's is closed always; here it is opened for the test alone. */
function withOpenRoots<T>(run: () => T): T {
  const attach = Object.getOwnPropertyDescriptor(Element.prototype, 'attachShadow')
  if (!attach) throw new Error('no attachShadow')
  const original = attach.value as (this: Element, init: ShadowRootInit) => ShadowRoot
  Object.defineProperty(Element.prototype, 'attachShadow', { ...attach, value(this: Element, init: ShadowRootInit) { return original.call(this, { ...init, mode: 'open' }) } })
  try {
    return run()
  } finally {
    Object.defineProperty(Element.prototype, 'attachShadow', attach)
  }
}

async function problems(surface: HTMLElement, more: axe.RuleObject = {}): Promise<string[]> {
  const result = await axe.run(surface, { rules: { region: { enabled: false }, ...more } })
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

describe('one host in the page', () => {
  const settled = (): Promise<unknown> => new Promise((resolve) => { setTimeout(resolve, 30) })

  it('is in the top layer, outside the editor, with a closed root', () => {
    stubI18n()
    story = startStory()
    const { host } = story.mounted
    expect(host.parentElement).toBe(document.documentElement)
    expect(host.shadowRoot).toBeNull()
    expect(host.matches(':popover-open')).toBe(true)
    expect(host.getBoundingClientRect().width).toBe(0)
  })

  it('comes back when the page removes it, with what was open still open', async () => {
    stubI18n()
    story = startStory({ snapshot: { active: 'f1' } })
    await shown('card')
    story.tick(2000)
    story.mounted.host.remove()
    await expect.poll(() => story.mounted.host.isConnected).toBe(true)
    expect(story.mounted.host.matches(':popover-open')).toBe(true)
    await shown('card')
  })

  it('comes back at most once a second', async () => {
    stubI18n()
    story = startStory()
    story.tick(2000)
    story.mounted.host.remove()
    await expect.poll(() => story.mounted.host.isConnected).toBe(true)
    story.mounted.host.remove()
    await settled()
    expect(story.mounted.host.isConnected).toBe(false)
    await expect.poll(() => story.mounted.host.isConnected, { timeout: 3000 }).toBe(true)
  })

  it('shows itself again at the next change when the page hid it', async () => {
    stubI18n()
    story = startStory()
    story.tick(2000)
    story.mounted.host.hidePopover()
    story.session.set({ phase: 'held', held: 'send', panelOpen: true })
    await expect.poll(() => story.mounted.host.matches(':popover-open')).toBe(true)
  })

  it('is not changed by what the page says of it or of everything', async () => {
    stubI18n()
    const hostile = document.createElement('style')
    hostile.textContent = '* { --ink: red !important; font-size: 40px !important } countersign-review { display: none !important; transform: scale(3) !important; opacity: 0 !important }'
    document.head.append(hostile)
    onTestFinished(() => { hostile.remove() })
    story = startStory({ snapshot: { held: 'send', phase: 'held', panelOpen: true } })
    const panel = await shown('panel')
    expect(panel.getBoundingClientRect().width).toBe(document.documentElement.clientWidth) // A sheet: the test's window is narrow.
    expect(getComputedStyle(story.mounted.host).opacity).toBe('1')
    expect(getComputedStyle(panel).fontSize).toBe('13px')
    expect(getComputedStyle(panel).color).toBe('rgb(22, 24, 27)')
  })

  it('opens the panel as a modal dialog of its own where the page has one open, and follows an editor into the page\'s dialog', async () => {
    stubI18n()
    story = startStory()
    const dialog = document.createElement('dialog')
    dialog.style.cssText = 'position:fixed;left:0;top:0;width:120px;height:80px;margin:0'
    document.body.append(dialog)
    onTestFinished(() => { dialog.remove() })
    dialog.showModal()
    story.session.set({ phase: 'held', held: 'send', panelOpen: true })
    const panel = await shown('panel')
    expect(panel.matches(':modal')).toBe(true)
    expect(story.mounted.host.parentElement).toBe(document.documentElement)
    story.session.openPanel(false)
    dialog.style.cssText = 'position:fixed;left:0;top:0;width:100vw;height:100vh;max-width:none;max-height:none;margin:0'
    story.tick(2000)
    story.session.set({ phase: 'open' })
    await expect.poll(() => story.mounted.host.parentElement).toBe(dialog)
    dialog.remove()
    story.tick(2000)
    story.session.set({ phase: 'open' })
    await expect.poll(() => story.mounted.host.parentElement).toBe(document.documentElement)
  })

  it('keeps keys in our fields from the page', async () => {
    stubI18n()
    story = startStory({ snapshot: { active: 'f1' } })
    ;(await shown('card-keep')).click()
    const field = await shown('reason-text')
    const heard: string[] = []
    const listen = (event: Event): void => { heard.push(event.type) }
    for (const type of ['keydown', 'keyup', 'input']) document.addEventListener(type, listen)
    for (const type of ['keydown', 'keyup', 'input']) field.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
    for (const type of ['keydown', 'keyup', 'input']) document.removeEventListener(type, listen)
    expect(heard).toEqual([])
  })

  it('says that the tab is not protected with texts kept from before, when the extension no longer answers', async () => {
    stubI18n()
    story = startStory()
    Object.defineProperty(globalThis, 'chrome', { configurable: true, writable: true, value: { i18n: {
      getMessage() { throw new Error('Extension context invalidated.') }, getUILanguage() { throw new Error('Extension context invalidated.') },
    } } })
    story.session.set({ phase: 'lost', trouble: 'worker-gone', gate: { kind: 'hold', because: 'failed', open: [] }, panelOpen: true })
    const panel = await shown('panel')
    expect(panel.textContent).toContain('Not protected')
    expect(panel.textContent).toContain('Reload this tab')
  })

  it('never lies over what the page itself offers to press', async () => {
    stubI18n()
    story = startStory({ snapshot: { active: 'f1' } })
    const card = await shown('card')
    const key = new KeyboardEvent('keydown', { key: 'x', bubbles: true, cancelable: true })
    story.registry.personal.add(key)
    card.dispatchEvent(key)
    const toast = await shown('toast')
    const before = toast.getBoundingClientRect()
    const notice = document.createElement('button')
    notice.textContent = 'Undo'
    notice.style.cssText = `position:fixed;left:${before.left + 20}px;top:${before.top + 4}px;width:80px;height:30px`
    document.body.append(notice)
    onTestFinished(() => { notice.remove() })
    const undo = notice.getBoundingClientRect()
    await expect.poll(() => {
      const box = toast.getBoundingClientRect()
      return box.bottom <= undo.top || box.top >= undo.bottom
    }).toBe(true)
  })

  it('leaves nothing behind when it is unmounted, and takes no part in a second mount', async () => {
    stubI18n()
    story = startStory()
    story.mounted.unmount()
    expect(document.querySelector('countersign-review')).toBeNull()
    expect(story.registry.surfaces).toBe(0)
    const again = mountReview(story.registry, window)
    expect(story.registry.surfaces).toBe(1)
    again.unmount()
  })
})
