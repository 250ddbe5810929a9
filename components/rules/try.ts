import { compileRuleset, createExplainer, createScanner, PatternError, type RulePack } from '../../lib/engine/index.ts'
import { scanOptions } from '../../lib/engine/scan-options.ts'
import { messageOf } from '../shell/files.ts'
import { draftOf, type ExplainBlock, type TryResult } from './model.ts'

/** A scanner over packs, for the try box. A pack whose patterns cannot be compiled is said, not skipped. */
export function createTry(packs: readonly RulePack[]): (text: string) => TryResult {
  try {
    const scanner = createScanner(compileRuleset(packs), scanOptions)
    return (text) => ({ ok: true, result: scanner.scan(draftOf(text)) })
  } catch (error) {
    const message = messageOf(error)
    return () => ({ ok: false, message })
  }
}

/** Explains blocks under packs, for the try box. Compiles them when it is first asked; packs that cannot be compiled explain nothing, which the try itself says. */
export function createWhy(packs: readonly RulePack[]): ExplainBlock {
  let explain: ReturnType<typeof createExplainer> | null | undefined
  return (text, kind) => {
    if (explain === undefined) {
      try {
        explain = createExplainer(packs, scanOptions.languageOf)
      } catch (error) {
        if (!(error instanceof PatternError)) throw error
        explain = null
      }
    }
    return explain?.(text, kind) ?? null
  }
}
