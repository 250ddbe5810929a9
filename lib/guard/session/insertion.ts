import type { OriginEvent } from '../../origin/index.ts'
import type { InputLog } from '../core.ts'

/** Growth below this many characters is left alone: spell-check, smart quotes, auto-lists. */
const NOTICEABLE = 40

/**
 * Compares how much an editor grew with what keys, paste and drop account for; the rest appeared without typing.
 * Call after each reading with the new length.
 */
export function noteGrowth(log: InputLog, before: number, after: number, at: number): void {
  const growth = after - before
  if (growth <= 0 || log.free) {
    log.free = false
    log.explained = Math.floor(log.explained / 2)
    return
  }
  const unexplained = growth - log.explained
  if (unexplained >= NOTICEABLE) push(log, { kind: 'inserted', chars: unexplained, trusted: false, at })
  else push(log, { kind: 'typed', chars: growth, at })
  // Editors may show text a moment after its event: half of what is left over still counts at the next look.
  log.explained = Math.floor(Math.max(0, log.explained - growth) / 2)
}

/** Runs of typing are one event. */
function push(log: InputLog, event: OriginEvent): void {
  const last = log.events.at(-1)
  if (event.kind === 'typed' && last?.kind === 'typed') log.events[log.events.length - 1] = { ...event, chars: last.chars + event.chars }
  else log.events.push(event)
}
