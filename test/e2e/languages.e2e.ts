import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { messagesOf, type Messages } from '../locales/locales.ts'
import { pseudoMessages } from '../locales/pseudo.ts'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { fillHistory } from '../seed/fill.ts'
import { accessibilityOf } from './harness/axe.ts'
import { eventually, startDesk, type Desk } from './harness/index.ts'
import { complaintsOf, keep, makeBench, openCard, openOwn, pasteMail, sendAndSign, SEND, type Bench } from './harness/person.ts'
import { spillsIn } from './harness/spills.ts'
import { askSurface, textOfSurface, waitGoneFromSurface, waitInSurface } from './harness/surface.mjs'

/**
 * Every screen in every language, and in one that is made for it: English with accents, 40 % longer, in brackets. Nothing is wider than the screen or than its box.
 * And the whole job in Arabic, from right to left, on a browser that is set to Arabic.
 */
const WIDTHS = [360, 1440]
const FULL = { pricing: 'We can offer you a 20% discount on the lamps.', medical: 'They are clinically proven to help.', placeholder: 'Best, [Your Name]' }

const PLACES = [
  'dashboard.html#/history', 'dashboard.html#/history/1', 'dashboard.html#/approvals', 'dashboard.html#/rules', 'dashboard.html#/rules/pricing', 'dashboard.html#/rules/pricing/percent-off',
  'dashboard.html#/rules/pricing/percent-off/edit', 'dashboard.html#/insights', 'dashboard.html#/team', 'dashboard.html#/settings', 'dashboard.html#/settings/workflow', 'dashboard.html#/settings/effective',
  'dashboard.html#/ledger', 'popup.html', 'sidepanel.html', 'sidepanel.html#/approvals',
]

let desk: Desk
let bench: Bench
let now: Launched | null = null

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
})
afterEach(async () => {
  await now?.close()
  now = null
  await bench.remove()
  desk.reset()
})
afterAll(() => desk.close())

/** A build whose English texts are those of another language: the same on every system, whatever its browser is set to. */
function benchIn(messages: Messages): Bench {
  const made = makeBench()
  const path = join(made.extension, '_locales/en/messages.json')
  // Every language has the plural forms of its own; a key that only English has would mean that a text is missing.
  if (!readFileSync(path, 'utf8').includes('uiLanguage')) throw new Error('The build is from before there were languages: build it anew.')
  writeFileSync(path, JSON.stringify(messages))
  return made
}

/** Switches the extension on for the desk. On a slow machine a worker that has only begun may miss the first word of it. */
async function switchOn({ worker }: Launched): Promise<void> {
  await seedSettings(worker, practiceSettings(desk.url)).catch(() => seedSettings(worker, { ...practiceSettings(desk.url), retentionDays: 364 }))
}

/** A picture to look at, where one is asked for. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['COUNTERSIGN_SHOTS']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

const spillsOf = (page: Page): Promise<string[]> => page.evaluate(spillsIn, null)
const surfaceSpills = (page: Page, part: string): Promise<string[]> => askSurface(page, part, `function () { return (${String(spillsIn)})(this.getRootNode()) }`, ['nothing is there'])

/** Direction and language that a part of the review stands in. */
const rootOf = (page: Page, part: string): Promise<string[]> => askSurface(page, part, 'function () { const root = this.closest("[lang]"); return [root.dir, root.lang] }', ['nothing is there'])

/** What does not fit on a page at each width. */
async function misfits(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    await page.waitForTimeout(100)
    found.push(...(await spillsOf(page)).map((line) => `${name} ${width}: ${line}`))
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) found.push(`${name} ${width}: ${over} px wider than the screen`)
    await shot(page, `${name.replace(/\W+/g, '-')}-${width}`)
  }
  return found
}

const LANGUAGES: readonly (readonly [string, () => Messages])[] = [
  ['pseudo', pseudoMessages], ['ar', () => messagesOf('ar')], ['de', () => messagesOf('de')], ['fr', () => messagesOf('fr')], ['es', () => messagesOf('es')],
]

describe.each(LANGUAGES)('in %s', (language, messages) => {
  const direction = language === 'ar' ? 'rtl' : 'ltr'

  test('every page of ours fits, at 360 and 1440 pixels', async () => {
    bench = benchIn(messages())
    now = await bench.open(language)
    const complaints = complaintsOf(now.context)
    const first = await openOwn(now, 'dashboard.html#/history')
    await first.locator('h1').waitFor()
    await fillHistory(first, 30)
    const found: string[] = []
    for (const place of PLACES) {
      const page = await openOwn(now, place)
      await page.locator('h1, h2, main').first().waitFor()
      await eventually(async () => (await page.locator('.sk').count()) === 0)
      expect(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang]), place).toEqual([direction, language === 'pseudo' ? 'en-US' : language])
      found.push(...await misfits(page, `${language} ${place}`))
      if (language === 'ar') expect(await accessibilityOf(page), place).toEqual([])
      await page.close()
    }
    const welcome = await openOwn(now, 'welcome.html')
    for (const step of [1, 2, 3, 4, 'practice']) {
      await welcome.locator('h1').first().waitFor()
      if (step === 1) await welcome.locator('form input').first().fill('Nora Lindqvist')
      found.push(...await misfits(welcome, `${language} welcome ${step}`))
      if (step !== 'practice') await welcome.locator('button[type=submit]').last().click()
      await welcome.waitForTimeout(200)
    }
    expect(found).toEqual([])
    expect(complaints).toEqual([])
  })

  test.each(WIDTHS)('the review beside a draft fits, at %i pixels', async (width) => {
    bench = benchIn(messages())
    now = await bench.open(`${language}-review`, { viewport: { width, height: 900 } })
    const page = now.context.pages()[0]!
    await switchOn(now)
    const found: string[] = []
    const look = async (name: string, part: string): Promise<void> => {
      await waitInSurface(page, part)
      await page.waitForTimeout(400)
      found.push(...(await surfaceSpills(page, part)).map((line) => `${language} ${name} ${width}: ${line}`))
      await shot(page, `${language}-review-${name}-${width}`)
    }
    await pasteMail(page, desk, { subject: 'Your offer', blocks: Object.values(FULL) })
    await look('chip', '[data-cs=chip]')
    expect(await rootOf(page, '[data-cs=chip]')).toEqual([direction, language === 'pseudo' ? 'en-US' : language])
    await page.keyboard.press('F8')
    await look('card', '[data-cs=card]')
    await page.keyboard.press('k')
    await look('keep', '[data-cs=card]')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.locator(SEND).click()
    await look('panel', '[data-cs=panel]')
    expect(found).toEqual([])
  })
})

describe('on a browser that is set to Arabic', () => {
  // On a Mac a browser takes its language from the system alone.
  test.skipIf(process.platform === 'darwin')('the whole job is done: marks, card, held, settled, signed, sent', async () => {
    bench = makeBench()
    now = await bench.open('arabic', { args: ['--lang=ar'] })
    const complaints = complaintsOf(now.context)
    const arabic = messagesOf('ar')
    const said = (key: string): string => (arabic[key]?.message ?? '').replace(/\$\d/g, '').trim()
    await switchOn(now)
    const page = now.context.pages()[0]!
    await pasteMail(page, desk, { subject: 'Your offer', blocks: [FULL.pricing, 'The delivery plan follows on Wednesday.'] })
    await eventually(async () => (await textOfSurface(page, '[data-cs=chip]')).includes(said('reviewChipOpen_one')))
    expect(await textOfSurface(page, '[data-cs=chip]')).toContain(said('reviewChipOpen_one'))
    expect(await page.evaluate(() => document.documentElement.dir), 'the page itself is left as it is').not.toBe('rtl')

    await page.locator(SEND).click()
    await waitInSurface(page, '[data-cs=panel]')
    expect(await textOfSurface(page, '[data-cs=panel]')).toContain(said('reviewHeldSend'))
    expect(await rootOf(page, '[data-cs=panel]')).toEqual(['rtl', 'ar'])
    expect(desk.sent()).toHaveLength(0)
    await shot(page, 'arabic-held')
    await page.keyboard.press('Enter')
    expect(await openCard(page, '20% discount')).toContain(said('uiCategoryPricing'))
    await shot(page, 'arabic-card')
    await keep(page, '20% discount')
    await waitGoneFromSurface(page, '[data-cs=card]')
    await sendAndSign(page)
    expect(await eventually(() => desk.sent().length === 1, 10_000)).toBe(true)
    await waitInSurface(page, '[data-cs=toast]')
    await shot(page, 'arabic-sent')

    const history = await openOwn(now, 'dashboard.html#/history')
    await history.locator('[role=row]').getByText(said('historyOutcome_signed')).first().waitFor()
    expect(await history.evaluate(() => [document.documentElement.dir, document.documentElement.lang])).toEqual(['rtl', 'ar'])
    await shot(history, 'arabic-history')
    expect(complaints).toEqual([])
  })
})
