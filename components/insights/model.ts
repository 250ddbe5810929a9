import type { Correction } from '../../lib/review/index.ts'

/** A correction with the id under which this device keeps it. */
export type KeptCorrection = Correction & { readonly id: number }

/** How one rule has done. `right` is the share that was fixed or kept with its 95 % interval, null below the stated count. */
export interface ScoreView {
  readonly rule: string
  readonly title: string
  readonly fixed: number
  readonly kept: number
  readonly dismissed: number
  readonly right: { readonly share: number; readonly low: number; readonly high: number } | null
}
