import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from './harness/index.ts'
import { check, createTeam, fillFolder, fillLogin, inUse, joinTeam, openCouple, openPublish, publish, type Couple } from './harness/team.ts'

/** A team whose store changes under it: a lead and a rep in two browser profiles move to another folder, and get everything back from a file into an empty one. */

let couple: Couple
let leadTeam: Page
let repTeam: Page
let folder: string
const run = Date.now()

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-team-file-'))
  couple = await openCouple('http://127.0.0.1:9', {})
  ;[leadTeam, repTeam] = [couple.lead.team, couple.rep.team]
  await createTeam(couple, `first-${run}`)
  await joinTeam(couple)
  await openPublish(couple.lead, 'new', '0.1.0', 'sunrise lamp')
  await leadTeam.getByLabel('Title').fill('House rules')
  await publish(couple.lead, '1.0.0', 'How we call our lamp.')
})
afterAll(async () => {
  await couple.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Takes this person's team to another folder. @returns once the Team page names it */
async function move(page: Page, to: string): Promise<void> {
  await page.bringToFront()
  await page.goto(page.url().replace(/#.*/, '#/team'))
  // It stays open after a move.
  if (!(await page.locator('#team-move form').isVisible())) await page.locator('#team-move summary').click()
  await fillFolder(page, '#team-move', couple.store, to)
  await page.getByRole('button', { name: 'Try it and move' }).click()
  await page.getByText('The team is in the other store.').waitFor()
}

/** The rep, who still looks at the old store, is told where the team is, logs in there, and has what was published since. */
async function follow(to: string, version: string): Promise<void> {
  await check(repTeam)
  const moved = repTeam.locator('#team-moved')
  await moved.getByText(to).waitFor()
  await moved.getByText('Ines Roy said so on').waitFor()
  expect(await inUse(couple.rep)).not.toContain(`house-rules ${version} Ines Roy`)
  await fillLogin(repTeam, '#team-moved', couple.store)
  await moved.getByRole('button', { name: 'Log in and go over' }).click()
  await moved.waitFor({ state: 'detached' })
  await repTeam.locator('#team-sync').getByText(to).waitFor()
  expect(await eventually(async () => (await inUse(couple.rep)).includes(`house-rules ${version} Ines Roy`))).toBe(true)
}

async function publishNext(version: string, words: string): Promise<void> {
  await openPublish(couple.lead, 'house-rules', `0.${version.split('.')[1] ?? ''}.9`, words)
  await publish(couple.lead, version, 'The lamp has another name.')
}

describe('a team whose store changes', () => {
  test('is taken to another store by its lead, and the member is told there was a move, follows, and gets what is published there alone', async () => {
    await check(repTeam)
    expect(await inUse(couple.rep)).toContain('house-rules 1.0.0 Ines Roy')
    await move(leadTeam, `second-${run}`)
    await leadTeam.locator('#team-sync').getByText(`second-${run}`).waitFor()
    await leadTeam.locator('#team-members').getByText('Rhea Vance').waitFor()
    await publishNext('1.1.0', 'sunset lamp')
    await follow(`second-${run}`, '1.1.0')
    await repTeam.locator('#team-members').getByText('Ines Roy').waitFor()
  })

  test('is exported to a file by its lead and restored into an empty store, where the member carries on with all that was there', async () => {
    await check(leadTeam)
    const [download] = await Promise.all([leadTeam.waitForEvent('download'), leadTeam.getByRole('button', { name: 'Export everything' }).click()])
    const file = join(folder, 'team.jsonl')
    await download.saveAs(file)
    await leadTeam.getByText('Objects in the file:').waitFor()

    await move(leadTeam, `third-${run}`)
    await leadTeam.locator('[data-cs=team-archive]').setInputFiles(file)
    const said = leadTeam.getByText(/^Put into the store: /)
    await said.waitFor()
    // The member's records and versions that only the old store had are there now; what the lead's device brought along by itself was there already.
    expect(await said.innerText()).toMatch(/^Put into the store: [1-9]\d*\. There already: [1-9]\d*\.$/)

    await publishNext('1.2.0', 'evening lamp')
    await follow(`third-${run}`, '1.2.0')
    await leadTeam.bringToFront()
    await check(leadTeam)
    expect(couple.complaints()).toEqual([])
  })
})
