import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from '../browser.mjs'
import { startDesk } from '../../desk/server.mjs'
import { waitInSurface } from '../../e2e/harness/surface.mjs'
import { openCompose, pasteHtml } from '../../e2e/harness/mail.mjs'
import { buildExtension, practiceExtension } from '../../run/build.mjs'
import { launchWithExtension, practiceSettings, seedSettings } from '../../run/launch.mjs'
import { OUTPUT } from '../../run/paths.mjs'

const WORDS = 20_000
const KEYS = 200
const SENDS = 20
const SEND = '.dC > .aoO'
const ANSWER = {
  html: '<p data-start="0" data-end="45">We can offer you a 20% discount on the lamps.</p><p data-start="47" data-end="86" data-is-last-node="">The delivery plan follows on Wednesday.</p>',
  text: 'We can offer you a 20% discount on the lamps.\n\nThe delivery plan follows on Wednesday.',
}

const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]

/** Rows of the gate: what it takes inside the page's own event, and from the signature's key to the page's own click on Send. `say` tells how far it is. */
export async function decisionRows(say) {
  say(`the gate's answer in ${WORDS} words, all packs`)
  const { page, close } = await openBrowser()
  try {
    const { still, key } = await page.evaluate(([count, words]) => globalThis.bench.decisions(count, words), [KEYS, WORDS])
    say(`sign to released, ${SENDS} sends on the desk`)
    const released = await releases()
    return [
      { figure: `decision inside the event, ${WORDS} words, p95`, value: quantile(still, 0.95), goal: 4, most: true, unit: 'ms' },
      { figure: `the same right after a key that was not looked at yet, p95`, value: quantile(key, 0.95), goal: null, most: true, unit: 'ms' },
      { figure: 'signed to released on the desk, p95', value: quantile(released, 0.95), goal: 100, most: true, unit: 'ms' },
    ]
  } finally {
    await close()
  }
}

/** Milliseconds from the press that signs to the page's own click on Send; the way of the key through the debugger is in it. */
async function releases() {
  if (!existsSync(join(OUTPUT, 'chrome-mv3', 'manifest.json'))) await buildExtension()
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const desk = await startDesk({ undoMs: 0 })
  const launched = await launchWithExtension({ extension: practiceExtension(join(folder, 'extension')), userDataDir: join(folder, 'profile') })
  try {
    await seedSettings(launched.worker, practiceSettings(desk.url))
    const page = await launched.context.newPage()
    await page.addInitScript((send) => {
      document.addEventListener('click', (event) => { if (event.target instanceof Element && event.target.closest(send)) globalThis.releasedAt = Date.now() }, true)
    }, SEND)
    const times = []
    for (let round = 0; round < SENDS; round++) {
      await openCompose(page, desk.url, { subject: `Round ${round}` })
      await pasteHtml(page, ANSWER)
      await waitInSurface(page, '[data-cs=chip]')
      await page.click(SEND)
      await waitInSurface(page, '[data-cs=panel]')
      await page.keyboard.press('Enter')
      await waitInSurface(page, '[data-cs=card]')
      await page.keyboard.press('x')
      await waitInSurface(page, '[data-cs=panel]')
      await page.waitForTimeout(700)
      await page.evaluate(() => { globalThis.releasedAt = null })
      const pressed = Date.now()
      await page.keyboard.press('Control+Enter')
      await page.waitForFunction(() => globalThis.releasedAt !== null, null, { timeout: 5_000 })
      times.push((await page.evaluate(() => globalThis.releasedAt)) - pressed)
    }
    return times
  } finally {
    await launched.close()
    await desk.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
