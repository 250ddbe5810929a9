import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT } from './paths.mjs'

/** What comes with the extension: its own page in the package, and in the repository. */
export const LICENCES = join(ROOT, 'public', 'licences.txt')
/** Licences under which a package may be part of the extension. */
const ALLOWED = ['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Unlicense']
/** Packages of types alone leave nothing in a bundle. */
const TYPES_ONLY = [/^@types\//, /^csstype$/]
/** Tools of which a part does go into the bundles. */
const TOOLS_BUNDLED = ['wxt', '@wxt-dev/browser']

/** The packages that go into the extension: `{ name, version, licence, text }` in order of their names. Throws where one is under a licence that is not allowed. */
export function bundledPackages() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
  return Object.entries(packages)
    .map(([path, entry]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), ...entry }))
    .filter(({ path, name, dev }) => path !== '' && (!dev || TOOLS_BUNDLED.includes(name)) && !TYPES_ONLY.some((types) => types.test(name)))
    .map(({ path, name, version }) => ({ name, version, ...licenceOf(join(ROOT, path), name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function licenceOf(folder, name) {
  const { license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  // Of two licences that one may choose between, one that is allowed is enough.
  const fits = license?.replace(/^\(|\)$/g, '').split(/ or /i).some((choice) => choice.split(/ and /i).every((each) => ALLOWED.includes(each)))
  if (!fits) throw new Error(`${name} is under "${license}", which is not among ${ALLOWED.join(', ')}.`)
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$|-mit)/i.test(each))
  if (!file) return { licence: license, text: `Its package names this licence and comes without the text of it: ${homepage}` }
  return { licence: license, text: readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() }
}

/** The whole file. */
export function licencesText() {
  const packages = bundledPackages()
  const list = packages.map(({ name, version, licence }) => `${name} ${version} (${licence})`)
  const texts = packages.map(({ name, text }) => `${'='.repeat(80)}\n${name}\n${'='.repeat(80)}\n\n${text}\n`)
  return `Countersign is under the Apache License 2.0. It contains:\n\n${list.join('\n')}\n\n${texts.join('\n')}`
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  writeFileSync(LICENCES, licencesText())
  console.log(`Written: ${LICENCES}`)
}
