import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensurePackages } from '../apps/debian.mjs'
import { buildExtension } from './build.mjs'
import { ensureBrowser } from './ensure-browser.mjs'
import { APPS, ROOT, tool } from './paths.mjs'
import { during, runNode, stopPrograms } from './processes.mjs'
import { setup } from './setup.mjs'

/**
 * `npm run test:apps`: the built extension on a real WordPress and a real Roundcube, each on its own loopback ports with its own data in a temporary folder.
 * Needs Debian or Ubuntu; elsewhere it says so and leaves with 0, having tried nothing. `-- PATTERN` runs the files whose name has it.
 */
const refused = await ensurePackages()
if (refused) {
  console.log(`Skipped: ${refused}`)
  console.log('\n0 passed, 0 failed')
  process.exit(0)
}
await setup([APPS])
await ensureBrowser()
if (!process.env['COUNTERSIGN_PREBUILT']) await during('Building the extension', () => buildExtension('chrome'))

const scratch = mkdtempSync(join(tmpdir(), 'countersign-apps-'))
const counts = join(scratch, 'counts.json')
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stopPrograms)
const args = ['run', '--project', 'apps', '--reporter=default', `--reporter=${join(ROOT, 'test', 'run', 'count-reporter.mjs')}`, ...process.argv.slice(2)]
const { code } = await runNode(tool('vitest'), args, { env: { COUNTERSIGN_PREBUILT: '1', COUNTERSIGN_COUNTS: counts } })
const result = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : { passed: 0, failed: 1 }
if (code !== 0 && result.failed === 0) result.failed = 1
rmSync(scratch, { recursive: true, force: true })
console.log(`\n${result.passed} passed, ${result.failed} failed`)
process.exitCode = result.failed ? 1 : 0
