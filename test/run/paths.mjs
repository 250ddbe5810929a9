import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** Where the build is, `COUNTERSIGN_OUT` or `.output`. */
export const OUTPUT = resolve(ROOT, process.env['COUNTERSIGN_OUT'] ?? '.output')
export const DESK = join(ROOT, 'test', 'desk')
/** The editors of real sites, for the contracts. */
export const EDITORS = join(ROOT, 'test', 'editors')
/** Real applications, for npm run test:apps. */
export const APPS = join(ROOT, 'test', 'apps')
/** What changes the pure rooms on purpose, for npm run mutation. */
export const MUTATION = join(ROOT, 'test', 'mutation')
/** What checks packages for the browsers' stores. */
export const STORE = join(ROOT, 'test', 'store')

/** A tool of node_modules as the script it is, to be run by this Node: no shell, the same on every system. */
export function tool(name, bin = name) {
  const folder = join(ROOT, 'node_modules', name)
  const { bin: said } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof said === 'string' ? said : said[bin])
}

/** Digest of a file's bytes, '' where there is no file. */
export function digestOf(path) {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''
}
