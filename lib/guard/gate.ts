import { controlOn, isElement } from '../sites/dom.ts'
import type { SiteAdapter, WayOut } from '../sites/index.ts'
import type { GateSession, HeldAction } from './core.ts'
import { replayOf } from './replay.ts'

/** Both halves of every press are held: pages act on any of them. */
const PRESSES = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'auxclick', 'dblclick', 'touchstart', 'touchend'] as const
const KEYS = ['keydown', 'keypress', 'keyup'] as const
export const GATED_EVENTS = [...PRESSES, ...KEYS, 'submit'] as const

/** The half of a press that stands for the whole: here a hold is announced, or a send noted. */
const COMMITS = new Set<string>(['click', 'keydown', 'submit'])

/** How long after its submit event a form's navigation may begin. */
const SUBMIT_MS = 1000

export interface GateHost {
  site(): SiteAdapter | null
  document(): Document
  ensure(root: Element): GateSession | null
  /** Opens the root as soon as the draft script is there, then settles the action. */
  settleLater(root: Element, action: HeldAction): void
  /** The check cannot run and the person has just said "send anyway" for this root. */
  hasPass(root: Element): boolean
  /** A draft of this frame was written in, as far as is known: there is something that could be sent. */
  drafting(): boolean
  /** Something of ours failed in the middle of this act, so whether it sends is not known. Tells the person and asks. */
  askBroken(action: HeldAction): void
  /** The person has just said so. */
  hasBrokenPass(): boolean
}

export interface Gate {
  onEvent(event: Event): void
  onNavigate(event: NavigateEvent): void
}

/**
 * Holds first, then decides: every way out passes here in the capture phase, before the page's own listeners.
 * What is held is stopped whole, so the page sees nothing of the press.
 */
export function createGate(host: GateHost): Gate {
  /** Until when (`performance.now()`) a form's navigation is that of a submit which was looked at and is no way out, such as a "Save draft" button. */
  let staysUntil = 0
  /** Key whose keydown was held: its keypress and keyup are the same act. */
  let heldKey: string | null = null

  function wayOutOf(event: Event, site: SiteAdapter): WayOut | null {
    if (!isKey(event)) return site.wayOutAt(event.composedPath(), event.type === 'submit' ? (event as SubmitEvent).submitter : null)
    const byKey = site.wayOutByKey(event)
    return byKey ?? (event.key === 'Enter' || event.key === ' ' ? site.wayOutAt(event.composedPath()) : null)
  }

  /** True when every draft this way out would send may go. Announces the hold on the committing half; a send is noted only when nothing holds it. */
  function mayPass(event: Event, way: WayOut, roots: readonly Element[]): boolean {
    const commits = COMMITS.has(event.type)
    const action: HeldAction = { kind: way.kind, replay: replayOf(event, way) }
    const leaving: GateSession[] = []
    for (const root of roots) {
      const session = host.ensure(root)
      const decision = session?.ask()
      if (!decision && host.hasPass(root)) continue
      if (session && decision?.kind === 'allow') {
        leaving.push(session)
        continue
      }
      if (!commits) return false
      if (!session || decision?.because === 'not-ready') host.settleLater(root, action)
      else session.hold(action)
      return false
    }
    if (commits || (way.kind === 'schedule' && event.type === 'mousedown')) for (const session of leaving) session.passed(way.kind)
    return true
  }

  /**
   * Something of ours failed, so nothing is known of this act or of its draft. What could send is held and the person is asked; what could not goes on, or a page would be lost with us.
   * @param way null where the failure came before it was known whether this sends.
   */
  function holdsUnjudged(event: Event, way: WayOut | null, error: unknown): boolean {
    tellFailure(error)
    if (host.hasBrokenPass()) return false
    const acting = way ?? (host.drafting() ? wayMaybe(event) : null)
    if (acting && COMMITS.has(event.type)) host.askBroken({ kind: acting.kind, replay: replayOf(event, acting) })
    return acting !== null
  }

  /** The draft that a form's navigation would send without leave is held. */
  function judgeNavigation(event: NavigateEvent, site: SiteAdapter, source: Element | null): void {
    for (const root of site.draftRoots(host.document())) {
      const form = root.closest('form') ?? root.querySelector('form')
      if (!form || (source && formOf(source) !== form)) continue
      // A note for colleagues is saved, not sent.
      if (site.parts(root).kind === 'note') continue
      const session = host.ensure(root)
      // An editor writes its words into the form when the page submits. After a change the form still has the old ones: the page must submit again.
      let standing: string | undefined
      const unchanged = () => standing === undefined || session?.snapshot().draft.text === standing
      const action: HeldAction = { kind: 'submit', replay: () => unchanged() && replaySubmit(form) }
      const decision = session?.ask()
      if (session && decision?.kind === 'allow') session.passed('submit')
      if (decision?.kind === 'allow' || host.hasPass(root)) continue
      event.preventDefault()
      if (session && decision?.because !== 'not-ready') {
        session.hold(action)
        standing = session.snapshot().draft.text
      } else host.settleLater(root, action)
      return
    }
  }

  return {
    onEvent(event) {
      const site = host.site()
      if (!site) return
      if (isKey(event) && event.type !== 'keydown') {
        if (heldKey !== event.code) return
        if (event.type === 'keyup') heldKey = null
        stop(event)
        return
      }
      // A new press of the key: the keyup of the held one went to another window.
      if (isKey(event) && heldKey === event.code) heldKey = null
      let way: WayOut | null = null
      try {
        way = wayOutOf(event, site)
        if (!way) {
          if (event.type === 'submit' && event.isTrusted) staysUntil = performance.now() + SUBMIT_MS
          return
        }
        if (mayPass(event, way, way.root ? [way.root] : way.roots ?? site.draftRoots(host.document()))) return
      } catch (error) {
        if (!holdsUnjudged(event, way, error)) return
      }
      if (isKey(event)) heldKey = event.code
      stop(event)
    },

    onNavigate(event) {
      const site = host.site()
      const source = event.sourceElement ?? null
      if (!site || !event.cancelable || !(event.formData || formOf(source))) return
      const stays = performance.now() < staysUntil
      staysUntil = 0
      if (stays) return
      try {
        judgeNavigation(event, site, source)
      } catch (error) {
        tellFailure(error)
        const form = formOf(source)
        if (host.hasBrokenPass() || !host.drafting()) return
        event.preventDefault()
        host.askBroken({ kind: 'submit', replay: () => form !== null && replaySubmit(form) })
      }
    },
  }
}

/** What a press, a submit or a key would send by if it does: Enter may send anywhere, and so may Ctrl+S. Null for what no page sends by. */
function wayMaybe(event: Event): WayOut | null {
  const path = event.composedPath()
  const control = controlOn(path) ?? path.find((node) => (node as Node).nodeName === 'A')
  const may = isKey(event) ? event.key === 'Enter' || (control && event.key === ' ') || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') : control ?? event.type === 'submit'
  const element = (isKey(event) && event.key !== 'Enter' && event.key !== ' ') || !control ? path[0] : control
  return may && isElement(element) ? { kind: 'send', element, root: control ? null : element } : null
}

/** Only the error's name: its words could be the draft's. */
export function tellFailure(error: unknown): void {
  console.error('Countersign: the gate failed', error instanceof Error ? error.name : typeof error)
}

/** Newer browsers say which form, or which button of it, the page is leaving by; `formData` alone is there for POST only. */
function formOf(source: Element | null): HTMLFormElement | null {
  if (source?.nodeName === 'FORM') return source as HTMLFormElement
  return (source as HTMLButtonElement | null)?.form ?? null
}

function replaySubmit(form: HTMLFormElement): boolean {
  if (!form.isConnected) return false
  // The page called submit(), which fires no submit event; doing the same keeps its own order of things.
  HTMLFormElement.prototype.submit.call(form)
  return true
}

function isKey(event: Event): event is KeyboardEvent {
  return event.type.startsWith('key')
}

function stop(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}
