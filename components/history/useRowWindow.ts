import { useLayoutEffect, useState, type RefObject } from 'react'

/** Rows drawn before and after those in view. */
const OVERSCAN = 12

interface RowWindow { readonly from: number; readonly to: number }

/**
 * Which rows of a scrolled list are to be drawn, `to` not included. All rows have one height (CSS pixels), so that a place is a division: libraries for lists measure every row, which with 200,000
 * of them costs whole frames whenever a record comes in.
 */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, total: number, height: number): RowWindow {
  const [seen, setSeen] = useState<RowWindow>({ from: 0, to: 0 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const look = (): void => {
      const from = Math.max(0, Math.floor(element.scrollTop / height) - OVERSCAN)
      const to = Math.ceil((element.scrollTop + element.clientHeight) / height) + OVERSCAN
      setSeen((last) => (last.from === from && last.to === to ? last : { from, to }))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const sizes = new ResizeObserver(look)
    sizes.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      sizes.disconnect()
    }
  }, [scroller, height, total])
  // What is shorter than it was shows its end, until the browser has scrolled there.
  const to = Math.min(total, seen.to)
  return { from: Math.min(seen.from, to), to }
}
