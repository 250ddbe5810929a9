import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DRAFTS, plainText } from '../desk/public/drafts.js'
import { startDesk } from '../desk/server.mjs'
import { clickInSurface, findInSurface, hasFocusInSurface, textOfSurface, waitInSurface } from '../e2e/harness/surface.mjs'
import { openCompose } from '../e2e/harness/mail.mjs'
import { launchWithExtension, practiceSettings, seedSettings } from './launch.mjs'

const SEND = '.dC > .aoO'
const BODY = '.M9 .Am.editable'
const DRAFT = DRAFTS.mail
const SUBJECT = DRAFT.subject

/**
 * Starts Chromium for the main job. Resolves to `{ page, openOwn(path), close }`: a tab that is switched on for the desk, a way to open a page of the
 * extension in a tab of its own, and the end.
 */
async function startChromium({ extension, colorScheme, settings }) {
  const launched = await launchWithExtension({ extension, colorScheme, viewport: { width: 1280, height: 860 } })
  await seedSettings(launched.worker, settings)
  return {
    page: launched.context.pages()[0] ?? (await launched.context.newPage()),
    openOwn: async (path) => {
      const page = await launched.context.newPage()
      await page.goto(`chrome-extension://${launched.extensionId}/${path}`)
      return page
    },
    close: launched.close,
  }
}

/**
 * Does the whole main job by itself in the real browser, with real keys and presses, and says of each step what it proved.
 * Pictures go to `pictures`, numbered, one per look. `onStarted` is handed the end of everything that was started; `start` may start another browser.
 * Resolves to true when all of it held.
 */
export async function practice({ extension, pictures, say = console.log, onStarted = () => {}, start = startChromium }) {
  mkdirSync(pictures, { recursive: true })
  for (const name of readdirSync(pictures)) if (/^\d\d-.*\.png$/.test(name)) rmSync(join(pictures, name))
  let held = true
  for (const colorScheme of ['light', 'dark']) {
    say(`\nThe main job, ${colorScheme}`)
    const desk = await startDesk({ undoMs: 20_000 })
    onStarted(() => desk.close())
    const browser = await start({ extension, colorScheme, settings: practiceSettings(desk.url) })
    onStarted(() => browser.close())
    try {
      const job = { desk, browser, page: browser.page, colorScheme, pictures, taken: 0 }
      held = (await runSteps(job, say)) && held
    } finally {
      await browser.close()
      await desk.close()
    }
  }
  return held
}

async function runSteps(job, say) {
  let number = 0
  for (const [title, step] of STEPS) {
    number += 1
    try {
      say(`${String(number).padStart(2)}. ${title}\n      ${await step(job)}`)
    } catch (error) {
      say(`${String(number).padStart(2)}. ${title}\n      DID NOT HOLD: ${error instanceof Error ? error.message : error}`)
      await picture(job, 'did-not-hold').catch(() => say('      (no picture could be taken)'))
      return false
    }
  }
  return true
}

const STEPS = [
  ['An answer is copied from the desk as from a chat.', async ({ page, desk }) => {
    await page.goto(`${desk.url}/`)
    await page.click('[data-draft=mail]')
    await until(async () => (await page.innerText('#said')).startsWith('Copied'), 'the page could not copy')
    return 'The clipboard holds the draft with the marks that a chat page leaves.'
  }],

  ['It is pasted into a new mail with Ctrl+V.', async ({ page, desk }) => {
    await openCompose(page, desk.url, { to: DRAFT.to[0], subject: SUBJECT })
    await page.keyboard.press('ControlOrMeta+v')
    const first = plainText(DRAFT.blocks).split('\n')[0]
    await until(async () => (await bodyText(page)).startsWith(first), 'the words are not in the mail')
    return `${(await bodyText(page)).length} characters stand in the mail; the server has received ${desk.sent().length} messages.`
  }],

  ['Risky words are marked, and where the text came from is said.', async (job) => {
    const { page } = job
    const before = await page.innerHTML(BODY)
    await waitInSurface(page, '[data-cs=chip]')
    const chip = words(await textOfSurface(page, '[data-cs=chip-origin]'))
    check(/ChatGPT/.test(chip), `the chip says "${chip}"`)
    const marks = await paintedWords(page)
    check(marks.length >= 5, `only ${marks.length} places are marked`)
    check((await page.innerHTML(BODY)) === before, 'marking changed the editor')
    await picture(job, 'marked')
    return `Marked: ${marks.map((mark) => `"${mark}"`).join(', ')}. Origin: "${chip}". Not one byte of the editor changed.`
  }],

  ['Send is pressed.', async (job) => {
    const { page, desk } = job
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    check(await hasFocusInSurface(page, '[data-cs=panel]'), 'the panel does not have the keyboard')
    nothingLeft(desk)
    await picture(job, 'held')
    return `Held: the server received 0 messages. The panel says: "${words(await textOfSurface(page, '[data-cs=panel]')).slice(0, 76)}"`
  }],

  ['A script of the page presses Send, then Ctrl+Enter is pressed.', async ({ page, desk }) => {
    await page.keyboard.press('Escape')
    await page.evaluate((send) => document.querySelector(send).click(), SEND)
    await waitInSurface(page, '[data-cs=panel]')
    await page.keyboard.press('Escape')
    await page.click(BODY)
    await page.keyboard.press('Control+Enter')
    await waitInSurface(page, '[data-cs=panel]')
    nothingLeft(desk)
    await page.keyboard.press('Escape')
    return 'Both held: the server received 0 messages.'
  }],

  ['F8 opens the first finding; Enter uses its suggestion.', async (job) => {
    const { page } = job
    await openCard(page, 'a 20% discount')
    await picture(job, 'finding')
    await page.keyboard.press('Enter')
    await until(async () => !(await bodyText(page)).includes('20%'), 'the suggestion is not in the text')
    await page.click(BODY, { position: { x: 4, y: 4 } })
    await page.keyboard.press('ControlOrMeta+z')
    await until(async () => (await bodyText(page)).includes('a 20% discount'), 'one undo does not take it back')
    await openCard(page, 'a 20% discount')
    await page.keyboard.press('Enter')
    await until(async () => !(await bodyText(page)).includes('20%'), 'the suggestion is not in the text')
    check(await page.innerText(`${BODY} li strong`) === 'Price:', 'the bold word beside it was lost')
    return 'The words were replaced through the editor itself: one undo took them back, the bold word beside them stayed.'
  }],

  ['The guarantee is kept, with a reason.', async (job) => {
    const { page } = job
    await openCard(page, 'we guarantee')
    await page.keyboard.press('k')
    await waitInSurface(page, '[data-cs=reason-1]')
    await page.keyboard.press('1')
    await picture(job, 'reason')
    const reason = words(await textOfSurface(page, '[data-cs=reason-1]')).replace(/ 1$/, '')
    await page.keyboard.press('Enter')
    await settled(page, 'we guarantee')
    return `Kept, because: "${reason}".`
  }],

  ['The refund is called a false alarm.', async ({ page }) => {
    await openCard(page, 'a full refund')
    await page.keyboard.press('x')
    await settled(page, 'a full refund')
    return 'Dismissed; the rule\'s owner will see it.'
  }],

  ['The medical claim is changed in the card.', async ({ page }) => {
    await openCard(page, 'clinically proven')
    await page.keyboard.press('e')
    await waitInSurface(page, '[data-cs=edit-text]')
    await page.keyboard.type('made')
    await page.keyboard.press('Enter')
    await until(async () => (await bodyText(page)).includes('our lamps are made to improve sleep'), 'the new words are not in the text')
    return 'The claim is gone from the text.'
  }],

  ['Signing is tried while a blank is not filled in.', async (job) => {
    const { page, desk } = job
    await openCard(page, '[Account Manager Name]')
    check(!(await findInSurface(page, '[data-cs=card-keep]')), 'a blank can be kept')
    await picture(job, 'blank')
    await page.keyboard.press('Escape')
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    await page.waitForTimeout(500)
    await page.keyboard.press('Control+Enter')
    await clickInSurface(page, '[data-cs=sign]')
    await page.waitForTimeout(300)
    nothingLeft(desk)
    await page.keyboard.press('Escape')
    return 'Neither the key nor the button signs: a blank cannot be signed away. The server received 0 messages.'
  }],

  ['The blank is filled in by typing.', async ({ page }) => {
    await selectWords(page, '[Account Manager Name]')
    await page.keyboard.type('Priya Nair')
    await until(async () => (await bodyText(page)).includes('is Priya Nair, who'), 'the name is not in the text')
    await until(async () => (await paintedWords(page)).every((mark) => mark !== '[Account Manager Name]'), 'the mark stays on words that are gone')
    return 'The mark went with the words.'
  }],

  ['Send is pressed again; everything is settled and the person signs with a real press.', async (job) => {
    const { page, desk } = job
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    await page.waitForTimeout(600)
    nothingLeft(desk)
    await picture(job, 'ready')
    job.signedText = await bodyText(page)
    await clickInSurface(page, '[data-cs=sign]')
    await until(() => desk.sent('mail').length === 1, 'the server has not received the message')
    const [message] = desk.sent('mail')
    check(message.text === job.signedText, 'what arrived is not what was signed')
    check(message.subject === SUBJECT && message.to.join() === DRAFT.to.join(), 'subject or recipient changed on the way')
    await page.waitForTimeout(500)
    check(desk.sent('mail').length === 1, 'it was sent more than once')
    await picture(job, 'sent')
    return `Signed, released once: the server received 1 message, ${message.text.length} characters, exactly the text that was signed.`
  }],

  ['Undo send brings it back; one word is added.', async (job) => {
    const { page, desk } = job
    if (await findInSurface(page, '[data-cs=toast]')) await clickInSurface(page, '[data-cs=toast] button:last-of-type')
    await page.click('.bAp .ag')
    await page.waitForSelector(BODY)
    await until(() => desk.sent('mail').length === 0, 'the message was not taken back')
    await page.click(BODY, { position: { x: 4, y: 4 } })
    await page.keyboard.press('End')
    await page.keyboard.type(' Thanks!')
    await page.click(SEND)
    await waitInSurface(page, '[data-cs=panel]')
    await page.waitForTimeout(600)
    nothingLeft(desk)
    await picture(job, 'void')
    const text = words(await textOfSurface(page, '[data-cs=panel]'))
    check(!(await findInSurface(page, '[data-cs=card]')), 'a card covers the panel')
    await clickInSurface(page, '[data-cs=sign]')
    await until(() => desk.sent('mail').length === 1, 'after signing again the server has not received it')
    check(desk.sent('mail')[0].text.includes('Thanks!'), 'the added word is missing')
    return `The signature was void, Send was held ("${text.slice(0, 60)}"). Signed again: the server received 1.`
  }],

  ['A clean note, written by hand, is sent.', async (job) => {
    const { page, desk } = job
    await openCompose(page, desk.url, { subject: DRAFTS.clean.subject })
    await page.keyboard.type(plainText(DRAFTS.clean.blocks))
    await page.waitForTimeout(1_200)
    check(!(await findInSurface(page, '[data-cs=chip]')), 'a chip is shown on a clean draft')
    const text = await bodyText(page)
    await page.click(SEND)
    await until(() => desk.sent('mail').length === 2, 'the clean note was not sent')
    check(desk.sent('mail')[1].text === text, 'it was changed')
    await picture(job, 'clean')
    return 'It went at the first press; nothing of ours was shown.'
  }],

  ['The history is opened.', async (job) => {
    const history = await job.browser.openOwn('dashboard.html#/history')
    await until(async () => (await history.innerText('main')).includes(SUBJECT), 'the draft is not in the history')
    await history.waitForTimeout(400)
    const said = words(await history.innerText('main'))
    check(/Signed, sent/.test(said) && /Dana Whitfield/.test(said), `it says "${said.slice(0, 200)}"`)
    await picture({ ...job, page: history }, 'history')
    await history.close()
    return 'It shows the draft, signed and sent, with the name of the person.'
  }],
]

function check(holds, otherwise) {
  if (!holds) throw new Error(otherwise)
}

async function until(ask, otherwise, timeout = 6_000) {
  const end = Date.now() + timeout
  while (!(await ask())) {
    check(Date.now() < end, otherwise)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
}

function nothingLeft(desk) {
  check(desk.sent().length === 0, `the server received ${desk.sent().length}`)
}

const words = (text) => text.replace(/\s+/g, ' ').trim()
const bodyText = (page) => page.innerText(BODY)

/** Words under our marks, in the order of the text. The page can see that something is painted, as any page can. */
function paintedWords(page) {
  return page.evaluate(() => {
    const ranges = [...CSS.highlights.values()].flatMap((highlight) => [...highlight])
    const texts = ranges.map((range) => (range instanceof Range || 'toString' in range ? String(range.toString()) : '')).filter((text) => text.trim())
    return [...new Set(texts)]
  })
}

/** F8 until the card of these words is open. */
async function openCard(page, quote) {
  const seen = []
  for (let tries = 0; tries < 12; tries++) {
    const before = await cardText(page)
    if (before.includes(quote)) return
    await page.keyboard.press('F8')
    await until(async () => ![before, ''].includes(await cardText(page)), `F8 opens nothing while "${quote}" is looked for`)
    seen.push((await cardText(page)).slice(0, 40))
  }
  throw new Error(`no card for "${quote}", only: ${seen.join(' | ')}`)
}

/** What the open card says, once it says the same twice; '' when no card is open. */
async function cardText(page) {
  for (;;) {
    const text = words(await textOfSurface(page, '[data-cs=card]'))
    await page.waitForTimeout(60)
    if (text === words(await textOfSurface(page, '[data-cs=card]'))) return text
  }
}

/** The card that is open is no longer the open question for these words. */
async function settled(page, quote) {
  await until(async () => {
    const text = await textOfSurface(page, '[data-cs=card]')
    return !text.includes(quote) || !(await findInSurface(page, '[data-cs=card-dismiss]'))
  }, `"${quote}" is not settled`)
}

/** Selects words in the text as a person does: a press before them, then Shift and the arrow. */
async function selectWords(page, quote) {
  const at = await page.evaluate(({ body, text }) => {
    const walker = document.createTreeWalker(document.querySelector(body), NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const start = walker.currentNode.data.indexOf(text)
      if (start < 0) continue
      const range = document.createRange()
      range.setStart(walker.currentNode, start)
      range.setEnd(walker.currentNode, start + 1)
      range.startContainer.parentElement.scrollIntoView({ block: 'nearest' })
      const { left, top, height } = range.getBoundingClientRect()
      return { x: left + 1, y: top + height / 2 }
    }
    return null
  }, { body: BODY, text: quote })
  check(at, `"${quote}" is not in the text`)
  await page.mouse.click(at.x, at.y)
  await page.waitForTimeout(400)
  await page.keyboard.press('Escape')
  for (let typed = 0; typed < quote.length; typed++) await page.keyboard.press('Shift+ArrowRight')
  const selected = await page.evaluate(() => String(getSelection()))
  check(selected === quote, `"${selected}" is selected instead of "${quote}"`)
}

/** `caret: 'initial'`: the usual hiding of the caret would change the page's styles. */
async function picture(job, name) {
  job.taken += 1
  await job.page.screenshot({ path: join(job.pictures, `${String(job.taken).padStart(2, '0')}-${name}-${job.colorScheme}.png`), caret: 'initial' })
}
