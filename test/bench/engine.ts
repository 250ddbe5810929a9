/** What the bench needs of the engine, in one bundle: as it ships, and with the built-in packs as they ship. */
import packs from 'virtual:builtin-packs'
export { compileRuleset, createScanner, decodeRuleset, encodeRuleset, LIMITS } from '../../lib/engine/index.ts'
export { packs }
