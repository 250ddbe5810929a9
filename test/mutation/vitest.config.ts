import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { builtinPacks } from '../../lib/packs/node/vite-plugin.ts'

/** The unit tests that stand beside the pure rooms' files: what a changed line must turn red. Thousands of random cases for each change would take days. */
const ROOMS = ['engine', 'packs', 'origin', 'policy', 'review', 'learning']

export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  plugins: [builtinPacks()],
  test: { environment: 'node', testTimeout: 60_000, include: [`lib/{${ROOMS.join(',')}}/**/*.test.ts`], exclude: ['**/*.browser.test.*', '**/node_modules/**'] },
})
