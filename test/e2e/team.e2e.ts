import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { putRows } from '../seed/fill.ts'
import { accessibilityOf } from './harness/axe.ts'
import { clickInSurface, eventually, startDesk, textOfSurface, waitInSurface, type Desk } from './harness/index.ts'
import { draftsOf } from './harness/page.ts'
import { complaintsOf, keep, makeBench, openCard, openOwn, pasteMail, rowsIn, SEND, type Bench } from './harness/person.ts'
import { localCertificate } from '../team/certificate.ts'
import { fakeStore, type FakeStore } from '../team/fake-store.ts'

/**
 * A lead and a rep, two browser profiles, and a team between them, in one run: create, invite, join, publish, receive, ask, approve, send, roll back.
 * It runs against the WebDAV folder that COUNTERSIGN_TEAM_STORE names (`https://user:password@host/path/`), and without one against a stand-in in this process. The extension
 * reaches stores by https alone, so that the stand-in has a certificate of its own, made for this run, and these browsers are told to take that one key.
 */
const given = process.env['COUNTERSIGN_TEAM_STORE']

let desk: Desk
let bench: Bench
let standIn: FakeStore | null = null
let store: { url: string; user: string; password: string }
let lead: Launched
let rep: Launched
let leadTeam: Page
let repTeam: Page
let mail: Page
let complaints: readonly (readonly string[])[]

beforeAll(async () => {
  const certificate = await localCertificate()
  if (!given) standIn = await fakeStore({ login: 'team:team pass' }, certificate)
  const url = new URL(given ?? `${standIn?.url.replace('//', '//team:team%20pass@') ?? ''}/dav/`)
  store = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password), url: `${url.origin}${url.pathname}` }
  desk = await startDesk({ undoMs: 0 })
  bench = makeBench(['http://127.0.0.1/*', `https://${url.hostname}/*`])
  const policy = { floor: { pricing: 'approve' }, areas: { pricing: { owner: 'pricing', people: ['Ines Roy'] } } }
  const args = [given ? '--ignore-certificate-errors' : `--ignore-certificate-errors-spki-list=${certificate.spki}`]
  lead = await bench.open('lead', { args })
  rep = await bench.open('rep', { args })
  for (const each of [lead, rep]) each.allowRequests(new URL(store.url).origin)
  await seedSettings(lead.worker, { ...practiceSettings(desk.url), reviewer: { name: 'Ines Roy', role: 'Sales lead' }, policy })
  await seedSettings(rep.worker, { ...practiceSettings(desk.url), reviewer: { name: 'Rhea Vance', role: 'Sales' }, policy })
  complaints = [complaintsOf(lead.context), complaintsOf(rep.context)]
  mail = rep.context.pages()[0]!
  leadTeam = await openOwn(lead, 'dashboard.html#/team')
  repTeam = await openOwn(rep, 'dashboard.html#/team')
})
afterAll(async () => {
  await bench.remove()
  await desk.close()
  await standIn?.close()
})

const rule = (words: string) => ({
  id: 'personal/lamp-name', title: 'Name of our lamp', category: 'brand', tier: 'review', owner: 'brand', languages: ['en'], message: 'The lamp is called Larkfield Dawn.', sources: [{ title: 'House rule' }], match: [words],
  unless: [], near: [], negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: ['Agreed'], examples: { flagged: [`The ${words} is here.`], clean: ['The Larkfield Dawn is here.'] },
})

/** Own rules of the lead, as the rule editor would have saved them. */
async function ownRules(version: string, words: string): Promise<void> {
  const pack = { format: 1, id: 'personal', version, title: 'Rules of mine', description: 'Mine.', owner: 'personal', lists: {}, rules: [rule(words)] }
  await putRows(leadTeam, 'packs', [{ id: 'personal', version, digest: version, pack, text: JSON.stringify(pack), publicKey: null, signedBy: null, signedAt: null, source: 'personal', url: null, activatedAt: 1, previous: null }])
}

async function check(page: Page): Promise<void> {
  await page.bringToFront()
  await page.goto(page.url().replace(/#.*/, '#/team'))
  await page.locator('#team-sync').getByRole('button', { name: 'Check now' }).click()
  await page.locator('#team-sync').getByText('Up to date.').waitFor()
}

const inUse = async (): Promise<string[]> => (await rowsIn<{ id: string; version: string; signedBy: string | null }>(repTeam, 'packs')).map(({ id, version, signedBy }) => `${id} ${version} ${signedBy ?? 'unsigned'}`)

async function shown(page: Page, name: string): Promise<void> {
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await accessibilityOf(page), `${name} ${width}`).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} ${width} is too wide`).toBeLessThanOrEqual(0)
    const folder = process.env['COUNTERSIGN_SHOTS']
    if (folder) await page.screenshot({ path: join(folder, `team-${name}-${width}.png`), fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

async function publish(version: string, text: string): Promise<void> {
  await leadTeam.getByLabel('What is new, for everybody to read').fill(text)
  await leadTeam.getByLabel('Everybody at once').check()
  await leadTeam.getByRole('button', { name: `Sign and publish ${version}` }).click()
  await leadTeam.getByRole('heading', { name: 'Versions' }).waitFor()
}

describe('a team of two', () => {
  test('is created, joined after the words were compared, and known to both', async () => {
    await leadTeam.bringToFront()
    await leadTeam.getByLabel('Name of the team').fill('Larkfield Sales')
    const create = leadTeam.locator('#team-create')
    await create.getByLabel('Address of the folder').fill(store.url)
    await create.getByLabel('Folder in it').fill(`countersign-${Date.now()}`)
    await create.getByLabel('User').fill(store.user)
    await create.getByLabel('Password').fill(store.password)
    await create.getByRole('button', { name: 'Create the team' }).click()
    await leadTeam.getByRole('heading', { name: 'Larkfield Sales' }).waitFor()
    await shown(leadTeam, 'lead')
    await leadTeam.getByRole('button', { name: 'Make an invitation' }).click()
    const code = await leadTeam.getByRole('textbox', { name: 'Invitation' }).inputValue()
    expect(code).not.toContain(store.password)
    await leadTeam.getByRole('img', { name: 'The invitation as a QR code' }).waitFor()

    await repTeam.bringToFront()
    await repTeam.getByRole('textbox', { name: 'Invitation' }).fill(`Hi Rhea,\n${code}\n`)
    await repTeam.getByRole('button', { name: 'Read the invitation' }).click()
    const join = repTeam.locator('#team-join')
    await join.getByText('Team Larkfield Sales. Ines Roy invites you.').waitFor()
    await join.getByLabel('User').fill(store.user)
    await join.getByLabel('Password').fill(store.password)
    await join.getByRole('button', { name: 'Ask to join' }).click()
    const words = await repTeam.locator('p.phrase').innerText()
    await shown(repTeam, 'waiting')

    await check(leadTeam)
    const notes = leadTeam.locator('#team-notes')
    expect(await notes.locator('.phrase').innerText()).toBe(words)
    await notes.getByRole('button', { name: 'Confirm Rhea Vance' }).click()
    const dialog = leadTeam.getByRole('dialog')
    await dialog.getByRole('checkbox', { name: /same words/ }).check()
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await leadTeam.locator('#team-members').getByText('Rhea Vance').waitFor()
    await check(repTeam)
    await repTeam.locator('#team-members').getByText('Ines Roy').waitFor()
    await shown(repTeam, 'member')
  })

  test('shares a pack: published by the lead, in use on the other profile with one press, named under a finding', async () => {
    await ownRules('0.1.0', 'sunrise lamp')
    await leadTeam.goto(leadTeam.url().replace(/#.*/, '#/team/publish/new'))
    await leadTeam.reload()
    await leadTeam.getByLabel('Title').fill('House rules')
    await leadTeam.getByText('1 rule added').waitFor()
    await shown(leadTeam, 'publish')
    await publish('1.0.0', 'How we call our lamp.')
    await check(repTeam)
    expect(await eventually(async () => (await inUse()).includes('house-rules 1.0.0 Ines Roy'))).toBe(true)

    await mail.bringToFront()
    await pasteMail(mail, desk, { subject: 'Lamp', blocks: ['Hi Marta,', 'The sunrise lamp is on its way.', 'Kind regards,'] })
    await openCard(mail, 'sunrise lamp')
    expect((await textOfSurface(mail, '[data-cs=card]')).replace(/\s+/g, ' ')).toContain('Rule: Name of our lamp. From House rules 1.0.0, signed for your team by Ines Roy')
    await mail.keyboard.press('Escape')
    desk.reset()
  })

  test('signs twice through the store: asked, approved, sent', async () => {
    const [quote, subject] = ['23% discount', 'Offer']
    await mail.bringToFront()
    await pasteMail(mail, desk, { subject, blocks: ['Hi Marta,', `We can offer you a ${quote} on the lamps.`, 'Kind regards,'] })
    await keep(mail, quote)
    await mail.keyboard.press('Escape')
    await mail.click(SEND)
    await waitInSurface(mail, '[data-cs=panel]')
    await mail.waitForTimeout(500)
    await clickInSurface(mail, '[data-cs=ask]')
    expect(await eventually(async () => (await draftsOf(mail))[0]?.approval?.code !== undefined)).toBe(true)
    await check(repTeam)

    await check(leadTeam)
    const approvals = await openOwn(lead, 'dashboard.html#/approvals')
    await approvals.getByRole('link', { name: 'Look' }).first().click()
    await approvals.getByText('Rhea Vance asks for your signature').first().waitFor()
    await approvals.getByRole('button', { name: 'Approve this exact text' }).click()
    await approvals.locator('[data-cs=answer-code]').waitFor()
    await check(leadTeam)
    await check(repTeam)

    await mail.bringToFront()
    expect(await eventually(async () => ((await draftsOf(mail))[0]?.gate as { because?: string } | undefined)?.because === 'needs-signature'), 'the gate asks for the sender alone').toBe(true)
    await mail.waitForTimeout(600)
    await clickInSurface(mail, '[data-cs=sign]')
    expect(await eventually(() => desk.sent('mail').length === 1)).toBe(true)
  })

  test('goes back to an older version, for both, on purpose', async () => {
    await ownRules('0.2.0', 'sunset lamp')
    await leadTeam.bringToFront()
    await leadTeam.goto(leadTeam.url().replace(/#.*/, '#/team/publish/house-rules'))
    await leadTeam.reload()
    await leadTeam.getByText('1 rule finds other places').first().waitFor()
    await publish('1.1.0', 'The lamp has another name.')
    await shown(leadTeam, 'pack')
    await check(repTeam)
    expect(await eventually(async () => (await inUse()).includes('house-rules 1.1.0 Ines Roy'))).toBe(true)
    await leadTeam.bringToFront()
    await leadTeam.getByRole('button', { name: 'Roll back' }).click()
    await leadTeam.getByLabel('Why, for everybody to read').fill('The name was wrong.')
    await leadTeam.getByRole('button', { name: 'Sign and say so' }).click()
    await leadTeam.getByText('Back to version 1.0.0').first().waitFor()
    await check(repTeam)
    expect(await eventually(async () => (await inUse()).includes('house-rules 1.0.0 Ines Roy'))).toBe(true)
    expect(complaints.flat()).toEqual([])
  })
})
