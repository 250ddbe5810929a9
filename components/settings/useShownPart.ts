import { useEffect } from 'react'

/** What a person does who wants to be elsewhere on the page. */
const ACTS = ['wheel', 'keydown', 'pointerdown', 'touchstart'] as const

/** Brings an element to the top of the window, as far as there is room, and again as the page around it is still loaded; until the person does anything. Null for none. */
export function useShownPart(id: string | null): void {
  useEffect(() => {
    const part = id === null ? null : document.getElementById(id)
    if (!part) return undefined
    const show = (): void => part.scrollIntoView({ block: 'start' })
    // Calls back at once for the size that it has, and whenever the page grows.
    const growth = new ResizeObserver(show)
    growth.observe(part.parentElement ?? part)
    const stop = (): void => {
      growth.disconnect()
      for (const act of ACTS) removeEventListener(act, stop, true)
    }
    for (const act of ACTS) addEventListener(act, stop, true)
    return stop
  }, [id])
}
