import { fileURLToPath } from 'node:url'
import { compileRuleset, createScanner, type Draft, type Scanner } from '../../lib/engine/index.ts'
import { scanOptions } from '../../lib/engine/scan-options.ts'
import { formatProblem } from '../../lib/packs/index.ts'
import { loadPacks } from '../../lib/packs/node/load.ts'

/** A scanner over all built-in packs. @throws Error where one does not load. */
export function scannerOfBuiltin(): Scanner {
  const { packs, problems } = loadPacks(fileURLToPath(new URL('../../lib/packs/builtin', import.meta.url)))
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join('\n'))
  return createScanner(compileRuleset(packs.map(({ pack }) => pack)), scanOptions)
}

/** A mail of one body and nothing else. */
export function plainDraft(text: string, locale = 'en'): Draft {
  return { kind: 'email', site: 'generic', subject: '', recipients: [], text, blocks: [], locale }
}
