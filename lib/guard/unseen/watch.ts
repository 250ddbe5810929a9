import type { SendKind } from '../../sites/index.ts'
import type { GuardCore } from '../core.ts'
import { randomId } from '../random.ts'
import type { DraftRecord } from '../types.ts'
import { actsOf, linesOfSending } from './acts.ts'
import { judgeUnseen, type Act, type SeenBy, type Signs } from './judge.ts'

/** Shorter texts are a word in a search box or a signature. UTF-16 code units. */
const LEAST = 20
/** When it is looked again after a draft went: whether it came back, and what the page says. Milliseconds. */
const LOOKS = [300, 1_000, 2_000, 3_500]
/** Before this look a draft may only have been drawn anew. */
const SETTLED = 1_000
/** What the page says within this time of a send through the gate is about that one. */
const SAME_LINE_MS = 12_000

/** A draft as it was when it went. */
export interface Gone {
  readonly record: DraftRecord
  /** The gate would have held it. */
  readonly needed: boolean
  /** It is for the record even where nothing was needed. */
  readonly keep: boolean
}

export interface UnseenOptions {
  readonly root: Element
  readonly core: GuardCore
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** True where the draft's words stand in this page still, or again. */
  readonly stands: (text: string) => boolean
  /** Puts it on record. Resolves to the number. */
  readonly record: (gone: DraftRecord, kind: SendKind, by: SeenBy) => Promise<number>
  /** Brings our interface, which tells of it and makes the report. */
  readonly tell: () => void
}

/** Notices when a draft was sent by a way that no adapter knows. Everything it holds is let go within seconds. */
export interface UnseenWatch {
  went(how: Signs['went'], gone: Gone): void
  /** It left through the gate, by whatever way. */
  passed(): void
}

export function createUnseenWatch({ root, core, now, stands, record, tell }: UnseenOptions): UnseenWatch {
  const acts = actsOf(core)
  acts.listen(core.window)
  let passedAt = -Infinity
  let busy = false

  /** The last act as it bears on this draft. */
  function actAt(time: number): Act | null {
    const last = acts.last()
    if (!last) return null
    const target = last.target?.deref()
    const inside = !!target && (root.contains(target) || (last.kind === 'form' && target.contains(root)) || [...root.querySelectorAll('iframe')].some((frame) => frame.contentDocument?.contains(target)))
    return { kind: last.kind, said: last.said, inside, ago: time - last.at }
  }

  function signs(went: Signs['went'], act: Act | null, lines: ReadonlySet<string>): Signs {
    const ofAnother = performance.now() - acts.leftAt() < SAME_LINE_MS
    const said = !ofAnother && [...linesOfSending([core.window.document])].some((line) => !lines.has(line))
    return { went, act, said, edited: acts.edited() > (acts.last()?.at ?? -Infinity) }
  }

  function conclude(went: Signs['went'], { record: left, needed, keep }: Gone, by: SeenBy, act: Act): void {
    const { draft } = left
    const texts = [draft.subject, draft.text, ...draft.recipients.flatMap(({ name, address }) => [name, address ?? ''])]
    const id = randomId()
    core.noteUnseen({
      id, at: now(), by, subject: draft.subject, needed, record: null, report: null,
      traces: { root, pressed: acts.last()?.target?.deref() ?? null, site: core.site.id, went, act: `${act.kind} (${act.said})`, texts },
    })
    if (went !== 'page') tell()
    if (!needed && !keep) return
    const noted = (number: number): void => {
      const told = core.unseen().find((one) => one.id === id)
      if (told) core.noteUnseen({ ...told, record: number })
    }
    record(left, draft.kind === 'post' ? 'publish' : 'send', by).then(noted, () => undefined) // What failed stands in the session's trouble.
  }

  return {
    passed() {
      passedAt = performance.now()
      acts.left()
    },
    went(how, gone) {
      const start = performance.now()
      const { draft } = gone.record
      const isKnown = (): boolean => passedAt > start - SAME_LINE_MS
      if (busy || isKnown() || draft.kind === 'note' || draft.text.trim().length < LEAST) return
      const act = actAt(start)
      const last = acts.last()
      if (!act || !last) return
      if (how === 'page') {
        const by = judgeUnseen(signs(how, act, last.lines))
        if (by) conclude(how, gone, by, act)
        return
      }
      busy = true
      const look = (at: number): void => {
        core.window.setTimeout(() => {
          const next = LOOKS[at + 1]
          const by = core.ended.aborted || isKnown() || stands(draft.text) ? null : judgeUnseen(signs(how, act, last.lines))
          if (by && (by === 'said' || LOOKS[at]! >= SETTLED)) conclude(how, gone, by, act)
          else if (next !== undefined && !core.ended.aborted) return look(at + 1)
          busy = false
        }, LOOKS[at]! - (LOOKS[at - 1] ?? 0))
      }
      look(0)
    },
  }
}
