import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { OUTPUT } from './paths.mjs'

/**
 * What each script may weigh, gzipped, and who pays for it. The draft script carries the engine with the notations of seven languages, the shapes of 123 kinds
 * of credentials, the marks of assistants and, a third of it, what tells four languages apart; it comes once, when somebody begins to write.
 */
export const BUDGETS = [
  { file: 'content-scripts/guard.js', kb: 20, who: 'every frame of a site that is on' },
  { file: 'content-scripts/draft.js', kb: 120, who: 'a frame in which a draft gets focus' },
  { file: 'content-scripts/review.js', kb: 110, who: 'a frame in which something must be settled' },
]

/** Compares the build with the budgets. Gives one line a script: `{ line, ok }`. */
export function checkBudgets(built = join(OUTPUT, 'chrome-mv3')) {
  return BUDGETS.map(({ file, kb, who }) => {
    const path = join(built, file)
    if (!existsSync(path)) return { ok: false, line: `${file} is not in the build` }
    const size = gzipSync(readFileSync(path), { level: 9 }).length / 1024
    return { ok: size <= kb, line: `${file} ${size.toFixed(1)} of ${kb} KB gzip, paid by ${who}` }
  })
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const results = checkBudgets()
  for (const { ok, line } of results) console.log(`${ok ? 'ok  ' : 'OVER'} ${line}`)
  process.exit(results.every(({ ok }) => ok) ? 0 : 1)
}
