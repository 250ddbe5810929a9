import type { GuardCore } from '../core.ts'
import type { Act } from './judge.ts'

interface Seen {
  readonly kind: Act['kind']
  readonly said: Act['said']
  /** `performance.now()`. */
  readonly at: number
  readonly target: WeakRef<Element> | null
  /** Lines that said "sent" already when it happened. */
  readonly lines: ReadonlySet<string>
}

/** The last act on the pages of one guard, whoever did it and whatever it was meant for. */
export interface Acts {
  /** Listens on one more window; again is harmless. */
  listen(win: Window): void
  last(): Seen | null
  /** When a person last edited text, `performance.now()`. */
  edited(): number
  /** A draft of this page left through the gate. */
  left(): void
  leftAt(): number
}

const LINES = '[role=alert],[role=status],[aria-live],output,h1,h2,[role=heading],[class*=toast i],[class*=snackbar i],[class*=notification i]'
const OURS = 'countersign-review'
/** A line that says what happened is short; a longer text is a text. */
const LINE_LENGTH = 160
const SENT = /\b(sent|delivered|published|posted|scheduled|submitted|thank you for (contacting|your (message|request|inquiry)))\b|gesendet|versendet|veröffentlicht|eingereicht|envoyée?s?\b|publiée?s?\b|enviad[oa]|publicad[oa]|inviat[oa]|pubblicat[oa]|verzonden|gepubliceerd|wysłan|opublikowan|отправлен|опубликован|надіслан|gönderildi|yayınlandı|skickat|publicerad|已发送|发送成功|已傳送|送信しました|公開しました|보냈습니다|게시되었습니다|تم الإرسال|تم النشر|נשלח|פורסם/i
const NOT_SENT = /\b(draft|discard|delet|fail|error|unable|unsent|will be|to be|cancel)|\b(not|couldn.?t|wasn.?t)\b|nicht|entwurf|verworfen|fehl|brouillon|borrador|échou|bozza/i

/** What the page says now that tells of a send: short lines in places where applications say such things. */
export function linesOfSending(documents: Iterable<Document>): Set<string> {
  const lines = new Set<string>()
  for (const document of documents) {
    for (const element of document.querySelectorAll(LINES)) {
      const line = element.textContent?.trim() ?? ''
      if (line.length <= LINE_LENGTH && SENT.test(line) && !NOT_SENT.test(line)) lines.add(line)
    }
  }
  return lines
}

const known = new WeakMap<GuardCore, Acts>()

export function actsOf(core: GuardCore): Acts {
  let acts = known.get(core)
  if (!acts) known.set(core, (acts = createActs(core)))
  return acts
}

function createActs(core: GuardCore): Acts {
  const windows = new Set<Window>()
  let last: Seen | null = null
  let edited = -Infinity
  let leftAt = -Infinity

  function note(kind: Act['kind'], said: Act['said'], target: Element | null): void {
    last = { kind, said, at: performance.now(), target: target && new WeakRef(target), lines: linesOfSending([core.window.document]) }
  }

  function onPress(event: Event): void {
    const path = event.composedPath()
    if ((event.target as Element).localName === OURS) return
    const { said, control } = core.saidAt(path)
    note('press', said, control ?? (path[0] as Element))
  }

  function onKey(event: KeyboardEvent): void {
    const target = event.composedPath()[0] as Element
    if (event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key) || target.localName === OURS) return
    const inText = (target as HTMLElement).isContentEditable || target.localName === 'textarea' || target.localName === 'input'
    if (event.key === 'Enter') note(inText ? 'enter' : 'press', inText ? 'nothing' : core.saidAt(event.composedPath()).said, target)
    // Characters typed into a text are no act of the page's.
    else if (!inText || event.ctrlKey || event.metaKey || event.key === 'Escape') note('key', 'other', target)
  }

  /** A form that goes: by a button of its own, or by a script that calls `submit()` or takes what it holds. */
  function onForm(event: Event): void {
    const form = event.target as Element
    const submitter = (event as SubmitEvent).submitter ?? null
    const recent = last && performance.now() - last.at < 1_000 ? last : null
    const said = submitter ? core.saidAt([submitter]).said : recent?.said ?? 'nothing'
    last = { kind: 'form', said, at: performance.now(), target: new WeakRef(form), lines: recent?.lines ?? linesOfSending([core.window.document]) }
  }

  function onEdit(event: Event): void {
    if (event.isTrusted) edited = performance.now()
  }

  const onMove = (): void => note('key', 'other', null)

  return {
    listen(win) {
      windows.add(win)
      const at = { capture: true, passive: true, signal: core.ended }
      win.addEventListener('mousedown', onPress, at)
      win.addEventListener('click', onPress, at)
      win.addEventListener('keydown', onKey, at)
      win.addEventListener('submit', onForm, at)
      win.addEventListener('formdata', onForm, at)
      win.addEventListener('beforeinput', onEdit, at)
      win.addEventListener('popstate', onMove, at)
    },
    last: () => last,
    edited: () => edited,
    left: () => void (leftAt = performance.now()),
    leftAt: () => leftAt,
  }
}
