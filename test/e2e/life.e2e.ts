import { mkdirSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { practiceSettings, seedSettings, type Launched } from '../run/launch.mjs'
import { eventually, findInSurface, startDesk, textOfSurface, waitInSurface, type Desk } from './harness/index.ts'
import { draftsOf, settleByKeys, sign } from './harness/page.ts'
import { BODY, killWorker, makeBench, openOwn, pasteMail, rowsIn, SEND, type Bench } from './harness/person.ts'

/**
 * What happens around a draft: the extension is switched off, a second window, the computer sleeps, the browser is closed and opened again.
 * (An update in mid-draft is in `trouble.e2e.ts`; two people with a profile each are in `approvals.e2e.ts`.)
 */
let desk: Desk
let bench: Bench
let browser: Launched

beforeAll(async () => { desk = await startDesk() })
afterAll(() => desk.close())
beforeEach(async () => {
  bench = makeBench()
  // Without its developer mode the browser drops an unpacked extension when it is switched off and on.
  mkdirSync(bench.path('life/Default'), { recursive: true })
  writeFileSync(bench.path('life/Default/Preferences'), JSON.stringify({ extensions: { ui: { developer_mode: true } } }))
  browser = await bench.open('life')
  await seedSettings(browser.worker, practiceSettings(desk.url))
})
afterEach(async () => {
  await bench.remove()
  desk.reset()
})

const MAIL = { subject: 'Your offer', blocks: ['Hi Marta,', 'We guarantee that your lamps arrive in time.'] }
const OTHER = { subject: 'The other offer', blocks: ['Hi Tom,', 'We can offer you a 23% discount on the lamps.'] }

async function hold(page: Page, mail: typeof MAIL): Promise<void> {
  await page.bringToFront()
  await pasteMail(page, desk, mail)
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]', 15_000)
}

async function settleSignSend(page: Page, count: number): Promise<void> {
  await page.bringToFront()
  await settleByKeys(page)
  await sign(page, 'keys')
  expect(await eventually(() => desk.sent().length === count, 10_000)).toBe(true)
}

/** As the switch on the browser's own page of extensions does. */
async function switchTo(on: boolean): Promise<void> {
  const page = await browser.context.newPage()
  await page.goto('chrome://extensions')
  await page.evaluate(async ({ id, enabled }) => {
    await (chrome as unknown as { management: { setEnabled(id: string, enabled: boolean): Promise<void> } }).management.setEnabled(id, enabled)
  }, { id: browser.extensionId, enabled: on })
  await page.close()
}

test('switched off in mid-draft, what was held stays held, the words stay, and a tab loaded afterwards is free; switched on again, a loaded tab is held', async () => {
  const page = browser.context.pages()[0]!
  page.on('dialog', (dialog) => void dialog.dismiss())
  await hold(page, MAIL)
  await switchTo(false)
  await page.bringToFront()
  await page.keyboard.press('Escape')
  await page.click(SEND)
  await page.waitForTimeout(800)
  expect(desk.sent()).toEqual([])
  expect(await page.innerText(BODY)).toContain('We guarantee')

  await switchTo(true)
  await hold(page, MAIL)
  expect(desk.sent()).toEqual([])
})

test('two windows have each their own draft; what is signed in one opens nothing in the other, and both are on record', async () => {
  const page = browser.context.pages()[0]!
  const opening = browser.context.waitForEvent('page')
  const session = await browser.context.newCDPSession(page)
  await session.send('Target.createTarget', { url: 'about:blank', newWindow: true })
  const second = await opening
  await hold(page, MAIL)
  await hold(second, OTHER)
  await settleSignSend(page, 1)
  await second.waitForTimeout(500)
  expect(desk.sent().map(({ subject }) => subject)).toEqual([MAIL.subject])
  expect(await findInSurface(second, '[data-cs=panel]')).not.toBeNull()
  await settleSignSend(second, 2)
  const own = await openOwn(browser, 'dashboard.html#/history')
  expect(await rowsIn<{ outcome: string }>(own, 'records')).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }])
})

test('after the browser was closed over a draft that is settled and not signed, the same words are settled still, and are held until they are signed', async () => {
  const page = browser.context.pages()[0]!
  await hold(page, MAIL)
  await settleByKeys(page)
  await page.waitForTimeout(500)
  await browser.close()

  browser = await bench.open('life')
  // An unpacked extension is put in anew at each start of the browser, and its scripts with it.
  const registered = (): Promise<number> => browser.worker.evaluate(() => chrome.scripting.getRegisteredContentScripts().then(({ length }) => length))
  expect(await eventually(async () => (await registered()) > 0, 20_000)).toBe(true)
  const again = browser.context.pages()[0]!
  await hold(again, MAIL)
  expect(desk.sent()).toEqual([])
  expect(await eventually(async () => (await draftsOf(again))[0]?.states.every(({ decision }) => decision) ?? false, 10_000), 'settled still').toBe(true)
  await sign(again, 'keys')
  expect(await eventually(() => desk.sent().length === 1, 10_000)).toBe(true)
})

test('a computer that slept over a held draft, its page frozen and the worker gone, wakes to the same panel, and what is signed then leaves once', async () => {
  const page = browser.context.pages()[0]!
  await hold(page, MAIL)
  const before = (await textOfSurface(page, '[data-cs=panel]')).replace(/\s+/g, ' ')
  const session = await browser.context.newCDPSession(page)
  await session.send('Page.setWebLifecycleState', { state: 'frozen' })
  expect(await killWorker(browser)).toBe(true)
  await new Promise((resolve) => { setTimeout(resolve, 3_000) })
  await session.send('Page.setWebLifecycleState', { state: 'active' })
  expect((await textOfSurface(page, '[data-cs=panel]')).replace(/\s+/g, ' ')).toBe(before)
  await page.click(SEND)
  await page.waitForTimeout(300)
  expect(desk.sent()).toEqual([])
  await settleSignSend(page, 1)
  const own = await openOwn(browser, 'dashboard.html#/history')
  expect(await rowsIn<{ outcome: string }>(own, 'records')).toMatchObject([{ outcome: 'sent' }])
  expect(desk.sent()).toHaveLength(1)
})
