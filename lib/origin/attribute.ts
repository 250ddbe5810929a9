import type { Stretch } from './provenance.ts'
import type { Arrival, Evidence } from './types.ts'

/** A paste or drop whose text has not, or not wholly, appeared yet. */
export interface Transfer { readonly kind: 'paste' | 'drop'; readonly marks: readonly Evidence[]; room: number; readonly at: number; arrival: Arrival | null }

/** A real press on a control that a mark knows: an assistant's, or one for prepared text (`product` null). */
export interface Act { readonly product: string | null; readonly at: number }

/** What was seen on one editable element and has not yet been matched with its growth. */
export interface InputLog {
  /** Characters that keys, input methods, dictation and corrections account for. */
  explained: number
  /** Undo and redo may bring back any amount. */
  free: boolean
  /** The page, not the browser, sent an input event. */
  synthetic: boolean
  readonly transfers: Transfer[]
  /** Shared by all elements of a page: the assistant stands beside the editor, not in it. */
  readonly acts: { last: Act | null }
}

/** Growth below this many characters is left alone: spell-check, smart quotes, auto-lists. */
const NOTICEABLE = 40
/** An assistant's control is pressed and its words appear, milliseconds; a stream that goes on counts on. */
const ACT_MS = 8_000
/** A page may take this long to put in what was pasted; what comes later was not this paste. */
const TRANSFER_MS = 5_000
/** A stream has no longer pauses; two corrections a person accepts one after the other do. Milliseconds. */
const STREAM_MS = 2_000
/** Fewer characters after a press are a corrected word. */
const ACT_MINIMUM = 80

/** A paste or drop as the log keeps it. Editors may keep more characters than the plain text has (bullets, table cells): twice its length is still "pasted". */
export function transferOf(kind: 'paste' | 'drop', marks: readonly Evidence[], chars: number, at: number): Transfer {
  return { kind, marks, room: chars * 2 + 80, at, arrival: null }
}

/** Says how new text arrived, from what was seen on its elements. One for each draft. */
export class Attribution {
  readonly typed: Arrival
  private growing: Growing | null = null

  constructor(private readonly log: InputLog, at: number) {
    this.typed = { kind: 'typed', chars: 0, at }
  }

  /**
   * How the text came that stands when following begins: the checking script arrives a moment after the first focus, and a person may have typed or pasted by
   * then. Marks of a paste are kept even where more text stands than it brought; of anything else it is only known that it stood there.
   */
  opening(chars: number, now: number): Arrival {
    const { log } = this
    if (chars > 0 && chars <= log.explained) {
      log.explained -= chars
      return this.typed
    }
    const fresh = chars === 0 ? [] : log.transfers.filter(({ arrival }) => arrival === null)
    const transfer = fresh.findLast(isMarked) ?? fresh.findLast(({ room }) => chars <= room + log.explained)
    return transfer ? placed(transfer, chars) : { kind: 'stood', chars, at: now }
  }

  /** An arrival for each new stretch. What keys and pastes account for is used up. */
  of(fresh: readonly Stretch[], now: number): Arrival[] {
    const { log } = this
    const total = fresh.reduce((sum, { chars }) => sum + chars, 0)
    const free = log.free
    log.free = false
    while (log.transfers[0] && !isRecent(log.transfers[0], now)) log.transfers.shift()
    const arrival = free ? null : this.main(total, now)
    const small = fresh.length > 1 && log.explained > 0 ? Math.min(...fresh.map(({ chars }) => chars)) : 0
    const typed = Math.min(total, log.explained)
    // Editors may show text a moment after its event: half of what is left over still counts at the next look.
    log.explained = Math.floor((log.explained - typed) / 2)
    log.synthetic = false
    if (!arrival) return fresh.map(() => this.typed)
    return fresh.map(({ chars }) => (small > 0 && chars === small && chars <= typed ? this.typed : arrival))
  }

  /** Whether so many new characters may be a copy of the person's own words: neither typed anew nor brought by way of a chat page. */
  isCopy(chars: number, now: number): boolean {
    return chars > this.log.explained && !this.log.transfers.some((transfer) => transfer.arrival === null && isRecent(transfer, now) && isMarked(transfer))
  }

  /** Nothing new came with this reading. */
  rest(): void {
    this.log.free = false
    this.log.explained = Math.floor(this.log.explained / 2)
  }

  /** How the larger part of `total` new characters came; null for typing. */
  private main(total: number, now: number): Arrival | null {
    const { log } = this
    const unexplained = total - log.explained
    const transfer = log.transfers.findLast(({ room }) => room > 0)
    // What comes after the first of a paste is typing, unless it is much.
    if (transfer && unexplained >= (transfer.arrival ? NOTICEABLE : 1) && total <= transfer.room + log.explained) {
      this.growing = null
      return placed(transfer, total)
    }
    if (unexplained <= 0 || (unexplained < NOTICEABLE && log.explained > 0)) {
      this.growing = null
      return null
    }
    return this.appeared(unexplained, now)
  }

  /** Text that no key, paste or drop brought. What comes on and on is one arrival, however small its portions; corrections here and there are not. */
  private appeared(chars: number, now: number): Arrival {
    const { log, growing } = this
    const act = log.acts.last && now - log.acts.last.at <= ACT_MS ? log.acts.last : null
    if (growing && goesOn(growing, chars, act, now)) {
      growing.chars += chars
      growing.at = now
      return growing.arrival
    }
    const sofar = growing?.arrival.kind === 'inserted' && now - growing.at <= STREAM_MS ? growing.chars : 0
    const arrival = arrivalOf(act, sofar + chars, !log.synthetic, now)
    this.growing = { arrival, chars: sofar + chars, at: now }
    return arrival
  }
}

/** What is new now may still be what was pasted or dropped then. */
export function isRecent({ at }: Transfer, now: number): boolean {
  return now - at <= TRANSFER_MS
}

function isMarked({ marks }: Transfer): boolean {
  return marks.some((mark) => mark.class === 'T2')
}

/** So many characters came with this paste or drop. */
function placed(transfer: Transfer, chars: number): Arrival {
  transfer.room -= chars
  return (transfer.arrival ??= { kind: transfer.kind, marks: transfer.marks, chars, at: transfer.at })
}

interface Growing { readonly arrival: Arrival; chars: number; at: number }

function goesOn({ arrival, chars: sofar, at }: Growing, chars: number, act: Act | null, now: number): boolean {
  switch (arrival.kind) {
    case 'assistant': return now - at <= ACT_MS && (!act || act.product === arrival.product)
    case 'template': return now - at <= ACT_MS && (!act || act.product === null)
    default: return now - at <= STREAM_MS && (!act || (act.product !== null && sofar + chars < ACT_MINIMUM))
  }
}

function arrivalOf(act: Act | null, chars: number, trusted: boolean, at: number): Arrival {
  if (act && act.product === null) return { kind: 'template', chars, at }
  if (act?.product && chars >= ACT_MINIMUM) return { kind: 'assistant', product: act.product, chars, at }
  return { kind: 'inserted', chars, trusted, at }
}
