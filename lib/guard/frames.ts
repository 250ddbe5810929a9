/** The windows above this one that share its origin, nearest first. */
export function parentWindows(win: Window): Window[] {
  const parents: Window[] = []
  for (let at = win; at.parent !== at && isReadable(at.parent); at = at.parent) parents.push(at.parent)
  return parents
}

/** True when a window is of this page's origin now. */
export function isReadable(win: Window): boolean {
  try {
    return win.document !== null
  } catch {
    return false // Another origin: asking is the only way to know.
  }
}

/** Offset of a same-origin frame's viewport in the viewport of `root`. */
export function frameOffset(win: Window, root: Window): { x: number; y: number } {
  let x = 0
  let y = 0
  for (let at = win; at !== root && at.frameElement; at = at.parent) {
    const box = at.frameElement.getBoundingClientRect()
    x += box.left + at.frameElement.clientLeft
    y += box.top + at.frameElement.clientTop
  }
  return { x, y }
}

/** A rectangle of `node`'s frame, in the viewport of `root`. */
export function rectInRoot(rect: DOMRect, node: Node, root: Window): DOMRect {
  const win = node.ownerDocument?.defaultView
  if (!win || win === root) return rect
  const offset = frameOffset(win, root)
  return new DOMRect(rect.x + offset.x, rect.y + offset.y, rect.width, rect.height)
}

/** The focused element, through same-origin iframes and open shadow roots. */
export function deepActiveElement(document: Document): Element | null {
  let active = document.activeElement
  for (;;) {
    const inner = active?.shadowRoot?.activeElement ?? innerDocument(active)?.activeElement
    if (!inner) return active
    active = inner
  }
}

/** The document inside a same-origin iframe, null for any other element or origin. */
export function innerDocument(element: Element | null): Document | null {
  if (element?.nodeName !== 'IFRAME') return null
  return (element as HTMLIFrameElement).contentDocument
}
