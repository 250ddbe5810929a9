import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Launched } from '../run/launch.mjs'
import { fillHistory } from '../seed/fill.ts'
import { eventually } from './harness/index.ts'
import { makeBench, openOwn, type Bench } from './harness/person.ts'

/** The charts over a real database. */
let bench: Bench
let now: Launched | null = null

beforeAll(() => { bench = makeBench([]) })
afterEach(async () => {
  await now?.close()
  now = null
})
afterAll(() => bench.remove())

describe('insights', () => {
  test('are filtered, linked and taken along', async () => {
    now = await bench.open('link')
    const page = await openOwn(now, 'dashboard.html#/ledger')
    await page.getByRole('heading', { name: 'Ledger', exact: true }).waitFor()
    await fillHistory(page, 300)
    await page.goto(page.url().replace('#/ledger', '#/insights'))
    await page.getByRole('img', { name: /^Reviews/ }).waitFor()
    const said = (): Promise<string> => page.locator('.stats').innerText()
    // The period before, to compare with, comes a moment after the period itself.
    expect(await eventually(async () => (await said()).includes('was '))).toBe(true)
    const whole = await said()
    await page.getByLabel('Category', { exact: true }).selectOption({ label: 'Pricing' })
    await page.getByLabel('Assistant', { exact: true }).selectOption('ChatGPT')
    expect(await eventually(async () => (await said()) !== whole)).toBe(true)
    const filtered = await said()
    const address = page.url()
    expect(address).toMatch(/assistant=ChatGPT&category=pricing|category=pricing&assistant=ChatGPT/)

    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export as CSV' }).click()
    const file = bench.path('insights.csv')
    await (await download).saveAs(file)
    const lines = readFileSync(file, 'utf8').split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFFday,site,kind,assistant,category,rule,seen,/)
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines.slice(1, -1)) expect(line).toMatch(/^\d{4}-\d\d-\d\d,\w+,\w+,ChatGPT,pricing,/)

    const linked = await now.context.newPage()
    await linked.goto(address)
    await linked.getByRole('img', { name: /^Reviews/ }).waitFor()
    expect(await eventually(async () => (await linked.locator('.stats').innerText()) === filtered)).toBe(true)
    await linked.getByRole('button', { name: 'Clear the filters' }).click()
    expect(await eventually(async () => (await linked.locator('.stats').innerText()) === whole)).toBe(true)
  })
})
