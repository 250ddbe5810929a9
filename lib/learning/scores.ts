import type { Decision } from '../review/index.ts'
import type { DayTally } from './tally.ts'
import { sumTallies } from './tally-sums.ts'
import type { Interval, RuleCard, RuleScore } from './types.ts'

/** Decisions a rule needs before its precision is shown. */
export const ENOUGH_DECISIONS = 8
/** 95 % of the normal distribution lie within this many standard deviations. */
const Z = 1.959964

/**
 * Wilson's interval for a share of `successes` among `total`, both whole and 0 <= successes <= total; {0, 1} for none. Unlike the
 * textbook interval it stays within 0 and 1 and is right for small numbers, which is what one person's history has.
 */
export function wilsonInterval(successes: number, total: number, z = Z): Interval {
  if (total === 0) return { low: 0, high: 1 }
  const share = successes / total
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * total)) / total)
  const centre = share + (z * z) / (2 * total)
  const scale = 1 + (z * z) / total
  // At the ends the sum is 0 and 1 exactly; floating point comes only near.
  return { low: successes === 0 ? 0 : (centre - spread) / scale, high: successes === total ? 1 : (centre + spread) / scale }
}

/** The scorecard of every rule that was decided on, the most often decided first. One decision counts once: give the last one of each finding of each draft. */
export function scoreRules(decisions: readonly Pick<Decision, 'rule' | 'outcome'>[]): RuleScore[] {
  const counts = new Map<string, { fixed: number; kept: number; dismissed: number }>()
  for (const { rule, outcome } of decisions) {
    let count = counts.get(rule)
    if (!count) counts.set(rule, (count = { fixed: 0, kept: 0, dismissed: 0 }))
    count[outcome] += 1
  }
  return [...counts].map(([rule, count]) => score(rule, count)).sort((a, b) => b.total - a.total || (a.rule < b.rule ? -1 : 1))
}

/** The scorecards of all rules that found something in these days, the most often settled first. Pure. */
export function scoresOf(days: readonly DayTally[]): RuleCard[] {
  const half = Math.floor(days.length / 2)
  const shares = (part: readonly DayTally[]) => new Map(sumTallies(part, { of: 'rules', by: ['rule'] }).map(({ at: [rule = ''], counts }) => [rule, score(rule, counts).precision?.value ?? null]))
  const [earlier, later] = [shares(days.slice(0, half)), shares(days.slice(half))]
  return sumTallies(days, { of: 'rules', by: ['rule'] }).map(({ at: [rule = ''], counts }): RuleCard => {
    const [before, after] = [earlier.get(rule) ?? null, later.get(rule) ?? null]
    const card = score(rule, counts)
    return {
      ...card, flagged: counts.seen, overridden: counts.overridden, reviewMs: counts.reviewMs, trend: before === null || after === null ? null : after - before,
      noise: card.total < ENOUGH_DECISIONS ? null : { value: card.dismissed / card.total, ...wilsonInterval(card.dismissed, card.total) },
    }
  }).filter(({ total, flagged }) => total > 0 || flagged > 0).sort((a, b) => b.total - a.total || (a.rule < b.rule ? -1 : 1))
}

function score(rule: string, { fixed, kept, dismissed }: Pick<RuleScore, 'fixed' | 'kept' | 'dismissed'>): RuleScore {
  const total = fixed + kept + dismissed
  const right = fixed + kept
  const precision = total < ENOUGH_DECISIONS ? null : { value: right / total, ...wilsonInterval(right, total) }
  return { rule, total, fixed, kept, dismissed, precision }
}
