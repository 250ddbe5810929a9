import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { builtinPacks } from '../../lib/packs/node/vite-plugin.ts'

/**
 * The unit tests that a changed line of a pure room must turn red: those beside it, and what is promised of gate, ledger and origin whatever happens. What is bound for a team's store is tried
 * by the room above; its tests take seconds, so they run where that is changed and nowhere else. Thousands of random cases for each change would take days.
 */
const ROOMS = ['engine', 'packs', 'origin', 'policy', 'review', 'learning']
const ABOVE = process.env['COUNTERSIGN_MUTATION_ABOVE'] ? ['lib/team/**/*.test.ts', 'test/team/couple.test.ts'] : []

export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  plugins: [builtinPacks()],
  test: { environment: 'node', testTimeout: 600_000, include: [`lib/{${ROOMS.join(',')}}/**/*.test.ts`, 'test/properties/{gate,ledger,origin}.test.ts', ...ABOVE], exclude: ['**/*.browser.test.*', '**/node_modules/**'] },
})
