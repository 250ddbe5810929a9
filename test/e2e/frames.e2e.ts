import type { Frame, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventually, findInSurface, launchExtension, practiceSettings, startDesk, waitInSurface, type Desk, type ExtensionUnderTest } from './harness/index.ts'
import { draftsOf, inOurWorld, pasteInto, RISKY, settleByKeys, sign } from './harness/page.ts'

/** Wherever a page puts an editor: what carries risk is held there once, goes once after the signature, and no listener is there twice. */
let desk: Desk
let browser: ExtensionUnderTest
let page: Page

beforeAll(async () => {
  desk = await startDesk()
  const { sites } = practiceSettings(desk.url)
  browser = await launchExtension({ desk, settings: { sites: [...sites, { prefix: `${desk.url}/plain`, adapter: 'generic', on: true }] } })
  page = browser.page
})
afterAll(async () => {
  await browser.close()
  await desk.close()
})
beforeEach(async () => {
  for (const other of browser.context.pages()) if (other !== page) await other.close()
})

/** Counts sends in the page that counts them; each send also shows, as applications do. */
const COUNT = '<script>window.sends = 0; window.went = (document) => { window.sends += 1; document.body.append("Sent. ") }</script>'
const SEND = '<button id="send">Send</button>'
const ON_SEND = '<script>document.querySelector("#send").onclick = () => went(document)</script>'
const EDITOR = '<div id="editor" contenteditable="true" style="min-height:80px;border:1px solid">&nbsp;</div>'
/** A page that talks to the one around it only by messages, as a sandbox without the same origin must. */
const ALONE = `<main>${EDITOR}${SEND}</main><script>document.querySelector("#send").onclick = () => { parent.postMessage("went", "*"); document.body.append("Sent. ") }</script>`
const attribute = (html: string): string => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

async function open(body: string): Promise<void> {
  await browser.context.unroute(`${desk.url}/plain*`)
  await browser.context.route(`${desk.url}/plain*`, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Plain</title>${COUNT}<body>${body}` }))
  await page.goto(`${desk.url}/plain`)
}

const sends = (at: Page = page): Promise<number> => at.evaluate(() => (window as unknown as { sends: number }).sends)
async function innerFrame(): Promise<Frame> {
  expect(await eventually(() => page.frames().length > 1)).toBe(true)
  return page.frames()[1]!
}

interface Stage { readonly editor: Locator; readonly send: Locator; readonly at?: Page; readonly sent?: () => Promise<number> }

/** Pastes, presses Send, and goes the whole way. */
async function heldThenSentOnce({ editor, send, at = page, sent = () => sends(at) }: Stage): Promise<void> {
  await pasteInto(at, editor, RISKY)
  expect(await eventually(async () => (await draftsOf(at)).some(({ phase }) => phase === 'open'), 15_000), 'read').toBe(true)
  await send.click()
  await waitInSurface(at, '[data-cs=panel]', 15_000)
  expect((await draftsOf(at)).reduce((sum, { holds }) => sum + holds, 0), 'held once').toBe(1)
  expect(await sent()).toBe(0)
  await settleByKeys(at)
  await sign(at, 'keys')
  expect(await eventually(async () => (await sent()) === 1, 10_000), 'sent').toBe(true)
  await at.waitForTimeout(500)
  expect(await sent(), 'sent once').toBe(1)
}

describe('an editor in a frame, its Send beside it', () => {
  const frame = (attributes: string): string => `<main><iframe id="frame" style="width:500px;height:180px" ${attributes}></iframe>${SEND}</main>${ON_SEND}`
  const write = '<script>{ const inner = document.querySelector("#frame").contentDocument; inner.open(); inner.write("<body contenteditable>&nbsp;"); inner.close() }</script>'
  test.each<[string, string]>([
    ['without an address', `${frame('')}<script>document.querySelector("#frame").contentDocument.body.contentEditable = "true"</script>`],
    ['with srcdoc', frame('srcdoc="<body contenteditable>&amp;nbsp;"')],
    ['written by the page', `${frame('')}${write}`],
    ['written by the page once everything has loaded', `${frame('')}<script>onload = () => setTimeout(() => { const inner = document.querySelector("#frame").contentDocument; inner.open(); inner.write("<body contenteditable>&nbsp;"); inner.close() }, 600)</script>`],
    ['that comes late', `<main id="main">${SEND}</main>${ON_SEND}<script>setTimeout(() => { const frame = document.createElement("iframe"); frame.srcdoc = "<body contenteditable>&nbsp;"; document.querySelector("#main").prepend(frame) }, 600)</script>`],
    ['in a sandbox of the same origin', frame('sandbox="allow-same-origin allow-scripts" srcdoc="<body contenteditable>&amp;nbsp;"')],
  ])('%s', async (_name, body) => {
    await open(body)
    const inner = await innerFrame()
    await page.waitForTimeout(900)
    await heldThenSentOnce({ editor: inner.locator('body[contenteditable]'), send: page.locator('#send') })
  })
})

/** Such a frame has a process of its own, into which the tests' debugger does not look: what leaves is counted by the page around it. */
test('editor and Send in a sandbox of another origin: the guard inside holds what is risky and lets go what is not', async () => {
  const sandbox = `<iframe sandbox="allow-scripts" style="width:900px;height:700px" srcdoc="${attribute(ALONE)}"></iframe><script>onmessage = ({ data }) => { if (data === "went") window.sends += 1 }</script>`
  await open(sandbox)
  await (await innerFrame()).locator('#editor').click()
  await page.keyboard.type('See you on Thursday.')
  await (await innerFrame()).locator('#send').click()
  expect(await eventually(async () => (await sends()) === 1, 15_000)).toBe(true)
  await open(sandbox)
  const inner = await innerFrame()
  await pasteInto(page, inner.locator('#editor'), RISKY)
  await page.waitForTimeout(1_500)
  await inner.locator('#send').click()
  await page.waitForTimeout(2_000)
  expect(await sends()).toBe(0)
})

test('in an open shadow root', async () => {
  await open(`<x-composer></x-composer><script>{ const root = document.querySelector("x-composer").attachShadow({ mode: "open" }); root.innerHTML = '<main>${EDITOR}${SEND}</main>'; root.querySelector("#send").onclick = () => went(document) }</script>`)
  await heldThenSentOnce({ editor: page.locator('#editor'), send: page.locator('#send') })
})

test('several drafts: each has its own session, and only the one whose Send was pressed is held', async () => {
  const one = (name: string): string => `<main id="${name}">${EDITOR}${SEND}</main>`
  await open(`${one('a')}${one('b')}<script>for (const button of document.querySelectorAll("#send")) button.onclick = () => went(document)</script>`)
  await pasteInto(page, page.locator('#a #editor'), RISKY)
  expect(await eventually(async () => (await draftsOf(page)).length === 1, 15_000)).toBe(true)
  await page.locator('#b #editor').click()
  await page.keyboard.type('See you on Thursday.')
  expect(await eventually(async () => (await draftsOf(page)).length === 2, 15_000)).toBe(true)
  await page.locator('#b #send').click()
  expect(await eventually(async () => (await sends()) === 1)).toBe(true)
  expect(await findInSurface(page, '[data-cs=panel]')).toBeNull()
  await page.locator('#a #send').click()
  await waitInSurface(page, '[data-cs=panel]')
  expect((await draftsOf(page)).map(({ held }) => held).sort()).toEqual([null, 'send'])
})

test('in a window that the page opened and wrote itself', async () => {
  await open('<button id="pop">Open</button><script>document.querySelector("#pop").onclick = () => { window.child = window.open("about:blank", "_blank", "popup,width=700,height=600") }</script>')
  const opening = browser.context.waitForEvent('page')
  await page.click('#pop')
  const popped = await opening
  await popped.waitForTimeout(800)
  await page.evaluate(({ body }) => {
    const { child } = window as unknown as { child: Window }
    child.document.open()
    child.document.write(body)
    child.document.close()
  }, { body: `<!doctype html>${COUNT}<main>${EDITOR}${SEND}</main>${ON_SEND}` })
  await heldThenSentOnce({ editor: popped.locator('#editor'), send: popped.locator('#send'), at: popped })
})

describe('a page that changes its address without loading', () => {
  test('keeps the session of a draft that stays', async () => {
    await open(`<main>${EDITOR}${SEND}</main>${ON_SEND}`)
    await pasteInto(page, page.locator('#editor'), RISKY)
    expect(await eventually(async () => (await draftsOf(page)).length === 1, 15_000)).toBe(true)
    const before = (await draftsOf(page))[0]!.id
    await page.evaluate(() => { history.pushState({}, '', '/plain?thread=2') })
    await page.waitForTimeout(1_500)
    expect((await draftsOf(page)).map(({ id }) => id)).toEqual([before])
    await page.locator('#editor').press('End')
    await page.locator('#send').click()
    await waitInSurface(page, '[data-cs=panel]')
    expect((await draftsOf(page))[0]!.holds).toBe(1)
  })

  test('ends the session of a draft that is replaced, and checks the new one', async () => {
    await open(`<div id="app"><main>${EDITOR}${SEND}</main></div>${ON_SEND}`)
    await pasteInto(page, page.locator('#editor'), RISKY)
    expect(await eventually(async () => (await draftsOf(page)).length === 1, 15_000)).toBe(true)
    const before = (await draftsOf(page))[0]!.id
    await page.evaluate((html) => {
      history.pushState({}, '', '/plain?thread=3')
      document.querySelector('#app')!.innerHTML = html
      document.querySelector<HTMLElement>('#send')!.onclick = () => { (window as unknown as { went(document: Document): void }).went(document) }
    }, `<main>${EDITOR}${SEND}</main>`)
    expect(await eventually(async () => !(await draftsOf(page)).some(({ id }) => id === before))).toBe(true)
    await heldThenSentOnce({ editor: page.locator('#editor'), send: page.locator('#send') })
    expect((await inOurWorld<number>(page, 'globalThis.__countersign?.sessions().length ?? 0')).reduce((sum, count) => sum + (count ?? 0), 0)).toBe(1)
  })
})

test('no page is told that we are there: nothing of ours is said, set or put in before a draft has the focus', async () => {
  await open(`${EDITOR}${SEND}`)
  await page.addInitScript(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    window.addEventListener('message', ({ data }) => heard.push(`message ${JSON.stringify(data)}`))
    const dispatch = Object.getOwnPropertyDescriptor(EventTarget.prototype, 'dispatchEvent')?.value as (this: EventTarget, event: Event) => boolean
    EventTarget.prototype.dispatchEvent = function (event) {
      heard.push(`dispatched ${event.type}`)
      return dispatch.call(this, event)
    }
    new MutationObserver((changes) => changes.forEach(({ type, target }) => heard.push(`${type} on ${target.nodeName}`))).observe(document, { attributes: true, childList: false, subtree: true })
  })
  await page.reload()
  await page.waitForTimeout(1_000)
  expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([])
  expect(await page.evaluate(() => Object.keys(window).filter((name) => /countersign|wxt/i.test(name)))).toEqual([])
})
