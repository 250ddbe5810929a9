import type { GuardCore } from '../core.ts'

const PAUSE_MS = 300
const SOON_MS = 40
const TICK_MS = 1000
/** A word is not marked until its typing has paused this long. */
const TYPING_MS = 250

export interface LookoutHooks {
  /** The text may have changed. */
  look(): void
  /** Cheap check of what no event tells: nodes replaced, recipients changed, marks wiped. */
  tick(): void
  /** The person clicked, without dragging, at this point of a frame's viewport. */
  clicked(document: Document, x: number, y: number): void
  /** F8 and Shift+F8. */
  step(back: boolean): void
  /** Ctrl+Shift+F8: "an AI drafted this", or not after all. */
  declare(): void
}

/** Watches one open draft: its bodies and fields, and nothing else of the page. Everything ends with `stop`. */
export interface Lookout {
  /** The elements to watch now; those already watched stay. */
  watch(elements: readonly HTMLElement[]): void
  /** Look after this many milliseconds, or at the next moment. */
  soon(delay?: number): void
  /** True while somebody types: marks then keep away from the word at the caret. */
  typing(): boolean
  stop(): void
}

export function createLookout(root: Element, core: GuardCore, hooks: LookoutHooks): Lookout {
  const win = core.window
  const abort = new AbortController()
  const observers = new Map<HTMLElement, MutationObserver>()
  let timer = 0
  let due = 0
  let composing = false
  let lastInput = -Infinity
  let lastTyped = -Infinity
  const tick = win.setInterval(() => hooks.tick(), TICK_MS)

  function schedule(delay: number): void {
    const at = performance.now() + delay
    // A change soon after a paste must not put the paste's look off.
    if (timer && due <= at && delay < PAUSE_MS) return
    win.clearTimeout(timer)
    due = at
    timer = win.setTimeout(() => {
      timer = 0
      if (!composing) hooks.look()
    }, delay)
  }

  function onInput(event: Event): void {
    const arrived = (event as InputEvent).inputType?.startsWith('insertFrom')
    lastInput = performance.now()
    if (!arrived) lastTyped = lastInput
    schedule(arrived ? SOON_MS : PAUSE_MS)
  }

  const onArrival = (): void => schedule(SOON_MS)

  function onCompositionStart(): void {
    composing = true
  }

  function onCompositionEnd(): void {
    composing = false
    schedule(PAUSE_MS)
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'F8' || event.altKey || event.metaKey || !event.isTrusted || !root.contains(hostOf(event, root.ownerDocument))) return
    if (event.ctrlKey && !event.shiftKey) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.ctrlKey) hooks.declare()
    else hooks.step(event.shiftKey)
  }

  function onClick(event: MouseEvent): void {
    const document = event.currentTarget as Document
    const selection = document.getSelection()
    if (event.isTrusted && (!selection || selection.isCollapsed)) hooks.clicked(document, event.clientX, event.clientY)
  }

  /** Adding the same listeners twice is harmless; `document.open` may have taken them off. */
  function listen(document: Document): void {
    const at = { capture: true, signal: abort.signal }
    document.addEventListener('input', onInput, at)
    document.addEventListener('paste', onArrival, at)
    document.addEventListener('drop', onArrival, at)
    document.addEventListener('compositionstart', onCompositionStart, at)
    document.addEventListener('compositionend', onCompositionEnd, at)
    document.addEventListener('keydown', onKey, at)
    document.addEventListener('click', onClick, at)
  }

  function quiet(): void {
    // A run of characters typed fires mutation and input together; the later, longer delay wins so that marks wait for a pause.
    schedule(performance.now() - lastInput < PAUSE_MS ? PAUSE_MS : SOON_MS)
  }

  return {
    watch(elements) {
      for (const [element, observer] of observers) {
        if (elements.includes(element)) continue
        observer.disconnect()
        observers.delete(element)
      }
      for (const element of elements) {
        listen(element.ownerDocument)
        const view = element.ownerDocument.defaultView
        if (view && view !== win) core.arm(view)
        if (observers.has(element)) continue
        const observer = new MutationObserver(quiet)
        observer.observe(element, { subtree: true, childList: true, characterData: true })
        observers.set(element, observer)
      }
    },
    soon: (delay = 0) => schedule(delay),
    typing: () => performance.now() - lastTyped < TYPING_MS,
    stop() {
      abort.abort()
      win.clearInterval(tick)
      win.clearTimeout(timer)
      for (const observer of observers.values()) observer.disconnect()
      observers.clear()
    },
  }
}

/** The element of the root's own document that the event happened in: itself, or the iframe around it. The root may stand in a frame as well. */
function hostOf(event: Event, document: Document): Element | null {
  let node = event.composedPath()[0] as Element | null
  while (node && node.ownerDocument !== document) node = node.ownerDocument.defaultView?.frameElement ?? null
  return node
}
