import type { Block, BlockKind, Span } from '../engine/index.ts'
import { viewOf } from './dom.ts'
import type { EditorPlace, EditorText, Exclusion } from './types.ts'

/** `length` characters of the text at `at` are the characters of `node` from `from` on, one to one. */
interface Piece { at: number; length: number; readonly node: Text; readonly from: number }

/** What editors put into their host that is not the author's text: placeholders, carets of others, bookkeeping nodes. */
const FURNITURE = /* @__PURE__ */ [
  '[data-slate-placeholder]', '.cm-placeholder', '[data-rich-text-placeholder]', '[data-mce-bogus=all]', '[data-mce-type=bookmark]', '.mce-visual-caret',
  '[data-cke-temp]', '.ck-fake-selection-container', '.ck-widget__type-around', '.ql-clipboard', '.ql-cursor', '.ql-ui', '[data-lexical-cursor]',
  '.collaboration-cursor__label', '.collaboration-carets__label', '.ProseMirror-yjs-cursor', '[data-trix-serialize=false]', 'grammarly-extension', 'grammarly-popups',
].join()

const SKIPPED = /* @__PURE__ */ new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'TITLE', 'TEXTAREA', 'INPUT', 'SELECT', 'BUTTON', 'DATALIST', 'SVG', 'AUDIO', 'VIDEO'])
/** May hold words, but not ones that can be read here. */
const UNREADABLE = /* @__PURE__ */ new Set(['IFRAME', 'CANVAS', 'OBJECT', 'EMBED'])

const MAIL_QUOTE = '[type=cite],.gmail_quote,.yahoo_quoted,.protonmail_quote,.zmail_extra'
const SIGNATURE = '.gmail_signature,.moz-signature,#Signature,[data-smartmail=gmail_signature]'

/** Zero-width characters editors use as fillers. U+200D stays: it joins emoji. */
const FILLER = '\\u200b\\u200c\\u2060\\ufeff\\u00ad'
/** Words joined by single spaces, or white space, or fillers. No-break spaces count as letters here: they do not collapse. */
const COLLAPSING = /* @__PURE__ */ new RegExp(`[^ \\t\\n\\r\\f${FILLER}]+(?: [^ \\t\\n\\r\\f${FILLER}]+)*|[ \\t\\n\\r\\f]+|[${FILLER}]+`, 'g')
const PRESERVED = /* @__PURE__ */ new RegExp(`[^\\n\\r${FILLER}]+|[\\n\\r]|[${FILLER}]+`, 'g')
const BLANK = /^\s*$/
const NBSP = /[\u00a0\u202f]/g

/** No-break spaces read as spaces; the length stays. */
export function plain(text: string): string {
  return text.replace(NBSP, ' ')
}

class Walk {
  readonly pieces: Piece[] = []
  readonly blocks: Block[] = []
  unread = 0
  /** Texts of the blocks that ended. One growing text instead would be copied whole at each block's end, which long drafts feel. */
  private readonly ended: string[] = []
  /** Text of the block that is being read, and where in the whole it begins. */
  private current = ''
  private start = 0
  private kind: BlockKind = 'text'
  /** The block ended; the next one begins with its first character. */
  private broken = false
  private space: { node: Text; from: number } | null = null

  constructor(private readonly view: Window, private readonly left: ReadonlySet<Element>, private readonly furniture: ReadonlySet<Element>, private readonly visibility: string) {}

  /** What was read so far of blocks that ended, one newline between them. */
  get text(): string {
    return this.ended.join('\n')
  }

  /** Ends the current block. Blank blocks leave nothing behind. */
  endBlock(): void {
    this.space = null
    if (this.broken || this.current === '') return
    if (BLANK.test(this.current)) {
      while (this.pieces.length && this.pieces[this.pieces.length - 1]!.at >= this.start) this.pieces.pop()
      this.current = ''
      return
    }
    this.blocks.push({ span: { start: this.start, end: this.start + this.current.length }, kind: this.kind })
    this.ended.push(this.current)
    this.broken = true
  }

  children(parent: Element, style: CSSStyleDeclaration, kind: BlockKind): void {
    const shown = style.visibility === this.visibility || style.visibility === 'visible'
    const space = style.whiteSpace
    const closed = parent.nodeName === 'DETAILS' && !(parent as HTMLDetailsElement).open
    for (let child = parent.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === 3) {
        if (shown && !closed) this.characters(child as Text, space, kind)
      } else if (child.nodeType === 1 && !(closed && child.nodeName !== 'SUMMARY')) this.element(child as Element, kind)
    }
  }

  private element(element: Element, kind: BlockKind): void {
    if (this.furniture.has(element)) return
    const name = element.nodeName.toUpperCase()
    if (name === 'BR' || this.left.has(element)) return this.endBlock()
    if (SKIPPED.has(name)) return
    const style = this.view.getComputedStyle(element)
    const display = style.display
    if (display === 'none') return
    if (UNREADABLE.has(name)) {
      this.unread += 1
      return
    }
    const inline = display.startsWith('inline') || display === 'contents' || display.startsWith('ruby')
    if (!inline) this.endBlock()
    this.children(element, style, kindOf(element, name, kind, inline))
    if (!inline) this.endBlock()
  }

  private characters(node: Text, whiteSpace: string, kind: BlockKind): void {
    const collapses = whiteSpace === 'normal' || whiteSpace === 'nowrap' || whiteSpace === 'pre-line'
    const pattern = collapses ? COLLAPSING : PRESERVED
    pattern.lastIndex = 0
    for (let match = pattern.exec(node.data); match; match = pattern.exec(node.data)) {
      const part = match[0]
      const first = part.charCodeAt(0)
      if (first === 10 || first === 13 || first === 32 || first === 9 || first === 12) {
        if (!collapses && first !== 10 && first !== 13) this.emit(part, node, match.index, kind)
        else if (!collapses || (whiteSpace === 'pre-line' && /[\n\r]/.test(part))) this.endBlock()
        else if (!this.broken && this.current !== '') this.space ??= { node, from: match.index }
      } else if (first !== 0xad && first !== 0xfeff && (first < 0x200b || first > 0x2060 || (first !== 0x200b && first !== 0x200c && first !== 0x2060))) {
        this.emit(part, node, match.index, kind)
      }
    }
  }

  private emit(part: string, node: Text, from: number, kind: BlockKind): void {
    if (this.broken) {
      this.start += this.current.length + 1
      this.current = ''
      this.broken = false
    }
    if (this.current === '') this.kind = kind
    const space = this.space
    this.space = null
    if (space) this.append(' ', space.node, space.from)
    this.append(plain(part), node, from)
  }

  private append(part: string, node: Text, from: number): void {
    const last = this.pieces[this.pieces.length - 1]
    const at = this.start + this.current.length
    if (last && last.node === node && last.from + last.length === from && last.at + last.length === at) last.length += part.length
    else this.pieces.push({ at, length: part.length, node, from })
    this.current += part
  }
}

function kindOf(element: Element, name: string, kind: BlockKind, inline: boolean): BlockKind {
  if (kind === 'quote' || kind === 'signature') return kind
  if (/^H[1-6]$/.test(name) || element.getAttribute('role') === 'heading') return 'heading'
  if (name === 'LI') return 'list'
  if (name === 'PRE' || (name === 'CODE' && !inline)) return 'code'
  // A plain blockquote is the author's own text (Gmail indents with it, articles quote with it): only marks of a mail quote count.
  if (name === 'BLOCKQUOTE' && element.matches(MAIL_QUOTE)) return 'quote'
  return !inline && element.matches(SIGNATURE) ? 'signature' : kind
}

/**
 * What a reader of `host` sees, as text with one newline between blocks, and the way back from each character to its node.
 * Never touches the document.
 * @param excluded subtrees to leave out; '' for none.
 */
export function readRich(host: HTMLElement, excluded: Exclusion): EditorText {
  const view = viewOf(host)
  const style = view.getComputedStyle(host)
  const found = (selector: string): Set<Element> => new Set(selector ? host.querySelectorAll(selector) : [])
  const walk = new Walk(view, typeof excluded === 'string' ? found(excluded) : excluded, found(FURNITURE), style.visibility)
  walk.children(host, style, 'text')
  walk.endBlock()
  const { text } = walk
  return {
    text,
    blocks: walk.blocks,
    complete: !host.querySelector('.cm-gap'),
    unread: walk.unread,
    locate: (span) => locate(host, text, walk.pieces, span),
  }
}

function locate(host: HTMLElement, text: string, pieces: readonly Piece[], span: Span): EditorPlace | null {
  if (span.start < 0 || span.end > text.length || span.start >= span.end) return null
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    const piece = pieces[middle]!
    if (piece.at + piece.length <= span.start) low = middle + 1
    else high = middle
  }
  const range = host.ownerDocument.createRange()
  let any = false
  for (let piece = pieces[low]; piece && piece.at < span.end; piece = pieces[++low]) {
    const start = Math.max(span.start, piece.at)
    const end = Math.min(span.end, piece.at + piece.length)
    const from = piece.from + start - piece.at
    const now = plain(piece.node.data.slice(from, from + end - start))
    if (!host.contains(piece.node) || (now !== text.slice(start, end) && !(end - start === 1 && /\s/.test(now)))) return null
    if (!any) range.setStart(piece.node, from)
    range.setEnd(piece.node, from + end - start)
    any = true
  }
  return any ? { kind: 'range', range } : null
}
