import { HTML_MARKS } from './marks-data.ts'
import { byId, newest, type HtmlMark, type MarksUpdate, type ValueTest } from './marks.ts'
import { scanHtml, type StartTag } from './scan-html.ts'
import type { Evidence } from './types.ts'

/** Clipboard HTML is read up to this many characters. */
export const HTML_LIMIT = 5_000_000
/** Where the beginning proves where a paste comes from, the rest is not counted through: a person waits for the paste. */
const ENOUGH = 200_000
/** Longer class attributes are not read beyond this: no chat page has one. */
const CLASS_LIMIT = 4_000

/**
 * Marks of chat pages (class T2) in pasted or dropped HTML, by attributes, classes and element names. Names of marks inside the text, in comments,
 * scripts or escaped source do not count: an article about these marks is not AI text. A mark that other pages have too counts only beside one that is enough.
 *
 * `html` may be of any size and shape; the first 5 million characters are read, and counted in the first 200,000 where those are enough. Never throws;
 * time grows with length alone. The HTML is not kept.
 * @param table other marks than the built-in ones.
 */
export function marksInHtml(html: string, table: HtmlMarkTable = (builtin ??= htmlMarkTable())): Evidence[] {
  // One quick look for a name of any mark: most pastes have none, and nothing of them is taken apart.
  if (!table.signs.test(html)) return []
  const beginning = html.length > ENOUGH ? marksUpTo(html, ENOUGH, table) : []
  return beginning.length > 0 ? beginning : marksUpTo(html, HTML_LIMIT, table)
}

/** Marks by what gives them away at first sight, so that an element is compared with the few that could fit and not with the whole table. */
export interface HtmlMarkTable {
  readonly marks: readonly HtmlMark[]
  readonly signs: RegExp
  readonly byAttribute: ReadonlyMap<string, readonly HtmlMark[]>
  readonly byPrefix: readonly { readonly prefix: string; readonly mark: HtmlMark }[]
  readonly byTag: ReadonlyMap<string, readonly HtmlMark[]>
}

let builtin: HtmlMarkTable | null = null

/** The built-in marks with what packs changed, made ready for reading HTML. */
export function htmlMarkTable(updates: readonly MarksUpdate[] = []): HtmlMarkTable {
  const marks = newest(HTML_MARKS, updates, ({ html }) => html, byId)
  const byAttribute = new Map<string, HtmlMark[]>()
  const byTag = new Map<string, HtmlMark[]>()
  const byPrefix: { prefix: string; mark: HtmlMark }[] = []
  for (const mark of marks) {
    const name = mark.classes ? 'class' : Object.keys(mark.attributes ?? {})[0]
    if (name?.endsWith('*')) byPrefix.push({ prefix: name.slice(0, -1), mark })
    else if (name !== undefined) byAttribute.set(name, [...(byAttribute.get(name) ?? []), mark])
    else for (const tag of mark.tags ?? []) byTag.set(tag, [...(byTag.get(tag) ?? []), mark])
  }
  return { marks, signs: signsOf(marks), byAttribute, byPrefix, byTag }
}

/** Something that every mark which counts by itself must have in it, in any case of letters. */
function signsOf(marks: readonly HtmlMark[]): RegExp {
  const words = new Set(marks.filter(({ strength }) => strength !== 'context').flatMap(signOf))
  return new RegExp([...words].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i')
}

function signOf({ text, attributes = {}, classes, tags = [] }: HtmlMark): readonly string[] {
  if (text !== undefined) return [text]
  const name = Object.keys(attributes)[0]
  const test = name === undefined ? undefined : attributes[name]
  if (name?.startsWith('data-')) return [name]
  if (test?.is === 'prefix') return [test.value]
  return classes ? [(classes[0] ?? '').replace(/[*#]$/, '')] : tags
}

function marksUpTo(html: string, limit: number, table: HtmlMarkTable): Evidence[] {
  const counts = new Map<HtmlMark, number>()
  const classes = new ClassMarks(table)
  scanHtml(html, {
    start(tag) {
      for (const mark of marksOf(tag, html, classes, table)) counts.set(mark, (counts.get(mark) ?? 0) + 1)
    },
  }, limit)
  const proven = provenProducts([...counts.keys()])
  return table.marks.filter((mark) => counts.has(mark) && proven.has(mark.product))
    .map((mark) => ({ class: 'T2', mark: mark.id, product: mark.product, count: counts.get(mark) ?? 0 }))
}

function provenProducts(seen: readonly HtmlMark[]): Set<string> {
  const weight = new Map<string, number>()
  for (const { product, strength } of seen) {
    weight.set(product, (weight.get(product) ?? 0) + (strength === 'sure' ? 2 : strength === 'half' ? 1 : 0))
  }
  return new Set([...weight].filter(([, sum]) => sum >= 2).map(([product]) => product))
}

const NONE: readonly HtmlMark[] = []

function marksOf(tag: StartTag, html: string, classes: ClassMarks, { byAttribute, byPrefix, byTag }: HtmlMarkTable): readonly HtmlMark[] {
  if (tag.attributes.size === 0) return byTag.get(tag.name) ?? NONE
  const found = [...(byTag.get(tag.name) ?? NONE)]
  for (const [name, value] of tag.attributes) {
    const candidates = name === 'class' ? classes.of(value) : byAttribute.get(name)
    for (const mark of candidates ?? NONE) if (fits(mark, tag, html)) found.push(mark)
    for (const { prefix, mark } of byPrefix) if (name.startsWith(prefix) && !found.includes(mark)) found.push(mark)
  }
  return found
}

function fits(mark: HtmlMark, tag: StartTag, html: string): boolean {
  if (mark.tags && !mark.tags.includes(tag.name)) return false
  for (const name in mark.attributes) if (!hasAttribute(tag, name, mark.attributes[name])) return false
  return mark.text === undefined || html.slice(tag.end, tag.end + 40).trimStart().startsWith(mark.text)
}

/** Marks whose classes an attribute value has. Pages repeat the same few values thousands of times, so each is looked at once. */
class ClassMarks {
  private readonly known = new Map<string, readonly HtmlMark[]>()

  constructor(private readonly table: HtmlMarkTable) {}

  of(value: string): readonly HtmlMark[] {
    let marks = this.known.get(value)
    if (marks) return marks
    const classes = value.slice(0, CLASS_LIMIT).toLowerCase().split(/\s+/)
    marks = (this.table.byAttribute.get('class') ?? NONE).filter((mark) => mark.classes?.every((wanted) => hasClass(classes, wanted)))
    if (this.known.size < 1_000) this.known.set(value, marks)
    return marks
  }
}

function hasAttribute(tag: StartTag, name: string, test: ValueTest | undefined): boolean {
  const value = tag.attributes.get(name)
  return value !== undefined && test !== undefined && passes(value.trim(), test)
}

function passes(value: string, test: ValueTest): boolean {
  switch (test.is) {
    case 'present': return true
    case 'flag': return value === '' || value === 'true'
    case 'number': return /^\d{1,9}$/.test(value)
    case 'path': return value.length < 60 && /^\d+(?:[.,]\s?\d+)*$/.test(value)
    case 'oneOf': return test.values.includes(value.toLowerCase())
    case 'prefix': return value.slice(0, 200).replace(/\s*:\s*(?!\/)/, ':').startsWith(test.value)
  }
}

/** `name`, `name*` for any ending, `name#` for an ending of digits. */
function hasClass(classes: readonly string[], wanted: string): boolean {
  const stem = wanted.slice(0, -1)
  if (wanted.endsWith('*')) return classes.some((name) => name.startsWith(stem))
  if (wanted.endsWith('#')) return classes.some((name) => name.startsWith(stem) && /^\d+$/.test(name.slice(stem.length)))
  return classes.includes(wanted)
}
