import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessibilityOf } from './harness/axe.ts'
import { clickInSurface, eventually, startDesk, textOfSurface, waitInSurface, type Desk } from './harness/index.ts'
import { draftsOf } from './harness/page.ts'
import { keep, openCard, openOwn, pasteMail, SEND } from './harness/person.ts'
import { check, createTeam, inUse, joinTeam, openCouple, openPublish, publish, type Couple } from './harness/team.ts'

/** A lead and a rep, two browser profiles, and a team between them, in one run: create, invite, join, publish, receive, ask, approve, send, roll back. Over a real store where one is named, see `openCouple`. */

let desk: Desk
let couple: Couple
let leadTeam: Page
let repTeam: Page
let mail: Page

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
  couple = await openCouple(desk.url, { floor: { pricing: 'approve' }, areas: { pricing: { owner: 'pricing', people: ['Ines Roy'] } } })
  ;[leadTeam, repTeam, mail] = [couple.lead.team, couple.rep.team, couple.rep.profile.context.pages()[0]!]
})
afterAll(async () => {
  await couple.close()
  await desk.close()
})

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

describe('a team of two', () => {
  test('is created, joined after the words were compared, and known to both', async () => {
    await createTeam(couple, `countersign-${Date.now()}`)
    await shown(leadTeam, 'lead')
    await joinTeam(couple, () => shown(repTeam, 'waiting'))
    await shown(repTeam, 'member')
  })

  test('shares a pack: published by the lead, in use on the other profile with one press, named under a finding', async () => {
    await openPublish(couple.lead, 'new', '0.1.0', 'sunrise lamp')
    await leadTeam.getByLabel('Title').fill('House rules')
    await leadTeam.getByText('1 rule added').waitFor()
    await shown(leadTeam, 'publish')
    await publish(couple.lead, '1.0.0', 'How we call our lamp.')
    await check(repTeam)
    expect(await eventually(async () => (await inUse(couple.rep)).includes('house-rules 1.0.0 Ines Roy'))).toBe(true)

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
    const approvals = await openOwn(couple.lead.profile, 'dashboard.html#/approvals')
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
    await openPublish(couple.lead, 'house-rules', '0.2.0', 'sunset lamp')
    await leadTeam.getByText('1 rule finds other places').first().waitFor()
    await publish(couple.lead, '1.1.0', 'The lamp has another name.')
    await shown(leadTeam, 'pack')
    await check(repTeam)
    expect(await eventually(async () => (await inUse(couple.rep)).includes('house-rules 1.1.0 Ines Roy'))).toBe(true)
    await leadTeam.bringToFront()
    await leadTeam.getByRole('button', { name: 'Roll back' }).click()
    await leadTeam.getByLabel('Why, for everybody to read').fill('The name was wrong.')
    await leadTeam.getByRole('button', { name: 'Sign and say so' }).click()
    await leadTeam.getByText('Back to version 1.0.0').first().waitFor()
    await check(repTeam)
    expect(await eventually(async () => (await inUse(couple.rep)).includes('house-rules 1.0.0 Ines Roy'))).toBe(true)
    expect(couple.complaints()).toEqual([])
  })
})
