/**
 * Small DOM questions shared by the adapters. Elements may live in same-origin frames, so nothing here uses the global `document`
 * or `instanceof` (both are wrong one frame further down).
 */

const TEXT_INPUTS = new Set(['text', 'search', 'url', 'tel', 'email'])

export type TextField = HTMLInputElement | HTMLTextAreaElement

/** True for `<textarea>` and the `<input>` types that hold a line of text. Passwords are not text we read. */
export function isTextField(element: Element): element is TextField {
  const name = element.nodeName.toUpperCase()
  return name === 'TEXTAREA' || (name === 'INPUT' && TEXT_INPUTS.has((element as HTMLInputElement).type))
}

/** True when a person can type into this element now. */
export function isEditable(element: HTMLElement): boolean {
  if (isTextField(element)) return !element.readOnly && !element.disabled
  return element.isContentEditable
}

/**
 * The editor that holds `node`: its text field or its topmost contenteditable host (an editor may nest editable islands in fixed ones).
 * Null when nothing there is editable. Crosses open shadow roots upwards, not frames: an editor ends at its document.
 */
export function editableRoot(node: Node): HTMLElement | null {
  const element = node.nodeType === 1 ? (node as HTMLElement) : node.parentElement
  if (element && isTextField(element)) return isEditable(element) ? element : null
  let host: HTMLElement | null = null
  for (let at: Node | null = node; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null) {
    if (at.nodeType === 1 && (at as HTMLElement).isContentEditable) host = at as HTMLElement
  }
  return host
}

/** The window of the element's own document. Throws where the document has been detached from its window. */
export function viewOf(element: Element): Window & typeof globalThis {
  const view = element.ownerDocument.defaultView
  if (!view) throw new Error('the editor has left its window')
  return view
}
