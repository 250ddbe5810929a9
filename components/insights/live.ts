import type { RulePack } from '../../lib/engine/index.ts'
import { scoresOf } from '../../lib/learning/index.ts'
import { countCorrectionRows, listCorrections, listPacks, listTallies, type CorrectionRow } from '../../lib/store/index.ts'
import { BUILTINS } from '../shell/builtins.ts'
import type { ScoreView } from './model.ts'

/** Corrections that are listed, the latest. */
const LISTED = 500

/** What the Insights page shows. Corrections are newest first, at most so many as are listed. */
export interface InsightsData {
  readonly corrections: readonly CorrectionRow[]
  readonly correctionTotal: number
  readonly scores: readonly ScoreView[]
}

export async function loadInsights(): Promise<InsightsData> {
  const [corrections, correctionTotal, installed, tallies] = await Promise.all([listCorrections({ limit: LISTED }), countCorrectionRows(), listPacks(), listTallies()])
  const packs: readonly RulePack[] = [...BUILTINS, ...installed.map((row) => row.pack)]
  const titles = new Map(packs.flatMap((pack) => pack.rules.map((rule) => [rule.id, rule.title] as const)))
  const scores = scoresOf(tallies).map((score): ScoreView => ({
    rule: score.rule, title: titles.get(score.rule) ?? score.rule, fixed: score.fixed, kept: score.kept, dismissed: score.dismissed,
    right: score.precision && { share: score.precision.value, low: score.precision.low, high: score.precision.high },
  }))
  return { corrections: [...corrections].reverse(), correctionTotal, scores }
}
