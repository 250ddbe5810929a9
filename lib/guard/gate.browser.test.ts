import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SiteAdapter } from '../sites/index.ts'
import { coreOf, type GateSession, type GuardCore } from './core.ts'
import { ALLOW, draft, EVERY_PRESS, fakeSession, guard, PAGE, press, seen, send, site, type FakeSession } from './gate-page.fixture.ts'
import { createGate, type GateHost } from './gate.ts'
import { startGuard } from './start.ts'

// The guard runs here in the page's own world; the isolated world of the real thing is covered by the E2E tests.

let core: GuardCore
let fake: FakeSession

beforeEach(async () => {
  document.body.innerHTML = PAGE
  seen.length = 0
  core = await guard()
  core.attach((root) => (fake = fakeSession(root)).session)
  core.ensure(draft())
})
afterEach(() => core.dispose())

describe('gate', () => {
  it.each(EVERY_PRESS)('stops %s on Send before the page sees it', (type) => {
    const event = new MouseEvent(type, { bubbles: true, cancelable: true, composed: true })
    send().dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    expect(seen).toEqual([])
  })

  it('holds a press once, on its click', () => {
    press(send())
    expect(fake.held.map((action) => action.kind)).toEqual(['send'])
  })

  it('stops Enter and Space on a focused control whole: keydown, keypress, keyup', () => {
    for (const key of ['Enter', ' ']) {
      for (const type of ['keydown', 'keypress', 'keyup']) send().dispatchEvent(new KeyboardEvent(type, { key, code: key, bubbles: true, cancelable: true }))
    }
    expect(seen).toEqual([])
    expect(fake.held).toHaveLength(2)
  })

  it('stops the keyboard way out in the editor, and only that', () => {
    const body = document.querySelector('#body') as Element
    body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', code: 'KeyA', bubbles: true, cancelable: true }))
    body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }))
    expect(seen).toEqual(['keydown'])
    expect(fake.held).toHaveLength(1)
  })

  it('leaves the next Enter alone when the keyup of a held one went elsewhere', () => {
    const body = document.querySelector('#body') as Element
    const key = (type: string, ctrlKey: boolean) => {
      const event = new KeyboardEvent(type, { key: 'Enter', code: 'Enter', ctrlKey, bubbles: true, cancelable: true })
      body.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(key('keydown', true)).toBe(true)
    expect(key('keydown', false)).toBe(false)
    expect(key('keypress', false)).toBe(false)
    expect(key('keyup', false)).toBe(false)
  })

  it('stops a form that the page submits by itself', () => {
    ;(document.querySelector('#form') as HTMLFormElement).requestSubmit()
    expect(seen).toEqual([])
    expect(fake.held.map((action) => action.kind)).toEqual(['submit'])
  })

  it('lets everything pass, untouched, once the draft may go', () => {
    fake.decision = ALLOW
    press(send())
    expect(seen).toEqual(EVERY_PRESS.slice(0, 5))
    expect(fake.passed).toEqual(['send'])
    expect(fake.held).toEqual([])
  })

  it('leaves presses elsewhere alone', () => {
    press(document.body)
    expect(seen).toEqual(EVERY_PRESS.slice(0, 5))
  })

  it('replays the press whole, so that a page that acts on either half reacts', () => {
    press(send())
    fake.decision = ALLOW
    expect(fake.held[0]?.replay()).toBe(true)
    expect(seen).toEqual(['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
  })

  it('says so when the thing to press is gone', () => {
    press(send())
    send().remove()
    expect(fake.held[0]?.replay()).toBe(false)
  })
})

describe('a send before the draft script is there', () => {
  it('is held, then let go by itself when there is nothing to review', async () => {
    core.dispose()
    core = await guard()
    press(send())
    expect(seen).toEqual([])
    core.attach((root) => {
      fake = fakeSession(root)
      fake.decision = ALLOW
      return fake.session
    })
    await vi.waitFor(() => expect(seen).toEqual(['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']))
  })

  it('leaves once, however often Send was pressed while the rules were loading', async () => {
    core.dispose()
    core = await guard()
    let isReady = () => {}
    const ready = new Promise<void>((resolve) => (isReady = resolve))
    core.attach((root) => {
      fake = fakeSession(root, ready)
      fake.decision = { kind: 'hold', because: 'not-ready', open: [] }
      return fake.session
    })
    press(send())
    press(send())
    expect(seen).toEqual([])
    fake.decision = ALLOW
    isReady()
    await vi.waitFor(() => expect(seen).toContain('click'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(seen.filter((type) => type === 'click')).toHaveLength(1)
  })

  it('is held for good when there is something to review', async () => {
    core.dispose()
    core = await guard()
    press(send())
    core.attach((root) => (fake = fakeSession(root)).session)
    await vi.waitFor(() => expect(fake.held).toHaveLength(1))
    expect(seen).toEqual([])
  })

  it('asks the person when the check cannot run, and sends only on yes', async () => {
    core.dispose()
    const askUnchecked = vi.fn().mockReturnValueOnce(false).mockReturnValue(true)
    core = await guard({ loadDrafts: () => Promise.reject(new Error('no worker')), askUnchecked })
    press(send())
    await vi.waitFor(() => expect(askUnchecked).toHaveBeenCalledTimes(1))
    expect(seen).toEqual([])
    press(send())
    await vi.waitFor(() => expect(seen).toContain('click'))
  })
})

describe('a failure of ours in the middle of a press', () => {
  let breaks = false
  /** The site above, until its facts break. */
  const fragile: SiteAdapter = {
    ...site,
    wayOutAt: (path, submitter) => {
      if (breaks) throw new Error('facts that break')
      return site.wayOutAt(path, submitter)
    },
  }
  const errors = vi.spyOn(console, 'error')
  const askUnchecked = vi.fn()
  const tellBroken = vi.fn()

  beforeEach(async () => {
    breaks = false
    errors.mockReset().mockImplementation(() => undefined)
    askUnchecked.mockReset().mockReturnValue(false)
    tellBroken.mockReset()
    core.dispose()
    core = await guard({ site: Promise.resolve(fragile), askUnchecked, tellBroken })
  })
  const open = (over: Partial<GateSession> = {}) => {
    core.attach((root) => {
      fake = fakeSession(root)
      return Object.assign(fake.session, over)
    })
    ;(document.querySelector('#body') as HTMLElement).focus()
  }

  it('holds what could send, tells by name what broke, asks, and lets go once on yes', async () => {
    open()
    breaks = true
    press(send())
    expect(seen).toEqual([])
    await vi.waitFor(() => expect(askUnchecked).toHaveBeenCalledTimes(1))
    expect(errors.mock.calls.flat().join(' ')).not.toContain('facts that break')
    askUnchecked.mockReturnValue(true)
    press(send())
    await vi.waitFor(() => expect(seen.filter((type) => type === 'click')).toHaveLength(1))
  })

  it('lets go on what sends nowhere: presses beside controls, letters', () => {
    open()
    breaks = true
    press(document.body)
    document.querySelector('#body')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, cancelable: true }))
    expect(seen).toEqual([...EVERY_PRESS.slice(0, 5), 'keydown'])
  })

  it('leaves a page alone on which nobody writes', () => {
    core.attach((root) => fakeSession(root).session)
    breaks = true
    press(send())
    expect(seen).toContain('click')
  })

  it('holds when the draft cannot answer, or cannot be opened', async () => {
    const fails = () => { throw new Error('no') }
    open({ ask: fails })
    press(send())
    core.dispose()
    core = await guard({ site: Promise.resolve(fragile), askUnchecked })
    core.attach(fails)
    press(send())
    expect(seen).toEqual([])
    await vi.waitFor(() => expect(askUnchecked).toHaveBeenCalledTimes(2))
  })

  it('holds when the draft cannot be opened once its script is there, and says so to the popup', async () => {
    press(send())
    core.attach(() => { throw new Error('no') })
    await vi.waitFor(() => expect(askUnchecked).toHaveBeenCalledTimes(1))
    expect(seen).toEqual([])
    expect(core.broken()).toBe(true)
  })

  it('asks nothing where the policy holds what cannot be checked, and says that', async () => {
    open({ snapshot: () => ({ may: { override: true, unchecked: false, suppress: true } }) as ReturnType<GateSession['snapshot']> })
    breaks = true
    press(send())
    await vi.waitFor(() => expect(tellBroken).toHaveBeenCalledTimes(1))
    expect(askUnchecked).not.toHaveBeenCalled()
    expect(seen).toEqual([])
  })
})

describe('a form that leaves by script', () => {
  const leave = (over: Partial<SiteAdapter>, host: Partial<GateHost> = {}) => {
    const event = { type: 'navigate', cancelable: true, formData: new FormData(), sourceElement: document.querySelector('#form'), preventDefault: vi.fn() }
    const ensure = vi.fn((root: Element) => (fake = fakeSession(root)).session)
    const ask = vi.fn()
    createGate({ site: () => ({ ...site, ...over }), document: () => document, ensure, settleLater: () => undefined, hasPass: () => false, drafting: () => true, askBroken: ask, hasBrokenPass: () => false, ...host }).onNavigate(event as unknown as NavigateEvent)
    return { held: event.preventDefault.mock.calls.length > 0, asked: ensure.mock.calls.length, toldOf: ask.mock.calls.length }
  }

  it('is held, but not that of a note for colleagues', () => {
    expect(leave({})).toEqual({ held: true, asked: 1, toldOf: 0 })
    expect(leave({ parts: (root) => ({ ...site.parts(root), kind: 'note' }) })).toEqual({ held: false, asked: 0, toldOf: 0 })
  })

  it('is held and asked about where ours fails', () => {
    vi.spyOn(console, 'error').mockImplementationOnce(() => undefined)
    expect(leave({ draftRoots: () => { throw new Error('no') } })).toEqual({ held: true, asked: 0, toldOf: 1 })
  })
})

describe('a guard that an update left behind', () => {
  it('ends when a later one says the word that only ours know, and for nothing else', async () => {
    core.dispose()
    core = await guard({ successionWord: Promise.resolve('countersign-secret') })
    window.dispatchEvent(new Event('countersign-guess'))
    expect(window.dispatchEvent(new Event('countersign-secret', { cancelable: true })), 'the question whether somebody watches here').toBe(false)
    expect(core.ended.aborted).toBe(false)
    window.dispatchEvent(new Event('countersign-secret'))
    expect(core.ended.aborted).toBe(true)
    press(send())
    expect(seen).toContain('click')
  })
})

describe('several drafts behind one Send', () => {
  it('notes none as sent while one is held', async () => {
    document.body.innerHTML = '<div id="draft" class="first"></div><div class="second" id="draft"></div><div id="send">Send all</div>'
    core.dispose()
    core = await guard()
    const fakes: FakeSession[] = []
    core.attach((root) => {
      const one = fakeSession(root)
      if (root.className === 'first') one.decision = ALLOW
      fakes.push(one)
      return one.session
    })
    press(send())
    expect(seen).toEqual([])
    expect(fakes.map((one) => [one.passed.length, one.held.length])).toEqual([[0, 0], [0, 1]])
  })
})

describe('what the guard costs a page', () => {
  it('is no timer, no observer and no frame callback until a draft has focus', async () => {
    core.dispose()
    const used: string[] = []
    for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback', 'MutationObserver', 'ResizeObserver', 'IntersectionObserver', 'PerformanceObserver'] as const) {
      const note = () => void used.push(name)
      vi.stubGlobal(name, new Proxy(Reflect.get(window, name) as () => unknown, {
        apply: (real, _self, given) => (note(), Reflect.apply(real, window, given) as unknown),
        construct: (real, given) => (note(), Reflect.construct(real, given) as object),
      }))
    }
    core = await guard()
    core.attach((root) => (fake = fakeSession(root)).session)
    press(document.body)
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', code: 'KeyA', bubbles: true }))
    await Promise.resolve()
    expect(used).toEqual([])
    const body = document.querySelector('#body') as HTMLElement
    body.focus()
    expect(core.sessions()).toHaveLength(1)
    expect(used).toEqual(['MutationObserver'])
    vi.unstubAllGlobals()
  })
})

describe('frames', () => {
  it('gives an inner frame of the same origin the same gate, also after document.write', async () => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const inner = frame.contentDocument
    if (!inner?.defaultView) throw new Error('no inner window')
    const joined = await startGuard({ window: inner.defaultView, site: Promise.resolve(site), early: true, loadDrafts: () => Promise.resolve(), askUnchecked: () => false })
    expect(joined).toBeNull()
    expect(coreOf(window)).toBe(core)
    inner.open()
    inner.write('<div id="draft"><div id="send">Send</div></div>')
    inner.close()
    core.arm(inner.defaultView)
    const pressed = vi.fn()
    inner.addEventListener('click', pressed)
    press(inner.querySelector('#send') as Element)
    expect(pressed).not.toHaveBeenCalled()
  })
})
