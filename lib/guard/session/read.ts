import type { Block, Draft, Finding } from '../../engine/index.ts'
import type { EditorAdapter, EditorPlace, EditorText } from '../../editors/index.ts'
import { allWithin, closedFrames } from '../../sites/dom.ts'
import type { DraftParts, SiteAdapter } from '../../sites/index.ts'
import { WATCHED_PARTS, type Coverage, type WatchedPart } from '../coverage.ts'
import type { BodyTexts } from './body-texts.ts'

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
  readonly coverage: Coverage
}

/** Of a draft that could not be read. */
export const NOTHING_READ: Reading = {
  draft: { kind: 'email', site: '', subject: '', recipients: [], text: '', blocks: [], locale: '' },
  parts: { kind: 'email', bodies: [], subject: null, subjectField: null, recipients: [], missing: ['body'], unreadable: true },
  bodies: [],
  coverage: { watched: [], missing: ['body'], unread: 0, blocks: 0, complete: false, images: 0, attachments: 0, frames: 0 },
}

/** Reads a draft root: subject, recipients and every body, joined by one newline. Quoted history and signature are left out, save for what was written into them. `anew`: also what seems unchanged. */
export function readDraft(site: SiteAdapter, root: Element, texts: BodyTexts, anew = false): Reading {
  const parts = site.parts(root)
  const bodies: BodyReading[] = []
  const blocks: Block[] = []
  let text = ''
  let pictures = 0
  for (const element of parts.bodies) {
    const { editor, read, pictures: here } = texts.read(element, anew)
    pictures += here
    if (bodies.length) text += '\n'
    const offset = text.length
    for (const { kind, span } of read.blocks) blocks.push({ kind, span: { start: span.start + offset, end: span.end + offset } })
    text += read.text
    bodies.push({ element, editor, read, offset })
  }
  texts.keep(parts.bodies)
  const locale = root.closest('[lang]')?.getAttribute('lang') ?? ''
  return {
    draft: { kind: parts.kind, site: site.id, subject: parts.subject ?? '', recipients: parts.recipients, text, blocks, locale, ...(parts.attachments?.length ? { attachments: parts.attachments } : {}) },
    parts,
    bodies,
    coverage: {
      watched: watchedIn(parts),
      missing: parts.missing,
      unread: bodies.reduce((sum, body) => sum + body.read.unread, 0),
      blocks: blocks.length,
      complete: bodies.every((body) => body.read.complete),
      images: pictures,
      attachments: attachedIn(root, parts),
      // In the text they are blocks that could not be read.
      frames: closedFrames(root).filter((frame) => !bodies.some(({ element }) => element.contains(frame))).length,
    },
  }
}

function watchedIn({ kind, bodies, subject, missing, unreadable }: DraftParts): WatchedPart[] {
  const here: Readonly<Record<WatchedPart, boolean>> = {
    text: bodies.length > 0 && !unreadable, subject: subject !== null, recipients: kind !== 'post' && kind !== 'note' && !missing.includes('recipients'), send: kind !== 'note' && !missing.includes('send'),
  }
  return WATCHED_PARTS.filter((part) => here[part])
}

function attachedIn(root: Element, { kind, attachments }: DraftParts): number | null {
  const files = Math.max(attachments?.length ?? 0, filesIn(root))
  return files > 0 || attachments || kind === 'post' || kind === 'note' ? files : null
}

/** Files that are chosen in the draft's own fields, for pages that say nothing else of them. */
function filesIn(root: Element): number {
  return allWithin<HTMLInputElement>(root, 'input[type=file]').reduce((sum, { files }) => sum + (files?.length ?? 0), 0)
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
  /** What lies over the rest and lets it show through, from the top down: red, green, blue, share. */
  const veils: number[][] = []
  let ground = WHITE
  for (let at: Element | null = element; at; at = at.parentElement ?? at.ownerDocument.defaultView?.frameElement ?? null) {
    const style = at.ownerDocument.defaultView?.getComputedStyle(at)
    const colour = style?.backgroundColor ?? ''
    const [red = 0, green = 0, blue = 0, share = 1] = /^rgba?\(/.test(colour) ? (colour.match(/[\d.]+/g) ?? []).map(Number) : []
    if (colour && colour !== 'transparent' && share === 1 && !/\/\s*0\)$/.test(colour)) {
      ground = colour
      break
    }
    if (share > 0 && share < 1) veils.push([red, green, blue, share])
    // A page that paints nothing stands on the browser's own ground, which is dark where the page asks for that.
    if (!at.parentElement && style && style.colorScheme.includes('dark') && (!style.colorScheme.includes('light') || at.ownerDocument.defaultView?.matchMedia('(prefers-color-scheme: dark)').matches)) ground = DARK
  }
  const under = ground.match(/[\d.]+/g)
  if (veils.length === 0 || !under || !ground.startsWith('rgb')) return ground
  const seen = veils.reduceRight((below, [red = 0, green = 0, blue = 0, share = 0]) => [red, green, blue].map((over, channel) => over * share + (below[channel] ?? 0) * (1 - share)), under.slice(0, 3).map(Number))
  return `rgb(${seen.map(Math.round).join(', ')})`
}
const WHITE = 'rgb(255, 255, 255)'
/** Chromium's ground under a page of the dark scheme. */
const DARK = 'rgb(18, 18, 18)'

/** True when a CSS `rgb()` colour is dark: relative luminance under one half by WCAG's weights, without its gamma step. */
export function isDark(colour: string): boolean {
  const [red = 255, green = 255, blue = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}
