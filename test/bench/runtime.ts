/** The engine as a page needs it: everything but the pack compiler. */
export { DraftTooLongError, LIMITS } from '../../lib/engine/limits.ts'
export { decodeRuleset, RulesetError } from '../../lib/engine/ruleset.ts'
export { createScanner } from '../../lib/engine/scanner.ts'
export { remapSpan } from '../../lib/engine/spans.ts'
