export * from './types.ts'
export { ENOUGH_CORRECTIONS, proposeRules } from './proposals.ts'
export { PERSONAL_PACK, ruleFromProposal } from './rule.ts'
export { ENOUGH_DECISIONS, scoreRules, wilsonInterval } from './scores.ts'
