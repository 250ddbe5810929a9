import type { Recipient } from '../engine/index.ts'
import { allWithin, closestAcross, controlOn, FIELDS, hasAddress, holds, isClosedFrame, isElement, isShown, keyTarget, labelOf, namedRecipients, parentOf, recipient, rootHolding, typedRecipients, unique } from './dom.ts'
import type { DraftFacts, KeyFacts, RecipientFacts, SiteFacts } from './facts.ts'
import type { DraftParts, SendKind, SiteAdapter, WayOut } from './types.ts'
import { kindOfLabel } from './words.ts'

const ITEM = '[role=menuitem],[role=menuitemradio],[role=option]'
/** What is drawn apart from its draft, at the end of the page. */
const APART = `${ITEM},[role=menu],[role=dialog],[role=alertdialog],dialog`
const BUTTON = `button,[role=button],input[type=submit],input[type=button],${ITEM}`
const TEST_IDS = ['data-test-id', 'data-testid', 'data-selenium-test']

const patterns = new Map<string, RegExp>()

function matches(pattern: string, text: string): boolean {
  let regex = patterns.get(pattern)
  if (!regex) patterns.set(pattern, (regex = new RegExp(pattern, 'u')))
  return regex.test(text)
}

/** The document of the page around all same-origin frames. */
function outermost(document: Document): Document {
  for (let at = document; ;) {
    const above = at.defaultView?.frameElement?.ownerDocument
    if (!above) return at
    at = above
  }
}

const isField = (element: Element): element is HTMLInputElement => 'value' in element
const textOf = (element: Element): string => (isField(element) ? element.value : element.textContent ?? '').trim()

/** The outermost editors that match, and frames that hold one and cannot be read. */
function seatsIn(within: Element | Document, { body, frames }: DraftFacts): HTMLElement[] {
  const editors = allWithin(within, body).filter((element) => isField(element) || (element.isContentEditable && !element.parentElement?.isContentEditable))
  return frames ? [...editors, ...allWithin(within, frames).filter(isClosedFrame)] : editors
}

function kindOf(control: Element, { sends }: DraftFacts): SendKind | null {
  for (const { kind, control: selector = BUTTON, not, said, says } of sends) {
    if (!control.matches(selector) || (not && control.matches(not))) continue
    if (!said && !says) return kind
    const ids = [control.querySelector('[data-key]')?.getAttribute('data-key'), ...TEST_IDS.map((name) => control.getAttribute(name))].join(' ')
    if (said && matches(said, ids)) return kind
    const label = labelOf(control)
    if (says && (says === 'common' ? kindOfLabel(label) === kind : matches(says, label))) return kind
  }
  return null
}

function sendsIn(scope: Element | Document, facts: DraftFacts): HTMLElement[] {
  const selector = facts.sends.map(({ control = BUTTON }) => control).join()
  return selector ? allWithin(scope, selector).filter((control) => kindOf(control, facts)) : []
}

function rootOf(seat: Element, facts: DraftFacts): Element | null {
  const { not, never, root, holds: held, window, note } = facts
  if (not && closestAcross(seat, not)) return null
  const named = root ? closestAcross(seat, root) : null
  if (named) return named
  for (let at = parentOf(seat); at; at = parentOf(at)) {
    // A whole page is no draft; a whole frame may be.
    if (at.nodeName === 'HTML' || (at.nodeName === 'BODY' && !parentOf(at.parentElement!))) continue
    if (never && allWithin(at, never).length) return null
    const ends = sendsIn(at, facts).length > 0 && (!held || allWithin(at, held).length > 0)
    if (ends || (note?.has && allWithin(at, note.has).length)) return at
    // A frame that cannot be read may hold anything: it must stand beside its way out.
    if (seat.nodeName === 'IFRAME' && window && at.matches(window)) return null
  }
  return window && seat.nodeName !== 'IFRAME' ? closestAcross(seat, window) ?? seat.parentElement : null
}

/** The smallest element around everything that belongs to the post. */
function pageRoot(seats: readonly Element[], { root, subject, not }: DraftFacts): Element | null {
  const own = not ? seats.filter((seat) => !closestAcross(seat, not)) : seats
  const first = own[0]
  if (!first) return null
  const named = root ? closestAcross(first, root) : null
  if (named) return named
  const title = subject ? allWithin(outermost(first.ownerDocument), subject)[0] : null
  const all = title ? [...own, title] : own
  let at = parentOf(first)
  while (at && !all.every((one) => holds(at!, one))) at = parentOf(at)
  return at
}

function chipsIn(root: Element, facts: RecipientFacts): (Recipient | null)[] | null {
  let any = false
  const found: (Recipient | null)[] = []
  for (const field of FIELDS) {
    for (const box of facts[field] ? allWithin(root, facts[field]) : []) {
      any = true
      let typed = isField(box) ? box.value : box.textContent ?? ''
      for (const chip of facts.chip ? box.querySelectorAll(facts.chip) : []) {
        const said = (facts.from ?? []).map((name) => chip.getAttribute(name) ?? '')
        found.push(recipient(said.find(hasAddress) ?? (chip.textContent?.trim() || said.find(Boolean) || ''), field, chip.textContent ?? ''))
        typed = typed.replace(chip.textContent ?? '', ' ')
      }
      if (!isField(box)) {
        typed = typed.replace(/\s+/g, ',')
        for (const input of box.querySelectorAll('input,textarea')) found.push(...typedRecipients((input as HTMLInputElement).value, field))
      }
      found.push(...typedRecipients(typed, field))
    }
  }
  for (let at: Element | null = facts.names ? root : null; at && !any; at = parentOf(at)) {
    for (const person of at.querySelectorAll(facts.names!)) {
      any = true
      found.push(recipient(person.textContent ?? '', 'to'))
    }
  }
  return any ? found : null
}

function fits({ chord }: KeyFacts, event: KeyboardEvent): boolean {
  const [key = '', ...held] = chord.split('+').reverse()
  const mod = held.includes('mod')
  if ((event.ctrlKey || event.metaKey) !== mod || event.altKey !== held.includes('alt')) return false
  if (held.includes('shift') ? !event.shiftKey : event.shiftKey && !mod) return false
  return key === 'Enter' ? event.key === key : [...key].some((letter) => event.code === `Key${letter}` || event.key.toUpperCase() === letter)
}

/**
 * The adapter that facts describe. Nothing is cached but which facts a root was found by: pages re-render.
 */
export function siteFromFacts(facts: SiteFacts): SiteAdapter {
  const drafts = Object.values(facts.drafts)
  const known = new WeakMap<Element, DraftFacts>()
  /** The draft whose menu was opened by the last press, for pages that do not say which is open. */
  let opened: WeakRef<Element> | null = null

  function find(document: Document): Element[] {
    const page = outermost(document)
    const found = new Set<Element>()
    const add = (root: Element | null, by: DraftFacts): void => {
      if (!root || found.has(root)) return
      known.set(root, by)
      found.add(root)
    }
    for (const each of drafts) {
      if (each.at && !matches(each.at, page.location.pathname)) continue
      const seats = seatsIn(each.page ? page : document, each)
      if (each.page) add(pageRoot(seats, each), each)
      else for (const seat of seats) add(rootOf(seat, each), each)
    }
    return [...found]
  }

  function factsOf(root: Element): DraftFacts | undefined {
    if (!known.has(root)) find(root.ownerDocument)
    return known.get(root)
  }

  const scopeOf = (root: Element, { page }: DraftFacts): Element | Document => (page ? outermost(root.ownerDocument) : root)
  /** True for an editor that stands where drafts are written and is none, such as an assistant's box. */
  const isRefused = (element: Element): boolean => drafts.some((each) => {
    const editor = each.page ? null : closestAcross(element, each.body)
    return editor !== null && rootOf(editor, each) === null
  })
  const draftRoot = (element: Element): Element | null => (isRefused(element) ? null : rootHolding(element, find))

  function bodiesOf(root: Element, by: DraftFacts): HTMLElement[] {
    const all = seatsIn(scopeOf(root, by), by).filter((seat) => seat.nodeName !== 'IFRAME' && (by.page ? !by.not || !closestAcross(seat, by.not) : rootOf(seat, by) === root))
    const shown = all.filter((body) => body.checkVisibility({ visibilityProperty: true }))
    return shown.length ? shown : all
  }

  function isNote(root: Element, { kind, note }: DraftFacts): boolean {
    if (kind === 'note' || (note?.has && (root.matches(note.has) || allWithin(root, note.has).length))) return true
    return Boolean(note?.in && note.says && allWithin(root, note.in).some((one) => matches(note.says!, `${one.textContent ?? ''} ${one.getAttribute('aria-label') ?? ''}`.toLowerCase())))
  }

  /** True where a send would let words out: no note, no state in which it only saves. */
  function goes(root: Element): boolean {
    const by = factsOf(root)
    if (!by || isNote(root, by)) return false
    const fields = (by.stays ?? []).flatMap(({ field, is }) => allWithin<HTMLInputElement>(scopeOf(root, by), field).map((one) => matches(is, one.type === 'checkbox' ? String(one.checked) : one.value)))
    if (fields.length && fields.every(Boolean)) return false
    return !by.emptyStays || bodiesOf(root, by).some((body) => textOf(body) !== '')
  }

  const isOpen = (root: Element, { menu }: DraftFacts): boolean => Boolean(menu && (opened?.deref() === root || allWithin(root, menu.opener).some((opener) => opener.matches('[aria-expanded=true]'))))

  function kindAt(control: Element, root: Element): SendKind | null {
    const by = factsOf(root)!
    return kindOf(control, by) ?? (control.matches(ITEM) && isOpen(root, by) ? by.menu!.kind : null)
  }

  /** What a control does that stands outside every draft: the draft whose menu is open, else every shown one that it could send. */
  function wayOutApart(control: HTMLElement): WayOut | null {
    const apart = control.closest(APART) !== null
    const asked = find(outermost(control.ownerDocument)).filter((root) => (apart || factsOf(root)!.page) && isShown(root) && kindAt(control, root) && goes(root))
    const open = asked.filter((root) => isOpen(root, factsOf(root)!))
    return wayOut(control, open.length ? open : asked, (root) => kindAt(control, root)!)
  }

  function wayOut(element: Element, roots: readonly Element[], kind: (root: Element) => SendKind): WayOut | null {
    const first = roots[0]
    if (!first) return null
    return roots.length === 1 ? { kind: kind(first), element, root: first } : { kind: kind(first), element, root: null, roots }
  }

  function submitted(form: Element, submitter: Element | null | undefined): WayOut | null {
    const root = find(form.ownerDocument).find((one) => holds(form, one) || holds(one, form))
    const by = root && factsOf(root)
    if (!by?.form || !goes(root!)) return null
    const kind = submitter ? kindOf(submitter, by) : 'submit'
    return kind && { kind, element: form, root: root! }
  }

  /** A link that a site sends by, where facts name it: Roundcube's Send at the foot of a narrow window is one. */
  function linkOn(path: readonly EventTarget[]): HTMLElement | null {
    const link = path.find((node) => isElement(node) && node.nodeName === 'A') as HTMLElement | undefined
    return link && drafts.some(({ sends }) => sends.some(({ control }) => control && link.matches(control))) ? link : null
  }

  function keyFor(event: KeyboardEvent, root: Element): KeyFacts | undefined {
    return factsOf(root)?.keys?.find((key) => fits(key, event) && applies(key, root))
  }

  function applies({ when, unless }: KeyFacts, root: Element): boolean {
    const scope = scopeOf(root, factsOf(root)!)
    return (!when || allWithin(scope, when).some(isShown)) && (!unless || !allWithin(scope, unless).length)
  }

  function filesOf(root: Element, names: string): string[] {
    const alone = find(outermost(root.ownerDocument)).length === 1
    return allWithin(alone ? outermost(root.ownerDocument) : root, names).map(textOf).filter(Boolean)
  }

  return {
    id: facts.id,
    draftRoot,
    draftRoots: find,
    excluded: facts.excluded,
    parts(root): DraftParts {
      const by = factsOf(root)
      if (!by) return { kind: 'post', bodies: [], subject: null, subjectField: null, recipients: [], missing: ['body', 'send'], unreadable: false }
      const scope = scopeOf(root, by)
      const note = isNote(root, by)
      const bodies = bodiesOf(root, by)
      const subjectField = by.subject && !note ? allWithin(scope, by.subject)[0] ?? null : null
      const named = by.recipients && !note
      const chips = !named ? [] : by.recipients === 'named' ? namedRecipients(root) : chipsIn(root, by.recipients)
      const recipients = unique(chips ?? [])
      const nameless = by.recipients !== 'named' && !by.recipients?.names && recipients.some(({ address }) => !address)
      const found = note || sendsIn(scope, by).length || (by.opens && allWithin(scope, by.opens).length) || by.keys?.some((key) => (key.when ?? key.unless) && applies(key, root))
      const missing: DraftParts['missing'][number][] = []
      if (!bodies.length) missing.push('body')
      if (by.subject && !subjectField && by.kind === 'post' && !note) missing.push('subject')
      // A chip that shows a name alone says nothing of where the mail goes.
      if (!chips || nameless) missing.push('recipients')
      if (!found) missing.push('send')
      return {
        kind: note ? 'note' : by.kind === 'email' && by.subject && !subjectField ? 'reply' : by.kind,
        bodies, subject: subjectField && textOf(subjectField), subjectField, recipients, missing,
        unreadable: !bodies.length && seatsIn(scope, by).length > 0,
        attachments: by.attachments && !note ? filesOf(root, by.attachments) : undefined,
      }
    },
    wayOutAt(path, submitter) {
      const first = path[0]
      if (isElement(first) && first.nodeName === 'FORM') return submitted(first, submitter)
      const control = controlOn(path) ?? linkOn(path)
      if (control && !control.matches(ITEM)) {
        const opener = drafts.some(({ menu }) => menu && control.matches(menu.opener)) ? draftRoot(control) : null
        opened = opener && new WeakRef(opener)
      }
      // This runs at each press anywhere on the page: what the control is comes before where the drafts are.
      if (!control || !drafts.some((each) => kindOf(control, each) ?? (each.menu && control.matches(ITEM)))) return null
      const root = draftRoot(control)
      if (!root) return wayOutApart(control)
      return kindAt(control, root) && goes(root) ? wayOut(control, [root], () => kindAt(control, root)!) : null
    },
    wayOutByKey(event) {
      const target = event.isComposing || !drafts.some(({ keys }) => keys?.some((key) => fits(key, event))) ? null : keyTarget(event)
      if (!target || isRefused(target)) return null
      const root = draftRoot(target)
      const sends = (one: Element): boolean => Boolean(keyFor(event, one)) && goes(one)
      const kind = (one: Element): SendKind => keyFor(event, one)!.kind
      if (event.ctrlKey || event.metaKey || event.altKey) return root ? (sends(root) ? wayOut(root, [root], kind) : null) : wayOut(target, find(outermost(target.ownerDocument)).filter((one) => isShown(one) && sends(one)), kind)
      return root && sends(root) && bodiesOf(root, factsOf(root)!).some((body) => body.contains(target)) ? wayOut(root, [root], kind) : null
    },
    sendControl(root) {
      const by = factsOf(root)
      const found = by ? sendsIn(scopeOf(root, by), by) : []
      return found.find(isShown) ?? found[0] ?? null
    },
  }
}
