import { mkdirSync, writeFileSync } from 'node:fs'
import type { Dialog, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { practiceSettings, seedSettings } from '../run/launch.mjs'
import type { Launched } from '../run/launch.mjs'
import { clickInSurface, eventually, findInSurface, openCompose, startDesk, textOfSurface, waitInSurface, type Desk } from './harness/index.ts'
import { BODY, killWorker, makeBench, openOwn, pasteMail, rowsIn, SEND, type Bench } from './harness/person.ts'
import { draftsOf, settleByKeys, sign } from './harness/page.ts'

/** When something is wrong: no text is lost, typing goes on, nothing is signed by itself, nothing that is held slips out, and one sentence says what is the matter. */
let desk: Desk
let bench: Bench
let browser: Launched
let page: Page

beforeAll(async () => {
  desk = await startDesk({ undoMs: 0 })
})
afterAll(() => desk.close())
beforeEach(() => start(makeBench()))
afterEach(async () => {
  await bench.remove()
  desk.reset()
})

async function start(made: Bench): Promise<void> {
  bench = made
  // Without its developer mode the browser switches an unpacked extension off when it reloads itself.
  mkdirSync(bench.path('trouble/Default'), { recursive: true })
  writeFileSync(bench.path('trouble/Default/Preferences'), JSON.stringify({ extensions: { ui: { developer_mode: true } } }))
  browser = await bench.open('trouble')
  await seedSettings(browser.worker, { ...practiceSettings(desk.url), sites: [...practiceSettings(desk.url).sites, { prefix: `${desk.url}/plain`, adapter: 'generic', on: true }] })
  page = browser.context.pages()[0]!
}

const WORDS = 'We guarantee that your lamps arrive in time.'
const MAIL = { subject: 'Your offer', blocks: ['Hi Marta,', WORDS] }

/** A mail whose Send was pressed and is held, with the panel open. */
async function holdMail(): Promise<void> {
  await pasteMail(page, desk, MAIL)
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]')
}

const panel = async (): Promise<string> => (await textOfSurface(page, '[data-cs=panel]')).replace(/\s+/g, ' ')
const panelSays = (words: string): Promise<boolean> => eventually(async () => (await panel()).includes(words), 8_000)
const received = (count: number): Promise<boolean> => eventually(() => desk.sent().length === count)

const bodyText = async (): Promise<string> => (await page.locator(BODY).innerText()).replaceAll('\u00a0', ' ')

/** Waits long enough for anything that was let out to arrive, then counts. */
async function receivedAfterAll(): Promise<number> {
  await page.waitForTimeout(700)
  return desk.sent().length
}

/** Nothing left, the words are there, and the person can go on typing. */
async function expectHeldAndWritable(): Promise<void> {
  expect(await receivedAfterAll()).toBe(0)
  await page.locator(BODY).focus()
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.type('Dear Marta. ')
  expect(await bodyText()).toContain('Dear Marta. ')
  expect(await bodyText()).toContain(WORDS)
}

/** Words under our marks in the page, by the registry that page and extension share. */
const markedWords = (): Promise<string[]> => page.evaluate(() => [...CSS.highlights.values()].flatMap((highlight) => [...highlight].map(String)).map((words) => words.replaceAll('\u00a0', ' ')))

/** Settles and signs what the open panel holds: the way out works as ever. */
async function settleSignSend(): Promise<void> {
  await settleByKeys(page)
  await sign(page, 'press')
  expect(await received(1)).toBe(true)
}

/** The words of the next dialogs of the browser's own, each answered with Cancel. */
function dialogsOf(target: Page): string[] {
  const said: string[] = []
  target.on('dialog', (dialog: Dialog) => {
    said.push(dialog.message())
    void dialog.dismiss()
  })
  return said
}

/** Waits until the hold stands in the records: a browser that loads an extension anew stops its worker in the middle of whatever it was writing. */
async function heldIsWritten(): Promise<void> {
  const dashboard = await openOwn(browser, 'dashboard.html')
  expect(await eventually(async () => (await rowsIn<{ outcome: string }>(dashboard, 'records')).some(({ outcome }) => outcome === 'held'))).toBe(true)
  await dashboard.close()
  await page.bringToFront()
}

/** The extension is loaded anew under open pages, as an update does. */
async function update(): Promise<void> {
  const again = browser.context.waitForEvent('serviceworker')
  await browser.worker.evaluate(() => chrome.runtime.reload()).catch(() => undefined) // The worker ends before it can answer.
  const worker = await again
  // An update takes the guard's registration away: a tab that loads before it is made again is watched from its next load on.
  expect(await eventually(async () => (await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())).length > 0, 20_000)).toBe(true)
}

/** Lets the worker's writes fail as on a full disk, or work again. A stand-in for the disk: the browser gives extensions no limit that could be lowered. */
function fillDisk(full: boolean): Promise<void> {
  return browser.worker.evaluate((isFull) => {
    const store = IDBObjectStore.prototype as { add: unknown; put: unknown; kept?: { add: unknown; put: unknown } }
    store.kept ??= { add: store.add, put: store.put }
    const refuse = (): never => { throw new DOMException('The disk is full', 'QuotaExceededError') }
    Object.assign(store, isFull ? { add: refuse, put: refuse } : store.kept)
  }, full)
}

describe('the extension', () => {
  test('is updated in mid-draft: the send stays held, one sentence says so, and a reloaded tab is protected again', async () => {
    await holdMail()
    await heldIsWritten()
    await update()
    await settleByKeys(page)
    expect(await panelSays('Not protected')).toBe(true)
    expect(await panel()).toContain('Reload this tab')
    expect(await findInSurface(page, '[data-cs=sign]'), 'what cannot be recorded cannot be signed').toBeNull()
    await page.keyboard.press('Escape')
    await page.click(SEND)
    await expectHeldAndWritable()

    await pasteMail(page, desk, MAIL)
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    await settleSignSend()
    const records = await rowsIn<{ outcome: string }>(await openOwn(browser, 'dashboard.html'), 'records')
    expect(records.map(({ outcome }) => outcome).sort(), 'what was refused in between was not signed').toEqual(['held', 'sent'])
  })

  test('is updated before anything of ours was shown: the browser\'s own dialog says that the send was stopped', async () => {
    const said = dialogsOf(page)
    await openCompose(page, desk.url)
    await page.keyboard.type('Hello Marta.')
    expect(await eventually(async () => (await draftsOf(page))[0]?.phase === 'clear', 20_000), 'checked, and nothing to show').toBe(true)
    await update()
    await page.keyboard.type(` ${WORDS} Ask [Account Manager Name].`)
    await page.click(SEND)
    expect(await eventually(() => said.length > 0)).toBe(true)
    expect(said[0]).toMatch(/updated.*stopped this send.*Nothing was sent and your text is untouched/s)
    await expectHeldAndWritable()
  })

  test('loses its worker in mid-draft: the next message starts it again, and the signature is kept', async () => {
    await holdMail()
    expect(await killWorker(browser)).toBe(true)
    await settleSignSend()
    expect(await rowsIn<{ outcome: string }>(await openOwn(browser, 'dashboard.html'), 'records')).toMatchObject([{ outcome: 'sent', signOff: { reviewer: { name: 'Dana Whitfield' } } }])
  })

  test('has no room left: nothing is signed or sent, one sentence says why, and with room again it goes', async () => {
    await holdMail()
    await settleByKeys(page)
    await fillDisk(true)
    await sign(page, 'press')
    expect(await panelSays('Storage is full'), await panel()).toBe(true)
    expect(await receivedAfterAll()).toBe(0)
    await fillDisk(false)
    await sign(page, 'press')
    expect(await received(1)).toBe(true)
    expect(await rowsIn<{ outcome: string }>(await openOwn(browser, 'dashboard.html'), 'records')).toMatchObject([{ outcome: 'sent' }])
  })
})

describe('a page', () => {
  test('that clears CSS.highlights gets the marks back, and stays held', async () => {
    await holdMail()
    expect(await markedWords()).toContain('We guarantee')
    await page.evaluate(() => CSS.highlights.clear())
    expect(await eventually(async () => (await markedWords()).length > 0)).toBe(true)
    await settleSignSend()
  })

  test('that removes our element gets it back, and stays held', async () => {
    await holdMail()
    expect(await page.evaluate(() => document.querySelectorAll('countersign-review').length)).toBe(1)
    await page.evaluate(() => document.querySelector('countersign-review')?.remove())
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    expect(await receivedAfterAll()).toBe(0)
    await settleSignSend()
  })

  test('that writes its document anew is guarded anew', async () => {
    await holdMail()
    await page.evaluate((words) => {
      document.open()
      document.write(`<!doctype html><title>Anew</title><div class="M9"><input type="hidden" name="composeid" value="1"><input name="subjectbox" value="Again"><input name="to" type="hidden" value="a@b.example">
        <div class="Am editable" g_editable="true" contenteditable="true" style="min-height:80px">${words}</div><div class="dC"><div role="button" class="aoO" tabindex="0" jslog="32601;">Send</div></div></div>`)
      document.close()
      const heard: string[] = []
      Object.assign(window, { heard })
      for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click']) document.querySelector('.aoO')?.addEventListener(type, () => heard.push(type))
    }, `${WORDS} Ask [Account Manager Name].`)
    await page.click(BODY)
    await page.keyboard.type('Really. ')
    await page.click('.aoO')
    await waitInSurface(page, '[data-cs=panel]')
    const heard = (): Promise<string[]> => page.evaluate(() => (window as unknown as { heard: string[] }).heard)
    expect(await heard()).toEqual([])
    expect(await bodyText()).toContain(WORDS)
    await page.keyboard.press('Escape')
    await page.fill(BODY, 'Nothing to look at.')
    await page.click('.aoO')
    expect(await eventually(async () => (await heard()).includes('click'))).toBe(true)
  })

  test('that throws in all its handlers is held and released like any other', async () => {
    await browser.context.addInitScript(() => {
      for (const type of ['input', 'beforeinput', 'focusin', 'blur', 'paste', 'keydown', 'pointerdown', 'mousedown', 'click', 'selectionchange']) {
        document.addEventListener(type, () => { throw new Error('The page is broken') }, true)
      }
    })
    await holdMail()
    expect(await markedWords()).toContain('We guarantee')
    await settleSignSend()
    expect(desk.sent()[0]?.text).toContain(WORDS)
  })

  test('cannot press our buttons, forge our keys or look into our element', async () => {
    await holdMail()
    await settleByKeys(page)
    await page.waitForTimeout(600)
    const { x, y, width, height } = await waitInSurface(page, '[data-cs=sign]')
    const inside = await page.evaluate(({ left, top }) => {
      const host = document.querySelector('countersign-review')
      const at = document.elementFromPoint(left, top)
      for (const target of [host, at, document.body, document.activeElement]) {
        for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
          target?.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, composed: true, clientX: left, clientY: top, button: 0, detail: 1 }))
        }
        for (const [key, ctrlKey] of [['Enter', true], ['Enter', false], [' ', false]] as const) {
          for (const type of ['keydown', 'keypress', 'keyup']) target?.dispatchEvent(new KeyboardEvent(type, { key, code: key === ' ' ? 'Space' : key, ctrlKey, bubbles: true, cancelable: true, composed: true }))
        }
        if (target instanceof HTMLElement) target.click()
      }
      return { root: host?.shadowRoot ?? null, words: host?.textContent ?? '', children: host?.childNodes.length ?? 0 }
    }, { left: x + width / 2, top: y + height / 2 })
    expect(inside).toEqual({ root: null, words: '', children: 0 })
    expect(await receivedAfterAll()).toBe(0)
    const own = await openOwn(browser, 'dashboard.html')
    expect(await rowsIn<{ outcome: string }>(own, 'records')).toMatchObject([{ outcome: 'held', signOff: null }])
    await page.bringToFront()
    await sign(page, 'press')
    expect(await received(1), 'a real press does what the forged ones could not').toBe(true)
  })
})

describe('a draft', () => {
  test('of 200,000 characters is checked whole, takes typing, and arrives unchanged', async () => {
    const line = 'The delivery plan for the rooms on this floor follows with the next letter. '
    const blocks = ['Hi Marta,', ...Array.from({ length: 40 }, () => line.repeat(66).trim()), WORDS]
    await pasteMail(page, desk, { subject: 'Long', blocks })
    expect((await bodyText()).length).toBeGreaterThan(200_000)
    await page.keyboard.type('PS. ')
    expect(await bodyText()).toContain('PS. ')
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    expect(await panel()).toContain('We guarantee')
    await settleSignSend()
    const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim()
    const [mail] = desk.sent()
    expect(squeezed(mail?.text ?? '')).toContain(squeezed(line.repeat(66)))
    expect(squeezed(mail?.text ?? '').length).toBeGreaterThan(200_000)
  })
})

/** What the page around it sees of an editor of another origin: nothing. */
const CLOSED_PAGE = `<!doctype html><title>Plain</title><main><h1>New letter</h1>
  <iframe id="editor" sandbox="allow-scripts" style="width:500px;height:220px" srcdoc="<body contenteditable>"></iframe><button id="send">Send</button></main>
  <script>document.querySelector('#send').addEventListener('click', () => {
    document.title = 'left ' + (Number(/\\d+/.exec(document.title)) + 1)
    document.querySelector('main').append('Sent. ')
  })</script>`

describe('a frame that cannot be read', () => {
  const title = (): Promise<string> => page.title()

  /** Writes into the closed editor and presses Send. */
  async function writeAndSend(words: string): Promise<void> {
    await page.locator('#editor').click()
    await page.keyboard.type(words)
    await page.click('#send')
  }

  beforeEach(async () => {
    await browser.context.route(`${desk.url}/plain`, (route) => route.fulfill({ contentType: 'text/html', body: CLOSED_PAGE }))
    await page.goto(`${desk.url}/plain`)
  })

  test('holds its Send and says why; sending unchecked takes a reason, goes on record, and is good for one send', async () => {
    await writeAndSend(WORDS)
    await waitInSurface(page, '[data-cs=panel]')
    expect(await panel()).toContain('This draft was not checked')
    expect(await panel()).toContain('a frame of another site')
    expect(await title()).toBe('Plain')

    await clickInSurface(page, '[data-cs=override]')
    await clickInSurface(page, '[data-cs=override-reason]')
    await page.keyboard.type('I read it twice.')
    await page.waitForTimeout(600)
    await clickInSurface(page, '[data-cs=override-confirm]')
    expect(await eventually(async () => (await title()) === 'left 1')).toBe(true)

    await page.waitForTimeout(3_200)
    await page.click('#send')
    await waitInSurface(page, '[data-cs=panel]')
    expect(await title(), 'the second send is asked about again').toBe('left 1')

    const own = await openOwn(browser, 'dashboard.html')
    const [record] = await rowsIn<{ number: number; outcome: string; unchecked: unknown }>(own, 'records')
    expect(record).toMatchObject({ outcome: 'unreviewed', unchecked: { reviewer: { name: 'Dana Whitfield' }, reason: 'I read it twice.' } })
    await own.goto(`chrome-extension://${browser.extensionId}/dashboard.html#/history/${record?.number}`)
    await own.getByText('Dana Whitfield let it go unchecked: I read it twice.').waitFor()
  })

  test('is nobody\'s draft while nobody wrote in it', async () => {
    await page.click('#send')
    expect(await eventually(async () => (await title()) === 'left 1')).toBe(true)
    expect(await findInSurface(page, '[data-cs=panel]')).toBeNull()
  })
})
