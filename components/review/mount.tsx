import { createRoot } from 'react-dom/client'
import type { SessionRegistry } from '../../lib/guard/index.ts'
import { keepTexts, uiDirection } from '../ui/index.ts'
import tokens from '../ui/tokens.css?inline'
import { App } from './App.tsx'
import { createActions, sentToast } from './actions.ts'
import { createCaretMemory } from './caret.ts'
import { createLayoutSignal } from './follow.ts'
import { watchPointer } from './pointer.ts'
import css from './review.css?inline'
import { createSight } from './sight.ts'
import type { ReviewState } from './store.ts'
import { createReviewStore } from './store.ts'
import { homeOf, keepOnTop, raise } from './top-layer.ts'

/** A host that the page took away, hid or covered comes back at most this often. Milliseconds. */
const RESTORE_MS = 1000

export interface MountedReview {
  /** The one element of ours in the page. */
  readonly host: HTMLElement
  /** Puts the interface back where it belongs, if the page has moved or removed it. */
  readonly restore: () => void
  readonly unmount: () => void
}

export interface MountOptions {
  /** Monotonic milliseconds; by default the page's clock. */
  readonly now?: () => number
  /** Opens the browser's side panel beside this tab; missing where it has none. */
  readonly beside?: (() => Promise<void>) | undefined
  /** Told once the closed root exists; tests look inside through it. */
  readonly onRoot?: (root: ShadowRoot) => void
}

/** Puts the review interface into this window: one host outside every editor, a closed root, nothing else of the page touched. */
export function mountReview(registry: SessionRegistry, window: Window, { now = () => performance.now(), beside, onRoot }: MountOptions = {}): MountedReview {
  const { document } = window
  const host = createHost(document)
  const root = host.attachShadow({ mode: 'closed' })
  onRoot?.(root)
  addStyles(root)
  keepTexts(['reviewLostTitle', 'reviewLostText', 'reviewChipLost', 'reviewChipOpenPanel', 'reviewChipName', 'reviewClose', 'reviewBroken', 'reviewTroubleWorker', 'reviewChipOpenFindings'])

  const pointer = watchPointer(window, host)
  const layout = createLayoutSignal(window)
  const sight = createSight(root)
  const caret = createCaretMemory(document, () => host)
  const store = createReviewStore(registry, {
    now, pointed: pointer.wasLast,
    onSent: (snapshot) => {
      const toast = sentToast(snapshot)
      if (toast) store.setState({ toast })
    },
  })
  const actions = createActions({ registry, store, caret, now, covered: sight.covered, raise: () => { raise(host) }, beside })
  const unmountSurface = registry.mountSurface({ host, root })
  keepEventsHome(root)

  const place = (): void => { keepOnTop(host, homeOf(host, draftPoint(store.getState()))) }
  const restore = atMostEvery(RESTORE_MS, now, () => {
    pointer.arm()
    layout.arm()
    observe()
    place()
  })
  const lost = new MutationObserver(() => { if (isDisplaced()) restore() })
  const observe = (): void => {
    lost.disconnect()
    // The document itself, because `document.write` replaces its root, and the root, because a page may clear it.
    lost.observe(document, { childList: true })
    lost.observe(document.documentElement, { childList: true })
  }
  const isDisplaced = (): boolean => !host.isConnected || !host.matches(':popover-open') || host.parentNode !== homeOf(host, draftPoint(store.getState()))

  place()
  observe()
  const view = createRoot(root)
  view.render(<App environment={{ registry, store, actions, host, layout, sight, dir: uiDirection(), beside }} />)
  const unsubscribe = store.subscribe(() => { if (isDisplaced()) restore() })

  return {
    host, restore,
    unmount() {
      unsubscribe()
      lost.disconnect()
      store.dispose()
      layout.dispose()
      sight.dispose()
      pointer.dispose()
      unmountSurface()
      view.unmount()
      host.remove()
    },
  }
}

/** A tag of our own: no page style, script or editor has a rule for it. */
function createHost(document: Document): HTMLElement {
  const host: HTMLElement = document.createElement('countersign-review')
  host.popover = 'manual'
  return host
}

function addStyles(root: ShadowRoot): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`${tokens}\n${css}`)
  try {
    root.adoptedStyleSheets = [sheet]
  } catch {
    // Firefox keeps sheets of a content script apart from the page's roots; a style element does there.
    root.append(Object.assign(root.ownerDocument.createElement('style'), { textContent: `${tokens}\n${css}` }))
  }
}

/** Key and input events in our surfaces end here. The guard also keeps them from listeners that come first. */
function keepEventsHome(root: ShadowRoot): void {
  for (const type of ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'paste', 'copy', 'cut']) {
    root.addEventListener(type, (event) => { event.stopPropagation() })
  }
}

/** The middle of the draft that is shown now, or of the first one. */
function draftPoint(state: ReviewState): { x: number; y: number } | null {
  const session = state.sessions.find(({ id }) => id === state.current) ?? state.sessions[0]
  const rect = session?.frameRect()
  return rect && rect.width > 0 ? { x: rect.left + rect.width / 2, y: rect.top + rect.height / 2 } : null
}

/** `run` at once if it has been quiet for `ms`, else once when it has. */
function atMostEvery(ms: number, now: () => number, run: () => void): () => void {
  let last = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined
  const go = (): void => {
    timer = undefined
    last = now()
    run()
  }
  return () => {
    const wait = last + ms - now()
    if (wait <= 0) go()
    else timer ??= setTimeout(go, wait)
  }
}
