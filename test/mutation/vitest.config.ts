import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { builtinPacks } from '../../lib/packs/node/vite-plugin.ts'

/**
 * The unit tests that a changed line of a pure room must turn red: those beside it, those of the rooms above that use it, and what is promised of gate, ledger and origin whatever happens.
 * Left out is what takes seconds a run: each change would wait for it.
 */
const BESIDE = ['engine', 'packs', 'origin', 'policy', 'review', 'learning', 'team']
const PROMISES = ['test/properties/{gate,ledger,origin}.test.ts', 'test/team/couple.test.ts']

export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  plugins: [builtinPacks()],
  test: { environment: 'node', testTimeout: 60_000, include: [`lib/{${BESIDE.join(',')}}/**/*.test.ts`, ...PROMISES], exclude: ['**/*.browser.test.*', '**/node_modules/**'] },
})
