import { allWithin, closedFrames, closestAcross, controlOn, holds, isClosedFrame, isElement, isSendChord, keyTarget, labelOf, namedRecipients, outer, parentOf } from './dom.ts'
import type { DraftParts, SendKind, SiteAdapter } from './types.ts'
import { kindOfLabel, STAYS } from './words.ts'

/** Any page: something one can write paragraphs in, with a control near it that submits. Careful rather than complete; shown to the person as unverified. */

const BODY = 'textarea,[contenteditable]:not([contenteditable=false])'
const SUBMIT = 'button,[role=button],input[type=submit],input[type=image]'
/** One-line boxes, pickers, code, and what other people's scripts read from. */
const NOT_A_BODY = '[role=search],[role=searchbox],[role=combobox],[type=search],[aria-multiline=false],[readonly],[disabled],.monaco-editor *,.ace_editor *,.xterm *,[class*=recaptcha]'
/** Boxes in which one talks to an assistant: what goes out there is a question, not an answer one answers for. */
const PROMPT_MARK = '#prompt-textarea,[name=prompt],[data-testid*=prompt i],[data-test-id*=prompt i],[id*=copilot i],[data-test-id*=copilot i]'
const PROMPT_SAID = /\b(ask (anything|ai|me|gemini|copilot|chatgpt|claude|breeze)|(message|talk to|chat with) (chatgpt|claude|copilot|gemini|ai|your assistant)|prompt|how can i help)\b/i
const ASSISTANT_HOST = /(^|\.)(chatgpt\.com|chat\.openai\.com|claude\.ai|gemini\.google\.com|aistudio\.google\.com|copilot\.microsoft\.com|m365\.cloud\.microsoft|perplexity\.ai|chat\.mistral\.ai|chat\.deepseek\.com|grok\.com|poe\.com)$/
/** Beyond this many levels a button belongs to the page, not to the box. */
const NEAR = 14

/** Closed frames that had the focus. One that nobody wrote in is a film or an advertisement, and no reason to hold anything. */
const writtenIn = new WeakSet<Element>()

function isBody(element: Element): element is HTMLElement {
  if (element.nodeName !== 'TEXTAREA' && !(element as HTMLElement).isContentEditable) return false
  if (element.matches(NOT_A_BODY) || element.matches(PROMPT_MARK) || element.closest('[role=search]')) return false
  const said = ['aria-label', 'placeholder', 'data-placeholder', 'aria-placeholder'].map((name) => element.getAttribute(name) ?? '').join(' ')
  return !PROMPT_SAID.test(said) && !isAssistants(element)
}

function isAssistants(element: Element): boolean {
  return ASSISTANT_HOST.test(element.ownerDocument.defaultView?.location.hostname ?? '')
}

/** The topmost editable around `element`, if one can draft in it. */
function bodyAround(element: Element): HTMLElement | null {
  let found: Element | null = null
  for (let at: Element | null = element; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null) {
    if (at.nodeName === 'TEXTAREA') return isBody(at) ? at : null
    if ((at as HTMLElement).isContentEditable) found = at
  }
  return found && isBody(found) ? found : null
}

function bodiesIn(root: Element): HTMLElement[] {
  return allWithin(root, BODY).filter((element) => isBody(element) && !(outerEditable(element)))
}

/** What words are written in: what can be read, and the frames that cannot. */
function seatsIn(root: Element): Element[] {
  return [...bodiesIn(root), ...closedFrames(root).filter((frame) => writtenIn.has(frame))]
}

function outerEditable(element: HTMLElement): boolean {
  return Boolean(element.parentElement?.isContentEditable)
}

/** What pressing this control would do, judged by its label, then by its type. */
function kindOf(control: HTMLElement): SendKind | null {
  if (control.matches('[aria-haspopup=true],[aria-haspopup=menu],[aria-haspopup=listbox]')) return null
  const label = labelOf(control)
  const kind = kindOfLabel(label)
  if (kind) return kind
  const said = `${label} ${control.getAttribute('aria-label') ?? ''} ${control.getAttribute('name') ?? ''}`
  const submits = control.matches('input[type=submit],input[type=image]') || (control.nodeName === 'BUTTON' && (control as HTMLButtonElement).type === 'submit' && Boolean((control as HTMLButtonElement).form))
  if (submits && !STAYS.test(said)) return 'submit'
  const hint = /\b(send|publish|submit)\b/i.exec(`${control.getAttribute('data-testid') ?? ''} ${control.getAttribute('data-test-id') ?? ''} ${control.getAttribute('aria-label') ?? ''}`.replace(/[-_]/g, ' '))
  return hint && !STAYS.test(said) ? (hint[1]!.toLowerCase() as SendKind) : null
}

function waysOut(root: Element): HTMLElement[] {
  return allWithin(root, SUBMIT).filter((control) => kindOf(control) !== null)
}

/** The nearest ancestor of a body that also holds a way out. A dialog or form is as far as a box's own buttons go. */
function rootOfBody(body: Element): Element | null {
  let at: Element | null = body
  for (let step = 0; at && step < NEAR; step += 1, at = parentOf(at)) {
    if (at.nodeName === 'BODY' && !outer(at)) return null
    if (at !== body && at.matches('form,[role=dialog],dialog')) return waysOut(at).length || isDraftForm(at) ? at : null
    if (at !== body && at.nodeName !== 'BODY' && at.nodeName !== 'HTML' && waysOut(at).length) return at
  }
  return null
}

/** A form without a button is sent by script or key. */
function isDraftForm(element: Element): boolean {
  return element.nodeName === 'FORM' && element.getAttribute('role') !== 'search' && (element as HTMLFormElement).method === 'post'
}

function draftRoot(element: Element): Element | null {
  if (isClosedFrame(element)) {
    if (isAssistants(element)) return null
    writtenIn.add(element)
    return rootOfBody(element)
  }
  const body = bodyAround(element)
  if (body) return rootOfBody(body)
  // A field or button beside the body: the nearest ancestor that holds a body must be that body's draft.
  let at: Element | null = element
  for (let step = 0; at && step < NEAR; step += 1, at = parentOf(at)) {
    const first = seatsIn(at)[0]
    if (!first) continue
    const root = rootOfBody(first)
    return root && holds(root, element) ? root : null
  }
  return null
}

function parts(root: Element): DraftParts {
  const bodies = bodiesIn(root)
  const field = allWithin<HTMLInputElement>(root, 'input[name*=subject i],input[id*=subject i],input[aria-label*=subject i],input[placeholder*=subject i],input[name=title],input[id=title]')[0] ?? null
  const to = namedRecipients(root)
  const unreadable = closedFrames(root).some((frame) => writtenIn.has(frame))
  const missing: DraftParts['missing'][number][] = []
  if (!bodies.length || unreadable) missing.push('body')
  if (!waysOut(root).length) missing.push('send')
  return { kind: to || field ? 'email' : 'post', bodies, subject: field?.value ?? null, subjectField: field, recipients: to ?? [], missing, unreadable }
}

export const generic: SiteAdapter = {
  id: 'generic',
  draftRoot,
  draftRoots: (document) => [...new Set(document.body ? seatsIn(document.body).map(rootOfBody).filter((root) => root !== null) : [])],
  parts,
  excluded: 'blockquote[type=cite],.gmail_quote,.gmail_signature,.moz-cite-prefix,.moz-signature,#divRplyFwdMsg,#appendonsend,#Signature,.yahoo_quoted,.protonmail_quote,.zmail_extra',
  wayOutAt(path, submitter) {
    const first = path[0]
    if (isElement(first) && first.nodeName === 'FORM') {
      const form = first as HTMLFormElement
      const pressed = submitter as HTMLElement | null | undefined
      if (form.getAttribute('role') === 'search' || (pressed && kindOf(pressed) === null)) return null
      const body = seatsIn(form)[0]
      const root = body && rootOfBody(body)
      return root ? { kind: (pressed && kindOf(pressed)) || 'submit', element: form, root } : null
    }
    const control = controlOn(path)
    const kind = control && kindOf(control)
    if (!kind) return null
    const root = draftRoot(control)
    return root ? { kind, element: control, root } : null
  },
  wayOutByKey(event) {
    if (!isSendChord(event)) return null
    const target = keyTarget(event)
    const root = target && draftRoot(target)
    return root ? { kind: 'send', element: root, root } : null
  },
  sendControl: (root) => waysOut(root).find((control) => closestAcross(control, '[hidden]') === null) ?? null,
}
