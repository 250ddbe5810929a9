import { editableRoot } from '../editors/index.ts'
import { assistantIn, controlsOf, HTML_LIMIT, htmlMarkTable, marksInHtml, transferOf, type Act, type Controls, type ElementLook, type Evidence, type HtmlMarkTable, type InputLog, type MarksUpdate, type Transfer } from '../origin/index.ts'

/** A `beforeinput` of a paste follows its `paste` event within this time, milliseconds; one that stands alone is a paste that the page kept from us. */
const SAME_PASTE_MS = 1_000
/** Pastes into a field that nobody checks are forgotten, the oldest first. */
const MOST_TRANSFERS = 20
/** How far up a pressed control is asked what it belongs to. */
const LEVELS = 12
/** A control's own words are short; longer text is what a page says, not what a button is called. */
const LABEL_LENGTH = 40

/**
 * Sees how text arrives in editable elements: typed, pasted, dropped; and presses on assistants' controls. What none of these account for is noticed by
 * the session as insertion. Keeps mark names, counts and lengths; the clipboard's text is never kept. What a page dispatches itself counts for nothing.
 */
export interface OriginWatch {
  /** Called for every watched event, before the page sees it. */
  see(event: Event): void
  logOf(element: Element): InputLog
  /** What was pasted or dropped into elements of this draft root that are no longer on the page. */
  straysOf(root: Element): readonly Transfer[]
  /** Marks of packs, laid over the built-in ones; the last call counts. Throws on what is no update, and goes on with what there was. */
  readonly useMarks: (updates: readonly MarksUpdate[]) => void
}

/** What pastes and presses are compared with; undefined is the built-in table. */
interface Known { html: HtmlMarkTable | undefined; controls: Controls | undefined }

export const WATCHED_INPUTS = ['paste', 'drop', 'beforeinput', 'click'] as const

/** @param rootOf the draft that an element is in. Asked at pastes and drops alone. */
export function createOriginWatch(now: () => number, rootOf: (element: Element) => Element | null): OriginWatch {
  const logs = new WeakMap<Element, InputLog>()
  const arrived = new WeakMap<Element, { readonly transfer: Transfer; readonly into: WeakRef<Element> }[]>()
  const acts: { last: Act | null } = { last: null }
  const composing = { length: 0 }
  const known: Known = { html: undefined, controls: undefined }

  function logOf(element: Element): InputLog {
    let log = logs.get(element)
    if (!log) logs.set(element, (log = { explained: 0, free: false, synthetic: false, transfers: [], acts }))
    return log
  }

  /** Notes where the latest paste or drop went, before the page can put other elements there. */
  function place(transfer: Transfer | null, into: Element): void {
    const root = transfer && rootOf(into)
    if (root) arrived.set(root, [...(arrived.get(root) ?? []), { transfer, into: new WeakRef(into) }].slice(-MOST_TRANSFERS))
  }

  return {
    logOf,
    straysOf: (root) => (arrived.get(root) ?? []).filter(({ into }) => !into.deref()?.isConnected).map(({ transfer }) => transfer),
    useMarks(updates) {
      const [html, controls] = [htmlMarkTable(updates), controlsOf(updates)]
      Object.assign(known, { html, controls })
    },
    see(event) {
      const target = event.composedPath()[0]
      const host = target && 'nodeType' in target ? editableRoot(target as Node) : null
      if (event.type === 'click') {
        // A click into text sets the caret and presses nothing.
        if (event.isTrusted && !host) acts.last = actOf(event, now(), known) ?? acts.last
        return
      }
      if (!host) return
      const log = logOf(host)
      if (!event.isTrusted) log.synthetic = true
      else if (event.type === 'beforeinput') place(seeInput(event as InputEvent, log, composing, known, now()), host)
      else place(seeTransfer(event.type === 'drop' ? 'drop' : 'paste', 'clipboardData' in event ? (event as ClipboardEvent).clipboardData : (event as DragEvent).dataTransfer, log, known, now()), host)
    },
  }
}

/** Gives the paste or drop that only this event tells of; null for anything else. */
function seeInput(event: InputEvent, log: InputLog, composing: { length: number }, known: Known, at: number): Transfer | null {
  const { inputType, data } = event
  if (inputType.startsWith('history')) log.free = true
  if (!inputType.startsWith('insert')) return null
  if (inputType === 'insertFromPaste' || inputType === 'insertFromDrop') {
    const last = log.transfers.at(-1)
    return !last || at - last.at > SAME_PASTE_MS ? seeTransfer(inputType === 'insertFromDrop' ? 'drop' : 'paste', event.dataTransfer, log, known, at) : null
  }
  if (inputType === 'insertCompositionText') {
    // Each step brings the whole word so far.
    const length = data?.length ?? 0
    log.explained += Math.max(0, length - composing.length)
    composing.length = length
    return null
  }
  composing.length = 0
  log.explained += (data ?? event.dataTransfer?.getData('text/plain') ?? '\n').length
  return null
}

function seeTransfer(kind: 'paste' | 'drop', data: DataTransfer | null, log: InputLog, { html: table }: Known, at: number): Transfer | null {
  if (!data) return null
  const text = data.getData('text/plain')
  const html = data.getData('text/html')
  const marks: Evidence[] = html ? marksInHtml(html, table) : []
  if (html.length > HTML_LIMIT) marks.push({ class: 'unseen', mark: 'clipboard-cut', product: null, count: html.length })
  const transfer = transferOf(kind, marks, text.length || html.length, at)
  log.transfers.push(transfer)
  if (log.transfers.length > MOST_TRANSFERS) log.transfers.shift()
  return transfer
}

/** A press on a control that a mark knows. */
function actOf(event: Event, at: number, { controls }: Known): Act | null {
  const path = event.composedPath().filter((node): node is Element => 'getAttribute' in node).slice(0, LEVELS)
  const found = assistantIn(path.map((element, level) => lookOf(element, level === 0)), location.hostname, controls)
  return found && { product: found.product, at }
}

function lookOf(element: Element, innermost: boolean): ElementLook {
  const of = (...names: string[]): string => names.map((name) => element.getAttribute(name) ?? '').join(' ')
  const isControl = element.nodeName === 'BUTTON' || element.getAttribute('role') === 'button' || (innermost && element.childElementCount < 3)
  const own = isControl ? (element.textContent ?? '').trim() : ''
  return { said: `${own.length <= LABEL_LENGTH ? own : ''} ${of('aria-label', 'title', 'data-tooltip')}`, named: `${element.nodeName} ${of('data-testid', 'data-test-id', 'id', 'class')}` }
}
