import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as mail from '../fixtures/sites/mail.html.ts'
import { practiceSettings, seedSettings, type Launched } from '../run/launch.mjs'
import { eventually, waitInSurface } from './harness/index.ts'
import { draftsOf, pasteInto, RISKY, settleByKeys, sign as signDraft } from './harness/page.ts'
import { makeBench, type Bench } from './harness/person.ts'

/** Applications that are read after facts, in the built extension: what the worker lays down, and what the guard makes of it. */

/** A page in the form of an application, which tells the server what left it. */
const PAGES: Readonly<Record<string, string>> = {
  // Submits by script, without a submit event, into a hidden frame: as the application does.
  '/roundcube': `${mail.roundcubeMail('').replace('target="savetarget"', 'action="/left" target="savetarget"')}<iframe name="savetarget" hidden></iframe>
    <script>for (const send of document.querySelectorAll('.send')) send.addEventListener('click', () => { document.forms.form.submit() })</script>`,
}
const ADAPTERS = { '/roundcube': 'roundcube', '/linkedin': 'linkedin', '/desk': 'zendesk' }

const left: string[] = []
let server: Server
let home = ''
let bench: Bench
let launched: Launched
let page: Page

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.method === 'POST') {
      let body = ''
      request.on('data', (piece: Buffer) => { body += piece.toString() })
      request.on('end', () => { left.push(decodeURIComponent(body.replace(/\+/g, ' '))); response.end('ok') })
      return
    }
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="en"><body style="font: 16px sans-serif">${PAGES[request.url ?? ''] ?? ''}</body></html>`)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  bench = makeBench()
  launched = await bench.open('sites')
  await seedSettings(launched.worker, { ...practiceSettings(home), sites: Object.entries(ADAPTERS).map(([path, adapter]) => ({ prefix: home + path, adapter, on: true })) })
  page = launched.context.pages()[0] ?? (await launched.context.newPage())
})
afterAll(async () => {
  await bench.remove()
  server.close()
})
beforeEach(() => { left.length = 0 })

/** Nothing left within a moment in which it would have. */
async function nothingLeft(): Promise<void> {
  await page.waitForTimeout(400)
  expect(left).toEqual([])
}

describe('facts', () => {
  test('of the sites that are on are laid down for guards, and no others', async () => {
    const facts = await launched.worker.evaluate(async () => (await chrome.storage.local.get('siteFacts'))['siteFacts'] as Record<string, { about: unknown[] }>)
    expect(Object.keys(facts).sort()).toEqual(['linkedin', 'roundcube', 'zendesk'])
    expect(Object.values(facts).flatMap(({ about }) => about)).toEqual([])
  })

  test('hold a send that the page does by script, and let it go once, signed', async () => {
    await page.goto(`${home}/roundcube`)
    await pasteInto(page, page.locator('#composebody'), RISKY)
    await waitInSurface(page, '[data-cs=chip]')
    expect(await draftsOf(page)).toMatchObject([{ draft: { kind: 'email', subject: 'Your offer', recipients: [{ address: 'ann@example.com' }] }, coverage: { missing: [] } }])
    await page.click('#rcmbtn112')
    await waitInSurface(page, '[data-cs=panel]')
    await nothingLeft()
    await settleByKeys(page)
    await signDraft(page, 'keys')
    expect(await eventually(() => left.length > 0)).toBe(true)
    expect(left).toHaveLength(1)
    expect(left[0]).toContain('20% discount')
  })
})
