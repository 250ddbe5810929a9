import type { Recipient } from '../engine/index.ts'
import { controlOn, isSendChord, isShown, keyTarget, labelOf, recipient, rootHolding, typedRecipients, unique } from './dom.ts'
import type { DraftParts, SendKind, SiteAdapter } from './types.ts'

/**
 * Gmail, after public sources and one real compose window of 2020 (read 2026-11-23). In brackets how sure each fact is: V read in shipping code or a real
 * capture, S several sources, G general knowledge. Class names change; what is not translated and rarely changes is asked first.
 */

/** V: every compose, docked or inline, keeps its id in a hidden field. The signature editor in the settings does not. */
const COMPOSE_ID = 'input[name=composeid]'
/** V: the rich body. The settings' signature editors match too, hence `COMPOSE_ID`. */
const RICH = '[g_editable=true][contenteditable=true]'
/** V: the plain-text body; hidden beside the rich one. */
const PLAIN = 'textarea[form=nosend]'
/** V: compose window, inline reply, the table both share; G: dialog. Outermost first. */
const FRAMES = ['.M9', '.ip', '[role=dialog]', 'table.aoP']
/** S, three native samples in two languages: the log tag of Send. Clones made by other extensions copy its classes, not this. */
const LOGGED = '[role=button][jslog^="32601;"]'
/** V: the cell that holds Send and its chevron. */
const SEND_CELL = '.Up,.btA,.dC'
/** V: Send & archive, in replies only. */
const ARCHIVE = '[role=button].Uo'
/** S: the same in every language. */
const SCHEDULE = '[role=menuitem][selector=scheduledSend]'
/** One source, 2026: the dialog's ready-made times; `.AM` only opens the calendar. */
const SCHEDULE_TIME = '[role=dialog] [role=menuitem].Az:not(.AM)'
/** S, three extensions of different years: an attached file is a hidden field and, behind it, a link whose first part is the name and whose second is the size; `.vI` is the name. */
const ATTACHED = 'input[name=attach]'
const CHEVRON = '[role=button][aria-haspopup=true]'
/** Subjects of answers, in the languages whose mark is not "Re". */
const ANSWER = /^\s*(re|aw|antw|sv|vs|rif|r|odp|ynt|yan|ref|res|отв|ответ|fwd?|wg|tr|rv|i|enc|回复|回覆|答复|转发|返信|re:\s*회신|회신)\s*(\[\d+\])?\s*[:：]/i

/**
 * What was pressed last in a document: the compose of the chevron, whose menu is drawn at the end of the page, and the words of "Schedule send",
 * which the calendar's own button repeats in the same language (G).
 */
interface LastMenu { root: WeakRef<Element> | null; words: string }
const lastMenus = new WeakMap<Document, LastMenu>()

function lastMenu(document: Document): LastMenu {
  const menu = lastMenus.get(document) ?? { root: null, words: '' }
  lastMenus.set(document, menu)
  return menu
}

function rootOf(id: Element): Element | null {
  let common: Element | null = id.parentElement
  while (common && !common.querySelector(`${RICH},${PLAIN}`)) common = common.parentElement
  if (!common || common.nodeName === 'BODY' || common.nodeName === 'HTML') return null
  for (const frame of FRAMES) {
    const root = common.closest(frame)
    // A frame around two composes (a dialog gone wrong) would join what must stay apart.
    if (root && root.querySelectorAll(COMPOSE_ID).length === 1) return root
  }
  return common
}

function roots(document: Document): Element[] {
  const found = new Set<Element>()
  for (const id of document.querySelectorAll(COMPOSE_ID)) {
    const root = rootOf(id)
    if (root) found.add(root)
  }
  // V: some composes in the wild have lost the hidden field; the table is still only in composes.
  for (const table of document.querySelectorAll('table.aoP')) {
    if (table.querySelector(RICH) && ![...found].some((root) => root.contains(table))) found.add(table)
  }
  return [...found]
}

const draftRoot = (element: Element): Element | null => rootHolding(element, roots)

/** The native Send buttons of a compose. Where none carries the log tag, place decides, and of several in the cell the one that names its shortcut. */
function sends(root: Element): HTMLElement[] {
  const logged = [...root.querySelectorAll<HTMLElement>(LOGGED)]
  const inCell = logged.filter((button) => button.closest(SEND_CELL))
  if (logged.length) return inCell.length ? inCell : logged
  const placed = [...root.querySelectorAll<HTMLElement>('.dC > [role=button], .Up div > [role=button]')]
    .filter((button) => !button.matches('[aria-haspopup=true],.Uo'))
  // V: Gmail wraps the shortcut in U+202A..U+202C, in every language.
  const named = placed.filter((button) => /\u202a/.test((button.getAttribute('aria-label') ?? '') + (button.getAttribute('data-tooltip') ?? '')))
  return named.length ? named : placed
}

function fieldOf(element: Element): Recipient['field'] {
  const named = element.closest('[name=to],[name=cc],[name=bcc]') ?? element.closest('tr')?.querySelector('textarea[name]') ?? null
  const name = named?.getAttribute('name')
  return name === 'cc' || name === 'bcc' ? name : 'to'
}

/** Chips of both generations and what is typed but not yet a chip; null when there is no recipient row at all. */
function recipients(root: Element): Recipient[] | null {
  if (!root.querySelector('.GS,.aoD.hl,.az9,[name=to],[peoplekit-id]')) return null
  const found: (Recipient | null)[] = []
  for (const chip of root.querySelectorAll('[role=option][data-hovercard-id],[role=option][data-name]')) {
    // A contact's id is not an address: then only the name is known.
    const id = chip.getAttribute('data-hovercard-id') ?? ''
    const name = chip.getAttribute('data-name') ?? ''
    found.push(recipient(id.includes('@') ? id : name, fieldOf(chip), name))
  }
  for (const field of ['to', 'cc', 'bcc'] as const) {
    for (const input of root.querySelectorAll<HTMLInputElement>(`input[type=hidden][name=${field}]`)) found.push(recipient(input.value, field))
    for (const input of root.querySelectorAll<HTMLTextAreaElement>(`textarea[name=${field}]`)) found.push(...typedRecipients(input.value, field))
  }
  for (const input of root.querySelectorAll<HTMLInputElement>('input[peoplekit-id]')) found.push(...typedRecipients(input.value, fieldOf(input)))
  for (const chip of root.querySelectorAll('.vN[email]')) {
    if (!chip.parentElement?.querySelector('input[type=hidden]')) found.push(recipient(chip.getAttribute('email')!, fieldOf(chip), chip.textContent ?? ''))
  }
  // S: the folded header row is all there is while the recipient row is closed.
  if (!found.length) for (const chip of root.querySelectorAll('.az9 [email],.aoD.hl [email]')) found.push(recipient(chip.getAttribute('email')!, 'to', chip.textContent ?? ''))
  return unique(found)
}

function bodyOf(root: Element): HTMLElement | null {
  const richBody = root.querySelector<HTMLElement>(RICH)
  const plainBody = root.querySelector<HTMLTextAreaElement>(PLAIN)
  if (!plainBody || !richBody) return richBody ?? plainBody
  // In a minimised window both are hidden: then the one that holds text.
  return !isShown(richBody) && (isShown(plainBody) || (plainBody.value && !richBody.textContent?.trim())) ? plainBody : richBody
}

/** Names of the attached files. A file whose name is not found counts by Gmail's own value, so that adding one is a change all the same. */
function attachments(root: Element): string[] {
  return [...root.querySelectorAll<HTMLInputElement>(ATTACHED)].map((input) => {
    const link = input.nextElementSibling
    const name = link?.querySelector('.vI')?.textContent ?? link?.firstChild?.textContent ?? ''
    return name.trim() || input.value
  }).filter((name) => name !== '')
}

function parts(root: Element): DraftParts {
  const body = bodyOf(root)
  const visible = root.querySelector<HTMLInputElement>('input[name=subjectbox]')
  const subject = (visible ?? root.querySelector<HTMLInputElement>('input[name=subject]'))?.value ?? null
  const to = recipients(root)
  const missing: DraftParts['missing'][number][] = []
  if (!body) missing.push('body')
  if (subject === null) missing.push('subject')
  if (!to) missing.push('recipients')
  if (!sends(root).length) missing.push('send')
  const answers = root.matches('.ip, .ip *') || ANSWER.test(subject ?? '')
  return {
    kind: answers ? 'reply' : 'email', bodies: body ? [body] : [], subject, subjectField: visible, recipients: to ?? [], missing, unreadable: false, attachments: attachments(root),
  }
}

function menuRoot(document: Document, item: Element): Element | null {
  const all = roots(document)
  const around = all.find((root) => root.contains(item))
  if (around) return around
  const open = all.filter((root) => [...root.querySelectorAll(CHEVRON)].some((chevron) => chevron.getAttribute('aria-expanded') === 'true' && chevron.closest(SEND_CELL)))
  if (open.length === 1) return open[0]!
  const last = lastMenu(document).root?.deref()
  if (last && all.includes(last)) return last
  return all.length === 1 ? all[0]! : null
}

function isCalendarButton(control: HTMLElement): boolean {
  const { words } = lastMenu(control.ownerDocument)
  const dialog = words && labelOf(control) === words ? control.closest('[role=dialog],[role=alertdialog]') : null
  return dialog !== null && !dialog.querySelector(COMPOSE_ID)
}

function sendKind(control: HTMLElement, root: Element): SendKind | null {
  if (control.matches(ARCHIVE) && control.closest(SEND_CELL)) return 'archive'
  return sends(root).includes(control) ? 'send' : null
}

export const gmail: SiteAdapter = {
  id: 'gmail',
  draftRoot,
  draftRoots: roots,
  parts,
  // S: text typed between or below the quoted blocks is the author's and stays in. Only a forwarded mail has no inner blockquote: then the whole container goes.
  excluded: [
    'blockquote.gmail_quote', '.gmail_quote:not(blockquote):not(:has(blockquote.gmail_quote))', '.gmail_attr',
    '.gmail_signature', '[data-smartmail=gmail_signature]', '.gmail_signature_prefix',
  ].join(),
  wayOutAt(path) {
    const control = controlOn(path)
    if (!control) return null
    const document = control.ownerDocument
    const item = control.closest<HTMLElement>(SCHEDULE)
    if (item) lastMenu(document).words = labelOf(item)
    if (item || control.matches(SCHEDULE_TIME) || isCalendarButton(control)) return { kind: 'schedule', element: item ?? control, root: menuRoot(document, control) }
    // Cheap tests first: this runs at each press anywhere on the page.
    if (!control.matches('[role=button]')) return null
    const root = draftRoot(control)
    if (!root) return null
    if (control.matches(CHEVRON)) {
      if (control.closest(SEND_CELL)) lastMenu(document).root = new WeakRef(root)
      return null
    }
    const kind = sendKind(control, root)
    return kind ? { kind, element: control, root } : null
  },
  wayOutByKey(event) {
    // V: Gmail asks only for Ctrl or Cmd and Enter, so Shift does not take it away (G: with Shift it also archives).
    if (!isSendChord(event)) return null
    const target = keyTarget(event)
    const root = target && draftRoot(target)
    return root ? { kind: event.shiftKey ? 'archive' : 'send', element: root, root } : null
  },
  sendControl: (root) => sends(root)[0] ?? null,
}
