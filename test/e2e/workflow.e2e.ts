import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Launched } from '../run/launch.mjs'
import { fillHistory } from '../seed/fill.ts'
import { eventually } from './harness/index.ts'
import { accessibilityOf } from './harness/axe.ts'
import { complaintsOf, makeBench, openOwn, rowsIn, type Bench } from './harness/person.ts'
import { findInSurface, textOfSurface, waitInSurface } from './harness/surface.mjs'

/** A workflow is mapped by a new user, is the policy from then on, and is practised on a draft of its own. */
let bench: Bench
let now: Launched | null = null

beforeAll(() => { bench = makeBench([]) })
afterEach(async () => {
  await now?.close()
  now = null
})
afterAll(() => bench.remove())

interface Stored { settings: { policy: { floor?: Record<string, string>; modes?: Record<string, string> }; workflows: { template: string; title: string }[] } }
const stored = async (page: Page): Promise<Stored['settings']> => (await page.evaluate(() => chrome.storage.local.get<Stored>('settings'))).settings

/** Seconds that people take: for a key, at 40 words a minute; to make up one's mind before an act (both Card, Moran and Newell 1980); and for a word that is read, at 238 a minute (Brysbaert 2019). */
const TAKES = { key: 0.28, mind: 1.35, word: 60 / 238 } as const

interface Typist {
  readonly press: (key: string) => Promise<void>
  readonly type: (text: string) => Promise<void>
  readonly tabTo: (name: RegExp) => Promise<void>
  /** Every word that is on the screen. */
  readonly read: () => Promise<void>
  readonly presses: () => number
  /** What all of it takes a person. */
  readonly seconds: () => number
}

/** What a person does with a keyboard, counted: at one press a second, two minutes are 120. */
function typist(page: Page): Typist {
  let presses = 0
  let [minds, words] = [0, 0]
  const press = async (key: string): Promise<void> => {
    presses++
    await page.keyboard.press(key)
  }
  return {
    press,
    type: async (text) => {
      presses += text.length
      await page.keyboard.type(text)
    },
    read: async () => { words += (await page.locator('main').innerText()).split(/\s+/).filter((word) => /\p{L}/u.test(word)).length },
    tabTo: async (name) => {
      minds++
      for (let tries = 0; tries < 60; tries++) {
        await press('Tab')
        const focused = await page.evaluate(() => {
          const element = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLLabelElement> }) | null
          const group = element?.closest('[role=radiogroup]')
          const heading = group ? document.getElementById(group.getAttribute('aria-labelledby') ?? '')?.innerText : ''
          return [heading, element?.getAttribute('aria-label'), element?.labels?.[0]?.innerText, element?.innerText].find((text) => text)?.trim() ?? ''
        })
        if (name.test(focused)) return
      }
      throw new Error(`Tab does not reach ${String(name)}`)
    },
    presses: () => presses,
    seconds: () => presses * TAKES.key + minds * TAKES.mind + words * TAKES.word,
  }
}

describe('a workflow', () => {
  test('is mapped by a new user with the keyboard, in far fewer presses than two minutes hold, and its draft is reviewed for real', async () => {
    now = await bench.open('new')
    const complaints = complaintsOf(now.context)
    const page = await openOwn(now, 'welcome.html')
    const { press, type, tabTo, read, presses, seconds } = typist(page)
    await page.getByRole('heading', { name: 'Who answers for what you send?' }).waitFor()
    await read()
    await tabTo(/^Your name$/)
    await type('Nora Lindqvist')
    await press('Enter')
    await page.getByRole('heading', { name: 'Where do you write?' }).waitFor()
    await read()
    await tabTo(/^Continue$/)
    await press('Enter')
    await page.getByRole('heading', { name: 'What needs a person?' }).waitFor()
    const before = seconds()
    expect(await accessibilityOf(page)).toEqual([])
    await tabTo(/^Sales email/)
    await press('ArrowDown')
    await press('ArrowDown')
    await page.getByText('Everybody reads it').waitFor()
    await read()
    await tabTo(/^Pricing or discounts$/)
    await press('ArrowRight')
    await tabTo(/^Continue$/)
    await press('Enter')
    await page.getByRole('heading', { name: 'You will notice it when it matters' }).waitFor()
    expect(presses(), 'presses').toBeLessThan(120)
    expect(seconds() - before, 'seconds that mapping takes a person who reads every word').toBeLessThan(120)
    expect(seconds(), 'seconds that all of setting up takes').toBeLessThan(180)
    const settings = await stored(page)
    expect(settings.workflows).toMatchObject([{ template: 'cms_article', title: 'CMS article' }])
    expect(settings.policy.floor).toEqual({ brand: 'review', pricing: 'approve', promise: 'approve', privacy: 'block' })
    expect(settings.policy.modes).toBeUndefined()

    await tabTo(/^Try it on a practice draft$/)
    await press('Enter')
    await page.getByRole('heading', { name: 'A practice draft' }).waitFor()
    expect(await accessibilityOf(page)).toEqual([])
    await tabTo(/^Paste the AI draft$/)
    await press('Enter')
    const article = page.getByRole('textbox', { name: 'Article' })
    expect(await eventually(async () => (await article.innerText()).includes('clinically proven'))).toBe(true)
    await reviewArticle(page)
    await page.getByText('Published, in practice.').waitFor()
    const [record] = await rowsIn<{ kind: string; outcome: string; sent: { kind: string } | null; signOff: { reviewer: { name: string } } | null; requirement: { tier: string } }>(page, 'records')
    expect(record).toMatchObject({ kind: 'post', outcome: 'sent', sent: { kind: 'publish' }, signOff: { reviewer: { name: 'Nora Lindqvist' } }, requirement: { tier: 'approve' } })
    expect(complaints).toEqual([])
  })

  test('is found again under Settings, redrawn from what happened, changed, shared and taken from a file', async () => {
    now = await bench.open('later')
    const complaints = complaintsOf(now.context)
    const page = await openOwn(now, 'dashboard.html#/settings')
    await page.getByRole('link', { name: 'Open the map' }).waitFor()
    await fillHistory(page, 300)
    await page.getByRole('link', { name: 'Open the map' }).click()
    await page.getByText(/^This step was overridden \d+ times?$/).first().waitFor()
    expect(await accessibilityOf(page)).toEqual([])
    await page.getByRole('radio', { name: /^Support reply/ }).check()
    await page.getByRole('radiogroup', { name: 'Public brand voice' }).getByText('Approved').click()
    await page.getByLabel('Public brand voice: who decides').fill('Mara Lind')
    await page.getByRole('button', { name: 'Save as my policy' }).click()
    await page.getByText('Saved. It is your policy from now on.').waitFor()
    expect(await stored(page)).toMatchObject({ workflows: [{ template: 'support_reply' }], policy: { floor: { brand: 'approve', irreversible: 'approve', privacy: 'approve' }, areas: { brand: { owner: 'brand', people: ['Mara Lind'] } } } })

    await page.getByText('Name, steps and sharing').click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Share as a file' }).click()
    const file = bench.path('workflow.json')
    await (await download).saveAs(file)
    await page.getByRole('button', { name: 'Map another' }).click()
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('Taken from the file. Look it over, then save.').waitFor()
    await page.getByRole('button', { name: 'Save as my policy' }).click()
    expect(await eventually(async () => (await stored(page)).workflows.length === 2)).toBe(true)
    await page.reload()
    await page.getByRole('group', { name: 'Your workflows' }).getByRole('button').nth(1).waitFor()
    expect(complaints).toEqual([])
  })
})

/** Mends what must change, settles the rest by keys, signs. */
async function reviewArticle(page: Page): Promise<void> {
  const article = page.getByRole('textbox', { name: 'Article' })
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await waitInSurface(page, '[data-cs=panel]')
  expect(await textOfSurface(page, '[data-cs=panel]')).toContain('[Your Name]')
  await page.keyboard.press('Escape')
  await article.evaluate((body) => {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode as Text
      const at = node.data.indexOf('[Your Name]')
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + '[Your Name]'.length)
      getSelection()?.removeAllRanges()
      getSelection()?.addRange(range)
    }
  })
  await page.keyboard.type('Nora Lindqvist')
  await page.waitForTimeout(700)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await waitInSurface(page, '[data-cs=panel]')
  await page.keyboard.press('Enter')
  await waitInSurface(page, '[data-cs=card]')
  for (let tries = 0; tries < 10 && (await findInSurface(page, '[data-cs=card]')); tries++) {
    for (const key of ['k', '1', 'Enter']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(150)
    }
    await page.waitForTimeout(400)
  }
  await waitInSurface(page, '[data-cs=panel]')
  await page.waitForTimeout(600)
  await page.keyboard.press('Control+Enter')
}
