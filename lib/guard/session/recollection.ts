import type { DraftApprovals, GuardPort } from '../types.ts'
import type { Examination } from './examination.ts'

export interface RecollectionOptions {
  readonly site: string
  readonly port: GuardPort
  readonly exam: Examination
  /** The worker could not be asked. */
  readonly failed: (error: unknown) => void
  /** The draft is not open any more: answers that come now are for nobody. */
  readonly ended: () => boolean
  readonly show: () => void
}

/** What the worker knows of one draft from before, or from other people: decisions, where its words came from, owners' signatures. */
export interface Recollection {
  /** After a reload the decisions on unchanged words come back from storage, once. */
  recall(): void
  /** Asks the worker for the owners' signatures, where they are needed; the same text is asked about once, unless `again`. */
  askStanding(again: boolean): void
  /** Takes owners' signatures for the text with this digest, and shows them. */
  takeApprovals(digest: string, of: DraftApprovals): void
  /** Has the worker keep where the words came from. `leaving`: the draft is about to go, so that nothing waits for later. */
  rememberOrigin(leaving: boolean): void
  /** Words that stood here from the start may have come from another window, where more was seen of them. */
  recallOrigin(): Promise<void>
}

export function createRecollection({ site, port, exam, failed, ended, show }: RecollectionOptions): Recollection {
  const { settlement } = exam
  let recalled = false

  function askStanding(again: boolean): void {
    const { digest, gate } = exam
    const needed = gate.kind === 'hold' && gate.because === 'needs-owner'
    if (ended() || !(again ? needed || exam.approval : needed && !exam.approval)) return
    port.approvals(digest).then((of) => takeApprovals(digest, of), failed)
  }

  function takeApprovals(digest: string, of: DraftApprovals): void {
    if (ended()) return
    exam.takeApprovals(digest, of)
    show()
  }

  return {
    recall() {
      if (recalled || !settlement.findings.length) return
      recalled = true
      port.recall(site, settlement.findings.map((finding) => finding.fingerprint)).then((decisions) => {
        if (ended() || !decisions.length) return
        settlement.recall(decisions)
        exam.decide()
        askStanding(false)
        show()
      }, failed)
    },
    askStanding,
    takeApprovals,
    rememberOrigin(leaving) {
      const blocks = exam.rememberOrigin(leaving)
      if (blocks) port.rememberOrigin(site, blocks).catch(failed)
    },
    async recallOrigin() {
      const digests = exam.unknownOrigin()
      if (digests.length > 0) await port.recallOrigin(site, digests).then((blocks) => exam.takeOrigin(blocks), failed)
    },
  }
}
