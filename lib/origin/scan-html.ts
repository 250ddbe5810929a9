/** A start tag as it stands in the source: names lower-cased, attribute values raw (character references not decoded), the first of doubled attributes. */
export interface StartTag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Index just after the tag. */
  readonly end: number
}

export interface HtmlVisitor {
  start(tag: StartTag): void
  end?(name: string): void
  /** Text between tags, raw. Not called for what is inside script, style and the like. */
  text?(start: number, end: number): void
}

/** Elements whose content is not markup: tags written inside them are text that a page shows or runs, not elements. */
const RAW = /* @__PURE__ */ new Set(['script', 'style', 'textarea', 'title', 'xmp', 'noembed', 'noframes', 'iframe', 'plaintext'])

/**
 * Walks HTML from left to right and reports tags and text. No DOM, no recursion, never throws, whatever the input; each character is passed
 * once by a cursor that only moves forward, so that time grows with length alone. Unclosed constructs end where the input ends, as in a browser.
 *
 * Returns the number of steps taken, which is at most a small multiple of the length (the tests hold it to that).
 */
export function scanHtml(html: string, visitor: HtmlVisitor, limit = html.length): number {
  const stop = Math.min(html.length, limit)
  const cursor = new Cursor(html, stop)
  while (cursor.at < stop) {
    const open = cursor.find('<')
    if (open > cursor.at) visitor.text?.(cursor.at, open)
    cursor.at = open
    if (open < stop) markup(cursor, visitor)
  }
  return cursor.steps
}

/** At a `<`. Always moves on by at least one character. */
function markup(cursor: Cursor, visitor: HtmlVisitor): void {
  const { html, at } = cursor
  const next = html.charCodeAt(at + 1)
  if (isLetter(next)) return startTag(cursor, visitor)
  if (next === 0x2f /* / */ && isLetter(html.charCodeAt(at + 2))) return endTag(cursor, visitor)
  if (html.startsWith('<!--', at)) return cursor.skipPast('-->', at + 4)
  if (next === 0x21 /* ! */ || next === 0x3f /* ? */ || next === 0x2f) return cursor.skipPast('>', at + 2)
  visitor.text?.(at, at + 1)
  cursor.at = at + 1
}

function endTag(cursor: Cursor, visitor: HtmlVisitor): void {
  cursor.at += 2
  const name = cursor.word(NAME_END).toLowerCase()
  cursor.skipPast('>', cursor.at)
  visitor.end?.(name)
}

function startTag(cursor: Cursor, visitor: HtmlVisitor): void {
  cursor.at += 1
  const name = cursor.word(NAME_END).toLowerCase()
  const attributes = new Map<string, string>()
  while (cursor.at < cursor.stop && !cursor.is(0x3e /* > */)) {
    if (cursor.is(0x2f) || isSpace(cursor.code())) cursor.step()
    else attribute(cursor, attributes)
  }
  cursor.step()
  visitor.start({ name, attributes, end: Math.min(cursor.at, cursor.stop) })
  if (RAW.has(name)) skipRaw(cursor, name, visitor)
}

function attribute(cursor: Cursor, attributes: Map<string, string>): void {
  const begin = cursor.at
  cursor.step() // A stray `=` begins a name.
  cursor.word(ATTRIBUTE_END)
  const name = cursor.html.slice(begin, cursor.at).toLowerCase()
  while (isSpace(cursor.code())) cursor.step()
  let value = ''
  if (cursor.is(0x3d /* = */)) {
    cursor.step()
    while (isSpace(cursor.code())) cursor.step()
    value = attributeValue(cursor)
  }
  if (!attributes.has(name)) attributes.set(name, value)
}

function attributeValue(cursor: Cursor): string {
  const quote = cursor.code()
  if (quote !== 0x22 && quote !== 0x27) return cursor.word(VALUE_END)
  const begin = cursor.at + 1
  cursor.at = begin
  const end = cursor.find(quote === 0x22 ? '"' : "'")
  cursor.at = Math.min(end + 1, cursor.stop)
  return cursor.html.slice(begin, end)
}

function skipRaw(cursor: Cursor, name: string, visitor: HtmlVisitor): void {
  while (cursor.at < cursor.stop) {
    cursor.at = cursor.find('</')
    if (cursor.at >= cursor.stop) return
    const after = cursor.at + 2 + name.length
    if (cursor.html.slice(cursor.at + 2, after).toLowerCase() === name && isKind(cursor.html.charCodeAt(after), NAME_END)) return endTag(cursor, visitor)
    cursor.at += 2
  }
}

class Cursor {
  at = 0
  steps = 0
  constructor(readonly html: string, readonly stop: number) {}

  code(): number { return this.at < this.stop ? this.html.charCodeAt(this.at) : Number.NaN }
  is(code: number): boolean { return this.code() === code }
  step(): void { this.at += 1; this.steps += 1 }

  /** Index of `needle` from here, or the stop. Does not move; the distance is counted, because the caller moves there. */
  find(needle: string): number {
    const found = this.html.indexOf(needle, this.at)
    const end = found === -1 || found > this.stop ? this.stop : found
    this.steps += end - this.at + 1
    return end
  }

  skipPast(needle: string, from: number): void {
    this.at = Math.min(from, this.stop)
    this.at = Math.min(this.find(needle) + needle.length, this.stop)
  }

  /** The characters up to the next one of `kind`. */
  word(kind: number): string {
    const { html, stop, at: begin } = this
    let at = begin
    while (at < stop && !isKind(html.charCodeAt(at), kind)) at += 1
    this.steps += at - begin
    this.at = at
    return html.slice(begin, at)
  }
}

const SPACE = 1
const NAME_END = 2
const ATTRIBUTE_END = 4
const VALUE_END = 8
/** What an ASCII character ends, as bits: the scan asks this for every character, so it is one look-up. */
const KINDS = /* @__PURE__ */ kinds()

function kinds(): Uint8Array {
  const table = new Uint8Array(128)
  for (const space of ' \n\t\r\f') table[space.charCodeAt(0)] = SPACE | NAME_END | ATTRIBUTE_END | VALUE_END
  table[0x2f /* / */] = NAME_END | ATTRIBUTE_END
  table[0x3e /* > */] = NAME_END | ATTRIBUTE_END | VALUE_END
  table[0x3d /* = */] = ATTRIBUTE_END
  return table
}

function isKind(code: number, kind: number): boolean { return code < 128 && ((KINDS[code] ?? 0) & kind) !== 0 }
function isSpace(code: number): boolean { return isKind(code, SPACE) }
function isLetter(code: number): boolean { return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a }
