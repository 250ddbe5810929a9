import type { Tier } from '../../engine/index.ts'
import type { EditorPlace } from '../../editors/index.ts'
import { randomId } from '../random.ts'
import { createMirror, type Mirror, type ValueField as Field } from './mirror.ts'

export type MarkStyle = Tier | 'kept'

/** One mark to paint. `key` names it for `rects`. */
export interface Mark {
  readonly key: string
  readonly style: MarkStyle
  readonly active: boolean
  readonly place: EditorPlace
  /** The exact characters that the mark must stand on. */
  readonly quote: string
}

/** Literal colours: a page has none of our variables. Values from the design's tokens. */
const COLOURS: Record<MarkStyle, { light: string; dark: string; line: string; offset: string }> = {
  note: { light: '#5d758f', dark: '#8ba3bf', line: 'dotted 2px', offset: '4px' },
  review: { light: '#b26400', dark: '#e2a242', line: 'solid 2px', offset: '4px' },
  approve: { light: '#7048d0', dark: '#ab8eff', line: 'double 1.5px', offset: '3px' },
  block: { light: '#cf2a35', dark: '#ff7376', line: 'wavy 1.5px', offset: '3px' },
  kept: { light: '#a9b0b8', dark: '#59616a', line: 'solid 1px', offset: '4px' },
}
const GROUNDS: Record<Tier, { light: string; dark: string }> = {
  note: { light: '#eaeff4', dark: '#1f2833' },
  review: { light: '#fcf0dc', dark: '#33270f' },
  approve: { light: '#efeafb', dark: '#2a2145' },
  block: { light: '#fdeaea', dark: '#3b1a1d' },
}
const STYLES = Object.keys(COLOURS) as MarkStyle[]

type PageWindow = Window & typeof globalThis
interface OpaqueRange extends AbstractRange { getClientRects(): DOMRectList; disconnect(): void }
type ValueField = Field & { createValueRange?: (start: number, end: number) => OpaqueRange }
type PaintedRange = Range | OpaqueRange

interface Painted { readonly mark: Mark; readonly range: PaintedRange; readonly document: Document }

/** Paints marks by the CSS Custom Highlight API: not one byte of the document changes. */
export interface Painter {
  paint(marks: readonly Mark[], dark: boolean): void
  /** False when a mark lost its words, or the page removed our highlights or styles. */
  intact(): boolean
  /** Rectangles of a mark in its own frame's viewport, with the node whose frame that is. */
  rects(key: string): { node: Node; rects: readonly DOMRect[] } | null
  rangeOf(key: string): Range | null
  /** Mark whose words are at this point of a frame's viewport. */
  at(document: Document, x: number, y: number): string | null
  dispose(): void
}

export function createPainter(): Painter {
  // The registry is one for the whole page: two drafts in it, or a script of ours that an update left behind, must not take each other's names.
  const mine = `countersign-${randomId().slice(0, 8)}`
  const nameOf = (style: MarkStyle | 'active') => `${mine}-${style}`
  let painted: Painted[] = []
  const sheets = new Map<Document, CSSStyleSheet>()
  /** Where the sheets are adopted: rules of a document do not reach into its shadow roots. */
  const scopes = new Set<Document | ShadowRoot>()
  const highlights = new Map<Document, Map<string, Highlight>>()

  /** Copies of text fields to paint on, where the browser has no ranges into a field. */
  const mirrors = new Map<Field, Mirror>()

  function rangeFor({ place }: Mark): PaintedRange {
    if (place.kind === 'range') return place.range
    const field = place.field as ValueField
    if (field.createValueRange) return field.createValueRange(place.start, place.end)
    let mirror = mirrors.get(field)
    if (!mirror) mirrors.set(field, (mirror = createMirror(field)))
    return mirror.range(place.start, place.end)
  }

  /** Brings the mirrors to where their fields are now; those whose field has no mark any more go. */
  function lay(dark: boolean): void {
    for (const [field, mirror] of mirrors) {
      if (painted.some(({ mark: { place } }) => place.kind === 'value' && place.field === field)) {
        mirror.sync(dark)
      } else {
        mirror.dispose()
        mirrors.delete(field)
      }
    }
  }

  function clear(): void {
    for (const { range } of painted) if ('disconnect' in range) range.disconnect()
    for (const [document, named] of highlights) for (const name of named.keys()) windowOf(document)?.CSS.highlights.delete(name)
    painted = []
    highlights.clear()
  }

  function show(document: Document, dark: boolean): void {
    const win = windowOf(document)
    if (!win) return
    const here = painted.filter((item) => item.document === document)
    const named = new Map<string, Highlight>()
    for (const style of STYLES) add(win, named, nameOf(style), here.filter((item) => item.mark.style === style), STYLES.indexOf(style))
    add(win, named, nameOf('active'), here.filter((item) => item.mark.active), STYLES.length)
    highlights.set(document, named)
    adopt(document, win, dark, here.find((item) => item.mark.active)?.mark.style)
  }

  function adopt(document: Document, win: PageWindow, dark: boolean, active: MarkStyle | undefined): void {
    const sheet = sheets.get(document) ?? new win.CSSStyleSheet()
    sheet.replaceSync(cssFor(nameOf, dark, active))
    sheets.set(document, sheet)
    for (const item of painted) {
      if (item.document !== document) continue
      const scope = scopeOf(item)
      scopes.add(scope)
      if (!scope.adoptedStyleSheets.includes(sheet)) scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet]
    }
  }

  return {
    paint(marks, dark) {
      clear()
      for (const mark of marks) {
        const range = rangeFor(mark)
        const document = ownerOf(mark.place)
        if (document) painted.push({ mark, range, document })
      }
      for (const document of new Set(painted.map((item) => item.document))) show(document, dark)
      lay(dark)
    },
    intact() {
      // A page moves its fields without saying so.
      for (const mirror of mirrors.values()) mirror.sync()
      for (const [document, named] of highlights) {
        const win = windowOf(document)
        const sheet = sheets.get(document)
        if (!win || !sheet) return false
        if (painted.some((item) => item.document === document && !scopeOf(item).adoptedStyleSheets.includes(sheet))) return false
        for (const [name, highlight] of named) if (win.CSS.highlights.get(name) !== highlight) return false
      }
      return painted.every((item) => holds(item))
    },
    rects(key) {
      const item = painted.find(({ mark }) => mark.key === key)
      if (!item) return null
      const node = item.mark.place.kind === 'range' ? item.mark.place.range.startContainer : item.mark.place.field
      return { node, rects: [...item.range.getClientRects()].filter((rect) => rect.width > 0) }
    },
    rangeOf(key) {
      const place = painted.find(({ mark }) => mark.key === key)?.mark.place
      return place?.kind === 'range' ? place.range : null
    },
    at(document, x, y) {
      const hit = painted.findLast((item) => item.document === document && [...item.range.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom + 4))
      return hit?.mark.key ?? null
    },
    dispose() {
      clear()
      for (const mirror of mirrors.values()) mirror.dispose()
      mirrors.clear()
      const ours = new Set(sheets.values())
      for (const scope of scopes) scope.adoptedStyleSheets = scope.adoptedStyleSheets.filter((sheet) => !ours.has(sheet))
      scopes.clear()
      sheets.clear()
    },
  }
}

function add(win: PageWindow, named: Map<string, Highlight>, name: string, items: readonly Painted[], priority: number): void {
  if (!items.length) return
  const highlight = new win.Highlight(...items.map((item) => item.range))
  highlight.priority = priority
  win.CSS.highlights.set(name, highlight)
  named.set(name, highlight)
}

/** A live range that an edit or a re-render has emptied, stretched or cut loose no longer stands on its words. */
function holds({ mark, range }: Painted): boolean {
  if (mark.place.kind === 'value') return mark.place.field.isConnected && mark.place.field.value.slice(range.startOffset, range.endOffset) === mark.quote
  const { startContainer, collapsed } = mark.place.range
  return startContainer.isConnected && !collapsed && sameWords(mark.place.range.toString(), mark.quote)
}

/** No-break spaces and block breaks read differently in a range than in the draft's text. */
function sameWords(shown: string, quote: string): boolean {
  return shown === quote || squeeze(shown) === squeeze(quote)
}
const squeeze = (text: string) => text.replace(/[\s\u00a0\u200b\u200c\u2060\ufeff\u00ad]+/g, '')

function cssFor(nameOf: (style: MarkStyle | 'active') => string, dark: boolean, active: MarkStyle | undefined): string {
  const theme = dark ? 'dark' : 'light'
  const lines = STYLES.map((style) => {
    const { line, offset, [theme]: colour } = COLOURS[style]
    return `::highlight(${nameOf(style)}) { text-decoration: underline ${line} ${colour}; text-underline-offset: ${offset}; }`
  })
  if (active && active !== 'kept') lines.push(`::highlight(${nameOf('active')}) { background-color: ${GROUNDS[active][theme]}; }`)
  return lines.join('\n')
}

function ownerOf(place: EditorPlace): Document | null {
  return place.kind === 'range' ? place.range.startContainer.ownerDocument : place.field.ownerDocument
}

/** The document or shadow root whose styles reach the painted words. */
function scopeOf({ mark, range, document }: Painted): Document | ShadowRoot {
  const root = ('disconnect' in range && mark.place.kind === 'value' ? mark.place.field : range.startContainer).getRootNode()
  return 'adoptedStyleSheets' in root ? (root as Document | ShadowRoot) : document
}

function windowOf(document: Document): PageWindow | null {
  return document.defaultView
}
