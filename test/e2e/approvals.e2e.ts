import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { clickInSurface, eventually, startDesk, textOfSurface, waitInSurface, type Desk } from './harness/index.ts'
import { draftsOf } from './harness/page.ts'
import { BODY, complaintsOf, keep, makeBench, openOwn, pasteMail, rowsIn, SEND, type Bench } from './harness/person.ts'

/** Two people, two browser profiles, no server between them: the owner's signature travels as a code and as a file. */
let desk: Desk
let bench: Bench
let rep: Launched
let owner: Launched
let mail: Page
let repApprovals: Page
let ownerApprovals: Page

const policy = { floor: { pricing: 'approve' }, areas: { pricing: { owner: 'pricing', people: ['Olga Stern'] } } }
/** Other words each time: what was settled in a draft that did not leave comes back for the same words. */
const quoteOf = (subject: string): string => `${10 + subject.length}% discount`
const blocks = (subject: string): string[] => ['Hi Marta,', `We can offer you a ${quoteOf(subject)} on the lamps.`, 'Kind regards,']

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
  bench = makeBench()
  rep = await bench.open('rep')
  owner = await bench.open('owner')
  await seedSettings(rep.worker, { ...practiceSettings(desk.url), reviewer: { name: 'Rhea Vance', role: 'Sales' }, policy })
  await seedSettings(owner.worker, { ...practiceSettings(desk.url), reviewer: { name: 'Olga Stern', role: 'Pricing lead' }, policy })
  mail = rep.context.pages()[0]!
  repApprovals = await openOwn(rep, 'dashboard.html#/approvals')
  ownerApprovals = await openOwn(owner, 'dashboard.html#/approvals')
})
beforeEach(() => mail.bringToFront())
afterEach(() => { desk.reset() })
afterAll(async () => {
  await bench.remove()
  await desk.close()
})

const take = async (page: Page, code: string): Promise<void> => {
  await page.bringToFront()
  await page.getByRole('textbox', { name: 'Code' }).fill(code)
  await page.getByRole('button', { name: 'Take', exact: true }).click()
}
const saved = async (page: Page, press: () => Promise<void>, name: string): Promise<string> => {
  const download = page.waitForEvent('download')
  await press()
  const file = bench.path(name)
  await (await download).saveAs(file)
  return file
}
const said = (page: Page, text: string | RegExp): Promise<void> => page.getByText(text).first().waitFor()

/** The rep's draft, held, its finding settled, waiting for the owner. */
async function held(subject: string): Promise<void> {
  await pasteMail(mail, desk, { subject, blocks: blocks(subject) })
  await keep(mail, quoteOf(subject))
  await mail.keyboard.press('Escape')
  await mail.click(SEND)
  await waitInSurface(mail, '[data-cs=panel]')
  expect(await eventually(async () => (await draftsOf(mail))[0]?.gate.kind === 'hold')).toBe(true)
  expect(desk.sent('mail')).toEqual([])
}

/** Asks in the panel and gives the code that the panel shows. */
async function ask(): Promise<string> {
  await mail.waitForTimeout(500)
  await clickInSurface(mail, '[data-cs=ask]')
  await waitInSurface(mail, '[data-cs=ask-code]')
  return (await draftsOf(mail))[0]!.approval!.code!
}

async function approveOpen(subject: string): Promise<string> {
  await ownerApprovals.getByRole('link', { name: 'Look' }).first().click()
  await said(ownerApprovals, 'Rhea Vance asks for your signature')
  expect(await ownerApprovals.locator('[data-cs=request-text] mark').allInnerTexts()).toEqual([expect.stringContaining(quoteOf(subject))])
  await ownerApprovals.getByRole('button', { name: 'Approve this exact text' }).click()
  const code = ownerApprovals.locator('[data-cs=answer-code]')
  await code.waitFor()
  return code.inputValue()
}

async function signAndSend(): Promise<void> {
  await mail.bringToFront()
  expect(await eventually(async () => (await draftsOf(mail))[0]?.gate.kind === 'hold' && ((await draftsOf(mail))[0]?.gate as { because: string }).because === 'needs-signature'), 'the gate asks for the sender alone').toBe(true)
  await mail.waitForTimeout(600)
  await clickInSurface(mail, '[data-cs=sign]')
}

describe('a second signature between two profiles', () => {
  test('needs the owner\'s card first, and says so', async () => {
    await held('No card')
    await mail.waitForTimeout(500)
    await clickInSurface(mail, '[data-cs=ask]')
    expect(await eventually(async () => (await textOfSurface(mail, '[data-cs=panel]')).includes('Nobody among your contacts signs for Pricing'))).toBe(true)
    expect(desk.sent('mail')).toEqual([])

    const file = await saved(ownerApprovals, () => ownerApprovals.getByRole('region', { name: 'Your card' }).getByRole('button', { name: 'Save as file' }).click(), 'card')
    await take(repApprovals, readFileSync(file, 'utf8'))
    await said(repApprovals, 'A card from Olga Stern.')
    await repApprovals.getByRole('button', { name: 'The words are the same: keep' }).click()
    await repApprovals.getByRole('region', { name: 'Who can sign' }).getByText('Olga Stern, Pricing lead').waitFor()
  })

  test('travels as a code pasted into a chat; the mail goes out once', async () => {
    const complaints = [complaintsOf(rep.context), complaintsOf(owner.context)]
    await held('By code, once')
    const code = await ask()
    await take(ownerApprovals, `Hi Olga, can you look?\n> ${code.replace(/(.{70})/g, '$1\n> ')}\nThanks!`)
    await said(ownerApprovals, 'A request from Rhea Vance.')
    const answer = await approveOpen('By code, once')

    await take(repApprovals, answer.slice(0, -20))
    await said(repApprovals, 'The code is not complete.')
    await take(repApprovals, answer)
    await said(repApprovals, 'Olga Stern approved.')
    await signAndSend()
    expect(await eventually(() => desk.sent('mail').length === 1)).toBe(true)
    await mail.waitForTimeout(1_500)
    expect(desk.sent('mail')).toHaveLength(1)

    await take(repApprovals, answer)
    await said(repApprovals, 'was taken before')
    const kinds = (await rowsIn<{ kind: string; body: { approvals?: { name: string }[] } }>(repApprovals, 'ledger'))
    expect(kinds.map((entry) => entry.kind)).toEqual(expect.arrayContaining(['held', 'decided', 'approved', 'signed', 'sent']))
    expect(kinds.findLast((entry) => entry.kind === 'signed')?.body.approvals).toMatchObject([{ name: 'Olga Stern' }])
    expect((await rowsIn<{ kind: string }>(ownerApprovals, 'ledger')).map((entry) => entry.kind)).toContain('approved')
    expect(complaints.flat()).toEqual([])
  })

  test('travels as a file, and opens nothing for a text with one character changed', async () => {
    await ownerApprovals.goto(ownerApprovals.url().replace(/#.*/, '#/approvals'))
    await held('By a file')
    await ask()
    await repApprovals.bringToFront()
    const request = await saved(repApprovals, () => repApprovals.getByRole('region', { name: 'Asked by you' }).getByRole('button', { name: 'Save as file' }).first().click(), 'request')
    await ownerApprovals.bringToFront()
    await ownerApprovals.locator('input[type=file]').setInputFiles(request)
    await said(ownerApprovals, 'A request from Rhea Vance.')
    await approveOpen('By a file')
    const answer = await saved(ownerApprovals, () => ownerApprovals.getByRole('button', { name: 'Save as file' }).click(), 'answer')

    await mail.bringToFront()
    await mail.keyboard.press('Escape')
    await mail.click(BODY, { position: { x: 12, y: 12 } })
    await mail.keyboard.press('Control+End')
    await mail.keyboard.type('!')
    await repApprovals.bringToFront()
    await repApprovals.locator('input[type=file]').setInputFiles(answer)
    await said(repApprovals, 'Olga Stern approved.')
    await mail.bringToFront()
    await mail.keyboard.press('Escape')
    await mail.click(SEND)
    await waitInSurface(mail, '[data-cs=panel]')
    expect(await eventually(async () => ((await draftsOf(mail))[0]?.gate as { because?: string }).because === 'needs-owner')).toBe(true)
    await mail.waitForTimeout(1_000)
    expect(((await draftsOf(mail))[0]?.gate as { because?: string }).because).toBe('needs-owner')
    expect(desk.sent('mail')).toEqual([])

    await mail.keyboard.press('Escape')
    await mail.click(BODY, { position: { x: 12, y: 12 } })
    await mail.keyboard.press('Control+End')
    await mail.keyboard.press('Backspace')
    await mail.keyboard.press('Escape')
    await mail.click(SEND)
    await waitInSurface(mail, '[data-cs=panel]')
    await signAndSend()
    expect(await eventually(() => desk.sent('mail').length === 1)).toBe(true)
    expect(desk.sent('mail')[0]!.text).not.toContain('!')
  })

  test('tells the sender who works elsewhere, until the answers are seen', async () => {
    const badge = (): Promise<string> => rep.worker.evaluate(() => chrome.action.getBadgeText({}))
    /** On the tab of the mail that was held before. */
    const inMail = (): Promise<string[]> => rep.worker.evaluate(async (url) => {
      const tabs = (await chrome.tabs.query({})).filter((tab) => tab.url?.startsWith(url))
      return Promise.all(tabs.map(({ id }) => chrome.action.getBadgeText({ tabId: id! })))
    }, desk.url)
    expect(await eventually(async () => (await badge()) === '')).toBe(true)
    await repApprovals.goto(repApprovals.url().replace(/#.*/, '#/history'))
    // Answers that came while nobody looked: as the store holds them.
    const answered = await repApprovals.evaluate(async () => {
      const done = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error ?? new Error('no answer')) })
      const db = await done(indexedDB.open('countersign'))
      const store = db.transaction('requests', 'readwrite').objectStore('requests')
      const rows = (await done(store.getAll())) as { answers: unknown[]; told?: number }[]
      for (const row of rows) await done(store.put({ ...row, told: 0 }))
      db.close()
      await chrome.storage.local.set({ approvals: crypto.randomUUID() })
      return rows.reduce((sum, { answers }) => sum + answers.length, 0)
    })
    expect(answered).toBeGreaterThan(0)
    expect(await eventually(async () => (await badge()) === String(answered))).toBe(true)
    expect(await inMail()).toEqual([String(answered)])
    await repApprovals.goto(repApprovals.url().replace(/#.*/, '#/approvals'))
    expect(await eventually(async () => (await badge()) === '')).toBe(true)
  })
})
