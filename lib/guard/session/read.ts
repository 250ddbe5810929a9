import type { Block, Draft, Finding } from '../../engine/index.ts'
import { editorFor, type EditorAdapter, type EditorPlace, type EditorText } from '../../editors/index.ts'
import type { DraftParts, SiteAdapter } from '../../sites/index.ts'
import type { Exclusions } from './exclusions.ts'

interface BodyReading {
  readonly element: HTMLElement
  readonly editor: EditorAdapter
  readonly read: EditorText
  /** Where this body's text begins in the draft's text. */
  readonly offset: number
}

/** What the page shows at one moment, and where each character of it is. */
export interface Reading {
  readonly draft: Draft
  readonly parts: DraftParts
  readonly bodies: readonly BodyReading[]
  readonly complete: boolean
  readonly unread: number
}

/** Reads a draft root: subject, recipients and every body, joined by one newline. Quoted history and signature are left out, save for what was written into them. */
export function readDraft(site: SiteAdapter, root: Element, exclusions: Exclusions): Reading {
  const parts = site.parts(root)
  const bodies: BodyReading[] = []
  const blocks: Block[] = []
  let text = ''
  for (const element of parts.bodies) {
    const editor = editorFor(element)
    const read = editor.read(element, exclusions.in(element))
    if (bodies.length) text += '\n'
    const offset = text.length
    for (const { kind, span } of read.blocks) blocks.push({ kind, span: { start: span.start + offset, end: span.end + offset } })
    text += read.text
    bodies.push({ element, editor, read, offset })
  }
  const locale = root.closest('[lang]')?.getAttribute('lang') ?? ''
  return {
    draft: { kind: parts.kind, site: site.id, subject: parts.subject ?? '', recipients: parts.recipients, text, blocks, locale, ...(parts.attachments?.length ? { attachments: parts.attachments } : {}) },
    parts,
    bodies,
    complete: bodies.every((body) => body.read.complete),
    unread: bodies.reduce((sum, body) => sum + body.read.unread, 0),
  }
}

/** Where a finding is on the page now; null when its words are no longer there. */
export function placeOf(reading: Reading, finding: Finding): EditorPlace | null {
  const { start, end } = finding.span
  if (finding.field === 'subject') {
    const field = reading.parts.subjectField
    return field && 'value' in field ? { kind: 'value', field: field as HTMLInputElement, start, end } : null
  }
  const body = bodyAt(reading, start)
  return body?.read.locate({ start: start - body.offset, end: end - body.offset }) ?? null
}

/** The body that holds an offset of the draft's text. */
export function bodyAt(reading: Reading, offset: number): BodyReading | undefined {
  return reading.bodies.findLast((body) => body.offset <= offset)
}

/** CSS colour behind the editor's text, through transparent parents. */
export function backgroundOf(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement ?? at.ownerDocument.defaultView?.frameElement ?? null) {
    const colour = at.ownerDocument.defaultView?.getComputedStyle(at).backgroundColor ?? ''
    if (colour && colour !== 'transparent' && !/,\s*0\)$|\/\s*0\)$/.test(colour)) return colour
  }
  return 'rgb(255, 255, 255)'
}

/** True when a CSS `rgb()` colour is dark: relative luminance under one half by WCAG's weights, without its gamma step. */
export function isDark(colour: string): boolean {
  const [red = 255, green = 255, blue = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}
