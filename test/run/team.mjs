import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowser } from './ensure-browser.mjs'
import { ROOT, tool } from './paths.mjs'
import { during, runNode, stopPrograms } from './processes.mjs'
import { setup } from './setup.mjs'
import { FOLDER_OVER_HTTPS, startStores, whyNoStores } from './team-stores.mjs'

/**
 * `npm run test:team`: teams on real stores (Apache WebDAV, Ceph with its S3 gateway, which it starts and stops), 200 simulated teams, and a team of two in two
 * real browsers. Elsewhere than on Debian with root the stores are left out, which it says. `-- PATTERN` runs the files of `test/team` whose name has it.
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
const total = { passed: 0, failed: 0 }
await vitest(['--project', 'team', ...process.argv.slice(2)], { COUNTERSIGN_STORES: running ? JSON.stringify(running.stores) : '', TEAM_RUNS: process.env['TEAM_RUNS'] ?? '200' })
if (running && process.argv.length === 2) {
  // Two real browsers over the real store: a lead and a rep.
  await ensureBrowser()
  await vitest(['--project', 'e2e', 'test/e2e/team.e2e.ts', 'test/e2e/team-moves.e2e.ts'], { COUNTERSIGN_TEAM_STORE: FOLDER_OVER_HTTPS })
}
rmSync(scratch, { recursive: true, force: true })
running?.stop()
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed ? 1 : 0

async function vitest(args, env) {
  rmSync(counts, { force: true })
  const { code } = await runNode(tool('vitest'), ['run', '--reporter=default', `--reporter=${join(ROOT, 'test', 'run', 'count-reporter.mjs')}`, ...args], { env: { COUNTERSIGN_COUNTS: counts, ...env } })
  const result = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : { passed: 0, failed: 1 }
  total.passed += result.passed
  total.failed += code !== 0 && result.failed === 0 ? 1 : result.failed
}
