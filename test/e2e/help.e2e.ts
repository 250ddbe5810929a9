import { afterAll, beforeAll, expect, test } from 'vitest'
import { practiceSettings, seedSettings, type Launched } from '../run/launch.mjs'
import { eventually, openCompose, startDesk, type Desk } from './harness/index.ts'
import { draftsOf } from './harness/page.ts'
import { makeBench, openOwn, type Bench } from './harness/person.ts'

/** "It does not see my Send": what the page of help finds out about a real tab, and what it says to do. */
let desk: Desk
let bench: Bench
let browser: Launched

beforeAll(async () => {
  desk = await startDesk()
  bench = makeBench()
  browser = await bench.open('help')
  await seedSettings(browser.worker, practiceSettings(desk.url))
})
afterAll(async () => {
  await bench.remove()
  await desk.close()
})

test('names nothing where all is in order, then the site once it is off, and keeps every word of the draft out of what may be copied', async () => {
  const page = browser.context.pages()[0]!
  await openCompose(page, desk.url, { subject: 'Secret offer' })
  await page.keyboard.type('We guarantee that your lamps arrive in time.')
  expect(await eventually(async () => (await draftsOf(page)).length === 1, 15_000)).toBe(true)
  const tab = await browser.worker.evaluate(async () => (await chrome.tabs.query({})).find(({ url }) => url?.includes('/mail'))?.id)
  const help = await openOwn(browser, `dashboard.html#/help?tab=${tab}&at=${encodeURIComponent(`${desk.url}/mail`)}`)
  const says = (words: string): Promise<boolean> => eventually(async () => (await help.locator('[data-cs=help-result]').innerText()).includes(words), 15_000)
  expect(await says('Everything is in order here'), await help.locator('main').innerText()).toBe(true)
  const report = await help.locator('[data-cs=unseen-report]').inputValue()
  expect(report).toContain('read as: gmail')
  expect(report).toContain('draft 1:')
  for (const word of ['Secret', 'guarantee', 'marta', '127.0.0.1']) expect(report).not.toContain(word)

  const settings = practiceSettings(desk.url)
  await browser.worker.evaluate((value) => chrome.storage.local.set({ settings: value }), { ...settings, sites: settings.sites.map((site) => ({ ...site, on: false })) })
  expect(await says('Countersign is off here')).toBe(true)
})
