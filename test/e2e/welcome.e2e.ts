import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Launched } from '../run/launch.mjs'
import { eventually } from './harness/index.ts'
import { complaintsOf, makeBench, openOwn, type Bench } from './harness/person.ts'

/** The first start, by keyboard alone: four steps, then the practice draft. */
let bench: Bench
let now: Launched | null = null

beforeAll(() => {
  bench = makeBench([])
})
afterEach(async () => {
  await now?.close()
  now = null
})
afterAll(() => bench.remove())

interface StoredSettings { settings?: { welcomed: boolean; reviewer: { name: string; role: string } } }
const stored = (page: Page): Promise<StoredSettings> => page.evaluate(() => chrome.storage.local.get('settings'))

/** Tab until the focus is on something with this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLLabelElement> }) | null
      return [element?.getAttribute('aria-label'), element?.labels?.[0]?.innerText, element?.innerText].find((text) => text)?.trim() ?? ''
    })
    if (focused === name) return
  }
  throw new Error(`Tab does not reach "${name}"`)
}

describe('the first start', () => {
  test('opens by itself when the extension is new', async () => {
    now = await bench.open('new')
    const { context } = now
    expect(await eventually(() => context.pages().some((page) => page.url().endsWith('/welcome.html')))).toBe(true)
  })

  test('goes through four steps by keyboard and ends on the practice draft', async () => {
    now = await bench.open('keys')
    const complaints = complaintsOf(now.context)
    const page = await openOwn(now, 'welcome.html')
    await page.getByRole('heading', { name: 'Who answers for what you send?' }).waitFor()
    await tabTo(page, 'Your name')
    await page.keyboard.press('Enter')
    await page.getByText('A signature needs a name.').waitFor()
    await page.keyboard.type('Nora Lindqvist')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Head of care')
    expect(await page.locator('aside').innerText()).toContain('Signed by Nora Lindqvist')
    await page.keyboard.press('Enter')

    await page.getByRole('heading', { name: 'Where do you write?' }).waitFor()
    expect((await stored(page)).settings?.reviewer).toEqual({ name: 'Nora Lindqvist', role: 'Head of care' })
    await tabTo(page, 'Back')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Who answers for what you send?' }).waitFor()
    await tabTo(page, 'Continue')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Where do you write?' }).waitFor()
    await tabTo(page, 'Continue')
    await page.keyboard.press('Space')
    await page.getByRole('heading', { name: 'What needs a person?' }).waitFor()
    await tabTo(page, 'Continue')
    await page.keyboard.press('Enter')

    await page.getByRole('heading', { name: 'You will notice it when it matters' }).waitFor()
    expect((await stored(page)).settings?.welcomed).toBe(false)
    await tabTo(page, 'Try it on a practice draft')
    await page.keyboard.press('Enter')

    await page.getByRole('heading', { name: 'A practice draft' }).waitFor()
    expect((await stored(page)).settings?.welcomed).toBe(true)
    await tabTo(page, 'Paste the AI draft')
    await page.keyboard.press('Enter')
    expect(await eventually(async () => (await page.getByRole('textbox', { name: 'Message' }).innerText()).includes('30% off the first year'))).toBe(true)
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
    expect(complaints).toEqual([])
    await now.close()

    now = await bench.open('keys')
    await now.worker.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)))
    expect(now.context.pages().filter((open) => open.url().endsWith('/welcome.html')), 'not a second time').toEqual([])
  })
})
