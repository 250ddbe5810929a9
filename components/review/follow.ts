import type { RefObject } from 'react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Placement } from './place.ts'

/** Tells that boxes on the page may have moved. */
export interface LayoutSignal {
  subscribe(listener: () => void): () => void
  /** Listens again, after the page has thrown all listeners of its window away. Adding twice is harmless. */
  arm(): void
  dispose(): void
}

const MOVES = ['scroll', 'resize', 'click', 'keyup', 'transitionend'] as const

/** One passive listener a kind of event, at most one call a frame, and none while nobody asks. */
export function createLayoutSignal(window: Window): LayoutSignal {
  const listeners = new Set<() => void>()
  let frame = 0
  const tell = (): void => {
    frame = 0
    for (const listener of listeners) listener()
  }
  const onMove = (): void => {
    if (!frame && listeners.size > 0) frame = window.requestAnimationFrame(tell)
  }
  const arm = (): void => {
    for (const type of MOVES) window.addEventListener(type, onMove, { capture: true, passive: true })
  }
  arm()
  return {
    arm,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    dispose() {
      for (const type of MOVES) window.removeEventListener(type, onMove, { capture: true })
      window.cancelAnimationFrame(frame)
      listeners.clear()
    },
  }
}

/** Calls `place` with the element before it is first painted and in every frame while it is mounted. */
export function useFollow(ref: RefObject<HTMLElement | null>, place: (element: HTMLElement) => void): void {
  const latest = useLatest(place)
  useLayoutEffect(() => {
    let frame = 0
    const step = (): void => {
      if (ref.current) latest.current(ref.current)
      frame = requestAnimationFrame(step)
    }
    step()
    return () => { cancelAnimationFrame(frame) }
  }, [ref, latest])
}

function useLatest<T>(value: T): RefObject<T> {
  const ref = useRef(value)
  useLayoutEffect(() => { ref.current = value })
  return ref
}

/** Writes a placement to a surface; touches the element only where something changed. */
export function writePlacement(element: HTMLElement, placement: Placement): void {
  const side = placement.kind === 'gutter' ? placement.side : 'none'
  if (element.dataset['place'] !== placement.kind) element.dataset['place'] = placement.kind
  if (element.dataset['side'] !== side) element.dataset['side'] = side
  const { style } = element
  const set = (name: string, value: string): void => {
    if (style.getPropertyValue(name) !== value) style.setProperty(name, value)
  }
  set('--left', placement.kind === 'sheet' ? '0px' : `${Math.round(placement.left)}px`)
  set('--top', placement.kind === 'sheet' ? 'auto' : `${Math.round(placement.top)}px`)
  set('--lead', placement.kind === 'gutter' && placement.leader !== null ? `${Math.round(placement.leader)}px` : '-99px')
}

/** Turns a surface light or dark as the page turns: a page may do so while something of ours is open. */
export function writeTheme(element: HTMLElement, theme: 'light' | 'dark'): void {
  if (element.dataset['theme'] !== theme) element.dataset['theme'] = theme
}

/** The viewport of the frame we are in, in CSS pixels, without its scrollbars. */
export function viewOf(element: Element): { readonly width: number; readonly height: number } {
  const { clientWidth, clientHeight } = element.ownerDocument.documentElement
  return { width: clientWidth, height: clientHeight || element.ownerDocument.defaultView?.innerHeight || 0 }
}

/** Runs `focus` when `take` says that a turn to move focus has come that nobody has used yet. */
export function useFocusTurn(turn: number, take: (turn: number) => boolean, focus: () => void): void {
  const latest = useLatest(focus)
  useEffect(() => {
    if (take(turn)) latest.current()
  }, [turn, take, latest])
}

/** Gives focus back to a surface when the element inside it that had it is gone: a person with a keyboard must never fall out. */
export function createFocusKeeper(): (surface: HTMLElement) => void {
  let had = false
  return (surface) => {
    const root = surface.getRootNode()
    const active = root instanceof ShadowRoot ? root.activeElement : null
    const { body, activeElement } = surface.ownerDocument
    if (had && active === null && (activeElement === null || activeElement === body)) surface.focus({ preventScroll: true })
    had = active !== null && surface.contains(active)
  }
}
