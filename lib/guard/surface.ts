import type { Surface } from './types.ts'

const INPUT_EVENTS = new Set(['beforeinput', 'input'])

/**
 * Keeps the page out of our interface's keys: a trusted key or input event aimed at our host is stopped before the page's listeners
 * and its copy goes to the focused element inside the closed root. Default actions (typing, Enter on a button) are untouched.
 */
export interface SurfaceRelay {
  mount(surface: Surface): () => void
  mounted(): boolean
  /** Mounted, and still on the page. */
  shown(): boolean
  /** True when the event was ours and has been dealt with. */
  take(event: Event): boolean
  isPersonal(event: Event): boolean
}

export function createSurfaceRelay(): SurfaceRelay {
  let surface: Surface | null = null
  const personal = new WeakSet<Event>()

  return {
    mount(next) {
      surface = next
      return () => {
        if (surface === next) surface = null
      }
    },
    mounted: () => surface !== null,
    shown: () => surface?.host.isConnected ?? false,
    take(event) {
      if (!surface || event.target !== surface.host) return false
      if (event instanceof KeyboardEvent || INPUT_EVENTS.has(event.type)) relay(event, surface, personal)
      return true
    },
    isPersonal: (event) => event.isTrusted || personal.has(event),
  }
}

function relay(event: Event, surface: Surface, personal: WeakSet<Event>): void {
  event.stopImmediatePropagation()
  if (!event.isTrusted) return
  const copy = copyOf(event)
  personal.add(copy)
  const target = surface.root.activeElement ?? surface.root.firstElementChild
  if (target && !target.dispatchEvent(copy)) event.preventDefault()
}

function copyOf(event: Event): Event {
  const base = { bubbles: true, cancelable: event.cancelable, composed: false }
  if (event instanceof KeyboardEvent) {
    const { key, code, location, ctrlKey, shiftKey, altKey, metaKey, repeat, isComposing } = event
    const fields = { key, code, location, ctrlKey, shiftKey, altKey, metaKey, repeat, isComposing }
    const copy = new KeyboardEvent(event.type, { ...base, ...fields })
    // Firefox makes every key event leave its shadow root, whatever is asked for: it would come by here again, and by the page.
    return copy.composed ? Object.assign(new Event(event.type, base), fields) : copy
  }
  if (event instanceof InputEvent) {
    return new InputEvent(event.type, { ...base, data: event.data, inputType: event.inputType, isComposing: event.isComposing })
  }
  return new Event(event.type, base)
}
