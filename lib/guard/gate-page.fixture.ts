import { vi } from 'vitest'
import type { GateDecision } from '../review/index.ts'
import type { SiteAdapter, WayOut } from '../sites/index.ts'
import type { GateSession, GuardCore, HeldAction } from './core.ts'
import { startGuard } from './start.ts'

/** What `site` reads: one draft, its Send, its form. */
export const PAGE = '<div id="draft"><p id="body" contenteditable>text</p><div id="send" role="button" tabindex="0">Send</div><form id="form"><button id="submit">Go</button></form></div>'
export const EVERY_PRESS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'auxclick', 'dblclick', 'touchstart', 'touchend']
export const HOLD: GateDecision = { kind: 'hold', because: 'open-findings', open: ['f'] }
export const ALLOW: GateDecision = { kind: 'allow', because: 'nothing-to-review' }

export const draft = () => document.querySelector('#draft') as Element
export const send = () => document.querySelector('#send') as HTMLElement

/** A site with one draft, its Send, its form and Ctrl+Enter. */
export const site: SiteAdapter = {
  id: 'generic', excluded: '',
  draftRoot: (element) => element.closest('#draft'),
  draftRoots: (doc) => [...doc.querySelectorAll('#draft')],
  parts: () => ({ kind: 'email', bodies: [], subject: null, subjectField: null, recipients: [], missing: [], unreadable: false }),
  wayOutAt(path) {
    const element = path.find((node) => ['send', 'form'].includes((node as Element).id)) as Element | undefined
    return element ? { kind: element.id === 'form' ? 'submit' : 'send', element, root: element.closest('#draft') } : null
  },
  wayOutByKey(event) {
    const root = (event.target as Element).closest('#draft')
    return event.key === 'Enter' && event.ctrlKey && root ? ({ kind: 'send', element: root, root } satisfies WayOut) : null
  },
  sendControl: () => send(),
}

export interface FakeSession { decision: GateDecision; readonly held: HeldAction[]; readonly passed: string[]; readonly session: GateSession }

/** Stands for the draft script: answers what it is told to. */
export function fakeSession(root: Element, ready: Promise<void> = Promise.resolve()): FakeSession {
  const fake: { decision: GateDecision; held: HeldAction[]; passed: string[] } = { decision: HOLD, held: [], passed: [] }
  const session = {
    id: 's', root, ready, ask: () => fake.decision, hold: (action: HeldAction) => fake.held.push(action), passed: (kind: string) => fake.passed.push(kind), dispose: vi.fn(), snapshot: () => ({ draft: { text: '' } }),
  } as unknown as GateSession
  return Object.assign(fake, { session })
}

/** Events that came to the page's own listeners. */
export const seen: string[] = []
let page = new AbortController()

/** Starts the guard on the page, and the page's own listeners after it. */
export async function guard(over: Partial<Parameters<typeof startGuard>[0]> = {}): Promise<GuardCore> {
  const started = await startGuard({ window, site: Promise.resolve(site), early: true, loadDrafts: () => Promise.resolve(), askUnchecked: () => false, ...over })
  if (!started) throw new Error('the guard did not start')
  page.abort()
  page = new AbortController()
  // The page's own listeners, as early as a page can have them, but after the guard's.
  for (const type of [...EVERY_PRESS, 'keydown', 'keypress', 'keyup', 'submit']) {
    window.addEventListener(type, (event) => { seen.push(type); if (type === 'submit') event.preventDefault() }, { capture: true, signal: page.signal })
  }
  return started
}

/** All events of a press, as the browser sends them. */
export function press(element: Element): void {
  for (const type of EVERY_PRESS.slice(0, 5)) element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, composed: true }))
}
