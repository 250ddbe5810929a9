import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { practiceExtension } from '../../run/build.mjs'
import { launchWithExtension } from '../../run/launch.mjs'
import { fillVersion1 } from './fill.mjs'

/** Younger than the year that is kept, so that nothing of it is let go while the bench counts. */
const DAYS = 350
/** A profile that is older has too little in the weeks that the pages show. */
const STALE = 7 * 86_400_000
const remove = (path) => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })

/**
 * A profile with a database of the first version, filled once and kept for the next time, and beside it the one that the built extension works on.
 * `open(fresh)` opens that one, made anew from the first where `fresh` or where there is none.
 */
export async function keptProfile({ records, corrections }, say) {
  // The same folder each time: the extension's id, and with it its database, comes of the path.
  const folder = join(tmpdir(), `countersign-learning-${records}-${corrections}`)
  const [first, used, mark] = [join(folder, 'first'), join(folder, 'used'), join(folder, 'filled')]
  const made = readFileSync(join(import.meta.dirname, 'fill.mjs'), 'utf8')
  const launch = (userDataDir) => launchWithExtension({ extension: practiceExtension(join(folder, 'extension')), userDataDir })
  const [at, ...known] = existsSync(mark) ? readFileSync(mark, 'utf8').split('\n') : ['0']
  if (known.join('\n') === made && Date.now() - Number(at) < STALE) say(`the profile of an earlier run is taken: ${folder}`)
  else {
    remove(folder)
    mkdirSync(folder, { recursive: true })
    const launched = await launch(first)
    const from = Date.now()
    try {
      const page = await launched.context.newPage()
      await page.goto(`chrome-extension://${launched.extensionId}/dashboard.html#/settings`)
      await page.exposeFunction('say', say)
      await page.evaluate(fillVersion1, { records, corrections, start: from - DAYS * 86_400_000, days: DAYS })
    } finally {
      await launched.close()
    }
    writeFileSync(mark, `${from}\n${made}`)
    say(`filled in ${Math.round((Date.now() - from) / 1000)} s`)
  }
  return {
    folder,
    open: async (fresh) => {
      const anew = fresh || !existsSync(used)
      if (anew) {
        remove(used)
        cpSync(first, used, { recursive: true })
      }
      return { ...await launch(used), anew }
    },
  }
}
