import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, launchExtension, practiceSettings, startDesk, waitInSurface, type Desk, type ExtensionUnderTest } from './harness/index.ts'
import { draftsOf, pasteInto, RISKY, settleByKeys, sign } from './harness/page.ts'

/** A page that was left and comes back by "Back" as it was, without being loaded again: the guard in it must still be there. */
const PAGE = `<!doctype html><title>Plain</title><main><div id="editor" contenteditable style="min-height:80px">&nbsp;</div><button id="send">Send</button></main>
<script>window.sends = 0; window.back = 0
document.querySelector("#send").onclick = () => { window.sends += 1 }
addEventListener("pageshow", ({ persisted }) => { window.back += persisted ? 1 : 0 })</script>`

let desk: Desk
let server: Server
let address: string
let browser: ExtensionUnderTest

beforeAll(async () => {
  desk = await startDesk()
  server = createServer((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(request.url === '/other' ? '<!doctype html><title>Other</title>Other' : PAGE))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchExtension({ desk, pageCache: true, settings: { sites: [...practiceSettings(desk.url).sites, { prefix: `${address}/`, adapter: 'generic', on: true }] } })
})
afterAll(async () => {
  await browser.close()
  server.close()
  await desk.close()
})

test('a draft that was left and came back with its page is held as before, with its findings, and goes once', async () => {
  const { page } = browser
  const numbers = () => page.evaluate(() => { const { sends, back } = window as unknown as { sends: number; back: number }; return { sends, back } })
  await page.goto(`${address}/`)
  await pasteInto(page, page.locator('#editor'), RISKY)
  expect(await eventually(async () => (await draftsOf(page)).some(({ phase }) => phase === 'open'), 15_000)).toBe(true)
  for (let times = 1; times <= 2; times++) {
    await page.goto(`${address}/other`)
    await page.evaluate(() => { setTimeout(() => { history.back() }) })
    // While it goes from one page to the other there is nobody to answer.
    expect(await eventually(async () => (await numbers().catch(() => null))?.back === times, 10_000), 'the page itself came back').toBe(true)
  }
  expect(await page.locator('#editor').innerText()).toContain('a 20% discount')
  await page.click('#send')
  await waitInSurface(page, '[data-cs=panel]', 15_000)
  expect(await numbers()).toMatchObject({ sends: 0 })
  await settleByKeys(page)
  await sign(page, 'keys')
  expect(await eventually(async () => (await numbers()).sends === 1, 10_000)).toBe(true)
  await page.waitForTimeout(500)
  expect(await numbers()).toMatchObject({ sends: 1 })
})
