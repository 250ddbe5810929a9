import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { clipboardHtml, DRAFTS, plainText } from '../desk/public/drafts.js'
import { startDesk } from '../desk/server.mjs'
import { openCompose, pasteHtml, waitInSurface } from '../e2e/harness/index.ts'
import { openCard, openOwn, SEND } from '../e2e/harness/person.ts'
import { fillHistory } from '../seed/fill.ts'
import { buildExtension, practiceExtension } from './build.mjs'
import { ensureBrowser } from './ensure-browser.mjs'
import { launchWithExtension, practiceSettings, seedSettings } from './launch.mjs'
import { OUTPUT, ROOT } from './paths.mjs'
import { during } from './processes.mjs'

/**
 * `npm run store:pictures`: the pictures of the stores' pages, 1280 x 800, of the real extension on the practice desk and with an invented history.
 * Chrome's store takes five, Firefox' and Edge's as many as one likes.
 */
const PLACE = join(OUTPUT, 'store')
const SIZE = { width: 1280, height: 800 }
const DRAFT = DRAFTS.mail

await ensureBrowser()
if (!process.env['COUNTERSIGN_PREBUILT']) await during('Building the extension', () => buildExtension('chrome'))
mkdirSync(PLACE, { recursive: true })
for (const name of readdirSync(PLACE)) if (name.endsWith('.png')) rmSync(join(PLACE, name))

const desk = await startDesk()
const launched = await launchWithExtension({ extension: practiceExtension(), viewport: SIZE })
try {
  await seedSettings(launched.worker, practiceSettings(desk.url))
  await takeMail(launched.context.pages()[0] ?? (await launched.context.newPage()))
  await takePages(launched)
} finally {
  await launched.close()
  await desk.close()
}
console.log(`Pictures: ${relative(ROOT, PLACE)}`)

function take(page, name) {
  return page.screenshot({ path: join(PLACE, `${name}.png`), animations: 'disabled' })
}

async function takeMail(page) {
  await openCompose(page, desk.url, { to: DRAFT.to[0], subject: DRAFT.subject })
  await pasteHtml(page, { html: clipboardHtml(DRAFT.blocks, DRAFT.ai), text: plainText(DRAFT.blocks) })
  await waitInSurface(page, '[data-cs=chip]')
  await page.waitForTimeout(500)
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]')
  await page.waitForTimeout(500)
  await take(page, '1-held')
  await page.keyboard.press('Escape')
  await openCard(page, 'we guarantee')
  await page.waitForTimeout(500)
  await take(page, '2-finding')
}

/** Pages of the extension, on a history of 300 reviews. */
async function takePages(browser) {
  const first = await openOwn(browser, 'dashboard.html#/rules')
  await first.locator('h1').waitFor()
  await fillHistory(first, 300)
  for (const [name, place, there] of [['3-history', 'history', 'Kept for 365 days'], ['4-insights', 'insights', 'Less review, where risk is low'], ['5-workflow', 'settings/workflow', 'Drawn from the last 90 days']]) {
    const page = await openOwn(browser, `dashboard.html#/${place}`)
    await page.locator('main').getByText(there).first().waitFor()
    await page.waitForTimeout(800)
    await take(page, name)
    await page.close()
  }
}
