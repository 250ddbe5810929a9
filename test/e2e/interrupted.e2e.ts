import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { eventually, startDesk, textOfSurface, waitInSurface, type Desk } from './harness/index.ts'
import { draftsOf } from './harness/page.ts'
import { keep, killWorker, makeBench, pasteMail, SEND, type Bench } from './harness/person.ts'

/** A review that is broken off: what a person decided stands on the words it was about, and on no others. */
let desk: Desk
let bench: Bench
let browser: Launched
let page: Page

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
  bench = makeBench()
  browser = await bench.open('interrupted')
  await seedSettings(browser.worker, practiceSettings(desk.url))
  page = browser.context.pages()[0]!
})
afterAll(async () => {
  await bench.remove()
  await desk.close()
})

const GUARANTEE = 'We guarantee that your lamps arrive in time.'
const quotesOf = async (): Promise<{ open: string[]; settled: string[] }> => {
  const [draft] = await draftsOf(page)
  const held = draft?.gate.kind === 'hold' ? draft.gate.open : []
  const states = draft?.states ?? []
  return { open: states.filter(({ finding }) => held.includes(finding.fingerprint)).map(({ finding }) => finding.quote), settled: states.filter(({ decision }) => decision).map(({ finding }) => finding.quote) }
}

describe('a review that is broken off by a reload', () => {
  test('goes on where it was: decisions come back on the words that stayed, and what changed is asked anew', async () => {
    await pasteMail(page, desk, { subject: 'Offer', blocks: ['Hi Marta,', 'We can offer you a 20% discount on the lamps.', GUARANTEE] })
    await keep(page, '20% discount')
    await keep(page, 'guarantee')
    expect(await eventually(async () => (await quotesOf()).open.length === 0)).toBe(true)
    const before = await quotesOf()
    expect(before.settled).toHaveLength(2)
    // The worker has forgotten all that it held in mind, too.
    expect(await killWorker(browser)).toBe(true)
    await page.reload()

    await pasteMail(page, desk, { subject: 'Offer', blocks: ['Hi Marta,', 'We can offer you a 30% discount on the lamps.', GUARANTEE] })
    expect(await eventually(async () => (await quotesOf()).settled.length === 1), JSON.stringify(await quotesOf())).toBe(true)
    const after = await quotesOf()
    expect(after.settled).toEqual(before.settled.filter((quote) => !quote.includes('20%')))
    expect(after.open).toEqual([expect.stringContaining('30%')])

    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    const panel = (await textOfSurface(page, '[data-cs=panel]')).replace(/\s+/g, ' ')
    expect(panel).toContain('1 of 2')
    expect(desk.sent()).toEqual([])
  })
})
