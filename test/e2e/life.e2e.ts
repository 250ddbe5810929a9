import { mkdirSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { practiceSettings, seedSettings, type Launched } from '../run/launch.mjs'
import { startDesk, waitInSurface, type Desk } from './harness/index.ts'
import { BODY, makeBench, pasteMail, SEND, type Bench } from './harness/person.ts'

/** The extension is switched off around a draft, and on again. (An update in mid-draft is in `trouble.e2e.ts`.) */
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

async function hold(page: Page, mail: typeof MAIL): Promise<void> {
  await page.bringToFront()
  await pasteMail(page, desk, mail)
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]', 15_000)
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
