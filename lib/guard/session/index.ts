export { compileRules, type Rules } from './examination.ts'
export { openSession, type DraftSession, type SessionOptions } from './session.ts'
