import { editableRoot } from '../editors/index.ts'
import type { SiteAdapter } from '../sites/index.ts'
import { saidAt } from '../sites/said.ts'
import { coreOf, CORE_KEY, type GateSession, type GuardCore, type HeldAction } from './core.ts'
import { deepActiveElement, innerDocument, isReadable, parentWindows } from './frames.ts'
import { createGate, GATED_EVENTS, tellFailure } from './gate.ts'
import { createOriginWatch, WATCHED_INPUTS } from './origin-watch.ts'
import { createSurfaceRelay } from './surface.ts'
import type { UnseenSend } from './unseen/report.ts'

export interface GuardOptions {
  readonly window: Window
  /** The adapter for this page; null where the site is switched off. The gate holds nothing until it is known. */
  readonly site: Promise<SiteAdapter | null>
  readonly early: boolean
  /** Brings the draft script into this frame; it calls `attach`. Rejects when it cannot. */
  readonly loadDrafts: () => Promise<void>
  /** Asked when the check cannot run; true lets this one send go. */
  readonly askUnchecked: () => boolean
  /** Says that a send was stopped and the interface cannot come: the extension was updated under this page. */
  readonly tellLost?: () => void
  /** Says that a send was stopped because something of ours failed, where the policy holds what cannot be checked. */
  readonly tellBroken?: () => void
  /**
   * A word that only our own scripts know, the same before and after an update. A guard that comes later says it to one that an update
   * left behind in a world of its own, which then ends: two gates in one page would hold each other's releases.
   */
  readonly successionWord?: Promise<string>
}

/** Long enough for a click and the form submit that follows it, too short for a second draft. */
const PASS_MS = 1000
/** What kept the draft script away (a worker that is being replaced, a frame on its way) may be over by then. Milliseconds. */
const LOAD_AGAIN_MS = 1000
/** Sends past the gate that are remembered while the page lives. */
const MOST_UNSEEN = 5

/**
 * Starts the guard in one frame. In a frame whose parent has the same origin and is guarded it only adds its listeners to the parent's guard:
 * one gate, one set of sessions and one interface for the whole tree. Returns the core, or null where it joined another or the site is off.
 */
export async function startGuard(options: GuardOptions): Promise<GuardCore | null> {
  const { window: win } = options
  for (const above of parentWindows(win).reverse()) {
    const core = coreOf(above)
    core?.arm(win)
    if (await core?.started) return null
  }
  coreOf(win)?.dispose()
  const guard = createCore(options)
  const { core } = guard
  Object.assign(win, { [CORE_KEY]: core })
  core.arm(win)
  // What its opener writes into a window takes our listeners off it.
  if (win.opener && win.location.protocol === 'about:') guard.keepArmed()
  const site = await options.site
  if (site) {
    if (options.successionWord) await succeed(win, core, options.successionWord)
    guard.setSite(site)
  } else core.dispose()
  return site ? core : null
}

/**
 * Ends the guard that an update left behind in this window, and waits for a later one. The event's name is the secret: a page can neither hear nor say what it cannot name.
 * Said so that it could be cancelled, it only asks whether somebody watches here; a guard that does cancels it.
 */
async function succeed(win: Window, core: GuardCore, secret: Promise<string>): Promise<void> {
  const word = await secret
  win.dispatchEvent(new Event(word))
  win.addEventListener(word, (event) => (event.cancelable ? event.preventDefault() : core.dispose()), { capture: true, signal: core.ended })
}

function createCore(options: GuardOptions) {
  const win = options.window
  const abort = new AbortController()
  const watch = createOriginWatch(Date.now, (element) => site?.draftRoot(element) ?? null)
  const relay = createSurfaceRelay()
  const sessions = new Set<GateSession>()
  const listeners = new Set<() => void>()
  const waiting = new Map<Element, HeldAction[]>()
  /** The latest act that waits for a root's first check. Pressing twice while it runs is one send. */
  const pending = new Map<GateSession, HeldAction>()
  /** Until when (`performance.now()`) a root may leave unchecked. */
  const passes = new WeakMap<Element, number>()
  let site: SiteAdapter | null = null
  let open: ((root: Element, core: GuardCore) => GateSession) | null = null
  let loading: Promise<void> | null = null

  /** Something of ours failed where a draft may be: what is pressed from now on may be its send. */
  let broken = false
  let brokenPass = 0
  let unseen: readonly UnseenSend[] = []

  const changed = () => listeners.forEach((listener) => listener())
  const find = (root: Element) => [...sessions].find((session) => session.root === root)

  /** Where it fails, a person who waits is asked at once; it is tried once more by itself (`again`), and at each focus or send. */
  function load(again = true): void {
    loading ??= options.loadDrafts().catch(() => {
      loading = null
      for (const [root, actions] of waiting) {
        waiting.set(root, [])
        if (actions.length) askUnchecked(root, actions)
      }
      if (!again) waiting.clear()
      else {
        win.setTimeout(() => {
          if (!open && !abort.signal.aborted) load(false)
        }, LOAD_AGAIN_MS)
      }
    })
  }

  function askUnchecked(root: Element, actions: readonly HeldAction[]): void {
    if (!options.askUnchecked()) return
    passes.set(root, performance.now() + PASS_MS)
    actions.at(-1)?.replay()
  }

  function broke(error: unknown): void {
    tellFailure(error)
    broken = true
    changed()
  }

  /** Once the event that was held is over: what the person lets go is a new act, and not one inside it. */
  function askBroken(action: HeldAction): void {
    queueMicrotask(() => {
      if ([...sessions].some((session) => session.snapshot().may?.unchecked === false)) options.tellBroken?.()
      else if (options.askUnchecked()) {
        brokenPass = performance.now() + PASS_MS
        action.replay()
      }
    })
  }

  function ensure(root: Element): GateSession | null {
    const known = find(root)
    if (known) return known
    if (!open) {
      if (!waiting.has(root)) waiting.set(root, [])
      load()
      return null
    }
    const session = open(root, core)
    sessions.add(session)
    keepArmed()
    changed()
    return session
  }

  /** Lets an act wait for the first check of its draft. */
  function settleWhenReady(session: GateSession, action: HeldAction): void {
    settle(session, action).catch((error: unknown) => {
      pending.delete(session)
      broke(error)
      askBroken(action)
    })
  }

  async function settle(session: GateSession, latest: HeldAction): Promise<void> {
    const waits = pending.has(session)
    pending.set(session, latest)
    if (waits) return
    await session.ready
    const action = pending.get(session) ?? latest
    pending.delete(session)
    const decision = session.ask()
    if (decision.kind === 'hold') session.hold(action)
    else {
      session.passed(action.kind)
      action.replay()
    }
  }

  const gate = createGate({
    site: () => site,
    document: () => win.document,
    ensure,
    settleLater(root, action) {
      const session = find(root)
      if (session) settleWhenReady(session, action)
      else waiting.get(root)?.push(action)
    },
    hasPass: (root) => (passes.get(root) ?? 0) > performance.now(),
    drafting: () => broken || sessions.size > 0 || waiting.size > 0,
    askBroken,
    hasBrokenPass: () => brokenPass > performance.now(),
  })

  function onEvent(event: Event): void {
    if (!relay.take(event)) gate.onEvent(event)
  }

  function onInput(event: Event): void {
    if (!relay.take(event)) watch.see(event)
  }

  /** `document.open` takes all listeners off a window. From the first draft on, what a document is made of anew is armed anew. */
  let rearm: MutationObserver | null = null
  const armed = new Set<Window>()

  function keepArmed(): void {
    if (rearm) return
    rearm = new MutationObserver(() => {
      for (const target of armed) core.arm(target)
    })
    for (const target of armed) core.arm(target)
  }

  const onNavigate = (event: NavigateEvent): void => gate.onNavigate(event)
  const onOwnInput = (event: Event): void => void relay.take(event)

  function onFocus(event: Event): void {
    const target = event.composedPath()[0]
    if (site && target && 'nodeType' in target) focusOn(target as Element)
  }

  /** Focus that goes into an iframe shows in this window only as a blur. */
  function onBlur(event: Event): void {
    // Firefox names the frame only a moment after the window's blur.
    if (win.document.activeElement?.nodeName === 'IFRAME') onFrameFocus()
    else if (event.target === win) win.setTimeout(onLateFrameFocus)
  }

  /** There, a frame with an address of its own has a guard of its own, which shares nothing with this one: two would hold each other's releases. */
  function onLateFrameFocus(): void {
    const inner = innerDocument(win.document.activeElement)
    if (inner && (inner.URL.startsWith('about:') || inner.URL === win.document.URL)) onFrameFocus()
  }

  function onFrameFocus(): void {
    const frame = win.document.activeElement
    if (!site || abort.signal.aborted || frame?.nodeName !== 'IFRAME') return
    const inner = innerDocument(frame)
    if (inner?.defaultView) core.arm(inner.defaultView)
    const active = deepActiveElement(win.document)
    if (active) focusOn(active)
  }

  function focusOn(element: Element): void {
    // A frame that cannot be looked into may hold an editor: the adapter says whether it does.
    const editable = element.nodeName === 'IFRAME' ? element : editableRoot(element)
    try {
      const root = editable && site?.draftRoot(editable)
      if (root) ensure(root)
    } catch (error) {
      broke(error)
    }
  }

  const core: GuardCore = {
    window: win,
    get site() {
      if (!site) throw new Error('The guard has no site yet')
      return site
    },
    host: win.location.host || new URL(win.document.baseURI).host,
    early: options.early,
    started: options.site.then((found) => found !== null),
    memory: { decisions: new Map(), signOffs: new Map(), origins: new Map() },
    sessions: () => [...sessions],
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    unseen: () => unseen,
    noteUnseen(send) {
      unseen = [...unseen.filter(({ id }) => id !== send.id), send].slice(-MOST_UNSEEN)
      changed()
    },
    mountSurface: (surface) => relay.mount(surface),
    isPersonal: (event) => relay.isPersonal(event),
    inputLog: (element) => watch.logOf(element),
    saidAt,
    strayTransfers: (root) => watch.straysOf(root),
    useMarks: (updates) => watch.useMarks(updates),
    attach(opener) {
      open = opener
      for (const [root, actions] of waiting) {
        const last = actions.at(-1)
        try {
          const session = ensure(root)
          if (session && last) settleWhenReady(session, last)
        } catch (error) {
          broke(error)
          if (last) askBroken(last)
        }
      }
      waiting.clear()
    },
    ensure,
    drop(session) {
      if (!sessions.delete(session)) return
      session.dispose()
      changed()
    },
    broken: () => broken,
    surfaceShown: () => relay.shown(),
    tellLost() {
      if (!relay.mounted()) options.tellLost?.()
    },
    ended: abort.signal,
    arm(target) {
      if (abort.signal.aborted) return
      if (target.closed || !isReadable(target)) {
        armed.delete(target) // A frame that was taken out, or went to another origin.
        return
      }
      armed.add(target)
      rearm?.observe(target.document, { childList: true })
      const at = { capture: true, passive: false, signal: abort.signal }
      for (const type of GATED_EVENTS) target.addEventListener(type, onEvent, at)
      for (const type of WATCHED_INPUTS) target.addEventListener(type, onInput, at)
      target.addEventListener('input', onOwnInput, at)
      target.addEventListener('focusin', onFocus, at)
      target.addEventListener('blur', onBlur, at)
      navigationOf(target)?.addEventListener('navigate', onNavigate, { signal: abort.signal })
    },
    dispose() {
      abort.abort()
      rearm?.disconnect()
      for (const session of sessions) session.dispose()
      sessions.clear()
      changed()
    },
  }

  return {
    core,
    keepArmed,
    setSite(found: SiteAdapter) {
      site = found
      const active = deepActiveElement(win.document)
      if (active) focusOn(active)
    },
  }
}

function navigationOf(win: Window): Navigation | null {
  return (win as Window & { navigation?: Navigation }).navigation ?? null
}
