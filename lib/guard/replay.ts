import type { WayOut } from '../sites/index.ts'

/**
 * How to do the person's act again. Pages listen to different halves of a press (Gmail's menu acts on mousedown, buttons on click), so a press is replayed whole.
 * The copies are not trusted events; a page that insists on those is met by "Press Send again".
 */
export function replayOf(event: Event, way: WayOut): () => boolean {
  if (event.type === 'submit') {
    const { submitter } = event as SubmitEvent
    const form = way.element as HTMLFormElement
    return () => {
      if (!form.isConnected) return false
      form.requestSubmit(submitter?.isConnected ? submitter : null)
      return true
    }
  }
  if (isKey(event) && !pressesControl(event, way)) return () => replayKey(event, way)
  return () => replayPress(way.element)
}

function isKey(event: Event): event is KeyboardEvent {
  return event.type.startsWith('key')
}

/** Enter or Space on a focused control is a press of it. */
function pressesControl(event: KeyboardEvent, way: WayOut): boolean {
  return event.composedPath().includes(way.element) && (event.key === 'Enter' || event.key === ' ') && way.element !== way.root && !event.ctrlKey && !event.metaKey
}

function replayKey(event: KeyboardEvent, way: WayOut): boolean {
  const target = event.target as Element | null
  const on = target?.isConnected ? target : way.root
  if (!on?.isConnected) return false
  const { key, code, keyCode, ctrlKey, shiftKey, altKey, metaKey } = event
  // `keyCode` is not in the standard dictionary, but browsers honour it and older applications read nothing else.
  const init = { key, code, keyCode, which: keyCode, ctrlKey, shiftKey, altKey, metaKey, bubbles: true, cancelable: true, composed: true }
  on.dispatchEvent(new KeyboardEvent('keydown', init))
  if (on.isConnected) on.dispatchEvent(new KeyboardEvent('keyup', init))
  return true
}

function replayPress(element: Element): boolean {
  const view = element.ownerDocument.defaultView
  if (!element.isConnected || !view) return false
  const box = element.getBoundingClientRect()
  const init = { bubbles: true, cancelable: true, composed: true, button: 0, detail: 1, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, view }
  const pointer = { ...init, pointerId: 1, isPrimary: true, pointerType: 'mouse' }
  element.dispatchEvent(new PointerEvent('pointerdown', { ...pointer, buttons: 1 }))
  element.dispatchEvent(new MouseEvent('mousedown', { ...init, buttons: 1 }))
  element.dispatchEvent(new PointerEvent('pointerup', pointer))
  element.dispatchEvent(new MouseEvent('mouseup', init))
  if (element.isConnected) element.dispatchEvent(new MouseEvent('click', init))
  return true
}
