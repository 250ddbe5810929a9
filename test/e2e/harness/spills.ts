/**
 * Text that does not fit, one line a place: wider than the window, or than the box it stands in, where nothing scrolls there and no ellipsis says that more is
 * there. Runs in the page; `within` is a shadow root, or null for the document.
 */
export function spillsIn(within: Document | ShadowRoot | null): string[] {
  const root = within ?? document
  /** Pixels by which letters may hang over, as italics and rounding do. */
  const HANG = 2
  const found = new Set<string>()
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    const element = text.parentElement
    if (!element || text.data.trim() === '' || element.closest('.vh, script, style, noscript, svg, option, [hidden]') || !element.checkVisibility({ visibilityProperty: true })) continue
    const box = holder(element)
    const range = document.createRange()
    range.selectNode(text)
    const { left, right, width } = range.getBoundingClientRect()
    if (box === null || width === 0) continue
    const bounds = box.getBoundingClientRect()
    note(Math.max(right - bounds.right, bounds.left - left, right - innerWidth, -left), text.data, box)
  }
  for (const control of root.querySelectorAll('button, select, input, textarea, .btn')) {
    const card = control.closest('.card, dialog, form, main')
    const { left, right, width } = control.getBoundingClientRect()
    if (!card || width === 0 || control.closest('.vh') || holder(control) === null || !control.checkVisibility({ visibilityProperty: true })) continue
    const bounds = card.getBoundingClientRect()
    note(Math.max(right - bounds.right, bounds.left - left), control.textContent ?? '', control)
  }
  return [...found]

  function note(over: number, words: string, box: Element): void {
    if (over > HANG) found.add(`${Math.round(over)} px: "${words.trim().slice(0, 60)}" in ${box.localName}.${String(box.className)}`)
  }

  /** The nearest box around an element that has edges of its own; null where the text may go on, behind a scroll bar or an ellipsis. */
  function holder(element: Element): Element | null {
    let box: Element | null = null
    for (let each: Element | null = element; each; each = each.parentElement) {
      const style = getComputedStyle(each)
      if (style.overflowX === 'auto' || style.overflowX === 'scroll' || style.textOverflow === 'ellipsis') return null
      if (box === null && style.display !== 'inline' && style.display !== 'contents') box = each
    }
    return box
  }
}
