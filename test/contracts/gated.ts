import { editorFor } from '../../lib/editors/index.ts'
import { startGuard, type GateSession, type GuardCore, type HeldAction } from '../../lib/guard/index.ts'
import type { GateDecision } from '../../lib/review/index.ts'
import type { SiteAdapter } from '../../lib/sites/index.ts'
import { one } from './sites.ts'

/** The real gate over a fixture page. Only the engine is stood in for: a draft that says RISKY is held, any other may go. */
export const RISKY = 'It is guaranteed.'
export const CLEAN = 'See you on Thursday.'

const PRESSES = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'] as const

export interface Gated {
  readonly core: GuardCore
  /** Kinds of the sends that were held, and of those that were let go, since the last call. */
  readonly taken: () => { held: string[]; passed: string[] }
  /** Presses an element with a whole press; true where the page saw any of it. */
  readonly press: (element: Element) => boolean
  readonly key: (element: Element, chord: string) => boolean
  /** Submits a form as a browser does when a button of it, or Enter in a field, is pressed; true where the page saw it. */
  readonly submit: (form: HTMLFormElement, submitter?: HTMLElement) => boolean
  readonly end: () => void
}

export async function gate(site: SiteAdapter, windows: readonly Window[] = []): Promise<Gated> {
  let held: string[] = []
  let passed: string[] = []
  const core = await startGuard({ window, site: Promise.resolve(site), early: true, loadDrafts: () => Promise.resolve(), askUnchecked: () => false })
  if (!core) throw new Error('the guard did not start')
  for (const win of windows) core.arm(win)
  core.attach((root) => {
    const decide = (): GateDecision => {
      const { bodies, unreadable } = site.parts(root)
      const text = bodies.map((body) => editorFor(body).read(body, site.excluded).text).join('\n')
      return unreadable || text.includes(RISKY) ? { kind: 'hold', because: 'open-findings', open: ['f'] } : { kind: 'allow', because: 'nothing-to-review' }
    }
    return { id: 's', root, ready: Promise.resolve(), ask: decide, hold: ({ kind }: HeldAction) => held.push(kind), passed: (kind: string) => passed.push(kind), dispose: () => undefined } as unknown as GateSession
  })
  /** Gives events to the element and says whether a listener of the page heard one. */
  const heard = (element: Element, events: readonly Event[]): boolean => {
    let seen = false
    const view = element.ownerDocument.defaultView!
    const listen = (event: Event): void => { seen = true; event.preventDefault() }
    for (const { type } of events) view.addEventListener(type, listen, true)
    for (const event of events) element.dispatchEvent(event)
    for (const { type } of events) view.removeEventListener(type, listen, true)
    return seen
  }
  return {
    core,
    taken: () => {
      const all = { held, passed }
      held = []
      passed = []
      return all
    },
    press: (element) => heard(element, PRESSES.map((type) => new MouseEvent(type, { bubbles: true, cancelable: true, composed: true }))),
    key: (element, chord) => {
      const [name = '', ...mods] = chord.split('+').reverse()
      const init = { key: name, code: name.length === 1 ? `Key${name.toUpperCase()}` : name, ctrlKey: mods.includes('ctrl'), metaKey: mods.includes('meta'), altKey: mods.includes('alt'), shiftKey: mods.includes('shift'), bubbles: true, cancelable: true, composed: true }
      return heard(element, ['keydown', 'keyup'].map((type) => new KeyboardEvent(type, init)))
    },
    submit: (form, submitter) => heard(form, [new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter: submitter ?? null })]),
    end: () => core.dispose(),
  }
}

/** Writes words into an editor in a frame, as TinyMCE and CKEditor 4 have it: its body, or an element of it. */
export function fillFrame(selector: string, words: string, body = '<body id="tinymce" contenteditable="true">', within: ParentNode = document): Window {
  const inside = one<HTMLIFrameElement>(selector, within).contentDocument!
  inside.open()
  inside.write(`<!doctype html><html>${body}<p>${words}</p></body></html>`)
  inside.close()
  return inside.defaultView!
}
