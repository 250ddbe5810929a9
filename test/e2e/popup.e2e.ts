import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { eventually, openCompose, startDesk, type Desk } from './harness/index.ts'
import { BODY, complaintsOf, makeBench, openOwn, pasteMail, SEND, type Bench } from './harness/person.ts'
import { waitInSurface } from './harness/surface.mjs'

/**
 * The popup says how the page in front stands and turns the site on and off. It is opened as a tab behind that page, because a browser without a window
 * cannot open it at the toolbar; it asks for the page in front in the same way.
 */
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

/** The popup as it is over `page`. */
async function popupOver(launched: Launched, page: Page): Promise<Page> {
  const popup = await openOwn(launched, 'popup.html')
  await page.bringToFront()
  await popup.reload()
  return popup
}

const said = async (popup: Page): Promise<string> => (await popup.locator('main').innerText()).replace(/\s+/g, ' ')
const says = (popup: Page, words: string): Promise<boolean> => eventually(async () => (await said(popup)).includes(words), 8_000)

describe('the state of the page', () => {
  test('is said: no draft, two drafts, held, Send not found, reload, restricted, off', async () => {
    bench = makeBench()
    now = await bench.open('states')
    const complaints = complaintsOf(now.context)
    const page = now.context.pages()[0]!
    const prefix = `${desk.url}/mail`
    await page.goto(prefix)
    await seedSettings(now.worker, practiceSettings(desk.url))
    const popup = await popupOver(now, page)
    expect(await says(popup, 'This tab is not protected yet'), 'opened before it was turned on').toBe(true)

    await page.reload()
    expect(await says(popup, 'No draft open'), 'no draft').toBe(true)

    await openCompose(page, desk.url)
    await page.click('.T-I-KE')
    await page.locator('.M9 .Am.editable').nth(1).click()
    expect(await says(popup, '2 drafts watched'), await said(popup)).toBe(true)

    await pasteMail(page, desk, { subject: 'Held', blocks: ['Hi Marta,', 'We guarantee that your lamps arrive in time.'] })
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    expect(await says(popup, 'Send is held'), await said(popup)).toBe(true)
    await page.keyboard.press('Escape')

    await openCompose(page, desk.url)
    await page.evaluate(() => { for (const send of document.querySelectorAll('.M9 .btA')) send.remove() })
    await page.click(BODY)
    await page.keyboard.type('Hello')
    expect(await says(popup, 'Send not found: not protected'), await said(popup)).toBe(true)

    const restricted = await now.context.newPage()
    await restricted.goto('chrome://version')
    await restricted.bringToFront()
    await popup.reload()
    expect(await says(popup, 'Nothing to review here'), 'restricted').toBe(true)

    await restricted.goto(`${desk.url}/`)
    await restricted.bringToFront()
    await popup.reload()
    expect(await says(popup, 'Not checked'), 'a place that is off').toBe(true)
    expect(complaints).toEqual([])
  })
})

describe('the switch', () => {
  test('asks for this site alone, in the press; then the guard is there and a reloaded page is held; turned off, it is let go', async () => {
    // A press on the toolbar's button shows the popup the page in front. Without a window there is no toolbar to press, so `tabs` stands for it.
    bench = makeBench([], (given) => [...given, 'tabs'])
    now = await bench.open('switch')
    const id = now.extensionId
    // The first start shows its welcome, which would come in front of the page under test whenever it is ready.
    const { context, worker } = now
    expect(await eventually(() => context.pages().some((open) => open.url().endsWith('welcome.html')))).toBe(true)
    await worker.evaluate((settings) => chrome.storage.local.set({ settings }), { ...practiceSettings(desk.url), sites: [] })
    await now.close()
    // The browser's own question cannot be pressed without a window. A permission that was granted and taken back is granted again without one, inside a press only.
    grantBefore(bench.path('switch'), id, 'http://127.0.0.1/*')
    now = await bench.open('switch')
    expect(now.extensionId).toBe(id)
    const complaints = complaintsOf(now.context)
    const page = now.context.pages()[0]!
    await page.goto(`${desk.url}/mail`)
    const popup = await popupOver(now, page)
    const granted = (): Promise<chrome.permissions.Permissions> => popup.evaluate(() => chrome.permissions.getAll())
    const scripts = (): Promise<string[]> => popup.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).flatMap(({ matches }) => matches ?? []))
    expect((await granted()).origins).toEqual([])

    expect(await says(popup, 'Not checked'), await said(popup)).toBe(true)
    await popup.getByLabel('This site is').selectOption('gmail')
    await popup.locator('.site').getByRole('switch').click()
    expect(await says(popup, 'On for this site'), await said(popup)).toBe(true)
    expect(await says(popup, 'This tab is not protected yet')).toBe(true)
    expect((await granted()).origins).toEqual(['http://127.0.0.1/*'])
    expect(await scripts()).toEqual(['http://127.0.0.1/*'])

    await pasteMail(page, desk, { subject: 'Offer', blocks: ['Hi Marta,', 'We guarantee that your lamps arrive in time.'] })
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    expect(desk.sent()).toHaveLength(0)
    expect(await says(popup, 'Send is held')).toBe(true)

    await popup.locator('.site').getByRole('switch').click()
    expect(await says(popup, 'Off. Countersign cannot see this site')).toBe(true)
    expect((await granted()).origins).toEqual([])
    expect(await scripts()).toEqual([])
    await openCompose(page, desk.url)
    await page.keyboard.type('Nobody looks.')
    await page.click(SEND)
    expect(await eventually(() => desk.sent('mail').length === 1)).toBe(true)
    expect(complaints).toEqual([])
  })
})

/** Writes into a closed profile that the person has granted this host to the extension before. */
function grantBefore(profile: string, id: string, pattern: string): void {
  const path = join(profile, 'Default', 'Preferences')
  const preferences = JSON.parse(readFileSync(path, 'utf8')) as { extensions: { settings: Record<string, { runtime_granted_permissions?: { explicit_host?: string[] } }> } }
  const ours = preferences.extensions.settings[id]
  if (!ours) throw new Error('The profile does not know the extension')
  ours.runtime_granted_permissions = { ...ours.runtime_granted_permissions, explicit_host: [...(ours.runtime_granted_permissions?.explicit_host ?? []), pattern] }
  writeFileSync(path, JSON.stringify(preferences))
}

describe('for everybody', () => {
  test.each(['light', 'dark'] as const)('every page of ours has no serious fault, %s', async (colorScheme) => {
    bench = makeBench()
    now = await bench.open('axe', { colorScheme })
    await seedSettings(now.worker, practiceSettings(desk.url))
    const complaints = complaintsOf(now.context)
    const page = now.context.pages()[0]!
    await pasteMail(page, desk, { subject: 'Held', blocks: ['Hi Marta,', 'We guarantee that your lamps arrive in time.'] })
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    const places = [
      'popup.html', 'dashboard.html#/history', 'dashboard.html#/history/1', 'dashboard.html#/rules', 'dashboard.html#/rules/pricing/percent-off', 'dashboard.html#/rules/pricing/percent-off/edit', 'dashboard.html#/rules/personal/new/make',
      'dashboard.html#/insights', 'dashboard.html#/team',
      'dashboard.html#/settings', 'dashboard.html#/ledger', 'welcome.html',
    ]
    for (const place of places) {
      const own = await openOwn(now, place)
      await own.locator('h1').first().waitFor()
      await eventually(async () => (await own.locator('.sk').count()) === 0)
      expect(await faultsIn(own), place).toEqual([])
      await own.close()
    }
    expect(complaints).toEqual([])
  })
})

/** Serious and critical faults, as rule and place. Our pages let no strange script run, so axe comes through the debugger. */
async function faultsIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document)
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  })
}
