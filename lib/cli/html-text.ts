import { decodeHTML } from 'entities'
import type { Block, BlockKind } from '../engine/index.ts'
import { scanHtml, type StartTag } from '../origin/index.ts'

export interface PlainDraft { readonly text: string; readonly blocks: readonly Block[] }

const BLOCKS = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'center', 'dd', 'details', 'dialog', 'div', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form',
  'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'html', 'legend', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'summary', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul',
])
const VOID = new Set(['br', 'hr'])
const KINDS: Readonly<Record<string, BlockKind>> = {
  h1: 'heading', h2: 'heading', h3: 'heading', h4: 'heading', h5: 'heading', h6: 'heading', li: 'list', blockquote: 'quote', pre: 'code',
}
/** Their content is not shown. `script` and the like never reach us. */
const HIDDEN = new Set(['head', 'template', 'noscript', 'svg', 'math', 'select', 'datalist', 'object'])
/** Quoted history as mail programs mark it. */
const QUOTED = /(?:^|\s)(?:gmail_quote|yahoo_quoted|moz-cite-prefix)(?:\s|$)/
const SIGNATURE = /(?:^|\s)(?:gmail_signature|moz-signature)(?:\s|$)/

/**
 * The text of an HTML draft as its reader sees it: one line a block, white space collapsed outside `pre`, character references decoded, with the kind
 * of each block (quoted history, signatures and code are marked, because rules do not look there). One pass, linear, no DOM.
 */
export function htmlToText(html: string): PlainDraft {
  const out = new Lines()
  const open: { readonly name: string; readonly kind: BlockKind | null }[] = []
  /** How many open elements of each name, so that a stray end tag costs nothing. */
  const counts = new Map<string, number>()
  let hidden = 0

  const close = (): void => {
    const element = open.pop()
    if (!element) return
    counts.set(element.name, (counts.get(element.name) ?? 1) - 1)
    if (HIDDEN.has(element.name)) hidden -= 1
    if (BLOCKS.has(element.name) && hidden === 0) out.breakLine()
    if (element.kind) out.leave(element.kind)
  }
  scanHtml(html, {
    start(tag) {
      if (hidden === 0 && (BLOCKS.has(tag.name) || tag.name === 'br')) out.breakLine()
      if (VOID.has(tag.name) || !(BLOCKS.has(tag.name) || HIDDEN.has(tag.name) || tag.name === 'span')) return
      if ((tag.name === 'p' || tag.name === 'li') && open.at(-1)?.name === tag.name) close() // Their end tags may be left out.
      const kind = kindOf(tag)
      open.push({ name: tag.name, kind })
      counts.set(tag.name, (counts.get(tag.name) ?? 0) + 1)
      if (HIDDEN.has(tag.name)) hidden += 1
      if (kind) out.enter(kind)
    },
    end(name) {
      if ((counts.get(name) ?? 0) === 0) return
      while (open.length > 0 && open.at(-1)?.name !== name) close()
      close()
    },
    text(start, end) {
      if (hidden === 0) out.add(decodeHTML(html.slice(start, end)))
    },
  })
  return out.finish()
}

function kindOf(tag: StartTag): BlockKind | null {
  const classes = tag.attributes.get('class') ?? ''
  const id = tag.attributes.get('id') ?? ''
  if (QUOTED.test(classes) || id === 'divRplyFwdMsg' || id === 'appendonsend') return 'quote'
  if (SIGNATURE.test(classes)) return 'signature'
  return KINDS[tag.name] ?? null
}

/** Strongest first: a list in quoted history is quoted history. */
const STRENGTH: readonly BlockKind[] = ['quote', 'signature', 'code', 'heading', 'list']

class Lines {
  private readonly lines: { readonly text: string; readonly kind: BlockKind }[] = []
  private readonly depth = new Map<BlockKind, number>()
  private parts: string[] = []
  private empty = true

  enter(kind: BlockKind): void { this.depth.set(kind, (this.depth.get(kind) ?? 0) + 1) }
  leave(kind: BlockKind): void { this.depth.set(kind, (this.depth.get(kind) ?? 1) - 1) }

  add(text: string): void {
    if (this.inside('code')) {
      const lines = text.split(/\r\n?|\n/)
      lines.forEach((line, index) => {
        if (index > 0) this.breakLine()
        this.put(line)
      })
      return
    }
    const flat = text.replace(/[ \t\r\n\f]+/g, ' ')
    this.put(this.empty || this.parts.at(-1)?.endsWith(' ') ? flat.trimStart() : flat)
  }

  breakLine(): void {
    const text = this.parts.join('').replace(/ +$/, '')
    this.parts = []
    this.empty = true
    if (text.trim() !== '') this.lines.push({ text, kind: this.kind() })
  }

  finish(): PlainDraft {
    this.breakLine()
    const blocks: Block[] = []
    let at = 0
    for (const { text, kind } of this.lines) {
      blocks.push({ span: { start: at, end: at + text.length }, kind })
      at += text.length + 1
    }
    return { text: this.lines.map((line) => line.text).join('\n'), blocks }
  }

  private put(text: string): void {
    if (text === '') return
    this.parts.push(text)
    this.empty = false
  }

  private inside(kind: BlockKind): boolean { return (this.depth.get(kind) ?? 0) > 0 }
  private kind(): BlockKind { return STRENGTH.find((kind) => this.inside(kind)) ?? 'text' }
}

/**
 * The blocks of a plain text: one a line. Lines that begin with `>` are quoted history, those after `-- ` are the signature, those between
 * fences are code; bullets, numbers and `#` make lists and headings.
 */
export function blocksOfText(text: string): Block[] {
  const blocks: Block[] = []
  let [at, fenced, signed] = [0, false, false]
  for (const line of text.split('\n')) {
    const fence = line.trimStart().startsWith('```')
    if (line.replace(/\r$/, '') === '-- ') signed = true
    const kind = signed ? 'signature' : fence || fenced ? 'code' : lineKind(line)
    if (fence) fenced = !fenced
    blocks.push({ span: { start: at, end: at + line.length }, kind })
    at += line.length + 1
  }
  return blocks
}

function lineKind(line: string): BlockKind {
  if (/^\s{0,3}>/.test(line)) return 'quote'
  if (/^#{1,6}\s/.test(line)) return 'heading'
  return /^\s*(?:[-*•–]|\d{1,3}[.)])\s/.test(line) ? 'list' : 'text'
}
