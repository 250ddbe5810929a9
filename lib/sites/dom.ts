import type { Recipient } from '../engine/index.ts'

/** Same-origin frames are part of the page for us: nothing here uses the global `document` or `instanceof`. */

export function isElement(target: unknown): target is Element {
  return (target as Node | null)?.nodeType === 1
}

/** One step outwards from an element that has no parent: the host of its shadow root, or the frame its document lives in. */
export function outer(element: Element): Element | null {
  const root = element.getRootNode()
  if (root.nodeType === 11) return (root as ShadowRoot).host ?? null
  // Null for frames of another origin.
  return (root as Document).defaultView?.frameElement ?? null
}

/** The parent, across open shadow roots and same-origin frames. */
export function parentOf(element: Element): Element | null {
  return element.parentElement ?? outer(element)
}

/** `closest` that goes on through open shadow roots and same-origin frames. */
export function closestAcross(element: Element, selector: string): Element | null {
  for (let at: Element | null = element; at; at = outer(at)) {
    const found = at.closest(selector)
    if (found) return found
  }
  return null
}

/** `contains` that looks into open shadow roots and same-origin frames. */
export function holds(root: Element, element: Element): boolean {
  for (let at: Element | null = element; at; at = outer(at)) if (root.contains(at)) return true
  return false
}

/** Hosts of open shadow roots, by what was looked through. Kept for the one act that looks, since a climb looks through the same page again and again. */
const hosts = new Map<Node, Element[]>()

function hostsIn(root: ParentNode & Node): Element[] {
  const whole = hosts.get(root.getRootNode())
  if (whole) return whole.filter((host) => root.contains(host))
  let found = hosts.get(root)
  if (!found) {
    if (!hosts.size) queueMicrotask(() => hosts.clear())
    hosts.set(root, (found = []))
    // Three times as fast as a list of all elements, which a page of 50,000 would be asked for at each key.
    const walk = (root.ownerDocument ?? (root as Document)).createTreeWalker(root, 1)
    while (walk.nextNode()) if ((walk.currentNode as Element).shadowRoot) found.push(walk.currentNode as Element)
  }
  return found
}

/** All matches in `root`, in the open shadow roots and in the same-origin frames inside it. */
export function allWithin<T extends Element = HTMLElement>(root: Element | Document | ShadowRoot, selector: string): T[] {
  const found = [...root.querySelectorAll<T>(selector)]
  for (const { shadowRoot } of [root as Element, ...hostsIn(root)]) if (shadowRoot) found.push(...allWithin<T>(shadowRoot, selector))
  for (const frame of root.querySelectorAll('iframe')) {
    const inside = frame.contentDocument
    if (inside) found.push(...allWithin<T>(inside, selector))
  }
  return found
}

/** CSS pixels under which a frame holds a captcha, a card number or a counter; nobody writes a letter in it. */
const LETTER = { width: 200, height: 100 }

/** A shown frame, large enough to write in, that this page cannot look into: of another origin, or sandboxed. */
export function isClosedFrame(element: Element | null): boolean {
  if (element?.nodeName !== 'IFRAME' || (element as HTMLIFrameElement).contentDocument) return false
  const { width, height } = element.getBoundingClientRect()
  return width >= LETTER.width && height >= LETTER.height
}

/** All closed frames in `root` and in the same-origin frames inside it. */
export function closedFrames(root: Element): Element[] {
  return allWithin(root, 'iframe').filter(isClosedFrame)
}

/** The root that holds an element: its own document's first, then those of the pages around it. */
export function rootHolding(element: Element, roots: (document: Document) => readonly Element[]): Element | null {
  for (let document: Document | undefined = element.ownerDocument; document; document = document.defaultView?.frameElement?.ownerDocument) {
    const root = roots(document).find((one) => holds(one, element))
    if (root) return root
  }
  return null
}

/** Laid out now. Not a test of being on screen: drafts are scrolled away and pages have bodies of no height. */
export function isShown(element: Element): boolean {
  return element.getClientRects().length > 0
}

const CONTROL = 'button,[role=button],[role=menuitem],[role=option],input[type=submit],input[type=button],input[type=image],summary'

/** How far up from the pressed node a control is looked for: icons and labels sit a few levels deep in it. */
const REACH = 12

/** The innermost control on an event's path; null when the press was not on one. */
export function controlOn(path: readonly EventTarget[]): HTMLElement | null {
  for (let i = 0; i < path.length && i < REACH; i += 1) {
    const node = path[i]
    if (isElement(node) && node.matches(CONTROL)) return node as HTMLElement
  }
  return null
}

/** What a control says of itself: text, value, label and title, without bidi marks and shortcuts in brackets, lower-cased. */
export function labelOf(control: Element): string {
  const said = control.textContent?.trim() || (control as HTMLInputElement).value || control.getAttribute('aria-label') || control.getAttribute('title') || ''
  return said.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/\([^)]*\)/g, '').replace(/\s+/g, ' ').trim().toLowerCase()
}

/** Ctrl+Enter, or Cmd+Enter on a Mac. Some sites accept both everywhere, so both always count. */
export function isSendChord(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing
}

/** The innermost element a key went to, also inside open shadow roots. */
export function keyTarget(event: KeyboardEvent): Element | null {
  const target = event.composedPath()[0] ?? event.target
  return isElement(target) ? target : null
}

export const FIELDS = ['to', 'cc', 'bcc'] as const
const ADDRESS = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+\.[^\s<>"'(),;:]+/

export function hasAddress(said: string): boolean {
  return ADDRESS.test(said)
}

/** One recipient from `Name <a@b>`, a bare address or a bare name. Null for blank text. */
export function recipient(said: string, field: Recipient['field'], name = ''): Recipient | null {
  const text = said.trim()
  if (!text && !name) return null
  const address = ADDRESS.exec(text)?.[0].toLowerCase() ?? null
  const rest = address ? text.replace(ADDRESS, '').replace(/[<>"]/g, '').trim() : text
  return { address, name: name && !ADDRESS.test(name) ? name.trim() : rest, field }
}

/** The addresses typed into a field and not yet made into chips. Half a name is not a recipient. */
export function typedRecipients(value: string, field: Recipient['field']): Recipient[] {
  return value.split(/[,;\n]/).filter((part) => ADDRESS.test(part)).map((part) => recipient(part, field)).filter((one) => one !== null)
}

/** Each address (or bare name) once a field. */
export function unique(recipients: readonly (Recipient | null)[]): Recipient[] {
  const seen = new Map<string, Recipient>()
  for (const one of recipients) if (one) seen.set(`${one.field} ${one.address ?? one.name}`, seen.get(`${one.field} ${one.address ?? one.name}`) ?? one)
  return [...seen.values()]
}

const NAMES = ['name', 'id', 'data-test-id', 'data-testid', 'data-selenium-test', 'data-field']
const LABELS = ['aria-label', 'placeholder']
/** What may name a recipient field; ids only on inputs, or half the page would be asked. */
const MAY_NAME = '[name],input[id],textarea[id],[id*=recipient i],[data-test-id],[data-testid],[data-selenium-test],[data-field],[aria-label]'

/** `to`, `cc` or `bcc` as a field's name, id or test id says in one of its words, or its label as a whole; null when it says none. */
function recipientField(element: Element): Recipient['field'] | null {
  const words = NAMES.flatMap((name) => (element.getAttribute(name) ?? '').toLowerCase().split(/[^a-z]+/))
  words.push(...LABELS.map((name) => (element.getAttribute(name) ?? '').toLowerCase().replace(/\W+$/, '')))
  if (words.includes('bcc')) return 'bcc'
  if (words.includes('cc')) return 'cc'
  return words.some((word) => word === 'to' || word.startsWith('recipient') || word.startsWith('requester')) ? 'to' : null
}

const CHIPS = '[data-email],[email],[data-hovercard-id],a[href^="mailto:"]'
const CHIP = ['data-email', 'email', 'data-hovercard-id', 'href']

/** Recipients where a site's own structure is not known: fields that call themselves to, cc, bcc or recipient. Null when there is no such field. */
export function namedRecipients(root: Element): Recipient[] | null {
  let any = false
  const found: (Recipient | null)[] = []
  for (const element of allWithin(root, MAY_NAME)) {
    const field = recipientField(element)
    // A composer named "reply-to…" is not a recipient field: its text is the draft.
    if (!field || element.querySelector('[contenteditable=true],iframe')) continue
    any = true
    for (const input of element.matches('input,textarea') ? [element] : element.querySelectorAll('input,textarea')) found.push(...typedRecipients((input as HTMLInputElement).value, field))
    const chips = [...(element.matches(CHIPS) ? [element] : element.querySelectorAll(CHIPS))]
    for (const chip of chips) {
      const said = CHIP.map((name) => chip.getAttribute(name)).find(Boolean) ?? ''
      found.push(recipient(said.replace(/^mailto:|\?.*$/g, ''), field, chip.textContent ?? ''))
    }
    if (!chips.length && !element.matches('textarea')) found.push(...typedRecipients((element.textContent ?? '').replace(/\s+/g, ','), field))
  }
  return any ? unique(found) : null
}
