import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { practiceSettings, seedSettings, type Launched } from '../run/launch.mjs'
import { eventually, findInSurface, openCompose, pasteHtml, startDesk, textOfSurface, waitInSurface, type Desk } from './harness/index.ts'
import { draftsOf, RISKY, settleByKeys, sign } from './harness/page.ts'
import { BODY, killWorker, makeBench, openOwn, pasteMail, rowsIn, SEND, type Bench } from './harness/person.ts'

/**
 * What happens around a draft: the extension is switched off or removed, a second window, a private window, the computer sleeps, the browser is closed and opened again.
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

interface BrowsersOwn {
  readonly management: { setEnabled(id: string, enabled: boolean): Promise<void> }
  readonly developerPrivate: { updateExtensionConfiguration(change: { extensionId: string; incognitoAccess: boolean }): Promise<void> }
}

/** Does something on the browser's own page of extensions, as its switches and buttons do. */
async function onExtensionsPage(act: 'on' | 'off' | 'private'): Promise<void> {
  const page = await browser.context.newPage()
  await page.goto('chrome://extensions')
  await page.evaluate(async ({ id, what }) => {
    const { management, developerPrivate } = chrome as unknown as BrowsersOwn
    if (what === 'private') await developerPrivate.updateExtensionConfiguration({ extensionId: id, incognitoAccess: true })
    else await management.setEnabled(id, what === 'on')
  }, { id: browser.extensionId, what: act })
  await page.close()
}
const switchTo = (on: boolean): Promise<void> => onExtensionsPage(on ? 'on' : 'off')

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

/** What the guards of all open tabs say that this load of the extension can speak with. */
const guards = (own: Page): Promise<readonly { readonly early: boolean }[]> => own.evaluate(async () => {
  const tabs = await chrome.tabs.query({})
  const answers = await Promise.all(tabs.map(({ id }) => chrome.tabs.sendMessage<unknown, { readonly early: boolean } | undefined>(id!, { countersign: 1, kind: 'page/state' }).catch(() => undefined)))
  return answers.flatMap((answer) => (answer ? [{ early: answer.early }] : []))
})

test('a tab that loaded while the extension was off is watched once it is on again, without a reload; in the tab that its guard still holds nothing changes', async () => {
  const page = browser.context.pages()[0]!
  page.on('dialog', (dialog) => void dialog.dismiss())
  await hold(page, MAIL)
  await switchTo(false)
  const loaded = await browser.context.newPage()
  await openCompose(loaded, desk.url, { subject: OTHER.subject })
  await switchTo(true)
  const own = await openOwn(browser, 'popup.html')
  expect(await eventually(async () => (await guards(own)).length > 0, 10_000)).toBe(true)
  expect(await guards(own), 'it says of itself that it came late; the other tab was left to the guard that it had').toEqual([{ early: false }])
  await own.close()
  await loaded.bringToFront()
  await pasteHtml(loaded, RISKY)
  await loaded.click(SEND)
  await waitInSurface(loaded, '[data-cs=panel]', 15_000)

  await page.bringToFront()
  await page.keyboard.press('Escape')
  await page.click(SEND)
  await page.waitForTimeout(800)
  expect(desk.sent()).toEqual([])
  await settleSignSend(loaded, 1)
})

/** What is in a folder, its folders' content too. The browser deletes while this looks: a folder that is gone by then holds nothing. */
function pathsIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
      const path = join(folder, one.name)
      return one.isDirectory() ? [path, ...pathsIn(path)] : [path]
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** What lies in the profile under the extension's name: its database and its storage. */
const keptOf = (id: string): string[] => pathsIn(bench.path('life')).filter((path) => path.includes(id)).filter((path) => /IndexedDB|Local Extension Settings|Local Storage/.test(path))

test('removed in mid-draft, the words stay, what was held does not leave by itself, a tab loaded afterwards is free, and nothing of the records remains in the profile', async () => {
  const page = browser.context.pages()[0]!
  page.on('dialog', (dialog) => void dialog.dismiss())
  await hold(page, MAIL)
  expect(await eventually(() => keptOf(browser.extensionId).length > 0, 10_000), 'so that the check below can fail').toBe(true)
  // As the button in the browser's own list does. The page that asks is closed with it, so that nobody is there for an answer.
  const own = await openOwn(browser, 'popup.html')
  const closed = own.waitForEvent('close')
  void own.evaluate(() => chrome.management.uninstallSelf({ showConfirmDialog: false })).catch(() => undefined)
  await closed
  expect(await page.innerText(BODY)).toContain('We guarantee')
  expect(desk.sent()).toEqual([])
  expect(await eventually(() => keptOf(browser.extensionId).length === 0, 30_000), keptOf(browser.extensionId).join(', ')).toBe(true)

  const after = await browser.context.newPage()
  await openCompose(after, desk.url, { subject: 'Afterwards' })
  await pasteHtml(after, RISKY)
  await after.click(SEND)
  expect(await eventually(() => desk.sent().length === 1, 10_000)).toBe(true)
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

test('a private window is none of ours until the person allows it to the browser; then a draft is held there and is on record like any other', async () => {
  const worker = (): Launched['worker'] => browser.context.serviceWorkers().find((one) => one.url().includes(browser.extensionId)) ?? browser.worker
  const inPrivate = async (subject: string): Promise<Page> => {
    const opening = browser.context.waitForEvent('page')
    await worker().evaluate((url) => void chrome.windows.create({ incognito: true, url }), `${desk.url}/mail`)
    const page = await opening
    await openCompose(page, desk.url, { subject })
    await pasteHtml(page, RISKY)
    return page
  }
  const free = await inPrivate('Not allowed')
  await free.waitForTimeout(1_500)
  await free.click(SEND)
  expect(await eventually(() => desk.sent().length === 1, 15_000)).toBe(true)
  await free.close()

  await onExtensionsPage('private')
  const registered = (): Promise<number> => worker().evaluate(() => chrome.scripting.getRegisteredContentScripts().then(({ length }) => length)).catch(() => 0)
  expect(await eventually(async () => (await registered()) > 0, 30_000), 'it is there again, with its scripts').toBe(true)
  const page = await inPrivate('Allowed')
  await waitInSurface(page, '[data-cs=chip]', 20_000)
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]', 15_000)
  expect(desk.sent()).toHaveLength(1)
  await settleByKeys(page)
  await sign(page, 'keys')
  expect(await eventually(() => desk.sent().length === 2, 15_000)).toBe(true)
  const own = await openOwn(browser, 'dashboard.html#/history')
  expect(await rowsIn<{ outcome: string; subject: string }>(own, 'records')).toMatchObject([{ outcome: 'sent', subject: 'Allowed' }])
})
