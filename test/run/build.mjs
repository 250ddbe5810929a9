import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { OUTPUT, tool } from './paths.mjs'
import { runNode } from './processes.mjs'

/** Builds the extension for `chrome` or `firefox`. Resolves to the folder; throws with the tool's own words when the build fails. */
export async function buildExtension(browser = 'chrome') {
  // A test runner calls this with its own NODE_ENV, which would build React for development.
  const { code, output } = await runNode(tool('wxt'), ['build', '-b', browser, '--mv3'], { quiet: true, env: { NODE_ENV: 'production' } })
  if (code !== 0) throw new Error(`The build failed.\n${output}`)
  return join(OUTPUT, `${browser}-mv3`)
}

/**
 * A copy of the Chrome build that may read pages on this computer without asking, because in practice the site is switched on beforehand.
 * The build itself keeps asking. Resolves to the copy's folder.
 */
export function practiceExtension(to = join(OUTPUT, 'practice', 'extension')) {
  const built = join(OUTPUT, 'chrome-mv3')
  if (!existsSync(join(built, 'manifest.json'))) throw new Error(`There is no build in ${built}: run "npm run build" first.`)
  rmSync(to, { recursive: true, force: true })
  cpSync(built, to, { recursive: true })
  const path = join(to, 'manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({ ...manifest, host_permissions: ['http://127.0.0.1/*'] }, null, 2))
  return to
}
