import { existsSync } from 'node:fs'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { builtinPacks } from './lib/packs/node/vite-plugin.ts'
import { findBrowser } from './test/run/find-browser.mjs'

const chromium = findBrowser()
const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Milliseconds. No test asserts a time; this only ends what hangs, also on a slow and busy machine. */
const PATIENCE = 60_000

/** `unit` runs in Node, `browser` in real Chromium, `e2e` drives real Chromium with the built extension, `apps` does so on real applications, `team` runs on real stores. */
export default defineConfig({
  plugins: [builtinPacks()],
  // Found before the run: a dependency that is found in the middle of it makes Vite load a second React.
  optimizeDeps: {
    include: ['react', 'react-dom/client', 'react/jsx-runtime', 'react/jsx-dev-runtime', 'zustand', 'zustand/vanilla', '@visx/axis', '@visx/grid', '@visx/pattern', '@visx/scale', '@visx/shape', 'dexie', 'dexie-react-hooks', 'axe-core', 'diff', 'zod', 'yaml', 'eld/extrasmall'],
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', testTimeout: PATIENCE, include: ['{lib,components,test}/**/*.test.ts'], exclude: ['**/*.browser.test.*', 'test/e2e/**', '**/node_modules/**'] },
      },
      {
        extends: true,
        test: {
          name: 'browser', testTimeout: PATIENCE, hookTimeout: PATIENCE, globalSetup: ['test/editors/vitest-setup.ts'],
          include: ['{lib,components,test}/**/*.browser.test.{ts,tsx}'],
          exclude: ['**/node_modules/**'],
          browser: {
            enabled: true, headless: true, screenshotFailures: false,
            provider: playwright({ launchOptions: { ...(chromium && existsSync(chromium) ? { executablePath: chromium } : {}), args: sandbox } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: { name: 'apps', environment: 'node', include: ['test/apps/**/*.app.ts'], testTimeout: 2 * PATIENCE, hookTimeout: 3 * PATIENCE, fileParallelism: false, retry: 0, globalSetup: ['test/e2e/setup.ts'] },
      },
      {
        extends: true,
        test: { name: 'team', environment: 'node', include: ['test/team/**/*.store.ts', 'test/team/simulation.test.ts'], testTimeout: 20 * PATIENCE, hookTimeout: 5 * PATIENCE, fileParallelism: false, retry: 0 },
      },
      {
        extends: true,
        test: { name: 'e2e', environment: 'node', include: ['test/e2e/**/*.e2e.ts'], testTimeout: 2 * PATIENCE, hookTimeout: 2 * PATIENCE, fileParallelism: false, retry: 0, globalSetup: ['test/e2e/setup.ts'] },
      },
    ],
  },
})
