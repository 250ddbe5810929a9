/** Knows whether the last thing a person did on the page was done with a pointer or with a key. */
export interface PointerWatch {
  /** True when it was a pointer, outside our surface. */
  readonly wasLast: () => boolean
  /** Listens in this window and the focused frames again; adding twice is harmless. */
  readonly arm: () => void
  readonly dispose: () => void
}

/** A finding that opens by a click on its mark must leave the caret in the text; one that opens by F8 takes focus. */
export function watchPointer(window: Window, host: Element): PointerWatch {
  let last: 'pointer' | 'key' | null = null
  const abort = new AbortController()
  const watched = new WeakSet<Window>()
  const onPointer = (event: Event): void => { last = event.target === host ? null : 'pointer' }
  const onKey = (): void => { last = 'key' }
  const listen = (target: Window): void => {
    target.addEventListener('pointerdown', onPointer, { capture: true, passive: true, signal: abort.signal })
    target.addEventListener('keydown', onKey, { capture: true, passive: true, signal: abort.signal })
    if (watched.has(target)) return
    watched.add(target)
    // Focus in a frame is seen from outside as focus on its element: the moment to listen inside it as well.
    target.addEventListener('blur', arm, { signal: abort.signal })
  }
  function arm(): void {
    let at: Window | null = window
    while (at) {
      listen(at)
      const active: Element | null = at.document.activeElement
      at = active instanceof HTMLIFrameElement && active.contentDocument ? active.contentWindow : null
    }
  }
  arm()
  return { wasLast: () => last === 'pointer', arm, dispose: () => { abort.abort() } }
}
