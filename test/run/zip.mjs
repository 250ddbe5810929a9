import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import JSZip from 'jszip'
import { OUTPUT, tool } from './paths.mjs'
import { runNode } from './processes.mjs'

/** The date that every file of a package bears; a zip cannot go without one. */
const DATE = new Date(Date.UTC(2000, 0, 1))
const BROWSERS = ['chrome', 'firefox']

/**
 * Builds and packs for each browser. The same sources give the same bytes: files in order of their names, all of one date.
 * Resolves to `{ file, sha256, bytes }` of each package; throws with the tool's own words when it fails.
 */
export async function makeZips() {
  for (const browser of BROWSERS) {
    const { code, output } = await runNode(tool('wxt'), ['zip', '-b', browser, '--mv3'], { quiet: true, env: { NODE_ENV: 'production' } })
    if (code !== 0) throw new Error(`Packing for ${browser} failed.\n${output}`)
  }
  const files = readdirSync(OUTPUT).filter((name) => name.endsWith('.zip')).sort().map((name) => join(OUTPUT, name))
  const packages = []
  for (const file of files) {
    const bytes = await repacked(readFileSync(file))
    writeFileSync(file, bytes)
    packages.push({ file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length })
  }
  return packages
}

async function repacked(zip) {
  const from = await JSZip.loadAsync(zip)
  const to = new JSZip()
  for (const name of Object.keys(from.files).sort()) {
    if (!from.files[name].dir) to.file(name, await from.files[name].async('nodebuffer'), { date: DATE, createFolders: false, unixPermissions: 0o644 })
  }
  return to.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', compressionOptions: { level: 9 }, platform: 'UNIX' })
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const { setup } = await import('./setup.mjs')
  await setup()
  for (const { file, sha256, bytes } of await makeZips()) console.log(`${file}  ${(bytes / 1024).toFixed(0)} KB  sha256 ${sha256}`)
}
