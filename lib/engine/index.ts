/** The engine: text to findings. PURE, synchronous, linear in the text. README.md explains the pattern language and the pass. */
export * from './types.ts'
export { foldText } from './chars.ts'
export { compileRuleset, type Ruleset } from './compile.ts'
export { findEntities } from './entities.ts'
export { DraftTooLongError, LIMITS } from './limits.ts'
export { parsePattern, type Pattern } from './pattern.ts'
export { createScanner, type Scanner } from './scanner.ts'
export { remapSpan, sentenceAt } from './spans.ts'
