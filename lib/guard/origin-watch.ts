import { editableRoot } from '../editors/index.ts'
import { marksInHtml } from '../origin/index.ts'
import type { InputLog } from './core.ts'

/** Clipboard HTML longer than this is not read; a paste of that size is recorded without marks. */
const HTML_LIMIT = 5_000_000

/**
 * Sees how text arrives in editable elements: typed, pasted, dropped. Growth that none of these account for is noticed by the session as insertion.
 * Keeps mark names, counts and lengths; the clipboard's text is never kept.
 */
export interface OriginWatch {
  /** Called for every trusted input-like event, before the page sees it. */
  see(event: Event): void
  logOf(element: Element): InputLog
}

export const WATCHED_INPUTS = ['paste', 'drop', 'beforeinput'] as const

export function createOriginWatch(now: () => number): OriginWatch {
  const logs = new WeakMap<Element, InputLog>()

  function logOf(element: Element): InputLog {
    let log = logs.get(element)
    if (!log) logs.set(element, (log = { events: [], explained: 0, free: false }))
    return log
  }

  return {
    logOf,
    see(event) {
      if (!event.isTrusted) return
      const target = event.composedPath()[0]
      const host = target && 'nodeType' in target ? editableRoot(target as Node) : null
      if (!host) return
      if (event.type === 'beforeinput') seeInput(event as InputEvent, logOf(host))
      else seeTransfer(event as ClipboardEvent | DragEvent, logOf(host), now())
    },
  }
}

function seeInput(event: InputEvent, log: InputLog): void {
  if (event.inputType.startsWith('history')) {
    log.free = true
  } else if (event.inputType !== 'insertFromPaste' && event.inputType !== 'insertFromDrop' && event.inputType.startsWith('insert')) {
    log.explained += (event.data ?? event.dataTransfer?.getData('text/plain') ?? '\n').length
  }
}

function seeTransfer(event: ClipboardEvent | DragEvent, log: InputLog, at: number): void {
  const data = 'clipboardData' in event ? event.clipboardData : event.dataTransfer
  if (!data) return
  const text = data.getData('text/plain')
  const html = data.getData('text/html')
  const chars = text.length || html.length
  // Editors may keep more characters than the plain text has (list bullets, table cells): twice its length is still "pasted".
  log.explained += chars * 2 + 80
  log.events.push({ kind: event.type === 'drop' ? 'drop' : 'paste', marks: html && html.length <= HTML_LIMIT ? marksInHtml(html) : [], chars, at })
}
