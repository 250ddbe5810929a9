import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, findInSurface, launchBare, waitInSurface } from '../../e2e/harness/index.ts'
import { CLEAN, draftsOf, enter, pasteInto, RISKY, settleByKeys, sign } from '../../e2e/harness/page.ts'
import { oursIn, openBrowser, type AppBrowser } from '../browser.ts'
import type { Mail } from './mail-server.mjs'
import { RECEIVER, startRoundcube, type Roundcube } from './server.ts'
import { chooseFormat, compose, contentOf, leaveComposer, logIn, SAVE_DRAFT, SEND, SMALL_SEND, type Format } from './writer.ts'

/** Roundcube itself: what is held, what goes, and what then lies in the mailbox. Each risky mail is also written in a browser without the extension: both must be the same, byte for byte. */

let roundcube: Roundcube
let ours: AppBrowser
let bare: Awaited<ReturnType<typeof launchBare>>
let page: Page
let control: Page

beforeAll(async () => {
  roundcube = await startRoundcube()
  console.log(`Roundcube ${roundcube.version}`)
  ours = await openBrowser(`${roundcube.url}/`, 'roundcube')
  bare = await launchBare()
  page = await logIn(ours.context, roundcube)
  control = await logIn(bare.context, roundcube)
})

afterAll(async () => {
  // A browser that complains at its end must not leave the servers behind.
  const ends = await Promise.allSettled([ours?.close(), bare?.close()])
  await roundcube?.close()
  for (const end of ends) if (end.status === 'rejected') throw end.reason
})

interface Way {
  readonly name: string
  readonly prepare?: (page: Page) => Promise<void>
  readonly leave: (page: Page) => Promise<void>
  readonly tidy?: (page: Page) => Promise<void>
  readonly signBy?: 'keys' | 'press'
}

const wide = { width: 1440, height: 900 }

const WAYS: readonly Way[] = [
  { name: 'Send', leave: (at) => at.click(SEND), signBy: 'press' },
  { name: 'Enter on Send', prepare: (at) => at.focus(SEND), leave: (at) => at.keyboard.press('Enter') },
  { name: 'Space on Send', prepare: (at) => at.focus(SEND), leave: (at) => at.keyboard.press('Space') },
  { name: 'Send at the foot of a narrow window', prepare: (at) => at.setViewportSize({ width: 420, height: 800 }), leave: (at) => at.click(SMALL_SEND), tidy: (at) => at.setViewportSize(wide) },
  { name: 'Enter on Send at the foot of a narrow window', prepare: async (at) => { await at.setViewportSize({ width: 420, height: 800 }); await at.focus(SMALL_SEND) }, leave: (at) => at.keyboard.press('Enter'), tidy: (at) => at.setViewportSize(wide) },
]

/** A message without what is new in each: time, number, boundary. */
function likeness({ raw }: Mail): string {
  const same = raw.replace(/^(Date|Message-ID): .*\r\n/gm, '')
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1]
  return boundary ? same.replaceAll(boundary, 'BOUNDARY') : same
}

const mailsOf = async (subject: string): Promise<readonly Mail[]> => (await roundcube.arrived()).filter((mail) => mail.subject === subject)
const arrived = (subject: string): Promise<boolean> => eventually(async () => (await mailsOf(subject)).length > 0, 15_000)

async function write(at: Page, format: Format, subject: string, { prepare }: Way, risky: boolean): Promise<string> {
  const editor = await compose(at, roundcube, format, subject)
  // The switch to HTML lies over the corner of the plain text.
  const covered = format === 'plain'
  if (risky) await pasteInto(at, editor, RISKY, covered)
  else {
    await enter(editor, covered)
    await at.keyboard.type(CLEAN)
  }
  await at.waitForTimeout(300)
  const standing = await contentOf(at, format)
  expect(standing).toContain(risky ? 'a 20% discount' : CLEAN)
  await prepare?.(at)
  return standing
}

/** What Roundcube sends of what stands in the editor: it takes out the empty place that it keeps for a signature. */
const sendable = (standing: string): string => standing.replace('<div id="_rc_sig"></div>', '').replaceAll('\n', '')

/** The part that carries what stood in the editor. */
const carried = (mail: Mail, format: Format): string => (format === 'html' ? mail.html : mail.text) ?? ''

let count = 0

describe.each(['html', 'plain'] as const)('%s', (format) => {
  beforeAll(async () => {
    await chooseFormat(page, roundcube, format)
  })

  test.each(WAYS)('$name: held until signed, then let go once, as it was written', async (way) => {
    const subject = `Offer ${++count}`
    const standing = await write(page, format, subject, way, true)
    await way.leave(page)
    await waitInSurface(page, '[data-cs=panel]')
    await page.waitForTimeout(300)
    expect(await mailsOf(subject), 'before the signature').toEqual([])
    await settleByKeys(page)
    expect(await mailsOf(subject), 'before the signature').toEqual([])
    await sign(page, way.signBy ?? 'keys')
    expect(await arrived(subject), 'after the signature').toBe(true)
    await leaveComposer(page)
    await way.tidy?.(page)
    const mails = await mailsOf(subject)
    expect(mails).toHaveLength(1)
    expect(mails[0]!.to).toEqual([RECEIVER])
    expect(carried(mails[0]!, format).replaceAll('\n', '')).toContain(sendable(standing))
    expect(oursIn(mails[0]!.raw)).toBeNull()

    expect(await write(control, format, subject, way, true)).toBe(standing)
    await way.leave(control)
    expect(await eventually(async () => (await mailsOf(subject)).length === 2, 15_000), 'without the extension').toBe(true)
    await leaveComposer(control)
    await way.tidy?.(control)
    const [mine, other] = await mailsOf(subject)
    expect(likeness(mine!)).toBe(likeness(other!))
  })

  test.each(WAYS)('$name: a clean mail, typed, goes at the first press', async (way) => {
    const subject = `Plan ${++count}`
    await write(page, format, subject, way, false)
    await way.leave(page)
    expect(await arrived(subject)).toBe(true)
    expect(await findInSurface(page, '[data-cs=panel]')).toBeNull()
    await leaveComposer(page)
    await way.tidy?.(page)
    const mails = await mailsOf(subject)
    expect(mails).toHaveLength(1)
    expect(mails[0]!.text?.trim()).toBe(CLEAN)
  })

  test('Save as draft is free, and what is kept has nothing of ours', async () => {
    const subject = `Kept ${++count}`
    await write(page, format, subject, WAYS[0]!, true)
    await page.click(SAVE_DRAFT)
    expect(await eventually(async () => (await roundcube.kept('Drafts')).some((mail) => mail.subject === subject), 15_000)).toBe(true)
    expect(await findInSurface(page, '[data-cs=panel]')).toBeNull()
    const kept = (await roundcube.kept('Drafts')).filter((mail) => mail.subject === subject)
    expect(kept).toHaveLength(1)
    expect(oursIn(kept[0]!.raw)).toBeNull()
    expect(await mailsOf(subject)).toEqual([])
  })

  test('what is attached is named beside the draft and belongs to what is signed', async () => {
    await write(page, format, `Files ${++count}`, WAYS[0]!, true)
    await page.locator('#uploadform input[type=file]').setInputFiles({ name: 'Prices 2027.txt', mimeType: 'text/plain', buffer: Buffer.from('100 EUR') })
    await page.waitForSelector('#attachment-list .attachment-name')
    const named = async (): Promise<boolean> => (await draftsOf(page)).some(({ draft, coverage }) => draft.attachments?.join() === 'Prices 2027.txt' && coverage.attachments === 1)
    expect(await eventually(named, 15_000)).toBe(true)
  })
})
