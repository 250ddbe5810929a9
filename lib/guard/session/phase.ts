import type { SessionPhase } from '../types.ts'
import type { Examination } from './examination.ts'

/** What the session knows of a draft beside its examination. */
export interface Standing {
  /** The worker did not answer last time. */
  readonly workerGone: boolean
  readonly sent: boolean
  /** Signed and released, and the page did not react. */
  readonly pressAgain: boolean
  readonly held: boolean
}

/** How a draft stands, in one word for the interface; what stands in the way comes first. */
export function phaseOf({ failure, checked, gate }: Pick<Examination, 'failure' | 'checked' | 'gate'>, { workerGone, sent, pressAgain, held }: Standing): SessionPhase {
  if (workerGone) return 'lost'
  if (failure) return 'failed'
  if (!checked) return 'checking'
  if (sent) return 'sent'
  if (pressAgain) return 'press-again'
  if (gate.kind === 'allow') return gate.because === 'nothing-to-review' ? 'clear' : 'signed'
  if (gate.because === 'needs-signature' || gate.because === 'needs-owner' || gate.because === 'void') return 'ready'
  return held ? 'held' : 'open'
}
