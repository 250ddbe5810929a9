import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { bundledPackages } from './licences.mjs'
import { checkManifests } from './manifest.mjs'
import { OUTPUT, ROOT, STORE } from './paths.mjs'
import { runNode, runNpm } from './processes.mjs'
import { setup } from './setup.mjs'
import { makeZips } from './zip.mjs'

/**
 * What is given away, and what it is made of: packs it twice and compares the bytes, asks the browser vendor's own checker, compares what is in the scripts with
 * the list of licences, lists scripts that packages run at install, writes the bill of materials and asks the registry for known weaknesses.
 */
/** Packages that bring a script for npm to run at install, and what we know of it. npm does not run them here unless they are named. */
const KNOWN_SCRIPTS = {
  esbuild: 'checks that the program for this system is there; the program itself comes as a package',
  'spawn-sync': 'an old stand-in for Node 0.10, brought by a development tool; does nothing on a Node of today',
}

await setup([STORE])
const scratch = mkdtempSync(join(tmpdir(), 'countersign-supply-'))
process.env['COUNTERSIGN_REPORT'] = join(scratch, 'report')
let [passed, failed] = [0, 0]

const first = await makeZips()
const second = await makeZips()
for (const [at, { file, sha256, bytes }] of first.entries()) {
  told(second[at]?.sha256 === sha256, `${basename(file)}: ${(bytes / 1024).toFixed(0)} KB, the same bytes twice, sha256 ${sha256}`)
}
for (const { ok, line } of checkManifests()) told(ok, line)
await lintPackages()
reportBundles()
installScripts()
await writeBill()
await audit()
rmSync(scratch, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0

function told(ok, line) {
  console.log(`${ok ? 'ok  ' : 'BAD '} ${line}`)
  if (ok) passed++
  else failed++
}

/** Mozilla's checker reads packages for either browser; what it says of Chrome's own manifest keys is left out there. */
async function lintPackages() {
  const script = join(STORE, 'node_modules', 'addons-linter', 'bin', 'addons-linter')
  const file = first.find(({ file: name }) => name.includes('firefox'))?.file ?? ''
  const { output } = await runNode(script, ['--output', 'json', '--max-manifest-version', '3', file], { quiet: true })
  const { errors, warnings } = JSON.parse(output.slice(output.indexOf('{')))
  told(errors.length === 0, `addons-linter: ${errors.length} errors, ${warnings.length} warnings`)
  for (const { code, message, file: where = '', line = '' } of [...errors, ...warnings]) console.log(`       ${code} ${where}:${line} ${message}`)
}

/** What the scripts are made of, by package; each package must be in the list of licences. */
function reportBundles() {
  const folder = join(scratch, 'report')
  const scripts = Object.assign({}, ...readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))))
  const known = new Set(['', ...bundledPackages().map(({ name }) => name)])
  for (const [script, sizes] of Object.entries(scripts).sort()) {
    const rows = Object.entries(sizes).sort(([, a], [, b]) => b - a)
    const strange = rows.filter(([name]) => !known.has(name))
    told(strange.length === 0, `${script}: ${rows.map(([name, size]) => `${name || 'our own'} ${(size / 1024).toFixed(0)} KB`).join(', ')}${strange.length ? `; not in the list of licences: ${strange.map(([name]) => name)}` : ''}`)
  }
}

function installScripts() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
  const names = [...new Set(Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 13)))]
  for (const name of names) told(name in KNOWN_SCRIPTS, `${name} has a script for the time of install: ${KNOWN_SCRIPTS[name] ?? 'nobody has read it yet'}`)
}

/** CycloneDX, written by npm itself. */
async function writeBill() {
  const { code, output } = await runNpm(['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], { quiet: true })
  const bill = code === 0 ? JSON.parse(output.slice(output.indexOf('{'))) : null
  const file = join(OUTPUT, 'countersign.cdx.json')
  if (bill) {
    mkdirSync(OUTPUT, { recursive: true })
    writeFileSync(file, JSON.stringify(bill, null, 2))
  }
  told(bill !== null && existsSync(file), bill ? `bill of materials: ${bill.components.length} components, ${basename(file)}` : `npm sbom failed: ${output.slice(0, 300)}`)
}

/** A registry that does not answer such questions is said, and is no failure of ours. */
async function audit() {
  const { output } = await runNpm(['audit', '--omit', 'dev', '--json'], { quiet: true })
  let found = null
  try {
    found = JSON.parse(output.slice(output.indexOf('{'))).metadata?.vulnerabilities ?? null
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  if (found === null) console.log('--   npm audit: this registry does not answer; ask where there is one that does')
  else told(found.total === 0, `npm audit: ${found.total} known weaknesses in what is shipped`)
}
