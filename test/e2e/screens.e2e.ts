import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Launched } from '../run/launch.mjs'
import { fillHistory } from '../seed/fill.ts'
import { accessibilityOf } from './harness/axe.ts'
import { eventually } from './harness/index.ts'
import { complaintsOf, makeBench, openOwn, type Bench } from './harness/person.ts'

/** The pages of history, insights and workflow with nothing, little and much in the database: readable by everyone, and never wider than the screen. */
let bench: Bench
let now: Launched | null = null

beforeAll(() => { bench = makeBench([]) })
afterEach(async () => {
  await now?.close()
  now = null
})
afterAll(() => bench.remove())

/** What a page says once it is there; with nothing kept, or with something. */
const PLACES: readonly { readonly place: string; readonly empty: string; readonly full: string }[] = [
  { place: 'history', empty: 'No records yet', full: 'Kept for 365 days' },
  { place: 'history/1', empty: 'There is no record 1', full: 'The exact text' },
  { place: 'insights', empty: 'No drafts counted yet', full: 'Less review, where risk is low' },
  { place: 'settings/workflow', empty: 'Numbers appear here once', full: 'Numbers appear here once' },
]

async function isThere(page: Page, words: string): Promise<void> {
  await page.locator('main').getByText(words).first().waitFor()
  await eventually(async () => (await page.locator('.sk').count()) === 0)
}

describe('screens', () => {
  test.each([[0, 'light'], [3, 'dark'], [300, 'light'], [300, 'dark']] as const)('with %i reviews, %s', async (count, colorScheme) => {
    now = await bench.open(`${count}-${colorScheme}`, { colorScheme })
    const complaints = complaintsOf(now.context)
    const first = await openOwn(now, 'dashboard.html#/team')
    await first.locator('h1').waitFor()
    if (count > 0) await fillHistory(first, count)
    for (const { place, empty, full } of PLACES) {
      const page = await openOwn(now, `dashboard.html#/${place}`)
      const words = count === 0 ? empty : place === 'settings/workflow' && count > 3 ? 'Drawn from the last 90 days' : full
      for (const width of [1440, 360]) {
        await page.setViewportSize({ width, height: 800 })
        if (place === 'settings/workflow' && count === 3) await page.locator('main .flow').waitFor()
        else await isThere(page, words)
        expect(await accessibilityOf(page), `${place} ${width}`).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${place} ${width} is too wide`).toBeLessThanOrEqual(0)
      }
      await page.close()
    }
    expect(complaints).toEqual([])
  })
})
