import type { RuleCard } from '../../lib/learning/index.ts'
import type { ScoreView } from './model.ts'

/** Scorecards as the page shows them. */
export function scoreViews(cards: readonly RuleCard[], titleOf: (rule: string) => string | null): ScoreView[] {
  return cards.map((card): ScoreView => ({
    rule: card.rule, title: titleOf(card.rule) ?? card.rule, flagged: card.flagged, fixed: card.fixed, kept: card.kept, dismissed: card.dismissed, overridden: card.overridden,
    right: card.precision && { share: card.precision.value, low: card.precision.low, high: card.precision.high }, noise: card.noise?.value ?? null, trend: card.trend, reviewMs: card.reviewMs,
  }))
}
