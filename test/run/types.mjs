import { fileURLToPath } from 'node:url'
import { tool } from './paths.mjs'
import { runNode } from './processes.mjs'
import { setup } from './setup.mjs'

/**
 * Types of everything, then of the pure rooms alone, where `document` must be a compile error. Resolves to true when both hold.
 * What the last run learned is kept beside the packages, so that only what changed since is read again.
 */
export async function checkTypes() {
  const codes = []
  for (const project of ['tsconfig.json', 'tsconfig.pure.json']) {
    const known = `node_modules/.cache/types/${project}.tsbuildinfo`
    codes.push((await runNode(tool('typescript', 'tsc'), ['--noEmit', '-p', project, '--incremental', '--tsBuildInfoFile', known])).code)
  }
  return codes.every((code) => code === 0)
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  await setup()
  process.exit((await checkTypes()) ? 0 : 1)
}
