import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { clipboardHtml, plainText } from '../desk/public/drafts.js'
import { clickInSurface, eventually, openCompose, pasteHtml, startDesk, textOfSurface, waitInSurface, type Desk } from './harness/index.ts'
import { killWorker, makeBench, openOwn, pasteMail, rowsIn, SEND, type Bench } from './harness/person.ts'
import { draftsOf, settleByKeys, sign } from './harness/page.ts'

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
const panel = async (): Promise<string> => (await textOfSurface(page, '[data-cs=panel]')).replace(/\s+/g, ' ')
const ledger = async (own: Page): Promise<Entry[]> => rowsIn<Entry>(own, 'ledger')

/** Lets the held draft go with a reason, unchecked. */
async function send(reason: string): Promise<void> {
  await page.waitForTimeout(500)
  await clickInSurface(page, '[data-cs=override]')
  await waitInSurface(page, '[data-cs=override-reason]')
  await page.keyboard.type(reason)
  await clickInSurface(page, '[data-cs=override-confirm]')
}

/** It goes by a reason, and that is on record. */
async function leavesUnchecked(own: Page, reason: string): Promise<void> {
  await send(reason)
  expect(await received(1)).toBe(true)
  expect((await ledger(own)).filter(({ kind }) => kind === 'overridden')).toMatchObject([{ body: { reason, checked: false } }])
}

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

describe('the text', () => {
  test('is longer than what is checked: it is held and said, and goes by a reason on record alone', async () => {
    const own = await openOwn(browser, 'popup.html')
    await page.bringToFront()
    const line = `${'The lamps arrive in time. '.repeat(40)}`
    const blocks = Array.from({ length: Math.ceil(1_000_001 / line.length) }, () => line)
    await openCompose(page, desk.url, { subject: 'The whole story' })
    await pasteHtml(page, { html: clipboardHtml(blocks, true), text: plainText(blocks) })
    expect(await eventually(async () => (await draftsOf(page))[0]?.trouble === 'too-long', 60_000), JSON.stringify((await draftsOf(page)).map(({ phase, trouble, revision }) => ({ phase, trouble, revision })))).toBe(true)
    await waitInSurface(page, '[data-cs=chip]', 30_000)
    expect(await textOfSurface(page), 'said before anybody presses Send').toContain('Check is not running. Send asks first')
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]', 30_000)
    expect((await draftsOf(page))[0]).toMatchObject({ phase: 'failed', trouble: 'too-long' })
    expect(await panel()).toContain('longer than the check reads, 1,000,000 characters')
    expect(desk.sent()).toEqual([])
    await leavesUnchecked(own, 'read twice')
  })
})

describe('the packs', () => {
  /** A pack's row that no version of ours wrote; and the worker is started anew, so that it reads it. */
  const spoil = async (own: Page): Promise<void> => {
    await putPack(own, { id: 'ours', version: '1.0.0', digest: 'a'.repeat(64), pack: null, source: 'file' })
    expect(await killWorker(browser)).toBe(true)
  }

  test('cannot be read: nothing leaves unchecked without a reason on record; once they are mended the same draft is checked', async () => {
    const own = await openOwn(browser, 'popup.html')
    await spoil(own)
    await page.bringToFront()
    await holdMail()
    expect((await draftsOf(page))[0]).toMatchObject({ phase: 'failed', trouble: 'rules-missing' })
    expect(await panel()).toContain('The rules did not load on this page')
    expect(desk.sent()).toEqual([])
    await leavesUnchecked(own, 'the customer waits')

    await putPack(own, null)
    await page.reload()
    await holdMail()
    expect((await draftsOf(page))[0]?.gate).toMatchObject({ kind: 'hold', because: 'open-findings' })
    expect(desk.sent()).toHaveLength(1)
  })

  test('cannot be read, and the policy lets nothing go unchecked: it is said, and nothing leaves', async () => {
    await seedSettings(browser.worker, { ...practiceSettings(desk.url), policy: { unchecked: 'hold' } })
    const own = await openOwn(browser, 'popup.html')
    await spoil(own)
    await page.bringToFront()
    await holdMail()
    await send('the customer waits')
    expect(await eventually(async () => (await panel()).includes('Your policy lets nothing go unchecked'))).toBe(true)
    expect(desk.sent()).toEqual([])
    expect((await ledger(own)).map(({ kind }) => kind)).not.toContain('overridden')
  })
})

/** Puts a row into the packs past our own code, or takes all of them out. */
function putPack(own: Page, row: object | null): Promise<void> {
  return own.evaluate((value) => new Promise<void>((resolve, reject) => {
    const open = indexedDB.open('countersign')
    open.onerror = () => reject(open.error ?? new Error('not opened'))
    open.onsuccess = () => {
      const change = open.result.transaction('packs', 'readwrite')
      if (value) change.objectStore('packs').put(value)
      else change.objectStore('packs').clear()
      change.oncomplete = () => { open.result.close(); resolve() }
      change.onerror = () => reject(change.error ?? new Error('not written'))
    }
  }), row)
}
