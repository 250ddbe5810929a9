export { loadRules, openRules, type Rules } from './rules.ts'
export { openSession, type DraftSession, type SessionOptions } from './session.ts'
