import { clipboardHtml, plainText } from '../../desk/public/drafts.js'
import { openCompose, pasteHtml } from '../../e2e/harness/mail.mjs'
import { inOurWorld } from '../../e2e/harness/page.ts'
import { waitGoneFromSurface } from '../../e2e/harness/surface.mjs'
import { figure, median, quantile } from '../figures.mjs'

const COLD = 20
const WARM = 40
const SEND = '.dC > .aoO'
const BLOCKS = ['Hi Marta,', 'We can offer you a 20% discount on the lamps.', 'We guarantee that they arrive in time.']

/**
 * From the press on Send to the frame that shows the panel. Cold: the first time in a page, when neither interface nor its script is there; warm: again on the same draft.
 * The way of the press through the debugger is in it.
 */
export async function panelRows(stage) {
  const [cold, warm] = [[], []]
  for (let round = 0; round < COLD; round += 1) {
    const page = await stage.launched.context.newPage()
    await openCompose(page, stage.desk.url, { subject: `Round ${round}` })
    await inOurWorld(page, WATCH)
    await pasteHtml(page, { html: clipboardHtml(BLOCKS, true), text: plainText(BLOCKS) })
    cold.push(await opened(page))
    for (let again = 0; again < WARM / COLD; again += 1) {
      await page.keyboard.press('Escape')
      await waitGoneFromSurface(page, '[data-cs=panel]')
      await page.waitForTimeout(300)
      warm.push(await opened(page))
    }
    await page.close()
  }
  return [
    figure('panel open, warm, median', median(warm), null, 'ms'), figure('panel open, warm, p95', quantile(warm, 0.95), 100, 'ms'),
    figure('panel open, cold, median', median(cold), null, 'ms'), figure('panel open, cold, p95', quantile(cold, 0.95), 300, 'ms'),
  ]
}

/** Milliseconds from the press to the panel in a frame. Meanwhile nothing asks the page but for that one number. */
async function opened(page) {
  await inOurWorld(page, 'globalThis.panelAt = 0')
  const { x, y, width, height } = await page.locator(SEND).boundingBox()
  await page.mouse.move(x + width / 2, y + height / 2)
  const pressed = Date.now()
  await page.mouse.down()
  await page.mouse.up()
  const until = Date.now() + 15_000
  while (Date.now() < until) {
    await page.waitForTimeout(50)
    const at = Math.max(...(await inOurWorld(page, 'globalThis.panelAt ?? 0')))
    if (at > 0) return at - pressed
  }
  throw new Error('The panel did not come')
}

/** Evaluated in the extension's own world: sees its closed root when it is made, and says when the frame with the panel was made. */
const WATCH = `(() => {
  const make = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (options) {
    const root = make.call(this, options)
    let shown = false
    new MutationObserver(() => {
      const now = root.querySelector('[data-cs=panel]') !== null
      if (now && !shown) requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => { globalThis.panelAt ||= Date.now() }; port2.postMessage(0) })
      shown = now
    }).observe(root, { childList: true, subtree: true, attributes: true })
    return root
  }
})()`
