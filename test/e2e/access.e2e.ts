import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings, type Launched } from '../run/launch.mjs'
import { SECTIONS } from '../../components/shell/router.ts'
import { clipboardHtml, plainText } from '../desk/public/drafts.js'
import { accessibilityOf } from './harness/axe.ts'
import { eventually, findInSurface, hasFocusInSurface, startDesk, waitGoneFromSurface, waitInSurface, type Desk } from './harness/index.ts'
import { copyFrom, draftsOf } from './harness/page.ts'
import { makeBench, openOwn, type Bench } from './harness/person.ts'

/** For everyone: every page of ours for axe-core, narrow and wide, in forced colours and without motion; and the whole main job without a pointer. */
let bench: Bench
let browser: Launched
let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  bench = makeBench()
  browser = await bench.open('access')
  await seedSettings(browser.worker, practiceSettings(desk.url))
})
afterAll(async () => {
  await bench.remove()
  await desk.close()
})

const PARTS = ['you', 'policy', 'sites', 'origin', 'suppressions', 'data', 'workflow'].map((part) => `settings/${part}`)
/** Team as it is before there is one; what a team's pages show is looked at in `components/team/team-pages.browser.test.tsx`. */
const PLACES = [...SECTIONS.map((section) => `dashboard.html#/${section}`), ...PARTS.map((part) => `dashboard.html#/${part}`), 'welcome.html', 'popup.html', 'sidepanel.html', 'sidepanel.html#/approvals']
/** CSS pixels that a screen of 1280 has at 100 %, 200 % and 400 %. */
const WIDTHS = [1280, 640, 320]
/** The small window at the toolbar button has a width of its own. */
const POPUP = [360]

async function show(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await eventually(async () => (await page.locator('.sk').count()) === 0)
}

/** Controls smaller than 24 by 24 CSS pixels, as WCAG 2.2 counts them: not links in a sentence, and not what a label around it makes larger. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, input:not([type=hidden]), select, summary, [role=switch], a[href]')].filter((element) => {
    const target = element.closest('label') ?? element
    const { width, height } = target.getBoundingClientRect()
    const inSentence = element.nodeName === 'A' && getComputedStyle(element).display === 'inline'
    const shown = element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1
    return shown && !inSentence && (width < 24 || height < 24)
  }).map((element) => `${element.outerHTML.slice(0, 100)} ${Math.round(element.getBoundingClientRect().width)}x${Math.round(element.getBoundingClientRect().height)}`))
}

describe('a page of ours', () => {
  test.each(PLACES)('%s', async (place) => {
    const page = await openOwn(browser, place)
    try {
      for (const width of place === 'popup.html' ? POPUP : WIDTHS) {
        await page.setViewportSize({ width, height: 800 })
        await show(page)
        expect(await accessibilityOf(page), `at ${width}`).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `too wide at ${width}`).toBeLessThanOrEqual(0)
        expect(await smallTargets(page), `small at ${width}`).toEqual([])
      }
      await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
      await page.reload()
      await show(page)
      expect(await accessibilityOf(page), 'in forced colours').toEqual([])
      const moving = await page.evaluate(() => document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0) > 1 && animation.playState === 'running').length)
      expect(moving, 'what moves though no motion is wanted').toBe(0)
    } finally {
      await page.close()
    }
  })
})

test('the whole main job by keys alone: paste, walk through the marks, settle, sign, and the focus is never lost', async () => {
  const page = await browser.context.newPage()
  const blocks = ['Hi Marta,', 'We can offer you a 23% discount on the lamps.']
  await page.goto(`${desk.url}/mail?compose=1&to=marta.olsen%40lakeside-clinics.example&su=Keys`)
  await page.locator('.M9 .Am.editable').waitFor()
  await copyFrom(page, { html: clipboardHtml(blocks, true), text: plainText(blocks) })
  const inText = (): Promise<boolean> => page.evaluate(() => document.activeElement?.matches('.M9 .Am.editable') ?? false)
  for (let tabs = 0; tabs < 60 && !(await inText()); tabs++) await page.keyboard.press('Tab')
  expect(await inText(), 'the text is reached by Tab').toBe(true)
  await page.keyboard.press('ControlOrMeta+v')
  expect(await eventually(async () => (await draftsOf(page)).some(({ phase }) => phase === 'open'), 20_000)).toBe(true)

  await page.keyboard.press('F8')
  await waitInSurface(page, '[data-cs=card]', 10_000)
  expect(await eventually(() => hasFocusInSurface(page, '[data-cs=card]')), 'F8 takes the focus to the finding').toBe(true)
  await page.keyboard.press('Escape')
  await waitGoneFromSurface(page, '[data-cs=card]')
  expect(await eventually(inText), 'Esc gives it back').toBe(true)

  await page.keyboard.press('ControlOrMeta+Enter')
  await waitInSurface(page, '[data-cs=panel]', 10_000)
  expect(desk.sent()).toEqual([])
  expect(await eventually(() => hasFocusInSurface(page, '[data-cs=panel]')), 'the panel takes it').toBe(true)
  await page.keyboard.press('Enter')
  await waitInSurface(page, '[data-cs=card]')
  for (let tries = 0; tries < 10 && (await findInSurface(page, '[data-cs=card-dismiss]')); tries++) {
    await page.keyboard.press('x')
    await page.waitForTimeout(200)
  }
  await waitGoneFromSurface(page, '[data-cs=card]')
  expect(await eventually(() => hasFocusInSurface(page, '[data-cs=panel]')), 'back in the panel').toBe(true)
  await page.waitForTimeout(600)
  await page.keyboard.press('Control+Enter')
  expect(await eventually(() => desk.sent().length === 1, 10_000)).toBe(true)
  expect(await page.evaluate(() => document.activeElement?.localName ?? '')).not.toBe('countersign-review')
})
