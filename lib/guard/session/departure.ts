import type { SignOff } from '../../review/index.ts'
import type { SendKind } from '../../sites/index.ts'
import type { GuardCore, HeldAction } from '../core.ts'
import type { DraftRecord, GuardPort } from '../types.ts'
import type { Examination } from './examination.ts'
import { pageReacts } from './reaction.ts'
import type { Scribe } from './scribe.ts'

/** The same draft seen leaving twice within this time left once: a click is followed by its form's submit. Milliseconds. */
const ONE_SEND_MS = 3000

/** A draft that is only reminded of is let go by a press this long after the hold: the second half of a double click is not one. Milliseconds. */
const REMINDED_MS = 1000

export interface DepartureOptions {
  readonly id: string
  readonly root: Element
  readonly core: GuardCore
  readonly port: GuardPort
  readonly exam: Examination
  readonly scribe: Scribe
  readonly now: () => number
  /** Reads the page; true when what it says has changed. */
  readonly look: () => boolean
  readonly show: () => void
  /** A held draft is let go: what was open about it closes. */
  readonly letGo: () => void
  /** A draft is leaving: whatever else is to be kept of it, now is the time. */
  readonly leaves: () => void
  /** It goes through the gate now, on record or not. */
  readonly passes: () => void
}

/** How one draft leaves: held, signed, let go once, noted. */
export interface Departure {
  /** The way out that is being held. */
  held(): SendKind | null
  /** How often a send was stopped. */
  holds(): number
  /** The person was stopped and has had time to see why. */
  reminded(): boolean
  /** Signed and let go, and the page did not react. */
  pressAgain(): boolean
  sent(): boolean
  /** Number of the record, once signed or sent. */
  record(): number | null
  hold(action: HeldAction): void
  /** The person turns to something else: what was held is not let go by a signature that comes later. */
  forgetHeld(): void
  /** Notes a send that nothing held. */
  passed(kind: SendKind): void
  /** The draft was read and is another than before. */
  changed(): void
  /** Signs what stands here, then lets go what is held. Rejects when it cannot be signed or was not recorded. */
  sign(override?: { reason: string }): Promise<void>
  /** Lets a draft go that could not be checked, once that is on record. */
  sendUnchecked(reason: string): Promise<void>
}

export function createDeparture({ id, root, core, port, exam, scribe, now, look, show, letGo, leaves, passes }: DepartureOptions): Departure {
  let held: HeldAction | null = null
  let holds = 0
  let remindedAt: number | null = null
  let pressAgain = false
  let releasing = false
  let signedAs: number | null = null
  let sent: { digest: string; at: number; record: number | null } | null = null

  /** What is known of the draft now, for the record; null before the first check. */
  const recordNow = (): DraftRecord | null => (exam.failure ? exam.uncheckedRecord(id) : exam.checked ? exam.record(id) : null)

  /** What the person made of the draft goes on record, once. */
  function teach(): void {
    const lesson = exam.lesson(id)
    if (lesson) scribe.write(port.taught(lesson))
    exam.taught()
  }

  async function release(action: HeldAction): Promise<void> {
    held = null
    releasing = true
    passes()
    letGo()
    const noted = pageReacts(root, () => action.replay()).then((reacted) => {
      releasing = false
      if (reacted) noteSent(action.kind)
      else pressAgain = true
    })
    try {
      // The person waits for the page, not for us.
      show()
    } finally {
      // What has left goes on record, also where showing it fails.
      await noted
    }
    show()
  }

  function noteSent(kind: SendKind): void {
    const at = now()
    if (sent?.digest === exam.digest && at - sent.at < ONE_SEND_MS) return
    leaves()
    const record = recordNow()
    if (!record || !(exam.failure || exam.worthKeeping())) return
    const leaving = { digest: exam.digest, at, record: signedAs }
    exam.endUnchecked(ONE_SEND_MS)
    exam.written()
    sent = leaving
    pressAgain = false
    teach()
    scribe.write(port.sent(record, kind, signedAs).then((number) => (leaving.record = number)))
  }

  return {
    held: () => held?.kind ?? null,
    holds: () => holds,
    reminded: () => remindedAt !== null && now() - remindedAt >= REMINDED_MS,
    pressAgain: () => pressAgain,
    sent: () => sent !== null,
    record: () => (sent ? sent.record : signedAs),
    hold(action) {
      held = action
      holds++
      remindedAt ??= now()
      const record = recordNow()
      if (record) scribe.write(port.held(record, action.kind))
    },
    forgetHeld() {
      held = null
    },
    passed(kind) {
      passes()
      if (releasing) return // Noted once the page has reacted.
      held = null
      noteSent(kind)
      queueMicrotask(show)
    },
    changed() {
      if (sent && sent.digest !== exam.digest) sent = null
      if (!exam.signOff) pressAgain = false
    },
    async sign(override) {
      look()
      const { gate, book } = exam
      const ready = gate.kind === 'hold' && (override ? gate.because !== 'must-change' : gate.because === 'needs-signature' || gate.because === 'void')
      if (!book || !ready) throw new Error('This draft cannot be signed as it stands')
      const record = exam.record(id)
      const { rulesetDigest, policyDigest, reviewer } = book
      const made: SignOff = {
        reviewer, at: now(), site: core.site.id, kind: record.draft.kind, digest: record.digest, rulesetDigest, policyDigest,
        requirement: record.requirement, decisions: record.decisions, reading: exam.readingTime(), ...(override ? { override } : {}),
      }
      signedAs = await scribe.written(port.signed(record, made))
      core.memory.signOffs.set(made.digest, made)
      teach()
      if (!look()) exam.check()
      if (exam.gate.kind === 'allow' && held) await release(held)
      else show()
    },
    async sendUnchecked(reason) {
      if (exam.book?.policy.unchecked === 'hold') throw new Error('This policy holds what cannot be checked')
      await scribe.written(port.unchecked(exam.uncheckedRecord(id), reason))
      exam.allowUnchecked()
      if (held) await release(held)
    },
  }
}
