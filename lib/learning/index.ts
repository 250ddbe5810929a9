export * from './types.ts'
export { backtest, type Backtest, type PastDraft } from './backtest.ts'
export { ENOUGH_CORRECTIONS, proposeRules } from './proposals.ts'
export { fieldsFromCorrection } from './correction.ts'
export { day, PERSONAL_PACK, ruleFromProposal, shorten, slug } from './rule.ts'
export { ENOUGH_DECISIONS, scoreRules, scoresOf, wilsonInterval } from './scores.ts'
export {
  addAllToDay, addToDay, assistantOf, isWholeDrafts, TALLY_COUNTS, tallyCounts, tallyKey, tallyOfCorrection, tallyOfDraft, tallyPlace,
  type Contribution, type CountedDraft, type DayTally, type TallyCount, type TallyCounts, type TallyPlace,
} from './tally.ts'
export { sumTallies, type TallySum, type TallyWish } from './tally-sums.ts'
export { categoryOfChange, changesBetween, type Change } from './changes.ts'
export { maskChange, maskPersonal, namesFrom } from './mask.ts'
export { propose, type Experience } from './propose.ts'
export { EXCEPTION_CASES, LOWER_BELOW, proposeExceptions, proposeSubstitutions, proposeTiers, RAISE_ABOVE, SAMPLE } from './rule-changes.ts'
export { proposeFacts, proposePrompts, proposeSilent } from './sources.ts'
export { changedRules, createComparison, sumComparisons, type Comparison, type Counted, type DecidedDraft, type RuleChange } from './compare.ts'
export {
  byAssistant, byCategory, byRule, firstDay, pathsOf, rawRows, RAW_HEADS, standingOf, stepOf, stepsOf, tooFew, valuesOf, type InsightFilters, type Path, type Ranked, type Standing, type Step,
} from './insights.ts'
