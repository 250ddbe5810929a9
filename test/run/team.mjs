import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, tool } from './paths.mjs'
import { during, runNode, stopPrograms } from './processes.mjs'
import { setup } from './setup.mjs'
import { startStores, whyNoStores } from './team-stores.mjs'

/**
 * `npm run test:team`: teams on real stores (Apache WebDAV, Ceph with its S3 gateway, which it starts and stops) and 200 simulated teams. Elsewhere than on Debian with root the
 * stores are left out, which it says. `-- PATTERN` runs the files whose name has it.
 */
await setup([])
const reason = whyNoStores()
const running = reason ? null : await during('Starting the stores', () => startStores())
if (reason) console.log(`Skipped, real stores: ${reason}`)

const scratch = mkdtempSync(join(tmpdir(), 'countersign-team-'))
const counts = join(scratch, 'counts.json')
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopPrograms()
    running?.stop()
    process.exit(130)
  })
}
const args = ['run', '--project', 'team', '--reporter=default', `--reporter=${join(ROOT, 'test', 'run', 'count-reporter.mjs')}`, ...process.argv.slice(2)]
const env = { COUNTERSIGN_COUNTS: counts, COUNTERSIGN_STORES: running ? JSON.stringify(running.stores) : '', TEAM_RUNS: process.env['TEAM_RUNS'] ?? '200' }
const { code } = await runNode(tool('vitest'), args, { env })
const result = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : { passed: 0, failed: 1 }
if (code !== 0 && result.failed === 0) result.failed = 1
rmSync(scratch, { recursive: true, force: true })
running?.stop()
console.log(`\n${result.passed} passed, ${result.failed} failed`)
process.exitCode = result.failed ? 1 : 0
