import type { Correction } from '../../lib/review/index.ts'

/** A correction with the id under which this device keeps it. */
export type KeptCorrection = Correction & { readonly id: number }

/** Corrections that are listed at first, and how many more on demand. */
export const LISTED = 20
export const MORE = 100

/** How one rule has done. `right` is the share that was fixed or kept with its 95 % interval, null below the stated count. */
export interface ScoreView {
  readonly rule: string
  readonly title: string
  /** Findings, settled or not. */
  readonly flagged: number
  readonly fixed: number
  readonly kept: number
  readonly dismissed: number
  /** Findings in drafts that were let go with a reason. */
  readonly overridden: number
  readonly right: { readonly share: number; readonly low: number; readonly high: number } | null
  /** Share of its settled findings that were dismissed, null below the stated count. */
  readonly noise: number | null
  /** How much the share of what was right has changed from the first half of the days to the second, null where either has too few. */
  readonly trend: number | null
  /** Review time that it took, milliseconds. */
  readonly reviewMs: number
}
