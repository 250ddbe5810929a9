import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { eventually, startDesk, type Desk } from './harness/index.ts'
import { complaintsOf, makeBench, openCard, openOwn, pasteMail, rowsIn, type Bench } from './harness/person.ts'

/** A lead writes a rule in the dashboard; it checks the next draft at once. What fails its own examples cannot be saved. */
let desk: Desk
let bench: Bench
let now: Launched | null = null

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
  bench = makeBench()
})
afterEach(async () => {
  await now?.close()
  now = null
  desk.reset()
})
afterAll(async () => {
  await bench.remove()
  await desk.close()
})

interface PackRow { readonly pack: { readonly rules: readonly { readonly id: string; readonly tier: string }[] } }
const ruleIds = async (page: Page): Promise<string[]> => (await rowsIn<PackRow>(page, 'packs')).flatMap(({ pack }) => pack.rules.map(({ id }) => id))
const canSave = (page: Page): Promise<boolean> => eventually(async () => (await page.getByRole('button', { name: 'Save rule' }).getAttribute('aria-disabled')) === null, 4_000)

describe('the rule editor', () => {
  test('makes a rule that flags the next draft of an open page, keeps it closed while an example fails, and takes a deletion back', async () => {
    now = await bench.open('make')
    await seedSettings(now.worker, practiceSettings(desk.url))
    const complaints = complaintsOf(now.context)
    const page = now.context.pages()[0]!
    await pasteMail(page, desk, { subject: 'Before', blocks: ['Hi Marta,', 'The lamps are moonlight grey. We guarantee it.'] })

    const rules = await openOwn(now, 'dashboard.html#/rules')
    await rules.getByRole('link', { name: 'New rule' }).click()
    await rules.getByLabel('Title', { exact: true }).fill('Name of the colour')
    await rules.getByLabel('What the writer reads').fill('The colour is called dusk grey since May.')
    await rules.getByLabel('Area', { exact: true }).selectOption('brand')
    await rules.getByLabel('Finds, line 1', { exact: true }).fill('moonlight grey')
    await rules.getByLabel('Suggests', { exact: true }).fill('dusk grey')
    await rules.getByLabel('Must find, line 1', { exact: true }).fill('The lamp is moonlight white.')
    await rules.getByLabel('Must not, line 1', { exact: true }).fill('The moonlight was grey.')
    await rules.getByText('Not found').waitFor()
    expect(await rules.getByRole('button', { name: 'Save rule' }).getAttribute('aria-disabled')).toBe('true')
    expect(await rules.locator('#rule-why').innerText()).toContain('The lamp is moonlight white.')
    await rules.getByRole('button', { name: 'Save rule' }).click({ force: true })
    expect(await ruleIds(rules), 'a closed button does nothing').toEqual([])

    // Looking elsewhere in the dashboard loses nothing.
    await rules.getByRole('link', { name: 'Rules' }).first().click()
    await rules.getByRole('link', { name: 'Name of the colour' }).click()
    await rules.getByLabel('Must find, line 1', { exact: true }).fill('The lamp is moonlight grey.')
    expect(await canSave(rules)).toBe(true)
    await rules.getByRole('button', { name: 'Save rule' }).click()
    await rules.getByText('is saved and checks from now on').waitFor()
    expect(await ruleIds(rules)).toEqual(['personal/name-of-the-colour'])

    await page.bringToFront()
    await pasteMail(page, desk, { subject: 'After', blocks: ['Hi Marta,', 'The lamps are moonlight grey. We guarantee it.'] })
    const card = await openCard(page, 'moonlight grey')
    expect(card).toContain('dusk grey')

    await rules.bringToFront()
    await rules.getByRole('button', { name: 'Delete' }).click()
    await rules.getByText('is deleted and checks no more').waitFor()
    expect(await ruleIds(rules)).toEqual([])
    await rules.getByRole('button', { name: 'Undo' }).click()
    await rules.getByText('is back and checks again').waitFor()
    expect(await ruleIds(rules)).toEqual(['personal/name-of-the-colour'])
    expect(complaints).toEqual([])
  })

  test('changes a built-in rule as a copy that stands in for it, and gives it back when the copy is deleted', async () => {
    now = await bench.open('copy')
    await seedSettings(now.worker, practiceSettings(desk.url))
    const complaints = complaintsOf(now.context)
    const rules = await openOwn(now, 'dashboard.html#/rules/pricing/percent-off')
    const off = (): Promise<string[]> => rules.evaluate(async () => (await chrome.storage.local.get<{ settings: { off: { rules: string[] } } }>('settings')).settings.off.rules)
    await rules.getByRole('link', { name: 'Change a copy' }).click()
    await rules.getByLabel('Tier', { exact: true }).selectOption('note')
    expect(await canSave(rules)).toBe(true)
    await rules.getByRole('button', { name: 'Save rule' }).click()
    await rules.getByText('is saved and checks from now on').waitFor()
    expect(await rowsIn<PackRow>(rules, 'packs')).toMatchObject([{ pack: { rules: [{ id: 'personal/pricing-percent-off', tier: 'note' }] } }])
    expect(await eventually(async () => (await off()).includes('pricing/percent-off'))).toBe(true)
    await rules.getByRole('button', { name: 'Delete' }).click()
    await rules.getByText('checks again').waitFor()
    expect(await off()).toEqual([])
    expect(complaints).toEqual([])
  })
})
