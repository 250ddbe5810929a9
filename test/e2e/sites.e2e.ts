import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { run as packsCommand } from '../../lib/cli/packs.ts'
import { run as sitesCommand } from '../../lib/cli/sites.ts'
import * as mail from '../fixtures/sites/mail.html.ts'
import * as sales from '../fixtures/sites/sales.html.ts'
import { practiceSettings, seedSettings, type Launched } from '../run/launch.mjs'
import { eventually, findInSurface, waitInSurface } from './harness/index.ts'
import { CLEAN, draftsOf, inOurWorld, pasteInto, RISKY, settleByKeys, sign as signDraft } from './harness/page.ts'
import { makeBench, openOwn, type Bench } from './harness/person.ts'

/** Applications that are read after facts, in the built extension: what the worker lays down, and what the guard makes of it. */

/** A page in the form of an application, which tells the server what left it. */
const PAGES: Record<string, string> = {
  // Submits by script, without a submit event, into a hidden frame: as the application does.
  '/roundcube': `${mail.roundcubeMail('').replace('target="savetarget"', 'action="/left" target="savetarget"')}<iframe name="savetarget" hidden></iframe>
    <script>for (const send of document.querySelectorAll('.send')) send.addEventListener('click', () => { document.forms.form.submit() })</script>`,
  // A message is sent by Enter; Shift+Enter makes a line.
  '/linkedin': `<style>[contenteditable] { min-height: 60px; border: 1px solid }</style>${sales.linkedinMessage('', { send: false, tag: 'div' })}
    <script>{ const editor = document.querySelector('[contenteditable]'); editor.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey) return
      event.preventDefault()
      void fetch('/left', { method: 'POST', body: editor.innerText })
      editor.innerHTML = '<p></p>'
    }) }</script>`,
  // The application after an update of its own: Send has another class, so that our facts do not find it.
  '/changed': `${mail.roundcubeMail('').replace('btn btn-primary send', 'btn btn-primary go').replace(/<a id="rcmbtn112-clone".*?<\/a>/, '')}
    <script>document.querySelector('.go').addEventListener('click', () => { void fetch('/left', { method: 'POST', body: document.querySelector('#composebody').value }) })</script>`,
}
const ADAPTERS = { '/roundcube': 'roundcube', '/linkedin': 'linkedin', '/desk': 'zendesk', '/changed': 'roundcube', '/around': 'generic' }

const left: string[] = []
let server: Server
let embedded: Server
let home = ''
let away = ''
let bench: Bench
let launched: Launched
let page: Page

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.method === 'POST') {
      let body = ''
      request.on('data', (piece: Buffer) => { body += piece.toString() })
      request.on('end', () => { left.push(request.headers['content-type']?.startsWith('text/plain') ? body : decodeURIComponent(body.replace(/\+/g, ' '))); response.end('ok') })
      return
    }
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><html lang="en"><body style="font: 16px sans-serif">${PAGES[request.url ?? ''] ?? ''}</body></html>`)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // The same pages under another origin, in a frame.
  embedded = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><body>${PAGES['/roundcube']!}`)
  })
  await new Promise<void>((resolve) => { embedded.listen(0, '127.0.0.1', resolve) })
  away = `http://127.0.0.1:${(embedded.address() as AddressInfo).port}`
  PAGES['/around'] = `<h1>Customers</h1><iframe src="${away}/inside" style="width:900px;height:600px"></iframe>`
  PAGES['/off'] = PAGES['/around']
  bench = makeBench()
  launched = await bench.open('sites')
  await seedSettings(launched.worker, { ...practiceSettings(home), sites: [...Object.entries(ADAPTERS).map(([path, adapter]) => ({ prefix: home + path, adapter, on: true })), { prefix: `${away}/inside`, adapter: 'roundcube', on: true }] })
  page = launched.context.pages()[0] ?? (await launched.context.newPage())
})
afterAll(async () => {
  await bench.remove()
  server.close()
  embedded.close()
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

describe('LinkedIn', () => {
  test('Enter, which sends there: held with what carries risk, goes once signed; Shift+Enter is a line; a clean message goes at once', async () => {
    await page.goto(`${home}/linkedin`)
    const editor = page.locator('[contenteditable]')
    await pasteInto(page, editor, RISKY)
    await waitInSurface(page, '[data-cs=chip]')
    await page.keyboard.press('Shift+Enter')
    expect(await findInSurface(page, '[data-cs=panel]')).toBeNull()
    await page.keyboard.press('Enter')
    await waitInSurface(page, '[data-cs=panel]')
    await nothingLeft()
    await settleByKeys(page)
    await signDraft(page, 'keys')
    expect(await eventually(() => left.length > 0)).toBe(true)
    await page.waitForTimeout(400)
    expect(left).toHaveLength(1)
    expect(left[0]).toContain('20% discount')
    left.length = 0
    await page.goto(`${home}/linkedin`)
    await editor.click()
    await page.keyboard.type(CLEAN)
    await page.keyboard.press('Enter')
    expect(await eventually(() => left.length > 0)).toBe(true)
    expect(left).toEqual([CLEAN])
    expect(await findInSurface(page, '[data-cs=panel]')).toBeNull()
  })
})

describe('a signed correction', () => {
  const quiet = { out: () => undefined, err: (line: string) => { throw new Error(line) } }
  const site = async (): Promise<unknown> => (await inOurWorld(page, '[__countersign.site.id, __countersign.site.insteadOf ?? null]'))[0]
  const write = async (): Promise<void> => {
    await page.bringToFront()
    await page.goto(`${home}/changed`)
    await pasteInto(page, page.locator('#composebody'), RISKY)
    await waitInSurface(page, '[data-cs=chip]')
  }
  const gaps = async (): Promise<unknown> => (await draftsOf(page))[0]?.coverage.missing

  test('gives a site that has changed its Send back, switches it off so that it is read as any page, and is taken back', async () => {
    // The key is known by a pack that it signed.
    const key = bench.path('key.pem')
    const pack = bench.path('acme')
    mkdirSync(pack)
    writeFileSync(bench.path('acme/pack.yaml'), 'id: acme\nversion: 1.0.0\ntitle: Acme\ndescription: Ours.\n')
    writeFileSync(bench.path('acme/off.yaml'), 'id: acme/off\ntitle: Lamp\ncategory: brand\ntier: note\nmessage: Check it.\nsources: [{ title: House rule }]\nmatch: ["sunrise lamp"]\nexamples:\n  flagged: ["The sunrise lamp."]\n  clean: ["The lamp."]\n')
    await packsCommand(['key', '--out', key], quiet)
    await packsCommand(['build', pack, '--key', key, '--by', 'Acme', '--out', bench.path('acme.json')], quiet)
    const facts = JSON.parse(readFileSync('lib/sites/facts/roundcube.json', 'utf8')) as { version: string; drafts: { mail: { sends: unknown[] } } }
    facts.version = '9.0.0'
    facts.drafts.mail.sends = [{ kind: 'send', control: 'button.go' }]
    writeFileSync(bench.path('facts.json'), JSON.stringify(facts))
    await sitesCommand(['sign', bench.path('facts.json'), '--key', key, '--by', 'Acme', '--out', bench.path('corrected.json')], quiet)
    await sitesCommand(['off', 'roundcube', '--version', '9.0.1', '--reason', 'It changed again', '--key', key, '--by', 'Acme', '--out', bench.path('off.json')], quiet)

    await write()
    expect(await gaps()).toEqual(['send'])

    const own = await openOwn(launched, 'dashboard.html#/settings')
    const correct = async (name: string): Promise<string> => {
      await own.bringToFront()
      await own.locator('[data-cs=site-update]').setInputFiles(bench.path(name))
      const said = own.locator('#settings-corrections .said:not(:empty), #settings-corrections .banner')
      await said.first().waitFor()
      return said.first().innerText()
    }
    expect(await correct('corrected.json'), 'by a key that nobody knows').toContain('corrected.json')
    await page.goto(`${home}/changed`)
    await own.goto(`chrome-extension://${launched.extensionId}/dashboard.html#/rules`)
    await own.locator('input[type=file]').first().setInputFiles(bench.path('acme.json'))
    await own.getByRole('button', { name: 'Use this pack' }).click()
    await own.locator('.banner.t-signed').waitFor()
    await own.goto(`chrome-extension://${launched.extensionId}/dashboard.html#/settings`)
    expect(await correct('corrected.json')).toContain('9.0.0')

    // The worker lays the new facts down a moment after they were taken.
    await page.bringToFront()
    expect(await eventually(async () => {
      await page.goto(`${home}/changed`)
      await page.focus('#composebody')
      return eventually(async () => JSON.stringify(await gaps()) === '[]', 1_000)
    }, 20_000)).toBe(true)
    await write()
    await page.click('.go')
    await waitInSurface(page, '[data-cs=panel]')
    await nothingLeft()

    expect(await correct('off.json')).toContain('9.0.1')
    await page.bringToFront()
    expect(await eventually(async () => {
      await page.goto(`${home}/changed`)
      return JSON.stringify(await site()) === JSON.stringify(['generic', 'roundcube'])
    }, 20_000)).toBe(true)

    await own.bringToFront()
    await own.locator('#settings-corrections .line button').first().click()
    expect(await eventually(async () => {
      await page.goto(`${home}/changed`)
      return JSON.stringify(await site()) === JSON.stringify(['roundcube', null])
    }, 15_000)).toBe(true)
    await own.close()
  })
})

describe('the popup', () => {
  test.each(['/around', '/off'])('on %s: lists the draft of a frame of another site that is on, and takes a word on it', async (path) => {
    await page.bringToFront()
    await page.goto(home + path)
    const inside = page.frameLocator('iframe').locator('#composebody')
    await inside.click()
    await page.keyboard.type(CLEAN)
    const own = await openOwn(launched, 'popup.html')
    await page.bringToFront()
    await own.reload()
    const says = (words: string): Promise<boolean> => eventually(async () => (await own.locator('main').innerText()).includes(words), 15_000)
    expect(await says('Your offer')).toBe(true)
    expect(await says(path === '/off' ? 'belongs to another site that is on' : 'On for this site')).toBe(true)
    await own.getByRole('switch', { name: /Your offer/ }).click()
    expect(await eventually(() => own.getByRole('switch', { name: /Your offer/ }).isChecked(), 15_000)).toBe(true)
    await own.close()
  })
})
