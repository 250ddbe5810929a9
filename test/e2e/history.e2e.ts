import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { eventually, startDesk, type Desk } from './harness/index.ts'
import { complaintsOf, everythingKept, keep, killWorker, makeBench, openOwn, pasteMail, rowsIn, SEND, sendAndSign, typeOver, type Bench } from './harness/person.ts'
import { waitInSurface } from './harness/surface.mjs'

/** What a person did must be on record, outlive worker and browser, be found again, and hold no more of a draft than was allowed. */
let desk: Desk
let bench: Bench
let now: Launched | null = null

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
  bench = makeBench()
})
afterEach(async () => {
  await now?.close()
  now = null
  desk.reset()
})
afterAll(async () => {
  await bench.remove()
  await desk.close()
})

const CANARY = 'The heron of Wexcombe stands by the mill pond.'
const OFFER = {
  subject: 'Offer for the Lakeside clinics', to: 'marta.olsen@lakeside-clinics.example',
  blocks: ['Hi Marta,', 'Sign today and get 20% off.', 'We guarantee that your lamps arrive in time.', CANARY],
}
const HELD = { subject: 'Rates for Harbour Foods', to: 'tom.baker@harbour-foods.example', blocks: ['Hi Tom,', 'We guarantee that your site stays online.'] }

interface RecordRow { number: number; subject: string; outcome: string; text: string | null; sent: { kind: string } | null; signOff: { reviewer: { name: string } } | null; decisions: { outcome: string; quote: string }[] }
interface Correction { before: string; after: string; sentence: string; rule: string }

/** Pastes the offer, changes one place by hand, keeps the other with a reason, signs and sends; leaves a second mail held. */
async function work(launched: Launched): Promise<Page> {
  const page = launched.context.pages()[0] ?? (await launched.context.newPage())
  await pasteMail(page, desk, OFFER)
  await typeOver(page, '20% off', 'our spring rate')
  await keep(page, 'We guarantee')
  await sendAndSign(page)
  expect(await eventually(() => desk.sent('mail').length === 1)).toBe(true)
  await pasteMail(page, desk, HELD)
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]')
  expect(desk.sent('mail')).toHaveLength(1)
  return page
}

async function expectAllThere(page: Page): Promise<void> {
  expect(await eventually(async () => (await rowsIn(page, 'records')).length === 2)).toBe(true)
  const [sent, held] = await rowsIn<RecordRow>(page, 'records')
  expect(sent).toMatchObject({ subject: OFFER.subject, outcome: 'sent', sent: { kind: 'send' }, signOff: { reviewer: { name: 'Dana Whitfield' } } })
  expect(sent?.decisions.map(({ outcome, quote }) => `${outcome}: ${quote}`).sort()).toEqual(['fixed: 20% off', 'kept: We guarantee'])
  expect(held).toMatchObject({ subject: HELD.subject, outcome: 'held', sent: null, signOff: null })
  expect(await eventually(async () => (await rowsIn(page, 'corrections')).length > 0)).toBe(true)
  expect(await rowsIn<Correction>(page, 'corrections')).toMatchObject([{ rule: 'pricing/percent-off', before: '20% off', after: 'our spring rate', sentence: 'Sign today and get 20% off.' }])
}

describe('history', () => {
  test('keeps sign-off, decisions, correction and send over a killed worker and a restarted browser, and shows them', async () => {
    now = await bench.open('kept')
    await seedSettings(now.worker, practiceSettings(desk.url))
    const complaints = complaintsOf(now.context)
    const page = await work(now)
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([])
    expect(await killWorker(now)).toBe(true)
    await expectAllThere(await openOwn(now, 'dashboard.html'))
    expect(complaints).toEqual([])
    await now.close()

    now = await bench.open('kept')
    const after = complaintsOf(now.context)
    const dashboard = await openOwn(now, 'dashboard.html')
    await expectAllThere(dashboard)
    await findByHand(dashboard)
    await readRecord(dashboard)
    await checkLedger(dashboard)
    expect(after).toEqual([])
  })

  test('keeps no whole text unless that was chosen; only flagged words and the sentences of corrections', async () => {
    now = await bench.open('no-texts')
    await seedSettings(now.worker, { ...practiceSettings(desk.url), keepTexts: false })
    await work(now)
    const dashboard = await openOwn(now, 'dashboard.html')
    await expectAllThere(dashboard)
    const kept = await everythingKept(dashboard)
    expect(kept).toContain('our spring rate')
    for (const word of ['heron', 'Wexcombe', 'mill pond', 'your lamps arrive']) expect(kept.toLowerCase(), word).not.toContain(word.toLowerCase())
    expect((await rowsIn<RecordRow>(dashboard, 'records')).map((row) => row.text)).toEqual([null, null])
    await dashboard.getByRole('link', { name: OFFER.subject }).click()
    await dashboard.getByText('The text was not kept.').waitFor()
    expect(await dashboard.locator('main').innerText()).toContain('We guarantee')
  })

  test('keeps the whole text where that was chosen, so that the check above can fail', async () => {
    now = await bench.open('texts')
    await seedSettings(now.worker, practiceSettings(desk.url))
    await work(now)
    const dashboard = await openOwn(now, 'dashboard.html')
    await expectAllThere(dashboard)
    expect(await everythingKept(dashboard)).toContain(CANARY)
  })
})

/** Rows that the list shows, by subject, once it stands still. */
async function subjects(page: Page): Promise<string[]> {
  return page.locator('[role=row] a.go').allInnerTexts()
}

async function findByHand(page: Page): Promise<void> {
  const shows = (...expected: string[]): Promise<boolean> => eventually(async () => (await subjects(page)).join('|') === expected.join('|'))
  expect(await shows(HELD.subject, OFFER.subject), 'all').toBe(true)
  const search = page.getByRole('searchbox')
  for (const [words, ...found] of [['lakeside', OFFER.subject], ['tom.baker', HELD.subject], ['guarantee', HELD.subject, OFFER.subject], ['HERON pond', OFFER.subject], ['"heron of wexcombe"', OFFER.subject]] as const) {
    await search.fill(words)
    expect(await shows(...found), words).toBe(true)
  }
  await search.fill('"wexcombe heron"')
  await page.getByText('No record matches').waitFor()
  await search.fill('zeppelin')
  await page.getByText('No record matches').waitFor()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await page.getByLabel('Outcome').selectOption({ label: 'Held' })
  expect(await shows(HELD.subject), 'held').toBe(true)
  await page.getByLabel('Outcome').selectOption({ label: 'Any outcome' })
  await page.getByLabel('Category').selectOption({ label: 'Pricing' })
  expect(await shows(OFFER.subject), 'a category that was fixed').toBe(true)
  await page.getByLabel('Category').selectOption({ label: 'Any category' })
  await page.getByLabel('Time', { exact: true }).selectOption({ label: 'Last 24 hours' })
  expect(await shows(HELD.subject, OFFER.subject), 'a day').toBe(true)
}

async function readRecord(page: Page): Promise<void> {
  await page.getByRole('link', { name: OFFER.subject }).click()
  await page.getByRole('heading', { name: OFFER.subject }).waitFor()
  const said = (await page.locator('main').innerText()).replace(/\s+/g, ' ')
  for (const part of ['Signed, sent', 'marta.olsen@lakeside-clinics.example', 'ChatGPT', CANARY, '20% off', 'our spring rate', 'Dana Whitfield', 'I have reviewed this text and answer for it', 'Reason: ', 'Rule: Guarantee, promise ']) {
    expect(said, part).toContain(part)
  }
}

async function checkLedger(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Chain intact' }).first().click()
  await page.getByRole('heading', { name: /^\d+ entries, chain intact$/ }).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  const file = bench.path('ledger.jsonl')
  await (await download).saveAs(file)
  const { stdout } = await promisify(execFile)(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'lib/cli/ledger.ts', 'verify', file])
  expect(stdout).toMatch(/^INTACT: [3-9]\d* entries/)
  const verifyAgain = page.getByRole('button', { name: 'Verify again' })
  await verifyAgain.click()
  await page.getByRole('heading', { name: /^\d+ entries, chain intact$/ }).waitFor()
  await page.evaluate(alterSecondEntry)
  await verifyAgain.click()
  await page.getByRole('alert').getByRole('heading', { name: /\b2\b/ }).waitFor()
}

/** In the page: somebody writes another time into the second entry, past our own code. */
function alterSecondEntry(): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open('countersign')
    open.onerror = () => reject(open.error ?? new Error('not opened'))
    open.onsuccess = () => {
      const work = open.result.transaction('ledger', 'readwrite')
      const store = work.objectStore('ledger')
      const read = store.get(2)
      read.onsuccess = () => store.put({ ...(read.result as object), at: 1 })
      work.onerror = () => reject(work.error ?? new Error('not written'))
      work.oncomplete = () => {
        open.result.close()
        resolve()
      }
    }
  })
}
