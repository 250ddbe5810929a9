import { changedPart } from '../../origin/index.ts'

/**
 * The words of a text field, laid over it a second time without colour, for browsers that have no ranges into a field's value. A mark is then a range in
 * that copy. It stands beside the page's body in a closed shadow root and takes no press; the field itself is not touched.
 */
export interface Mirror {
  readonly field: ValueField
  /** Where the highlights' styles must be adopted. */
  readonly root: ShadowRoot
  /** A live range over characters of the value: it follows typing as a range in a document does. */
  range(start: number, end: number): Range
  /** Brings words and place up to date: `dark` says what the field's ground is. */
  sync(dark?: boolean): void
  dispose(): void
}

export type ValueField = HTMLInputElement | HTMLTextAreaElement

/** What decides where a letter stands. */
const COPIED = [
  'font-style', 'font-variant', 'font-weight', 'font-stretch', 'font-size', 'font-size-adjust', 'font-family', 'font-kerning', 'font-optical-sizing', 'font-feature-settings', 'font-variation-settings',
  'line-height', 'letter-spacing', 'word-spacing', 'text-transform', 'text-indent', 'text-align', 'text-align-last', 'text-rendering', 'direction', 'unicode-bidi', 'writing-mode', 'tab-size',
  'white-space', 'word-break', 'overflow-wrap', 'line-break', 'hyphens', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left',
]
/** Above everything of the page, as its own menus are. */
const TOP = '2147483646'

/** @throws Error when the field's document has left its window. */
export function createMirror(field: ValueField): Mirror {
  const document = field.ownerDocument
  const view = document.defaultView
  if (!view) throw new Error('the field has left its window')
  const host = document.createElement('countersign-marks')
  const root = host.attachShadow({ mode: 'closed' })
  // The clip is the part of the field in which words are drawn; the sheet in it is as large as that, and scrolls.
  const clip = document.createElement('div')
  const sheet = document.createElement('div')
  const line = document.createElement('div')
  const words = document.createTextNode('')
  line.append(words)
  sheet.append(line)
  clip.append(sheet)
  root.append(clip)
  host.setAttribute('aria-hidden', 'true')
  host.popover = 'manual'
  const oneLine = field.nodeName === 'INPUT'
  const abort = new AbortController()
  let ground = false
  let asked = 0

  function sync(dark = ground): void {
    ground = dark
    if (!field.isConnected || !view) return
    if (!host.isConnected) document.documentElement.append(host)
    copyWords()
    const box = field.getBoundingClientRect()
    const seen = visiblePart(field, box)
    if (!seen) {
      host.style.display = 'none'
      return
    }
    lay(box, seen)
    // What lies in the top layer covers all else, also us.
    const above = field.closest(':modal,:popover-open') !== null
    if (above !== host.matches(':popover-open')) host.togglePopover(above)
  }

  function copyWords(): void {
    const { value } = field
    if (value === words.data) return
    // Only what changed, so that ranges elsewhere stay.
    const { start, oldEnd, newEnd } = changedPart(words.data, value)
    words.replaceData(start, oldEnd - start, value.slice(start, newEnd))
  }

  function lay(box: DOMRect, seen: Edges): void {
    const style = view!.getComputedStyle(field)
    const zoom = field.currentCSSZoom ?? 1
    // A field's own lengths are those before zoom; what is left between them and the box is a transform.
    const [across, down] = [scaleOf(box.width / zoom, field.offsetWidth), scaleOf(box.height / zoom, field.offsetHeight)]
    const x = inside(style, 'left', 'right', box.width / zoom / across, field.offsetWidth, field.clientWidth, field.clientLeft)
    const y = inside(style, 'top', 'bottom', box.height / zoom / down, field.offsetHeight, field.clientHeight, field.clientTop)
    const left = box.left + x.start * zoom * across
    const top = box.top + y.start * zoom * down
    const width = x.length * zoom
    const height = y.length * zoom
    host.style.cssText = `all:initial;position:fixed;inset:0;width:100%;height:100%;margin:0;border:0;padding:0;background:none;overflow:hidden;pointer-events:none;z-index:${TOP};mix-blend-mode:${ground ? 'lighten' : 'darken'};`
    const cut = [Math.max(0, seen.top - top) / down, Math.max(0, left + width * across - seen.right) / across, Math.max(0, top + height * down - seen.bottom) / down, Math.max(0, seen.left - left) / across]
    clip.style.cssText = `position:absolute;left:${left}px;top:${top}px;width:${width}px;height:${height}px;transform-origin:0 0;transform:scale(${across},${down});overflow:hidden;clip-path:inset(${cut.map((px) => `${px}px`).join(' ')});`
    const copied = COPIED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';')
    sheet.style.cssText = `${copied};position:absolute;left:${-field.scrollLeft}px;top:${-field.scrollTop}px;box-sizing:border-box;width:${x.length}px;height:${y.length}px;zoom:${zoom};color:transparent;user-select:none;${oneLine ? 'display:flex;align-items:center;' : ''}`
    line.style.cssText = oneLine ? 'flex:none;min-width:100%;white-space:pre;' : ''
  }

  /** Once a frame, however much happens in it. */
  function soon(): void {
    asked ||= view!.requestAnimationFrame(() => {
      asked = 0
      sync()
    })
  }

  const at = { capture: true, passive: true, signal: abort.signal }
  view.addEventListener('scroll', soon, at)
  view.addEventListener('resize', soon, at)
  view.addEventListener('input', soon, at)
  const size = new ResizeObserver(soon)
  size.observe(field)

  return {
    field,
    root,
    range(start, end) {
      copyWords()
      const range = document.createRange()
      range.setStart(words, Math.min(start, words.length))
      range.setEnd(words, Math.min(end, words.length))
      return range
    },
    sync,
    dispose() {
      abort.abort()
      size.disconnect()
      view.cancelAnimationFrame(asked)
      host.remove()
    },
  }
}

interface Edges { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** `laid` is a whole number: less than one pixel of difference is its rounding. */
const scaleOf = (drawn: number, laid: number): number => (laid > 0 && drawn > 0 && Math.abs(drawn - laid) >= 1 ? drawn / laid : 1)

/** Where the words of a field may be along one axis, from its outer edge: without borders and scroll bar. The browser tells these lengths in whole pixels, a border is exact. */
function inside(style: CSSStyleDeclaration, from: string, to: string, whole: number, outer: number, inner: number, before: number): { readonly start: number; readonly length: number } {
  const border = (side: string): number => parseFloat(style.getPropertyValue(`border-${side}-width`)) || 0
  const [first, last] = [border(from), border(to)]
  const bar = Math.max(0, Math.round(outer - inner - first - last))
  // Right to left, a scroll bar stands before the words.
  return { start: first + (bar && before - first > bar / 2 ? bar : 0), length: whole - first - last - bar }
}

/** What of the field its scrolling parents show, in the viewport; null when nothing. */
function visiblePart(field: Element, box: DOMRect): Edges | null {
  let { left, top, right, bottom } = box
  for (let at = parentOf(field); at; at = parentOf(at)) {
    const overflow = at.ownerDocument.defaultView?.getComputedStyle(at).overflow ?? 'visible'
    if (overflow === 'visible' || at === at.ownerDocument.documentElement || at === at.ownerDocument.body) continue
    const edge = at.getBoundingClientRect()
    left = Math.max(left, edge.left)
    top = Math.max(top, edge.top)
    right = Math.min(right, edge.right)
    bottom = Math.min(bottom, edge.bottom)
  }
  return right > left && bottom > top && field.checkVisibility({ visibilityProperty: true }) ? { left, top, right, bottom } : null
}

const parentOf = (element: Element): Element | null => element.parentElement ?? ((element.getRootNode() as ShadowRoot).host ?? null)
