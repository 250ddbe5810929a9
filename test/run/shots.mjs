// `npm run shots`: the stores' pictures, 1280 x 800, of the real extension on the practice desk. Into `.output/store`; look at each before it is given to a store.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clipboardHtml, DRAFTS, plainText } from '../desk/public/drafts.js'
import { startDesk } from '../desk/server.mjs'
import { openCompose, pasteHtml } from '../e2e/harness/mail.mjs'
import { waitInSurface } from '../e2e/harness/surface.mjs'
import { fillHistory } from '../seed/fill.ts'
import { buildExtension, practiceExtension } from './build.mjs'
import { launchWithExtension, practiceSettings, seedSettings } from './launch.mjs'
import { OUTPUT } from './paths.mjs'

const SIZE = { width: 1280, height: 800 }
const SETTLE_MS = 900

if (!process.env['COUNTERSIGN_PREBUILT']) await buildExtension('chrome')
const pictures = join(OUTPUT, 'store')
mkdirSync(pictures, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'countersign-shots-'))
const desk = await startDesk()
const browser = await launchWithExtension({ extension: practiceExtension(join(folder, 'extension')), viewport: SIZE })
try {
  await seedSettings(browser.worker, practiceSettings(desk.url))
  const page = browser.context.pages()[0] ?? (await browser.context.newPage())
  const take = async (of, name) => {
    await of.waitForTimeout(SETTLE_MS)
    await of.screenshot({ path: join(pictures, `${name}.png`) })
    console.log(join(pictures, `${name}.png`))
  }
  await openCompose(page, desk.url, { subject: DRAFTS.mail.subject })
  await pasteHtml(page, { html: clipboardHtml(DRAFTS.mail.blocks, true), text: plainText(DRAFTS.mail.blocks) })
  await waitInSurface(page, '[data-cs=chip]', 15_000)
  await take(page, '1-marks')
  await page.keyboard.press('F8')
  await waitInSurface(page, '[data-cs=card]', 10_000)
  await take(page, '2-finding')
  await page.keyboard.press('Escape')
  await page.click('.dC > .aoO')
  await waitInSurface(page, '[data-cs=panel]', 10_000)
  await take(page, '3-held')
  const own = await browser.context.newPage()
  const open = async (place, name) => {
    await own.goto(`chrome-extension://${browser.extensionId}/dashboard.html#/${place}`)
    await own.reload()
    await own.locator('h1').waitFor()
    await take(own, name)
  }
  await own.goto(`chrome-extension://${browser.extensionId}/dashboard.html#/team`)
  await own.locator('h1').waitFor()
  await fillHistory(own, 300)
  await open('history', '4-history')
  await open('rules', '5-rules')
} finally {
  await browser.close()
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
}
