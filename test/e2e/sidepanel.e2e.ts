import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { clickInSurface, eventually, findInSurface, startDesk, textOfSurface, waitGoneFromSurface, waitInSurface, type Desk } from './harness/index.ts'
import { draftsOf } from './harness/page.ts'
import { BODY, complaintsOf, makeBench, openOwn, pasteMail, SEND, type Bench } from './harness/person.ts'

/**
 * The side panel beside a page. Most of it is done in its page as a tab behind the one with the draft, because the debugger's keys do not reach into the browser's own frame;
 * that the browser opens the panel itself, for a press and for nothing else, is looked at in the list of what it shows.
 */
let desk: Desk
let bench: Bench
let now: Launched
let mail: Page
let side: Page

const BLOCKS = ['Hi Marta,', 'We can offer you a 20% discount on the lamps.', 'We guarantee that your lamps arrive in time.', 'Kind regards,']

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
  bench = makeBench()
  now = await bench.open('side')
  await seedSettings(now.worker, practiceSettings(desk.url))
  mail = now.context.pages()[0]!
  side = await openOwn(now, 'sidepanel.html')
})
beforeEach(async () => {
  await mail.goto(`${desk.url}/mail`)
  await mail.bringToFront()
})
afterEach(() => { desk.reset() })
afterAll(async () => {
  await bench.remove()
  await desk.close()
})

const says = (words: string): Promise<boolean> => eventually(async () => (await side.locator('.sp').innerText()).replace(/\s+/g, ' ').includes(words), 10_000)
const rows = () => side.locator('[data-cs=panel-row]')
const open = async (): Promise<number> => {
  const [draft] = await draftsOf(mail)
  return draft?.gate.kind === 'hold' ? draft.gate.open.length : 0
}

async function paste(subject: string, blocks = BLOCKS): Promise<void> {
  await pasteMail(mail, desk, { subject, blocks })
  expect(await says('To settle'), await side.locator('.sp').innerText()).toBe(true)
}

/** Keeps or dismisses what is open in the side panel, one key after the other, as long as something is. */
async function settleAll(): Promise<void> {
  for (let tries = 0; tries < 8 && (await open()) > 0; tries++) {
    const before = await open()
    if ((await side.locator('[data-cs=card]').count()) === 0) await rows().first().click()
    await side.locator('[data-cs=card]').waitFor()
    const card = async (): Promise<string> => (await side.locator('[data-cs=card]').allInnerTexts()).join()
    const stood = await card()
    await side.keyboard.press('k')
    await side.locator('[data-cs=reason-1]').waitFor()
    await side.keyboard.press('1')
    await side.keyboard.press('Enter')
    expect(await eventually(async () => (await open()) < before)).toBe(true)
    expect(await eventually(async () => (await card()) !== stood)).toBe(true)
  }
}

describe('the draft of the tab in front', () => {
  test('is not there, comes when somebody writes, and goes when it is closed', async () => {
    const complaints = complaintsOf(now.context)
    expect(await says('No draft open')).toBe(true)
    await paste('Comes and goes')
    expect(await rows().count()).toBeGreaterThanOrEqual(2)
    // As a screen reader goes through it: what it is, how far it is, each finding with tier, words and reason, then what signs.
    const read = await side.locator('main').ariaSnapshot()
    if (process.env['COUNTERSIGN_TREE']) writeFileSync(process.env['COUNTERSIGN_TREE'], read)
    const order = ['heading "2 findings need you', 'img "', 'group "Findings shown"', 'heading "Review', 'list', 'button "Review: a 20% discount', 'button "Sign']
    const places = order.map((part) => read.indexOf(part))
    expect(places.every((place, at) => place >= 0 && (at === 0 || place > places[at - 1]!)), `${JSON.stringify(places)}\n${read}`).toBe(true)
    await mail.goto(`${desk.url}/`)
    expect(await says('This page is not watched'), await side.locator('.sp').innerText()).toBe(true)
    expect(complaints).toEqual([])
  })

  test('is gone through, settled and signed there, and goes out once', async () => {
    const complaints = complaintsOf(now.context)
    await paste('Signed at the side')
    await mail.click(SEND)
    await waitInSurface(mail, '[data-cs=panel]')
    await rows().first().click()
    await side.locator('[data-cs=card]').waitFor()
    // Shown at the side, not on the page as well; the mark there is the open one.
    await waitGoneFromSurface(mail, '[data-cs=panel]')
    expect(await findInSurface(mail, '[data-cs=card]')).toBeNull()
    expect((await draftsOf(mail))[0]?.active).not.toBeNull()
    await settleAll()
    expect(await says('Ready for your signature')).toBe(true)
    expect(desk.sent('mail')).toEqual([])
    await side.waitForTimeout(600)
    await side.locator('[data-cs=side-draft]').focus()
    await side.keyboard.press('Control+Enter')
    expect(await eventually(() => desk.sent('mail').length === 1)).toBe(true)
    await mail.waitForTimeout(500)
    expect(desk.sent('mail')).toHaveLength(1)
    expect(complaints).toEqual([])
  })

  test('opens on the page what is opened there, at the side too; F8 goes on in both', async () => {
    await paste('Both ways')
    await mail.click(BODY)
    await mail.keyboard.press('F8')
    await waitInSurface(mail, '[data-cs=card]')
    await side.locator('[data-cs=card]').waitFor()
    const first = (await draftsOf(mail))[0]?.active
    await side.locator('[data-cs=card]').focus()
    await side.keyboard.press('F8')
    expect(await eventually(async () => (await draftsOf(mail))[0]?.active !== first)).toBe(true)
    await waitGoneFromSurface(mail, '[data-cs=card]')
  })

  test('puts other words into the text, through the page\'s editor', async () => {
    await paste('Changed from the side', ['Hi Marta,', 'We guarantee that your lamps arrive in time.'])
    await rows().first().click()
    await side.locator('[data-cs=card-edit]').first().click()
    await side.locator('[data-cs=edit-text]').fill('We expect')
    await side.keyboard.press('Enter')
    expect(await eventually(async () => (await mail.innerText(BODY)).includes('We expect'))).toBe(true)
    expect(await eventually(async () => (await open()) === 0)).toBe(true)
  })

  test('is held on the page again by the next send, and comes back to the page when the panel closes', async () => {
    await paste('Held again')
    await mail.click(SEND)
    await waitInSurface(mail, '[data-cs=panel]')
    await rows().first().click()
    await waitGoneFromSurface(mail, '[data-cs=panel]')
    await mail.click(SEND)
    await waitInSurface(mail, '[data-cs=panel]')
    expect(await textOfSurface(mail, '[data-cs=panel]')).toContain('Send is held')

    await rows().first().click()
    await waitGoneFromSurface(mail, '[data-cs=panel]')
    await side.goto('about:blank')
    await waitInSurface(mail, '[data-cs=panel]')
    expect((await draftsOf(mail))[0]?.held).toBe('send')
    expect(desk.sent('mail')).toEqual([])
    await side.goto(`chrome-extension://${now.extensionId}/sidepanel.html`)
  })
})

describe('the queue', () => {
  test('is there without a draft, takes a code, and says what is wrong with one', async () => {
    await side.getByRole('link', { name: 'Queue' }).click()
    await side.getByRole('textbox', { name: 'Code' }).fill('CS1.Q.cut')
    await side.getByRole('button', { name: 'Take', exact: true }).click()
    await side.locator('[role=status]', { hasText: /\S/ }).first().waitFor()
    expect(await says('is not complete')).toBe(true)
    await side.getByRole('link', { name: 'Draft' }).click()
    expect(await says('No draft open')).toBe(true)
  })
})

describe('the browser\'s own panel', () => {
  /** The panels that the browser shows, without our tab. `shut` closes them. */
  const panels = async (shut = false): Promise<number> => {
    const own = await now.context.newCDPSession(side)
    const { targetInfo: tab } = await own.send('Target.getTargetInfo')
    const session = await now.context.browser()!.newBrowserCDPSession()
    const { targetInfos } = await session.send('Target.getTargets')
    const there = targetInfos.filter(({ url, targetId }) => url.includes('/sidepanel.html') && targetId !== tab.targetId)
    if (shut) for (const { targetId } of there) await session.send('Target.closeTarget', { targetId })
    await Promise.all([own.detach(), session.detach()])
    return there.length
  }
  const shown = (): Promise<boolean> => eventually(async () => (await panels()) === 1, 10_000)
  afterEach(async () => { await panels(true) })

  test('opens for a press in the popup', async () => {
    await paste('Opened from the popup')
    const popup = await openOwn(now, 'popup.html')
    await mail.bringToFront()
    await popup.reload()
    expect(await panels()).toBe(0)
    await popup.locator('[data-cs=popup-beside]').click()
    expect(await shown()).toBe(true)
  })

  test('opens for a press in the panel on the page, which then stands aside', async () => {
    await paste('Opened by a press')
    await mail.click(SEND)
    await waitInSurface(mail, '[data-cs=panel]')
    expect(await panels()).toBe(0)
    await mail.waitForTimeout(300)
    await clickInSurface(mail, '[data-cs=beside]')
    expect(await shown(), await textOfSurface(mail, '[data-cs=toast]')).toBe(true)
    await waitGoneFromSurface(mail, '[data-cs=panel]')
    expect((await draftsOf(mail))[0]).toMatchObject({ held: 'send', panelOpen: true, aside: true })
  })
})
