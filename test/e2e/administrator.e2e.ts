import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Launched } from '../run/launch.mjs'
import { accessibilityOf } from './harness/axe.ts'
import { eventually, startDesk, type Desk } from './harness/index.ts'
import { complaintsOf, makeBench, openOwn, type Bench } from './harness/person.ts'

/** What an administrator sets by a policy file of the real browser. It is read from one place on the system alone. */
const FOLDER = '/etc/chromium/policies/managed'
const FILE = join(FOLDER, `countersign-test-${process.pid}.json`)
const reason = whyNot()
if (reason) console.warn(`Skipped, an administrator's policy file: ${reason}`)

let desk: Desk
let bench: Bench
let id: string
let now: Launched | null = null
/** Folders that this test made and takes away again. */
const made: string[] = []

/** Why no policy file can be put where the browser reads it; null where one can. */
function whyNot(): string | null {
  if (process.platform !== 'linux') return 'this test knows the place of the file on Linux only.'
  let folder = FOLDER
  while (!existsSync(folder)) folder = dirname(folder)
  try {
    accessSync(folder, constants.W_OK)
    return null
  } catch {
    return `${folder} cannot be written to.`
  }
}

/** The id of an unpacked extension, which the browser makes of its path. */
function idOf(path: string): string {
  return [...createHash('sha256').update(path).digest('hex').slice(0, 32)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('')
}

function manage(values: object): void {
  writeFileSync(FILE, JSON.stringify({ '3rdparty': { extensions: { [id]: values } } }))
}

beforeAll(async () => {
  if (reason) return
  for (let folder = FOLDER; !existsSync(folder); folder = dirname(folder)) made.push(folder)
  mkdirSync(FOLDER, { recursive: true })
  desk = await startDesk({ undoMs: 0 })
  bench = makeBench(['http://127.0.0.1/*'])
  id = idOf(bench.extension)
})
afterEach(async () => {
  await now?.close()
  now = null
  rmSync(FILE, { force: true })
})
afterAll(async () => {
  if (reason) return
  await bench.remove()
  await desk.close()
  for (const folder of made) if (readdirSync(folder).length === 0) rmdirSync(folder)
})

async function row(page: Page, words: string): Promise<string> {
  const line = page.locator('.eff tr', { hasText: words }).first()
  await line.waitFor()
  return (await line.innerText()).replace(/\s+/g, ' ')
}

describe.skipIf(reason !== null)('a policy file of the browser', () => {
  test('is forced, locked and named line by line, and taken up while the browser is open', async () => {
    manage(JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'lib', 'policy', 'administrator', 'settings.json'), 'utf8')) as object)
    now = await bench.open('example')
    const complaints = complaintsOf(now.context)
    expect(now.extensionId).toBe(id)
    const page = await openOwn(now, 'dashboard.html#/settings/effective')
    expect(await row(page, 'How strictly the policy is followed up')).toContain('Enforce Administrator')
    expect(await row(page, 'Pricing or discounts: at least')).toContain('Second signature Administrator')
    expect(await row(page, 'Brand')).toContain('Default')
    expect(await row(page, 'Pack that stays on')).toContain('pricing Administrator')
    expect(await row(page, 'signed with one key only')).toContain('https://rules.larkfield.example/house.json')
    expect(await page.locator('[role=alert]').count()).toBe(0)
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await accessibilityOf(page), `effective ${width}`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await shot(page, `administrator-effective-${width}`)
    }
    await page.goto(page.url().replace('/effective', ''))
    const settings = page.locator('main')
    await settings.getByText('Set by your administrator.').first().waitFor()
    // A switch that is locked says why and does not move.
    const texts = settings.getByRole('switch', { name: 'Keep the whole text' })
    if (await texts.count()) {
      await texts.click({ force: true })
      expect(await texts.isChecked()).toBe(false)
    }
    const overrides = settings.getByRole('switch', { name: 'A draft that waits for an owner may be sent with a reason' })
    expect(await overrides.getAttribute('aria-disabled')).toBe('true')
    await overrides.click({ force: true })
    expect(await overrides.isChecked()).toBe(false)
    expect(await settings.getByRole('button', { name: /Remove https:\/\/mail.google.com/ }).count()).toBe(0)
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await accessibilityOf(page), `settings ${width}`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await shot(page, `administrator-settings-${width}`)
    }
    // The administrator changes their mind: no restart, and what the person had comes back.
    manage({ policy: { mode: 'remind' } })
    await page.goto(`chrome-extension://${id}/dashboard.html#/settings/effective`)
    await eventually(async () => (await row(page, 'How strictly the policy is followed up')).includes('Remind Administrator'))
    await eventually(async () => (await page.locator('.eff tr', { hasText: 'Pack that stays on' }).count()) === 0)
    expect(complaints).toEqual([])
  })

  test('turns a site on that nobody can turn off, also past the interface', async () => {
    const prefix = `${desk.url}/`
    manage({ sites: [{ prefix, adapter: 'gmail' }] })
    now = await bench.open('site')
    const page = await openOwn(now, 'dashboard.html#/settings/sites')
    const line = page.locator('.site1', { hasText: prefix })
    await line.getByText('Set by your administrator.').waitFor()
    await eventually(() => page.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length > 0))
    const answer = await page.evaluate<unknown, string>((at) => chrome.runtime.sendMessage({ countersign: 1, kind: 'site/disable', body: { prefix: at } }), prefix)
    expect(answer).toMatchObject({ ok: false, code: 'refused' })
    expect(await page.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length)).toBeGreaterThan(0)
  })

  test('with values that cannot be read is named, and answered on the careful side', async () => {
    manage({ policy: { mode: 'hold', unchecked: 'stop', floor: { legal: 'aprove' } }, sites: [{ prefix: 'mail.google.com' }], features: { off: ['fun'] } })
    now = await bench.open('broken', { colorScheme: 'dark' })
    const page = await openOwn(now, 'dashboard.html#/settings/effective')
    const alert = page.getByRole('alert')
    await alert.waitFor()
    const words = await alert.innerText()
    for (const part of ['policy.mode', 'policy.unchecked', 'policy.floor.legal', 'sites, entry 1', 'features.off, entry 1']) expect(words).toContain(part)
    expect(await row(page, 'Legal')).toContain('Second signature Administrator')
    expect(await row(page, 'When the check cannot run')).toContain('Hold every draft until the check runs Administrator')
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await accessibilityOf(page), `broken ${width}`).toEqual([])
      await shot(page, `administrator-broken-${width}`)
    }
  })
})

/** A picture to look at, where one is asked for. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['COUNTERSIGN_SHOTS']
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
