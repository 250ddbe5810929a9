import type { Box } from './place.ts'

const CONTROL = 'a[href],button,input,select,textarea,summary,label,video,canvas,img,svg,[role=button],[role=link],[role=menuitem],[role=tab],[role=toolbar] [tabindex]'

/** Small controls: what a notice of the page offers to press ("Undo"). */
const PRESSED = 'button,[role=button],[role=alert],[role=status],[aria-live=assertive]'

/** True when no control of the page lies under `box`; text may. */
export function isFreeOfControls(document: Document, box: Box, own: Element): boolean {
  return spots(box).every(([x, y]) => !document.elementsFromPoint(x, y).some((element) => element !== own && element.closest(PRESSED) !== null))
}

/** True when nothing a person reads or presses lies under `box`: no text line, no control. Looks through same-origin frames. */
export function isFreeSpot(document: Document, box: Box, own: Element): boolean {
  return spots(box).every(([x, y]) => !taken(document, x, y, own))
}

/** Points spread over a box. */
function spots(box: Box): readonly (readonly [number, number])[] {
  return [0.02, 0.25, 0.5, 0.75, 0.98].flatMap((fx) => [0.1, 0.5, 0.9].map((fy) =>
    [box.left + (box.right - box.left) * fx, box.top + (box.bottom - box.top) * fy] as const))
}

function taken(document: Document, x: number, y: number, own: Element): boolean {
  const element = document.elementsFromPoint(x, y).find((candidate) => candidate !== own)
  if (!element) return false
  if (element instanceof HTMLIFrameElement) {
    const inner = element.contentDocument
    const rect = element.getBoundingClientRect()
    return !inner || taken(inner, x - rect.left - element.clientLeft, y - rect.top - element.clientTop, own)
  }
  return element.closest(CONTROL) !== null || hasTextAt(element, x, y)
}

/** Whether a line of text of this element, or of what is directly in it, runs through the point. */
function hasTextAt(element: Element, x: number, y: number): boolean {
  const place = element.ownerDocument.caretPositionFromPoint(x, y)
  const node = place?.offsetNode
  if (!place || node?.nodeType !== Node.TEXT_NODE || !node.nodeValue?.trim()) return false
  const range = element.ownerDocument.createRange()
  range.setStart(node, Math.max(0, place.offset - 1))
  range.setEnd(node, Math.min(node.nodeValue.length, place.offset + 1))
  return [...range.getClientRects()].some((rect) => x >= rect.left - 6 && x <= rect.right + 6 && y >= rect.top - 2 && y <= rect.bottom + 2)
}
