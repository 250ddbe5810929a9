import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings, type Launched } from '../run/launch.mjs'
import { clickInSurface, eventually, findInSurface, openCompose, startDesk, textOfSurface, waitInSurface, type Desk } from './harness/index.ts'
import { BODY, makeBench, openOwn, pasteMail, rowsIn, SEND, sendAndSign, keep, type Bench } from './harness/person.ts'
import { draftsOf, inOurWorld } from './harness/page.ts'

/** Sends that no gate of ours saw are noticed and told; discarding, saving, closing and moving a draft is not taken for one. */
let desk: Desk
let bench: Bench
let browser: Launched
let page: Page

beforeAll(async () => {
  desk = await startDesk({ undoMs: 20_000 })
})
afterAll(() => desk.close())
beforeEach(async () => {
  bench = makeBench()
  browser = await bench.open('unseen')
  const settings = practiceSettings(desk.url)
  await seedSettings(browser.worker, { ...settings, sites: [...settings.sites, { prefix: `${desk.url}/plain`, adapter: 'generic', on: true }, { prefix: `${desk.url}/form`, adapter: 'gmail', on: true }] })
  page = browser.context.pages()[0]!
})
afterEach(async () => {
  await bench.remove()
  desk.reset()
})

const WORDS = 'We guarantee that your lamps arrive in time.'
const MAIL = { subject: 'Your offer', blocks: ['Hi Marta,', WORDS] }
const squeezed = (text: string): string => text.replace(/\s+/g, ' ')
const notice = async (): Promise<string> => squeezed(await textOfSurface(page, '[data-cs=unseen]'))

interface Row { readonly outcome: string; readonly sent: { readonly seen?: string } | null }
async function records(): Promise<Row[]> {
  const own = await openOwn(browser, 'dashboard.html')
  const rows = await rowsIn<Row>(own, 'records')
  await own.close()
  await page.bringToFront()
  return rows
}

/** All that the guard says it saw leave past it. */
const unseen = async (): Promise<string[]> => (await inOurWorld<string[]>(page, '(globalThis.__countersign?.unseen() ?? []).map((one) => one.by)')).flat()

/** A button in the desk's mail that no adapter knows: the page sends the mail itself, closes the window and says so. */
function unknownButton({ label, words }: { label: string; words: string }): void {
  const root = document.querySelector('.M9')!
  const button = Object.assign(document.createElement('div'), { textContent: label, className: 'css-1x2y3z action-button' })
  button.setAttribute('role', 'button')
  button.setAttribute('data-marta-olsen', '1')
  button.dataset['testAction'] = 'Marta Olsen'
  button.addEventListener('click', () => {
    root.closest('[role=dialog]')!.remove()
    setTimeout(() => {
      const toast = Object.assign(document.createElement('div'), { className: 'bAp', textContent: words })
      toast.setAttribute('role', 'alert')
      document.body.append(toast)
    }, 400)
  })
  root.append(button)
}

/** A page of one draft, under an address that is on. */
async function openPlain(body: string, path = 'plain'): Promise<void> {
  await browser.context.route(`${desk.url}/${path}*`, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Plain</title>${body}` }))
  await page.goto(`${desk.url}/${path}`)
}

/** Writes what asks for a signature, and waits until the guard has read it. */
async function write(selector: string, words = WORDS): Promise<void> {
  await page.click(selector)
  await page.keyboard.type(words)
  expect(await eventually(async () => (await draftsOf(page)).some(({ draft, phase }) => draft.text.includes(words) && phase !== 'checking'), 20_000)).toBe(true)
  await inOurWorld(page, 'globalThis.__countersign?.sessions()[0]?.declareOrigin(true)')
}

describe('a send that no gate saw', () => {
  test('is told with what was seen, kept on record, and reported without a word of the page', async () => {
    await pasteMail(page, desk, MAIL)
    await page.evaluate(unknownButton, { label: 'Los', words: 'Message sent' })
    await page.click('.action-button')
    await waitInSurface(page, '[data-cs=unseen]', 20_000)
    expect(await notice()).toContain('"Your offer" seems to have left without a check')
    expect(await notice()).toContain('The page said that it was sent.')
    expect(await eventually(async () => (await notice()).includes('It is on record as 1.'))).toBe(true)
    expect((await records()).map(({ outcome, sent }) => [outcome, sent?.seen])).toEqual([['unreviewed', 'said']])

    expect(await findInSurface(page, '[data-cs=unseen-report]'), 'nothing is copied that was not shown').toBeNull()
    await clickInSurface(page, '[data-cs=unseen-show]')
    await page.waitForTimeout(600) // It has found its place above what the page says.
    await clickInSurface(page, '[data-cs=unseen-copy]')
    expect(await eventually(async () => (await notice()).includes('Copied.'))).toBe(true)
    await page.evaluate(() => { document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' })) })
    await page.click('#paste')
    await page.keyboard.press('ControlOrMeta+v')
    const report = await page.inputValue('#paste')
    expect(report).toContain('read as: gmail')
    expect(report).toMatch(/div~[0-9a-f]{4}\.action-button role=button data-test-action \(3\) <- pressed/)
    for (const word of ['marta', 'olsen', 'guarantee', 'lamps', 'offer', 'lakeside', '127.0.0.1', 'Dana']) expect(report.toLowerCase()).not.toContain(word.toLowerCase())

    const popup = await openOwn(browser, 'popup.html')
    await page.bringToFront()
    await popup.reload()
    expect(await eventually(async () => squeezed(await popup.locator('main').innerText()).includes('"Your offer" seems to have left without a check'))).toBe(true)
    await popup.goto(`chrome-extension://${browser.extensionId}/dashboard.html#/history/1`)
    await popup.getByText('seems to have left without one, by a way that Countersign does not know').waitFor()
    await popup.getByText('The page said that it was sent.').waitFor()
  })

  test('by an icon that empties the editor', async () => {
    await openPlain('<form method="post" action="/sent"><textarea rows="5" cols="50"></textarea><svg id="go" width="24" height="24"><path d="M0 0 24 12 0 24z"/></svg></form><script>document.querySelector("#go").onclick = () => fetch("/plain").then(() => { document.querySelector("textarea").value = "" })</script>')
    await write('textarea')
    await page.click('#go')
    expect(await eventually(async () => (await unseen()).includes('emptied'), 20_000)).toBe(true)
    expect(await notice()).toContain('This draft seems to have left without a check')
  })

  test('by Enter', async () => {
    await openPlain('<form method="post" action="/sent"><div contenteditable style="min-height:80px;border:1px solid"></div></form><script>document.querySelector("div").onkeydown = (event) => { if (event.key === "Enter") { event.preventDefault(); event.target.textContent = "" } }</script>')
    await write('[contenteditable]')
    await page.keyboard.press('Enter')
    expect(await eventually(async () => (await unseen()).includes('enter'), 20_000)).toBe(true)
  })

  test('by a script that posts the form into a frame', async () => {
    await openPlain('<iframe name="away" hidden></iframe><form method="post" action="/plain" target="away"><textarea name="text" rows="5" cols="50"></textarea></form><a href="#" id="go">Los</a><script>document.querySelector("#go").onclick = (event) => { event.preventDefault(); document.forms[0].submit(); setTimeout(() => { document.forms[0].remove() }, 200) }</script>')
    await write('textarea')
    await page.click('#go')
    expect(await eventually(async () => (await unseen()).includes('form'), 20_000)).toBe(true)
  })

  test('by a form that takes the page along: it stands in History and in the popup of the next page', async () => {
    await openPlain('<form class="M9" method="post" action="/form?sent"><input type="hidden" name="composeid" value="1"><input name="subjectbox" value="Form"><div class="Am" g_editable="true" role="textbox" contenteditable="true" style="min-height:80px"></div><button>Los</button></form>', 'form')
    await write('.Am')
    await page.click('button')
    await page.waitForURL(/sent/)
    expect(await eventually(async () => (await records()).some(({ outcome, sent }) => outcome === 'unreviewed' && sent?.seen === 'form'), 20_000)).toBe(true)
    const popup = await openOwn(browser, 'popup.html')
    expect(await eventually(async () => (await popup.locator('main').innerText()).includes('1 draft seems to have left without a check today.'), 20_000)).toBe(true)
  })
})

describe('no send', () => {
  /** Longer than the guard looks for signs. */
  const SETTLED = 4_600

  async function nothingSeen(): Promise<void> {
    await page.waitForTimeout(SETTLED)
    expect(await unseen()).toEqual([])
    expect(await findInSurface(page, '[data-cs=unseen]')).toBeNull()
  }

  test.each<[string, () => Promise<unknown>]>([
    ['Discard', () => page.click('.M9 .oh')],
    ['Save & close', () => page.click('.Ha')],
    ['Discard while the page says that another mail was sent', async () => {
      await page.evaluate(() => { setTimeout(() => { document.body.insertAdjacentHTML('beforeend', '<div role="alert">Message sent</div>') }, 500) })
      await page.click('.M9 .oh')
    }],
    ['a window of its own', () => page.click('.Hq', { modifiers: ['Shift'] })],
    ['full screen and back', async () => {
      await page.click('.Hq')
      await page.waitForTimeout(1_200)
      await page.click('.Hq')
    }],
    ['all words deleted by hand', async () => {
      await page.locator(BODY).focus()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.press('Delete')
    }],
    ['another application draws the compose anew', () => page.evaluate(() => {
      const old = document.querySelector('.M9 .Am.editable')!
      const fresh = old.cloneNode(true)
      old.replaceWith(document.createElement('i'))
      setTimeout(() => { document.querySelector('.M9 i')!.replaceWith(fresh) }, 500)
    })],
    ['the whole page is emptied by a route', () => page.evaluate(() => {
      history.pushState({}, '', '/mail?other')
      document.querySelector('.no')!.replaceChildren()
    })],
    ['a link to another page', async () => {
      await page.evaluate(() => { document.body.insertAdjacentHTML('afterbegin', '<a id="away" href="/mail/settings">Settings</a>') })
      await page.click('#away')
      await page.waitForURL(/settings/)
    }],
    ['reload', () => page.reload()],
  ])('%s', async (_name, act) => {
    await pasteMail(page, desk, MAIL)
    await act()
    await nothingSeen()
    expect(await records()).toEqual([])
  })

  test('a signed send, its Undo, the send after it, and a second mail discarded meanwhile', async () => {
    await pasteMail(page, desk, MAIL)
    await keep(page, 'We guarantee')
    await sendAndSign(page)
    expect(await eventually(() => desk.sent().length === 1)).toBe(true)
    await page.click('.bAp .ag')
    await page.waitForSelector(BODY)
    await page.click(SEND)
    expect(await eventually(() => desk.sent().length === 1)).toBe(true)
    await page.click('.T-I-KE')
    await page.locator(BODY).click()
    await page.keyboard.type('A second mail that nobody sends today.')
    await page.waitForTimeout(500)
    await page.click('.M9 .oh')
    await nothingSeen()
  })

  test('a clean mail that goes through the gate, and one that is saved in the CMS', async () => {
    await openCompose(page, desk.url)
    await page.keyboard.type('The floor plan is in the shared folder.')
    await page.click(SEND)
    expect(await eventually(() => desk.sent().length === 1)).toBe(true)
    await nothingSeen()
    await page.goto(`${desk.url}/cms`)
    await page.waitForSelector('body[data-ready]')
    await page.frameLocator('#content_ifr').locator('body#tinymce').click()
    await page.keyboard.type(WORDS)
    await page.keyboard.press('Control+s')
    await page.click('#save-post')
    await nothingSeen()
  })
})
