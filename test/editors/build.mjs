import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const sources = join(here, 'mount')

/** Where the bundles are, one for each file of `mount/`. */
export const BUNDLES = join(here, '.bundle')

/** True when the real editors are on this machine; the commands that run the contracts install them. */
export function editorsInstalled() {
  return existsSync(join(here, 'node_modules', 'esbuild'))
}

/** Joins each editor with what it needs into one file, where that is missing or old. Resolves to false when the packages are not installed. */
export async function bundleEditors() {
  if (!editorsInstalled()) return false
  const names = readdirSync(sources).filter((name) => name !== 'content.js')
  const changed = Math.max(...[...names, 'content.js'].map((name) => statSync(join(sources, name)).mtimeMs), statSync(join(here, 'package-lock.json')).mtimeMs)
  const old = names.filter((name) => !existsSync(join(BUNDLES, name)) || statSync(join(BUNDLES, name)).mtimeMs < changed)
  if (!old.length) return true
  const { build } = await import('esbuild')
  mkdirSync(BUNDLES, { recursive: true })
  await build({
    entryPoints: old.map((name) => join(sources, name)), outdir: BUNDLES, bundle: true, format: 'esm', minify: true, target: 'es2022', logLevel: 'error',
    loader: { '.css': 'text', '.woff': 'dataurl', '.woff2': 'dataurl', '.svg': 'dataurl', '.png': 'dataurl' }, legalComments: 'none',
    // Asked for where there is no browser.
    external: ['fs', 'module', 'path', 'url'],
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
  })
  // Some carry a map inside their styles, which servers then look for.
  for (const name of old) {
    const path = join(BUNDLES, name)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('sourceMappingURL=', 'map='))
  }
  return true
}
