import { allWithin, closedFrames, closestAcross, controlOn, isSendChord, keyTarget, keyWayOut, labelOf, namedRecipients, parentOf, rootHolding, rootsAround } from './dom.ts'
import type { DraftParts, SendKind, SiteAdapter } from './types.ts'
import { kindOfLabel } from './words.ts'

/**
 * HubSpot, after public test suites (read 2026-11-23). S: the editor, the note's Save and the subject; one source: the assistant's send button.
 * The e-mail Send's own id is not published anywhere: it is found by the language-free key of its label, its test id, or its words.
 */

/** S: one editor for e-mails, notes, inbox answers and the assistant's prompt; what stands below it tells them apart. */
const EDITOR = '[data-test-id=rte-content]'
const NOTE_SAVE = '[data-test-id=activity-creator-window-footer-save-button]'
const PROMPT_SEND = '[data-test-id=chat-send-button]'
const ASSISTANT = '[aria-label*=Breeze i],[data-test-id*=breeze i],[data-test-id*=copilot i]'
const SUBJECT = '[data-selenium-test=email-subject-input],[data-test-id=email-subject-input],input[name=subject]'
const BUTTON = 'button,[role=button],[role=menuitem]'
const TEST_IDS = ['data-test-id', 'data-selenium-test']
/** Where a composer ends when its Send cannot be found. */
const WINDOW = '[role=dialog],form,[data-test-id*=composer],[data-test-id*=window]'

function sendKind(control: Element): SendKind | null {
  if (control.matches(`${PROMPT_SEND},${NOTE_SAVE},[aria-haspopup=true],[aria-haspopup=menu]`)) return null
  // S: HubSpot writes every label as <i18n-string data-key="…">, the same in all languages.
  const said = [control.querySelector('i18n-string')?.getAttribute('data-key'), ...TEST_IDS.map((name) => control.getAttribute(name))].join(' ')
  if (/schedul/i.test(said)) return 'schedule'
  if (/(^|[^a-z])send($|[^a-z])|[a-z]Send($|[^a-z])/.test(said) || /send-?(button|email|reply)/i.test(said)) return 'send'
  const kind = kindOfLabel(labelOf(control))
  return kind === 'send' || kind === 'schedule' ? kind : null
}

function sends(root: Element): HTMLElement[] {
  return allWithin(root, BUTTON).filter((control) => sendKind(control) === 'send')
}

/** The composer around an editor: the nearest ancestor, across its frame, that shows what the editor is for. */
function rootOf(editor: Element): Element | null {
  if (closestAcross(editor, ASSISTANT)) return null
  for (let at: Element | null = editor; at; at = parentOf(at)) {
    if (allWithin(at, PROMPT_SEND).length) return null
    if (allWithin(at, NOTE_SAVE).length || sends(at).length) return at
  }
  return editor.closest(WINDOW) ?? editor.parentElement
}

const roots = (document: Document): Element[] => rootsAround(document, EDITOR, rootOf)

function draftRoot(element: Element): Element | null {
  const editor = closestAcross(element, EDITOR)
  return editor ? rootOf(editor) : rootHolding(element, roots)
}

function isNote(root: Element): boolean {
  return allWithin(root, NOTE_SAVE).length > 0
}

function parts(root: Element): DraftParts {
  const note = isNote(root)
  const bodies = allWithin(root, EDITOR).filter((element) => element.isContentEditable && rootOf(element) === root)
  const subjectField = note ? null : allWithin<HTMLInputElement>(root, SUBJECT)[0] ?? null
  const to = note ? [] : namedRecipients(root)
  const missing: DraftParts['missing'][number][] = []
  if (!bodies.length) missing.push('body')
  if (!to) missing.push('recipients')
  if (!note && !sends(root).length) missing.push('send')
  const kind = note ? 'note' : subjectField ? 'email' : 'reply' // The inbox answers without a subject; only an e-mail has one.
  return { kind, bodies, subject: subjectField?.value ?? null, subjectField, recipients: to ?? [], missing, unreadable: !bodies.length && closedFrames(root).length > 0 }
}

export const hubspot: SiteAdapter = {
  id: 'hubspot',
  name: 'HubSpot',
  hosts: ['https://app.hubspot.com/*', 'https://app-eu1.hubspot.com/*', 'https://app-na2.hubspot.com/*', 'https://app-na3.hubspot.com/*', 'https://app-ap1.hubspot.com/*'],
  draftRoot,
  draftRoots: roots,
  parts,
  excluded: '.gmail_quote,.hs_reply,[data-hs-signature],.hs-signature,blockquote[type=cite]',
  wayOutAt(path) {
    const control = controlOn(path)
    const kind = control && sendKind(control)
    if (!kind) return null
    const root = draftRoot(control)
    // Saving a note shows it to colleagues only.
    if (root) return isNote(root) ? null : { kind, element: control, root }
    const composer = control.closest(WINDOW)
    if (composer && closedFrames(composer).length) return { kind, element: control, root: composer }
    // A send menu is drawn at the end of the page, outside its composer.
    return control.matches('[role=menuitem]') ? { kind, element: control, root: null } : null
  },
  wayOutByKey(event) {
    // G: the inbox sends on it, wherever the focus is; in the assistant's box it asks the assistant.
    const target = isSendChord(event) ? keyTarget(event) : null
    const editor = target && closestAcross(target, EDITOR)
    return !target || (editor && !rootOf(editor)) ? null : keyWayOut(event, 'send', roots, (root) => !isNote(root))
  },
  sendControl: (root) => sends(root)[0] ?? null,
}
