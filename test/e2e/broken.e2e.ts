import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { eventually, startDesk, waitInSurface, type Desk } from './harness/index.ts'
import { makeBench, openOwn, pasteMail, rowsIn, SEND, type Bench } from './harness/person.ts'
import { settleByKeys, sign } from './harness/page.ts'

/** A part that is broken for real: nothing that needs a signature leaves without one on record, one sentence says what is the matter, and once mended it goes. */
let desk: Desk
let bench: Bench
let browser: Launched
let page: Page

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
})
afterAll(() => desk.close())
beforeEach(async () => {
  bench = makeBench()
  browser = await bench.open('broken')
  await seedSettings(browser.worker, practiceSettings(desk.url))
  page = browser.context.pages()[0]!
})
afterEach(async () => {
  await bench.remove()
  desk.reset()
})

const DAY = 86_400_000
interface Entry { readonly kind: string; readonly body: Readonly<Record<string, unknown>> }

async function holdMail(): Promise<void> {
  await pasteMail(page, desk, { subject: 'Your offer', blocks: ['Hi Marta,', 'We guarantee that your lamps arrive in time.'] })
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]')
}

const received = (count: number): Promise<boolean> => eventually(() => desk.sent().length === count)
const ledger = async (own: Page): Promise<Entry[]> => rowsIn<Entry>(own, 'ledger')

describe('the database', () => {
  test('is locked by somebody else: the signature waits and nothing leaves; once it is free both go, once', async () => {
    const own = await openOwn(browser, 'popup.html')
    await page.bringToFront()
    await holdMail()
    await settleByKeys(page)
    // A transaction over everything that never ends until it is told to.
    await own.evaluate(() => new Promise<void>((resolve, reject) => {
      const open = indexedDB.open('countersign')
      open.onerror = () => reject(open.error ?? new Error('not opened'))
      open.onsuccess = () => {
        const store = open.result.transaction([...open.result.objectStoreNames], 'readwrite').objectStore('meta')
        const state = globalThis as { freed?: boolean }
        const again = (): void => { if (!state.freed) store.get('nothing').onsuccess = again; else open.result.close() }
        store.get('nothing').onsuccess = () => { resolve(); again() }
      }
    }))
    await sign(page, 'press')
    await page.waitForTimeout(1_500)
    expect(desk.sent(), 'what is not on record has not left').toHaveLength(0)
    await own.evaluate(() => { (globalThis as { freed?: boolean }).freed = true })
    expect(await received(1)).toBe(true)
    expect(await eventually(async () => (await ledger(own)).filter(({ kind }) => kind === 'signed' || kind === 'sent').length === 2)).toBe(true)
  })
})

describe('the clock', () => {
  test('is set back: the order of entries stays, the first one afterwards says by how much', async () => {
    const own = await openOwn(browser, 'popup.html')
    await page.bringToFront()
    await holdMail()
    await browser.worker.evaluate((ms) => { const now = Date.now; Date.now = () => now() - ms }, 3 * DAY)
    await settleByKeys(page)
    await sign(page, 'press')
    expect(await received(1)).toBe(true)
    const behind = (await ledger(own)).map(({ body }) => body['clockBehind']).filter((ms) => ms !== undefined)
    expect(behind.length).toBeGreaterThan(0)
    expect(Number(behind[0])).toBeGreaterThan(2 * DAY)
  })
})

describe('the key', () => {
  test('is lost: the next signature is under a new one, and the ledger says from where on and is shown as broken', async () => {
    await holdMail()
    await settleByKeys(page)
    const own = await openOwn(browser, 'popup.html')
    await own.evaluate(() => new Promise<void>((resolve, reject) => {
      const open = indexedDB.open('countersign')
      open.onerror = () => reject(open.error ?? new Error('not opened'))
      open.onsuccess = () => {
        const write = open.result.transaction('meta', 'readwrite')
        write.objectStore('meta').delete('device-key')
        write.oncomplete = () => { open.result.close(); resolve() }
      }
    }))
    await page.bringToFront()
    await sign(page, 'press')
    expect(await received(1)).toBe(true)
    const found = (await ledger(own)).find(({ kind }) => kind === 'tamper')
    expect(found?.body['reason']).toContain('the key was lost')
    await own.goto(`chrome-extension://${browser.extensionId}/dashboard.html#/ledger`)
    expect(await eventually(async () => (await own.locator('main').innerText()).includes('the key was lost'))).toBe(true)
  })
})
