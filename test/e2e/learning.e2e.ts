import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { eventually, startDesk, type Desk } from './harness/index.ts'
import { BODY, complaintsOf, makeBench, openCard, openOwn, pasteMail, rowsIn, SEND, sendAndSign, typeOver, type Bench } from './harness/person.ts'
import { findInSurface } from './harness/surface.mjs'

/** The same correction made three times becomes a rule that its author accepted, and the fourth draft is marked by it. */
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

const MAILS = [
  { subject: 'Lamps', sentence: 'We guarantee that the lamps arrive before winter.', better: 'We plan that the lamps arrive before winter.' },
  { subject: 'Chairs', sentence: 'As discussed, we guarantee a seat for every visitor.', better: 'As discussed, we plan a seat for every visitor.' },
  { subject: 'Blinds', sentence: 'For the blinds we guarantee the fitting on one day.', better: 'For the blinds we plan the fitting on one day.' },
]

/** Three mails, each with the flagged words typed over by hand, signed and sent. */
async function correctThrice(launched: Launched): Promise<void> {
  const page = launched.context.pages()[0] ?? (await launched.context.newPage())
  for (const [index, { subject, sentence, better }] of MAILS.entries()) {
    await pasteMail(page, desk, { subject, blocks: ['Hi Marta,', sentence, 'Kind regards,'] })
    const quote = /we guarantee/i.exec(sentence)?.[0] ?? ''
    await typeOver(page, quote, quote.startsWith('W') ? 'We plan' : 'we plan')
    expect(await eventually(async () => (await page.innerText(BODY)).includes(better))).toBe(true)
    await page.waitForTimeout(600)
    await page.keyboard.press('Escape')
    await page.click(SEND)
    // An AI draft whose only finding was mended may need no signature any more.
    const left = (): boolean => desk.sent('mail').length === index + 1
    await eventually(async () => left() || (await findInSurface(page, '[data-cs=panel]')) !== null)
    if (!left()) await sendAndSign(page)
    expect(await eventually(left), subject).toBe(true)
    expect(desk.sent('mail')[index]!.text).toContain(better)
  }
}

describe('learning', () => {
  test('offers a rule made of three equal corrections; accepted, it flags the fourth draft and suggests the words', async () => {
    now = await bench.open('accept')
    await seedSettings(now.worker, practiceSettings(desk.url))
    const complaints = complaintsOf(now.context)
    await correctThrice(now)
    const insights = await openOwn(now, 'dashboard.html#/insights')
    // The page is there sooner than the worker has written down what was sent last.
    expect(await eventually(async () => (await rowsIn(insights, 'corrections')).length === MAILS.length)).toBe(true)
    expect(await rowsIn<{ before: string; after: string }>(insights, 'corrections')).toMatchObject(MAILS.map(({ sentence }) => ({ sentence })))
    const offer = insights.getByRole('article').first()
    await offer.getByRole('heading', { name: 'You changed this 3 times' }).waitFor()
    for (const summary of await offer.locator('summary').all()) await summary.click()
    const said = (await offer.innerText()).replace(/\s+/g, ' ')
    for (const { sentence } of MAILS) for (const word of sentence.split(/[\s.]+/).filter((each) => each.length > 4)) expect(said, word).toContain(word)
    expect(await rowsIn(insights, 'packs')).toEqual([])
    await offer.getByRole('button', { name: 'Accept' }).click()
    await insights.getByText('is in your pack and checks from now on').waitFor()
    // Taken back by one press, it is as if nothing had happened; accepted again it is the next version.
    await insights.getByRole('button', { name: 'Undo', exact: true }).click()
    await insights.getByText('Everything is as before.').waitFor()
    await insights.getByRole('heading', { name: 'You changed this 3 times' }).waitFor()
    expect(await rowsIn(insights, 'packs')).toEqual([])
    await insights.getByRole('article').first().getByRole('button', { name: 'Accept' }).click()
    await insights.getByText('is in your pack and checks from now on').waitFor()
    // The assistant can be told, too.
    const line = insights.getByRole('article').first()
    await line.getByRole('heading', { name: 'A line for ChatGPT' }).waitFor()
    expect(await line.getByLabel('The line, to change before copying').inputValue()).toBe('Do not write “we guarantee”; write “we plan”.')
    await line.getByRole('button', { name: 'Copy' }).click()
    await insights.getByText('Copied.').waitFor()
    await insights.getByText('Nothing to propose yet').waitFor()
    const pack = (await rowsIn<{ pack: { rules: { id: string }[] } }>(insights, 'packs'))[0]
    await insights.goto(insights.url().replace(/#.*/, `#/rules/${pack?.pack.rules[0]?.id ?? ''}`))
    await insights.getByText('Must find').first().waitFor()
    const rule = await insights.locator('main').innerText()
    for (const { sentence, better } of MAILS) {
      expect(rule).toContain(sentence)
      expect(rule).toContain(better)
    }

    const page = now.context.pages()[0]!
    await page.bringToFront()
    await pasteMail(page, desk, { subject: 'Curtains', blocks: ['Hi Marta,', 'This time we guarantee the colour of the curtains.'] })
    const card = await openCard(page, 'we guarantee')
    expect(card).toContain('personal 0.2.0')
    expect(card).toContain('we plan')
    await page.keyboard.press('Enter')
    expect(await eventually(async () => (await page.innerText(BODY)).includes('This time we plan the colour')), 'the suggestion is used').toBe(true)
    expect(complaints).toEqual([])
  })

  test('does not offer again what was refused, not after a fourth time and not after a restart', async () => {
    now = await bench.open('refuse')
    await seedSettings(now.worker, practiceSettings(desk.url))
    await correctThrice(now)
    const insights = await openOwn(now, 'dashboard.html#/insights')
    await insights.getByRole('article').first().getByRole('button', { name: 'Refuse' }).click()
    await insights.getByText('Refused. It will not be proposed again.').waitFor()
    await insights.getByRole('article').first().getByRole('heading', { name: 'A line for ChatGPT' }).waitFor()
    await insights.getByRole('article').first().getByRole('button', { name: 'Refuse' }).click()
    await insights.getByText('Nothing to propose yet').waitFor()
    const page = now.context.pages()[0]!
    await page.bringToFront()
    await pasteMail(page, desk, { subject: 'Curtains', blocks: ['Hi Marta,', 'This time we guarantee the colour of the curtains.'] })
    await typeOver(page, 'we guarantee', 'we plan')
    await page.waitForTimeout(600)
    await page.keyboard.press('Escape')
    await page.click(SEND)
    await eventually(async () => desk.sent('mail').length === 4 || (await findInSurface(page, '[data-cs=panel]')) !== null)
    if (desk.sent('mail').length < 4) await sendAndSign(page)
    expect(await eventually(() => desk.sent('mail').length === 4), 'the fourth mail went out').toBe(true)
    expect(await eventually(async () => (await rowsIn(insights, 'corrections')).length === 4), 'its correction is written').toBe(true)
    await now.close()

    now = await bench.open('refuse')
    const again = await openOwn(now, 'dashboard.html#/insights')
    await again.getByText('Nothing to propose yet').waitFor()
    expect(await rowsIn(again, 'corrections')).toHaveLength(4)
    expect(await rowsIn(again, 'packs')).toEqual([])
  })
})
