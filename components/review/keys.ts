import type { KeyboardEvent } from 'react'
import { isApple } from '../ui/index.ts'

/** True while the person composes a character: those keys are the input method's. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.key === 'Process'
}

/** Letters type in a text field of ours, and arrows choose in a list. */
export function inTextField(event: KeyboardEvent): boolean {
  const target = event.target
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement || target instanceof HTMLSelectElement
}

/** Enter and Space on one of these do what the browser does. */
export function onControl(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && event.target.closest('button, a[href], summary') !== null
}

/** Ctrl+Enter, on Apple machines Command+Enter (Ctrl+Enter is taken too: many people come from other machines). */
export function isSignKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || (isApple() && event.metaKey)) && !event.altKey && !event.shiftKey
}

/** A letter or digit without modifiers, lower case; Shift is allowed because Caps Lock and `?` need it. Empty for anything else. */
export function plainKey(event: KeyboardEvent): string {
  return event.ctrlKey || event.altKey || event.metaKey ? '' : event.key.length === 1 ? event.key.toLowerCase() : event.key
}

/** Keeps Tab inside a surface of ours: it is the last thing in the document, and Esc is the way out. */
export function cycleTab(event: KeyboardEvent, surface: HTMLElement): void {
  if (event.key !== 'Tab' || event.ctrlKey || event.altKey || event.metaKey) return
  const stops = [...surface.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, summary, [tabindex="0"]')].filter((stop) => stop.getClientRects().length > 0)
  const root = surface.getRootNode() as Document | ShadowRoot
  const at = stops.indexOf(root.activeElement as HTMLElement)
  const next = event.shiftKey ? stops.at(at <= 0 ? -1 : at - 1) : stops[at + 1 >= stops.length ? 0 : at + 1]
  if (!next) return
  event.preventDefault()
  next.focus()
}
