import { createHash } from 'node:crypto'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'

/** Which changes are tried where not all of them are: by a digest of the seed and of what is changed where, so that the same seed tries the same ones on every machine. */
export function isInSample({ fileName, location, replacement, mutatorName }, { share, seed }) {
  if (share >= 1) return true
  const { start, end } = location
  const what = [seed, fileName.replaceAll('\\', '/').replace(/^.*?(?=lib\/)/, ''), start.line, start.column, end.line, end.column, mutatorName, replacement].join('\n')
  return createHash('sha256').update(what).digest().readUInt32BE(0) / 2 ** 32 < share
}

/** The share and the seed that `npm run mutation` was called with; the processes of the mutation tester inherit them. */
export const wantedSample = () => ({ share: Number(process.env['COUNTERSIGN_MUTATION_SHARE'] ?? 1), seed: process.env['COUNTERSIGN_MUTATION_SEED'] ?? '1' })

/** Sorts out what is not in the sample before a test runs. The tester knows no better name for it than an error of the compiler, which counts for nothing. */
class Sample {
  async init() {}
  async check(mutants) {
    const wanted = wantedSample()
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, isInSample(mutant, wanted) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' }]))
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)]
