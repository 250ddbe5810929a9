import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { startDesk } from '../desk/server.mjs'
import { launchFirefox } from '../firefox/launch.mjs'
import { holdIn, PLACES } from '../firefox/places.mjs'
import { buildExtension } from './build.mjs'
import { ensureFirefox } from './ensure-browser.mjs'
import { practiceSettings } from './launch.mjs'
import { OUTPUT, ROOT } from './paths.mjs'
import { practice } from './practice.mjs'
import { during } from './processes.mjs'
import { setup } from './setup.mjs'

/** `npm run test:firefox`: the main job, step for step the same as in Chromium, and the desk's other editors, in the real Firefox with the real build. */
await setup()
const executablePath = await ensureFirefox()
const extension = join(OUTPUT, 'firefox-mv3')
await during('Building the extension for Firefox', () => buildExtension('firefox'))
if (!existsSync(join(extension, 'manifest.json'))) throw new Error(`There is no build in ${extension}.`)

let [passed, failed] = [0, 0]
const pictures = join(OUTPUT, 'firefox-practice')
const counted = (line) => {
  console.log(line)
  if (/^ *\d+\. /.test(line)) /DID NOT HOLD/.test(line) ? failed++ : passed++
}
const start = (options) => launchFirefox({ ...options, executablePath })
await practice({ extension, pictures, say: counted, start })
console.log(`\nPictures: ${relative(ROOT, pictures)}`)

console.log('\nOther editors')
const desk = await startDesk()
const browser = await start({ extension, settings: practiceSettings(desk.url) })
try {
  for (const place of PLACES) {
    try {
      console.log(`${place.name}\n      ${await holdIn({ browser, desk, place })}`)
      passed++
    } catch (error) {
      console.log(`${place.name}\n      DID NOT HOLD: ${error instanceof Error ? error.message : error}`)
      failed++
    }
  }
} finally {
  await browser.close()
  await desk.close()
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
