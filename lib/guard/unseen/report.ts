import type { SeenBy } from './judge.ts'

/** One element as a report may know it; `text` is its own text, from which only the length goes on. */
export interface Shape {
  readonly tag: string
  readonly role: string | null
  /** Of inputs and buttons. */
  readonly type: string | null
  /** Names of data attributes, never their values. */
  readonly data: readonly string[]
  readonly classes: readonly string[]
  readonly text: string
  readonly editable: boolean
  /** What was pressed. */
  readonly pressed: boolean
  readonly children: readonly Shape[]
  /** Children that were left out. */
  readonly more: number
}

const ROLES = new Set('alert alertdialog application article banner button cell checkbox columnheader combobox complementary contentinfo dialog document feed figure form grid gridcell group heading img link list listbox listitem log main menu menubar menuitem menuitemcheckbox menuitemradio navigation none note option presentation progressbar radio radiogroup region row rowgroup rowheader search searchbox separator slider spinbutton status switch tab table tablist tabpanel textbox timer toolbar tooltip tree treegrid treeitem'.split(' '))
const TAGS = new Set('a article aside b blockquote body br button canvas code dd details dialog div dl dt em fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr i iframe img input label legend li main nav object ol option output p pre section select slot small span strong sub summary sup svg table tbody td template textarea tfoot th thead tr u ul video'.split(' '))
const TYPES = new Set('button checkbox color date datetime-local email file hidden image month number password radio range reset search submit tel text time url week'.split(' '))
/** Words that name parts of an interface: as a class they tell of nobody, whatever a page says elsewhere. */
const PARTS = new Set('action active actions area article attach attachment attachments bar body bottom box button buttons card cell chat close column comment comments compose composer container content control controls dialog disabled draft dropdown editable editor email field fields flex focus footer form full grid group header hidden icon icons image inbox inline inner input item items label layout left link list mail main menu message messages modal navigation note open outer page panel paragraph popup post primary publish recipient recipients reply right root row rows screen scroll section select selected send side sidebar small submit subject tab table tabs text textarea ticket title toggle toolbar top view visible widget window wrapper'.split(' '))

/** Longer names are no names that somebody wrote. */
const LONGEST = 40
const WORD = /[\p{L}\p{N}]{3,}/gu

/** All words of a text that a report must not hold, lower-case. */
function wordsIn(texts: Iterable<string>): Set<string> {
  const words = new Set<string>()
  for (const text of texts) for (const [word] of text.toLowerCase().matchAll(WORD)) if (!PARTS.has(word)) words.add(word)
  return words
}

function* textsIn(shape: Shape): Generator<string> {
  yield shape.text
  for (const child of shape.children) yield* textsIn(child)
}

/** The parts of a name: `editorToolbar-main` gives `editor`, `toolbar`, `main`. */
const partsOf = (name: string): string[] => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z]+/).filter(Boolean)

/** True for a name that somebody wrote, false for one that a tool made (`css-1x2y`, `sc-bdVaJa`, `aoO`). */
function isWritten(name: string): boolean {
  if (name.length > LONGEST || !/^[A-Za-z]+([-_]{1,2}[A-Za-z]+)*$/.test(name)) return false
  return partsOf(name).every((part) => part.length >= 3 && part.length <= 14 && /[aeiouy]/.test(part) && !/[^aeiouy]{4}/.test(part))
}

/** Sixteen bits of a made name: enough to see that two places carry the same, not enough to say which name it was. */
function mark(name: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return `~${((hash ^ (hash >>> 16)) & 0xffff).toString(16).padStart(4, '0')}`
}

/** What of a page's structure may be shown and copied: tags, roles, names of data attributes, classes; texts as their lengths. No word of `private` texts, nor of any text in the shapes. */
export function maskShape(shape: Shape, privateTexts: readonly string[]): string {
  const secrets = wordsIn([...privateTexts, ...textsIn(shape)])
  const tells = (name: string): boolean => {
    const lower = name.toLowerCase()
    // A name that runs words together is looked into as well.
    return lower.split(/[^\p{L}\p{N}]+/u).some((part) => secrets.has(part)) || partsOf(name).some((part) => secrets.has(part)) || [...secrets].some((word) => word.length > 3 && lower.includes(word))
  }
  const lines: string[] = []
  const write = (at: Shape, depth: number): void => {
    const tag = at.tag.toLowerCase()
    const known = TAGS.has(tag) || (tag.includes('-') && isWritten(tag) && !tells(tag))
    const classes = at.classes.filter((name) => !tells(name)).map((name) => (isWritten(name) ? `.${name}` : mark(name)))
    const data = at.data.filter((name) => isWritten(name) && !tells(name.slice(5))).map((name) => ` ${name}`)
    const notes = [
      at.role !== null && ROLES.has(at.role) ? ` role=${at.role}` : '', at.type !== null && TYPES.has(at.type) ? ` type=${at.type}` : '', at.editable ? ' editable' : '', ...data,
    ].join('')
    lines.push(`${'  '.repeat(depth)}${known ? tag : 'element'}${[...new Set(classes)].join('')}${notes}${at.text === '' ? '' : ` (${at.text.length})`}${at.pressed ? ' <- pressed' : ''}`)
    for (const child of at.children) write(child, depth + 1)
    if (at.more > 0) lines.push(`${'  '.repeat(depth + 1)}+${at.more}`)
  }
  write(shape, 0)
  return lines.join('\n')
}

/** A send that passed no gate of ours, as it is told and reported. */
export interface UnseenSend {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly by: SeenBy
  readonly subject: string
  /** It would have been held. */
  readonly needed: boolean
  /** Number of its record, once written; null where none is. */
  readonly record: number | null
  /** What may be copied, without the site's address; null until the interface has made it from `traces`. */
  readonly report: string | null
  /** What a report is made of, dropped once it is made. */
  readonly traces: Traces | null
}

/** What is left of a draft that went. */
export interface Traces {
  readonly root: Element
  readonly pressed: Element | null
  /** How it was read, how it went and after what, in our own words. */
  readonly site: string
  readonly went: string
  readonly act: string
  /** Texts that no report may hold a word of. */
  readonly texts: readonly string[]
}

/** The report: what was seen, and the masked structure below. */
export function reportOf({ by }: Pick<UnseenSend, 'by'>, { site, went, act, texts }: Omit<Traces, 'root' | 'pressed'>, shape: Shape): string {
  return `Countersign report 1\nread as: ${site}\nseen by: ${by}, ${went}, after: ${act}\n\n${maskShape(shape, texts)}`
}

/** The report with the site's address in it, for who chooses so. */
export function withHost(report: string, host: string): string {
  return report.replace('\n', `\nsite: ${host}\n`)
}
