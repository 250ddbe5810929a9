import type { FrameLocator, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventually, findInSurface, launchExtension, openCompose, startDesk, waitInSurface, type Desk, type ExtensionUnderTest, type SentMessage } from './harness/index.ts'
import { CLEAN, draftsOf, enter, pasteInto, RISKY, seenByPage, settleByKeys, sign, watchPages } from './harness/page.ts'

let desk: Desk
let browser: ExtensionUnderTest
let page: Page

beforeAll(async () => {
  desk = await startDesk({ undoMs: 20_000 })
  browser = await launchExtension({ desk })
  page = browser.page
  await watchPages(browser.context)
})

afterAll(async () => {
  await browser.close()
  await desk.close()
})

beforeEach(() => {
  desk.reset()
})

/** Where a draft stands when it is about to leave. */
interface Stage {
  readonly page: Page
  readonly editor: Locator
  /** The text as the application will send it; the editor's visible text where nothing else is said. */
  readonly text?: () => Promise<string>
  /** Something lies over the editor: it is entered without a press. */
  readonly covered?: true
}

interface WayOut {
  readonly name: string
  /** Opens the application, ready for words. */
  readonly open: () => Promise<Stage>
  /** After the words are in and before the act that lets them out. May move the draft to another stage. */
  readonly prepare?: (stage: Stage) => Promise<Stage | void>
  /** The act itself. */
  readonly leave: (stage: Stage) => Promise<void>
  /** After the act was released: what the application still asks before it sends. */
  readonly finish?: (stage: Stage) => Promise<void>
  readonly sent: Partial<SentMessage>
  readonly signBy?: 'keys' | 'press'
}

const SEND = '.dC > .aoO'
const BODY = '.M9 .Am.editable'
const frame = (): FrameLocator => page.frameLocator('.composer-frame')
const article = (): FrameLocator => page.frameLocator('#content_ifr')

const compose = async (): Promise<Stage> => ({ page, editor: await openCompose(page, desk.url) })

async function reply(): Promise<Stage> {
  await page.goto(`${desk.url}/mail?thread=t1`)
  await page.click('[data-reply]')
  return { page, editor: page.locator('.ip.adB .Am.editable') }
}

async function secondCompose(): Promise<Stage> {
  await openCompose(page, desk.url, { subject: 'First' })
  await page.keyboard.type(CLEAN)
  await page.click('.T-I-KE')
  const second = page.locator('.M9').nth(1)
  await second.locator('input[peoplekit-id]').first().pressSequentially('tom.baker@harbour-foods.example,')
  await second.locator('[name=subjectbox]').fill('Second')
  return { page, editor: second.locator('.Am.editable') }
}

async function german(): Promise<Stage> {
  await page.goto(`${desk.url}/mail?hl=de&compose=1&to=marta.olsen@lakeside-clinics.example&su=Angebot`)
  return { page, editor: page.locator(BODY) }
}

/** The schedule's own dialog opened before the words came, so that its buttons are what is pressed last. */
async function scheduleDialog(): Promise<Stage> {
  const stage = await compose()
  await page.click('.hG')
  await page.click('[selector=scheduledSend]')
  await page.waitForSelector('.schedule')
  return { ...stage, covered: true }
}

async function email(): Promise<Stage> {
  await page.goto(`${desk.url}/crm/email`)
  await frame().locator('[data-selenium-test=email-subject-input]').fill('Your offer')
  return { page, editor: frame().locator('[data-editor=email] [data-test-id=rte-content]') }
}

async function ticket(): Promise<Stage> {
  await page.goto(`${desk.url}/crm/ticket`)
  const editor = page.locator('[data-test-id=omnicomposer-rich-text-ckeditor]')
  await editor.waitFor()
  return { page, editor, text: async () => (await editor.innerText()).trim() }
}

const post = (address: string) => async (): Promise<Stage> => {
  await page.goto(`${desk.url}${address}`)
  await page.waitForSelector('body[data-ready]')
  await page.fill('#title', 'Light')
  return { page, editor: article().locator('body#tinymce') }
}

/** The classic form is posted by the browser: what leaves is the editor's HTML. */
const classicPost = async (): Promise<Stage> => ({
  ...await post('/cms?plain=1')(),
  text: () => page.evaluate(() => (window as unknown as { tinymce: { activeEditor: { getContent(): string } } }).tinymce.activeEditor.getContent()),
})

const openPublishPanel = async (): Promise<void> => page.click('.editor-post-publish-panel__toggle')
const PUBLISH = '.editor-post-publish-panel .editor-post-publish-button'
const to = ['marta.olsen@lakeside-clinics.example']

const WAYS: readonly WayOut[] = [
  { name: 'Mail: Send in a docked window', open: compose, leave: ({ page }) => page.click(SEND), sent: { kind: 'send', to, subject: 'Your offer' }, signBy: 'press' },
  { name: 'Mail: Send in the second of two windows', open: secondCompose, leave: ({ page }) => page.locator('.M9').nth(1).locator(SEND).click(), sent: { subject: 'Second', to: ['tom.baker@harbour-foods.example'] } },
  { name: 'Mail: Send in an inline reply', open: reply, leave: ({ page }) => page.click(`.ip.adB ${SEND}`), sent: { kind: 'send', subject: 'Re: Lamps for three waiting rooms' } },
  { name: 'Mail: Send in full screen', open: compose, prepare: ({ page }) => page.click('.Hq'), leave: ({ page }) => page.click(SEND), sent: { kind: 'send', to } },
  {
    name: 'Mail: Send in a window of its own',
    open: compose,
    prepare: async () => {
      const opening = browser.context.waitForEvent('page')
      await page.click('.Hq', { modifiers: ['Shift'] })
      const popout = await opening
      await popout.waitForSelector(BODY)
      return { page: popout, editor: popout.locator(BODY) }
    },
    leave: ({ page: popout }) => popout.click(SEND),
    sent: { kind: 'send', to },
  },
  { name: 'Mail: Enter on Send', open: compose, prepare: ({ page }) => page.focus(SEND), leave: ({ page }) => page.keyboard.press('Enter'), sent: { kind: 'send', to } },
  { name: 'Mail: Space on Send', open: compose, prepare: ({ page }) => page.focus(SEND), leave: ({ page }) => page.keyboard.press('Space'), sent: { kind: 'send', to } },
  { name: 'Mail: Ctrl+Enter in the text', open: compose, leave: ({ page }) => page.keyboard.press('Control+Enter'), sent: { kind: 'send', to } },
  { name: 'Mail: Ctrl+Enter in the subject', open: compose, prepare: ({ page }) => page.focus('[name=subjectbox]'), leave: ({ page }) => page.keyboard.press('Control+Enter'), sent: { kind: 'send', to } },
  { name: 'Mail: Ctrl+Shift+Enter in a reply', open: reply, leave: ({ page }) => page.keyboard.press('Control+Shift+Enter'), sent: { kind: 'archive' } },
  { name: 'Mail: Send & archive', open: reply, leave: ({ page }) => page.click('.ip.adB .Uo'), sent: { kind: 'archive' } },
  {
    name: 'Mail: Schedule in the menu, signed by a press', open: compose, prepare: ({ page }) => page.click('.hG'), leave: ({ page }) => page.click('[selector=scheduledSend]'),
    finish: ({ page }) => page.click('.Az >> nth=1'), sent: { kind: 'schedule', to }, signBy: 'press',
  },
  {
    name: 'Mail: Schedule in the menu, signed by keys', open: compose, prepare: ({ page }) => page.click('.hG'), leave: ({ page }) => page.click('[selector=scheduledSend]'),
    finish: ({ page }) => page.click('.Az >> nth=1'), sent: { kind: 'schedule', to },
  },
  { name: 'Mail: a ready-made time', open: scheduleDialog, leave: ({ page }) => page.click('.Az >> nth=0'), sent: { kind: 'schedule', to } },
  {
    name: 'Mail: a chosen date', open: scheduleDialog,
    prepare: async ({ page }) => {
      await page.click('.Az.AM')
      await page.fill('.schedule input', '2030-05-06T08:30')
    },
    leave: ({ page }) => page.click('.schedule .go'), sent: { kind: 'schedule', when: '2030-05-06T08:30', to },
  },
  { name: 'Mail: Send in German', open: german, leave: ({ page }) => page.click(SEND), sent: { kind: 'send', subject: 'Angebot', to } },
  { name: 'Mail: a script calls click() on Send', open: compose, leave: ({ page }) => page.evaluate((send) => document.querySelector<HTMLElement>(send)!.click(), SEND), sent: { kind: 'send', to } },
  { name: 'CRM e-mail (Tiptap in a frame): Send', open: email, leave: () => frame().locator('[data-button-use=primary]:visible').click(), sent: { app: 'crm', kind: 'send', subject: 'Your offer' }, signBy: 'press' },
  { name: 'CRM e-mail: Ctrl+Enter', open: email, leave: ({ page }) => page.keyboard.press('Control+Enter'), sent: { app: 'crm', kind: 'send', subject: 'Your offer' } },
  { name: 'CRM ticket (CKEditor 5): Submit', open: ticket, leave: ({ page }) => page.click('[data-test-id=submit_button-button]'), sent: { kind: 'submit', as: 'Open' }, signBy: 'press' },
  {
    name: 'CRM ticket: Submit as Solved in the menu', open: ticket, prepare: ({ page }) => page.click('[data-test-id=submit_button-menu-button]'),
    leave: ({ page }) => page.click('[role=menuitem] >> text=Submit as Solved'), sent: { kind: 'submit', as: 'Solved' },
  },
  { name: 'CRM ticket: Ctrl+Alt+O', open: ticket, leave: ({ page }) => page.keyboard.press('Control+Alt+KeyO'), sent: { kind: 'submit', as: 'Open' } },
  { name: 'CRM ticket: Ctrl+Enter', open: ticket, leave: ({ page }) => page.keyboard.press('Control+Enter'), sent: { kind: 'submit', as: 'Open' } },
  { name: 'CMS (TinyMCE in a frame): Publish, the second press', open: post('/cms'), prepare: openPublishPanel, leave: ({ page }) => page.click(PUBLISH), sent: { app: 'cms', kind: 'publish', subject: 'Light' } },
  {
    name: 'CMS: Schedule', open: post('/cms'),
    prepare: async ({ page }) => {
      await openPublishPanel()
      await page.fill('.editor-post-publish-panel input', '2030-05-06T08:30')
    },
    leave: ({ page }) => page.click(PUBLISH), sent: { kind: 'schedule', when: '2030-05-06T08:30' }, signBy: 'press',
  },
  { name: 'CMS: Update on a live article', open: post('/cms?live=1'), leave: ({ page }) => page.click('#publish'), sent: { kind: 'update' } },
  { name: 'CMS: Ctrl+S in a live article', open: post('/cms?live=1'), leave: ({ page }) => page.keyboard.press('Control+s'), sent: { kind: 'update' } },
  { name: 'CMS: Ctrl+S in the title of a live article', open: post('/cms?live=1'), prepare: ({ page }) => page.focus('#title'), leave: ({ page }) => page.keyboard.press('Control+s'), sent: { kind: 'update' } },
  { name: 'CMS: the classic form\'s Publish', open: classicPost, leave: ({ page }) => page.click('#publish'), sent: { kind: 'publish', via: 'form' } },
  { name: 'CMS: a script calls submit() on the classic form', open: classicPost, leave: ({ page }) => page.evaluate(() => { setTimeout(() => { document.querySelector<HTMLFormElement>('form#post')!.submit() }) }), sent: { kind: 'publish', via: 'form' } },
]

const arrived = (count: number): Promise<boolean> => eventually(() => desk.sent().length === count)
/** A browser posts a form with its own line ends. */
const lines = (text: string): string => text.replaceAll('\r\n', '\n')
const textOf = ({ editor, text }: Stage): Promise<string> => (text ? text() : editor.innerText())

async function closeOthers(): Promise<void> {
  for (const other of browser.context.pages()) if (other !== page) await other.close()
}

describe('every way out', () => {
  test.each(WAYS)('$name: held until signed, then let go once', async ({ open, prepare, leave, finish, sent, signBy = 'keys' }) => {
    let stage = await open()
    await pasteInto(stage.page, stage.editor, RISKY, stage.covered)
    stage = (await prepare?.(stage)) ?? stage
    await seenByPage(stage.page)

    await leave(stage)
    await waitInSurface(stage.page, '[data-cs=panel]')
    expect(await seenByPage(stage.page), 'what the page saw of the act').toEqual([])
    const text = await textOf(stage)
    expect(text).toContain('a 20% discount')
    await settleByKeys(stage.page)
    expect(desk.sent(), 'before the signature').toEqual([])
    await sign(stage.page, signBy)
    await finish?.(stage)

    expect(await arrived(1), 'after the signature').toBe(true)
    expect(desk.sent()[0]).toMatchObject(sent)
    expect(lines(desk.sent()[0]!.text)).toBe(lines(text))
    await page.waitForTimeout(400)
    expect(desk.sent(), 'let go once').toHaveLength(1)
    await closeOthers()
  })

  test.each(WAYS)('$name: a clean draft, typed by hand, goes at the first press', async ({ open, prepare, leave, finish, sent }) => {
    let stage = await open()
    await enter(stage.editor, stage.covered)
    await stage.page.keyboard.type(CLEAN)
    stage = (await prepare?.(stage)) ?? stage
    const text = await textOf(stage)
    expect(text).toContain(CLEAN)
    await leave(stage)
    await finish?.(stage)
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]).toMatchObject(sent)
    expect(lines(desk.sent()[0]!.text)).toBe(lines(text))
    expect(await findInSurface(stage.page, '[data-cs=panel]')).toBeNull()
    await page.waitForTimeout(200)
    expect(desk.sent()).toHaveLength(1)
    await closeOthers()
  })
})

/** The act went through: nothing was sent, and we did not come between. */
async function notHeld(): Promise<void> {
  await page.waitForTimeout(400)
  expect(await findInSurface(page, '[data-cs=panel]')).toBeNull()
  expect(desk.sent()).toEqual([])
}

describe('what is no way out', () => {
  test('another extension\'s button that looks like Send: its text is seen as inserted, and Send is held', async () => {
    await compose()
    await page.click('.ai-reply')
    await notHeld()
    expect(await page.innerText(BODY)).toContain('10% off')
    expect(await eventually(async () => (await draftsOf(page))[0]?.origin.verdict === 'inserted')).toBe(true)
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    await settleByKeys(page)
    await sign(page, 'keys')
    expect(await arrived(1)).toBe(true)
  })

  test('the signature editor in the settings', async () => {
    await page.goto(`${desk.url}/mail/settings`)
    await pasteInto(page, page.locator('.Am.editable'), RISKY)
    await page.waitForTimeout(800)
    expect(await draftsOf(page)).toEqual([])
    await page.click('.rR button')
    expect(await eventually(() => desk.notes().length === 1)).toBe(true)
    await notHeld()
  })

  test('a note for colleagues in the CRM, by its button', async () => {
    await page.goto(`${desk.url}/crm/email`)
    await frame().locator('[data-tab=note]').click()
    await pasteInto(page, frame().locator('[data-editor=note] [data-test-id=rte-content]'), RISKY)
    await frame().locator('[data-test-id=activity-creator-window-footer-save-button]').click()
    expect(await eventually(() => desk.notes().length === 1)).toBe(true)
    await notHeld()
  })

  test('an internal note in a ticket, by button, menu and keys', async () => {
    const { editor } = await ticket()
    await page.click('[data-test-id=omnichannel-channel-switcher-button]')
    await page.click('[role=menuitem] >> text=Internal note')
    const acts = [
      () => page.click('[data-test-id=submit_button-button]'),
      async () => {
        await page.click('[data-test-id=submit_button-menu-button]')
        await page.click('[role=menuitem] >> text=Submit as Solved')
      },
      () => page.keyboard.press('Control+Alt+KeyO'),
    ]
    for (const [index, act] of acts.entries()) {
      await pasteInto(page, editor, RISKY)
      await act()
      expect(await eventually(() => desk.notes().length === index + 1), `act ${index}`).toBe(true)
    }
    await notHeld()
  })

  test('the assistant\'s prompt in the CRM', async () => {
    await page.goto(`${desk.url}/crm/email`)
    const assistant = page.frameLocator('.assistant iframe')
    await pasteInto(page, assistant.locator('[data-test-id=rte-content]'), RISKY)
    await assistant.locator('[data-test-id=chat-send-button]').click()
    expect(await eventually(() => desk.notes().length === 1)).toBe(true)
    await notHeld()
  })

  test('Save draft, Ctrl+S and the first press of Publish on an article that is not live', async () => {
    const { editor } = await post('/cms')()
    await pasteInto(page, editor, RISKY)
    await page.keyboard.press('Control+s')
    await page.waitForFunction(() => document.querySelector('#submitdiv [role=status]')?.textContent === 'Draft saved.')
    await page.evaluate(() => { document.querySelector('#submitdiv [role=status]')!.textContent = '' })
    await page.click('#save-post')
    await page.waitForFunction(() => document.querySelector('#submitdiv [role=status]')?.textContent === 'Draft saved.')
    await openPublishPanel()
    await page.waitForSelector(PUBLISH)
    await notHeld()
  })

  test('the classic form\'s Save, by press and by Enter in the title', async () => {
    for (const act of [() => page.click('#save-post'), () => page.press('#title', 'Enter')]) {
      const { editor } = await classicPost()
      await pasteInto(page, editor, RISKY)
      await Promise.all([page.waitForEvent('load'), act()])
      await page.waitForSelector('body[data-ready]')
      await notHeld()
    }
  })
})

describe('after the way out', () => {
  test('Undo send brings the signed draft back: unchanged it goes again, changed it is held', async () => {
    const { editor } = await compose()
    await pasteInto(page, editor, RISKY)
    await page.click(SEND)
    await settleByKeys(page)
    await sign(page, 'keys')
    expect(await arrived(1)).toBe(true)

    await page.click('.bAp .ag')
    await page.waitForSelector(BODY)
    expect(await arrived(0)).toBe(true)
    await page.click(SEND)
    expect(await arrived(1), 'the same text is still signed').toBe(true)
    expect(await findInSurface(page, '[data-cs=panel]')).toBeNull()

    await page.click('.bAp .ag')
    await page.waitForSelector(BODY)
    expect(await arrived(0)).toBe(true)
    await page.click(BODY, { position: { x: 12, y: 12 } })
    await page.keyboard.press('End')
    await page.keyboard.type(' Thanks!')
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    expect(desk.sent()).toEqual([])
    await sign(page, 'keys')
    expect(await arrived(1)).toBe(true)
    expect(desk.sent()[0]!.text).toContain('Thanks!')
  })

  test.each([
    ['the subject', () => page.fill('[name=subjectbox]', 'Another offer')],
    ['a recipient', () => page.locator('.M9 input[peoplekit-id]').first().pressSequentially('tom.baker@harbour-foods.example,')],
  ])('a signature does not cover a change of %s', async (_what, change) => {
    const { editor } = await compose()
    await pasteInto(page, editor, RISKY)
    await page.click(SEND)
    await settleByKeys(page)
    await page.keyboard.press('Escape')
    await change()
    await page.click(SEND)
    await sign(page, 'keys')
    expect(await arrived(1)).toBe(true)
    await page.click('.bAp .ag')
    await page.waitForSelector(BODY)
    await page.fill('[name=subjectbox]', 'Something else')
    await page.locator('.M9 input[peoplekit-id]').first().pressSequentially('lea@third.example,')
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    await page.waitForTimeout(300)
    expect(desk.sent()).toEqual([])
  })
})
