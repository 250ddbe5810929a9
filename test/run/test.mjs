import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkBudgets } from './budgets.mjs'
import { buildExtension } from './build.mjs'
import { ensureBrowser } from './ensure-browser.mjs'
import { houseIsDrawn } from './house.mjs'
import { checkManifests } from './manifest.mjs'
import { EDITORS, ROOT, tool } from './paths.mjs'
import { runNode, seconds, stopPrograms } from './processes.mjs'
import { setup } from './setup.mjs'
import { checkTypes } from './types.mjs'

/** Runs everything that says whether the project holds, one step after the other; a step that fails does not stop the next. */
const scratch = mkdtempSync(join(tmpdir(), 'countersign-test-'))
const total = { passed: 0, failed: 0, skipped: [], failures: [] }

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    stopPrograms()
    rmSync(scratch, { recursive: true, force: true })
    process.exit(130)
  })
}

await setup([EDITORS, join(ROOT, 'test', 'query')])
await ensureBrowser()

await step('types', async () => one(await checkTypes()))
await step('lint', async () => one((await runNode(tool('eslint'), ['.'])).code === 0))
await step('walls of the house', async () => one((await runNode(tool('dependency-cruiser', 'depcruise'), ['--config', '.dependency-cruiser.cjs', 'entrypoints', 'components', 'lib'])).code === 0))
await step('picture of the house', async () => one(await houseIsDrawn()))
await step('unit tests', () => vitest('unit'))
await step('browser tests', () => vitest('browser'))
await step('build for Chrome and Edge', () => build('chrome'))
await step('build for Firefox', () => build('firefox'))
await step('bundle budgets', async () => {
  const results = checkBudgets()
  for (const { ok, line } of results) console.log(`  ${ok ? 'ok  ' : 'OVER'} ${line}`)
  return { passed: results.filter(({ ok }) => ok).length, failed: results.filter(({ ok }) => !ok).length }
})
await step('manifests', async () => {
  const results = checkManifests()
  for (const { ok, line } of results) console.log(`  ${ok ? 'ok  ' : 'BAD '} ${line}`)
  return { passed: results.filter(({ ok }) => ok).length, failed: results.filter(({ ok }) => !ok).length }
})
await step('rule packs and their examples', async () => one((await runNode(tool('tsx'), ['lib/cli/packs.ts', 'check', 'lib/packs/builtin'])).code === 0))
await step('end to end, in the real browser', () => vitest('e2e', { COUNTERSIGN_PREBUILT: '1' }))

rmSync(scratch, { recursive: true, force: true })
if (total.skipped.length) {
  console.log(`\nSkipped: ${total.skipped.length}`)
  for (const { name, reason } of total.skipped) console.log(`  ${name}${reason ? `: ${reason}` : ''}`)
}
if (total.failures.length) console.log(`\nFailed: ${total.failures.join(', ')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed ? 1 : 0

async function step(name, work) {
  const began = Date.now()
  console.log(`\n== ${name}`)
  let result
  try {
    result = await work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    result = one(false)
  }
  total.passed += result.passed
  total.failed += result.failed
  total.skipped.push(...(result.skipped ?? []))
  if (result.failed) total.failures.push(name)
  console.log(`== ${name}: ${result.failed ? `${result.failed} failed` : 'ok'}, ${result.passed} passed${result.skipped?.length ? `, ${result.skipped.length} skipped` : ''}, ${seconds(began)}`)
}

function one(ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 }
}

async function build(browser) {
  await buildExtension(browser)
  return one(true)
}

/** One project of vitest.config.ts. Counted by our own reporter; a run that ends without figures counts as one failure. */
async function vitest(project, env = {}) {
  const counts = join(scratch, `${project}.json`)
  const args = ['run', '--project', project, '--reporter=default', `--reporter=${join(ROOT, 'test', 'run', 'count-reporter.mjs')}`]
  const { code } = await runNode(tool('vitest'), args, { env: { ...env, COUNTERSIGN_COUNTS: counts } })
  if (!existsSync(counts)) return one(false)
  const result = JSON.parse(readFileSync(counts, 'utf8'))
  if (code !== 0 && result.failed === 0) result.failed = 1
  return result
}
