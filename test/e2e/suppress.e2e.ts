import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { eventually, openCompose, pasteHtml, startDesk, textOfSurface, waitGoneFromSurface, waitInSurface, type Desk } from './harness/index.ts'
import { complaintsOf, makeBench, openCard, openOwn, pasteMail, rowsIn, SEND, type Bench } from './harness/person.ts'

/** A person says once that a finding is no issue here; it stays away until that is taken back. */
let desk: Desk
let bench: Bench
let browser: Launched
let page: Page

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
  bench = makeBench()
  browser = await bench.open('suppress')
  await seedSettings(browser.worker, practiceSettings(desk.url))
  page = browser.context.pages()[0]!
})
afterAll(async () => {
  await bench.remove()
  await desk.close()
})

const WORDS = 'We guarantee that your lamps arrive in time.'
const chat = (words: string) => ({ html: `<p data-start="0" data-end="40">${words}</p><p data-start="42" data-end="80" data-is-last-node="">The plan follows on Wednesday.</p>`, text: `${words}\n\nThe plan follows on Wednesday.` })
const marks = (): Promise<string[]> => page.evaluate(() => [...CSS.highlights.values()].flatMap((highlight) => [...highlight].map(String)))
const received = (count: number): Promise<boolean> => eventually(() => desk.sent('mail').length === count)

test('what a person stopped flagging is not marked and not held, in this draft and the next, until it is taken back in Settings', async () => {
  const complaints = complaintsOf(browser.context)
  await pasteMail(page, desk, { subject: 'First', blocks: ['Hi Marta,', WORDS] })
  await openCard(page, 'We guarantee')
  await page.keyboard.press('s')
  await waitInSurface(page, '[data-cs=suppress-words]')
  await page.keyboard.type('It is in our terms.')
  await page.keyboard.press('Enter')
  expect(await eventually(async () => (await textOfSurface(page, '[data-cs=toast]')).includes('Not flagged again.'))).toBe(true)
  await waitGoneFromSurface(page, '[data-cs=card]')
  expect(await eventually(async () => (await marks()).length === 0), 'the mark goes').toBe(true)
  await page.click(SEND)
  expect(await received(1)).toBe(true)

  await openCompose(page, desk.url, { subject: 'Second' })
  await pasteHtml(page, chat(WORDS))
  await page.waitForTimeout(1_000)
  expect(await marks()).toEqual([])
  await page.click(SEND)
  expect(await received(2)).toBe(true)

  await openCompose(page, desk.url, { subject: 'Other words' })
  await pasteHtml(page, chat('We promise that your lamps arrive in time. We guarantee it.'))
  expect(await eventually(async () => (await marks()).length > 0), 'other words of the rule are still found').toBe(true)

  const settings = await openOwn(browser, 'dashboard.html#/settings')
  await settings.getByText('“we guarantee”').waitFor()
  await settings.getByRole('button', { name: /^Flag again/ }).click()
  await settings.getByText('It is flagged again.').waitFor()
  await page.bringToFront()
  await openCompose(page, desk.url, { subject: 'Third' })
  await pasteHtml(page, chat(WORDS))
  expect(await eventually(async () => (await marks()).includes('We guarantee'))).toBe(true)
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]')
  expect(desk.sent('mail')).toHaveLength(2)

  expect(await rowsIn(settings, 'corrections'), 'nothing was changed, so nothing is learnt').toEqual([])
  expect(await rowsIn<{ decision: { outcome: string; reason: string } }>(settings, 'decisions')).toMatchObject([{ decision: { outcome: 'dismissed', reason: 'It is in our terms.' } }])
  expect(complaints).toEqual([])
})
