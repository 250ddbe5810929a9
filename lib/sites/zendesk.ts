import { allWithin, controlOn, isSendChord, isShown, keyTarget, keyWayOut, namedRecipients, parentOf, rootHolding, rootsAround } from './dom.ts'
import type { DraftParts, SiteAdapter } from './types.ts'

/**
 * Zendesk's agent workspace, after public test suites and extensions (read 2026-11-23). S: every test id below; one source: tickets stay mounted side by
 * side; G: keys. Test ids are the same in all languages, the channel's name is not.
 */

const EDITOR = '[data-test-id=omnicomposer-rich-text-ckeditor]'
const SUBMIT = '[data-test-id=submit_button-button]'
const SUBMIT_MENU = '[data-test-id=submit_button-menu-button]'
const CHAT_SEND = '[data-test-id=omnichannel-omnicomposer-send-button]'
const CHANNEL = '[data-test-id=omnichannel-channel-switcher-button]'
const SUBJECT = '[data-test-id=omni-header-subject]'
/** "Internal note" in the languages of the workspace. Not understood counts as public: then it is held. */
const INTERNAL = /intern|note interne|nota |notiz|notat|anteckning|privat|vnitřní|belső|wewn|внутр|внутрен|iç not|dahili|内部|社内|メモ|내부|داخلي|פנימית/i

/** The ticket around an editor: the nearest ancestor that also holds its way out. Other tickets stay mounted beside it. */
function rootOf(editor: Element): Element | null {
  for (let at: Element | null = editor; at; at = parentOf(at)) if (at.querySelector(`${SUBMIT},${CHAT_SEND}`)) return at
  return editor.closest('[data-test-id=ticket-rich-text-editor]') ?? editor.parentElement
}

const roots = (document: Document): Element[] => rootsAround(document, EDITOR, rootOf)
const draftRoot = (element: Element): Element | null => rootHolding(element, roots)

function bodiesOf(root: Element): HTMLElement[] {
  const all = allWithin(root, EDITOR)
  const shown = all.filter(isShown)
  return shown.length ? shown : all
}

function isInternal(root: Element): boolean {
  const channel = root.querySelector(CHANNEL)
  if (!channel) return false
  return INTERNAL.test(`${channel.textContent ?? ''} ${channel.getAttribute('aria-label') ?? ''} ${channel.getAttribute('data-channel') ?? ''}`)
}

/** Submit also only changes a ticket's state; without words, or with words for colleagues, nothing leaves. */
function sendsWords(root: Element): boolean {
  return !isInternal(root) && bodiesOf(root).some((body) => (body.textContent ?? '').trim() !== '')
}

function openMenuRoot(document: Document): Element | null {
  return roots(document).find((root) => root.querySelector(`${SUBMIT_MENU}[aria-expanded=true]`)) ?? null
}

function parts(root: Element): DraftParts {
  const bodies = bodiesOf(root)
  const subjectField = root.querySelector<HTMLElement>(SUBJECT)
  const subject = subjectField ? (subjectField as HTMLInputElement).value ?? subjectField.textContent?.trim() ?? '' : null
  const note = isInternal(root)
  const to = namedRecipients(root)
  const missing: DraftParts['missing'][number][] = []
  if (!bodies.length) missing.push('body')
  if (!to && !note) missing.push('recipients')
  if (!root.querySelector(`${SUBMIT},${CHAT_SEND}`)) missing.push('send')
  return { kind: note ? 'note' : 'reply', bodies, subject, subjectField, recipients: to ?? [], missing, unreadable: false }
}

export const zendesk: SiteAdapter = {
  id: 'zendesk',
  name: 'Zendesk',
  hosts: ['https://*.zendesk.com/*'],
  draftRoot,
  draftRoots: roots,
  parts,
  excluded: '.zd-signature,.signature[data-signature],blockquote[type=cite],.gmail_quote',
  wayOutAt(path) {
    const control = controlOn(path)
    if (!control) return null
    const item = control.matches('[role=menuitem],[role=option]')
    if (!item && !control.matches(`${SUBMIT},${CHAT_SEND}`)) return null
    // "Submit as Solved" and its neighbours are drawn at the end of the page while the arrow beside Submit is open.
    const root = item ? openMenuRoot(control.ownerDocument) : draftRoot(control)
    if (!root || !sendsWords(root)) return null
    return { kind: control.matches(CHAT_SEND) ? 'send' : 'submit', element: control, root }
  },
  wayOutByKey(event) {
    // G: Ctrl+Alt+S, O, P, U submit with a state, wherever the focus is.
    const states = (event.ctrlKey || event.metaKey) && event.altKey && /^Key[SOPU]$/.test(event.code)
    if (states || isSendChord(event)) return keyWayOut(event, 'submit', roots, sendsWords)
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return null
    // S: in a chat, Enter alone may send.
    const target = keyTarget(event)
    const root = target && draftRoot(target)
    const chats = root && !root.querySelector(SUBMIT) && sendsWords(root) && bodiesOf(root).some((body) => body.contains(target))
    return chats ? { kind: 'send', element: root, root } : null
  },
  sendControl: (root) => root.querySelector<HTMLElement>(`${SUBMIT},${CHAT_SEND}`),
}
