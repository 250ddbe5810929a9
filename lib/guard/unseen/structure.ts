import type { Shape } from './report.ts'

/** So many elements tell where a draft, its words and its controls are; a thread of a thousand mails does not. */
const MOST_NODES = 160
const MOST_CHILDREN = 24
const DEEPEST = 14
/** What holds words of others, or nothing that an adapter could go by. */
const LEFT_OUT = 'script,style,noscript,template,link,meta,countersign-review'

/** The elements of a draft, with what was pressed among them or beside them, for `maskShape`. Reads the page; changes nothing. */
export function structureOf(root: Element, pressed: Element | null): Shape {
  let left = MOST_NODES
  const shapeOf = (element: Element, depth: number): Shape => {
    left -= 1
    // What is written in an editor has no structure that an adapter needs.
    const editable = isEditor(element)
    const inside = editable || depth >= DEEPEST ? [] : [...element.children].filter((child) => !child.matches(LEFT_OUT))
    const children: Shape[] = []
    for (const child of inside.slice(0, MOST_CHILDREN)) if (left > 0) children.push(shapeOf(child, depth + 1))
    return {
      tag: element.localName, role: element.getAttribute('role'), type: element.matches('input,button') ? element.getAttribute('type') : null,
      data: element.getAttributeNames().filter((name) => name.startsWith('data-')), classes: [...element.classList], text: ownText(element),
      editable, pressed: element === pressed, children, more: inside.length - children.length,
    }
  }
  const shape = shapeOf(root, 0)
  if (!pressed || root.contains(pressed)) return shape
  return { tag: 'body', role: null, type: null, data: [], classes: [], text: '', editable: false, pressed: false, more: 0, children: [shape, shapeOf(pressed, 1)] }
}

/** Asked of the attribute: in a draft that has left the page nothing is editable any more. */
const isEditor = (element: Element): boolean => element.matches('[contenteditable]:not([contenteditable=false])')

/** Words that stand in the element itself: all of an editor's, and what a field holds. */
function ownText(element: Element): string {
  if ('value' in element && typeof element.value === 'string') return element.value
  if (isEditor(element)) return element.textContent ?? ''
  return [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ nodeValue }) => nodeValue ?? '').join(' ').trim()
}
