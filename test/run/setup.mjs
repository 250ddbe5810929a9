import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DESK, digestOf, ROOT, tool } from './paths.mjs'
import { during, runNode, runNpm } from './processes.mjs'

const OLDEST_NODE = [20, 19]

/**
 * Installs what is missing and generates the types; does nothing the second time. Uses only Node itself, because before it there is nothing else.
 * `more` are further folders with a package.json of their own. Ends the process with one sentence when it cannot go on.
 */
export async function setup(more = []) {
  const version = process.versions.node.split('.').map(Number)
  if (version[0] < OLDEST_NODE[0] || (version[0] === OLDEST_NODE[0] && version[1] < OLDEST_NODE[1])) {
    stop(`Countersign needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. Get a newer one at https://nodejs.org`)
  }
  // The package of sources that stores ask for comes without the tests.
  const missing = [ROOT, DESK, ...more].filter((folder) => existsSync(join(folder, 'package-lock.json')) && !installed(folder))
  if (missing.length) {
    await during(`Installing packages${missing.length > 1 ? ', about a minute the first time' : ''}`, () => Promise.all(missing.map(install)))
  }
  if (missing.includes(ROOT) || generatedIsOld()) {
    const { code, output } = await runNode(tool('wxt'), ['prepare'], { quiet: true })
    if (code !== 0) stop(`Generating the types failed:\n${output}`)
  }
}

const stampOf = (folder) => join(folder, 'node_modules', '.countersign')
const digest = (folder) => digestOf(join(folder, 'package-lock.json'))

/** True when node_modules is what the lock file says: our stamp says so, or npm's own list of what it put there does. */
function installed(folder) {
  if (!existsSync(join(folder, 'node_modules'))) return false
  const stamp = stampOf(folder)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(folder)) return true
  const list = join(folder, 'node_modules', '.package-lock.json')
  if (!existsSync(list)) return false
  const has = JSON.parse(readFileSync(list, 'utf8')).packages ?? {}
  const wants = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages ?? {}
  const same = Object.entries(wants).every(([path, entry]) => path === '' || has[path]?.version === entry.version || (!has[path] && (entry.optional || entry.peer)))
  if (same) writeFileSync(stamp, digest(folder))
  return same
}

async function install(folder) {
  // A strict engine check in somebody's own npm settings must not stop them: every package here runs on the Node above.
  const { code, output } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'], { cwd: folder, quiet: true })
  if (code !== 0) stop(`Installing packages failed in ${folder}:\n${output}\nIf there is no network here, try again where there is.`)
  mkdirSync(dirname(stampOf(folder)), { recursive: true })
  writeFileSync(stampOf(folder), digest(folder))
}

/** WXT writes types for the entry points and public files; they are old once one of those changed. */
function generatedIsOld() {
  const generated = join(ROOT, '.wxt', 'tsconfig.json')
  if (!existsSync(generated)) return true
  const since = statSync(generated).mtimeMs
  return [join(ROOT, 'wxt.config.ts'), join(ROOT, 'entrypoints'), join(ROOT, 'public')].some((path) => newestIn(path) > since)
}

function newestIn(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), stat.mtimeMs)
}

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) await setup(process.argv.slice(2).map((folder) => join(ROOT, folder)))
