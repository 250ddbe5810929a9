import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startDesk } from '../desk/server.mjs'
import { openCompose, pasteHtml } from '../e2e/harness/mail.mjs'
import { findInSurface, textOfSurface, waitGoneFromSurface, waitInSurface } from '../e2e/harness/surface.mjs'
import { practiceExtension } from './build.mjs'
import { launchWithExtension, practiceSettings, seedSettings } from './launch.mjs'
import { OUTPUT, ROOT } from './paths.mjs'

/**
 * `npm run real-input`: pastes real, unedited assistant answers that are e-mails or letters into Mail of the practice desk, in the real browser with the built extension,
 * presses Send, does what a person would with what is held, and compares what arrived with what stood in the editor.
 * `-- 20` takes the first twenty only. Leaves with 1 when something held leaked, something arrived changed, or arrived twice.
 */
const DATA = join(resolve(ROOT, process.env['COUNTERSIGN_DATA'] ?? '../shared'), 'data', 'rawchat.dev.jsonl')
const SEND = '.dC > .aoO'
const BODY = '.M9 .Am.editable'
/** How a person fills blanks: words that no rule asks about. */
const FILLING = 'Dana'

const SALUTATION = /^\W*(dear|hi|hello|hey|greetings|good (morning|afternoon|evening)|to whom)\b[^\n]{0,80}$/im
const SIGN_OFF = /^\W*(best|kind|warm|warmest|many thanks|thanks|thank you|sincerely|yours|regards|cheers|respectfully|with (love|gratitude|appreciation|warm)|love|cordially|all the best|take care|faithfully)\b[^\n]{0,40}$/gim

/** A salutation on a line of its own, and after it a line that signs off. */
function isLetter(text) {
  const salutation = SALUTATION.exec(text)
  return salutation !== null && [...text.matchAll(SIGN_OFF)].some((match) => match.index > salutation.index)
}

/** The answer as a chat page puts it on the clipboard: paragraphs with the offsets of their source, bold rendered. */
function chatHtml(text) {
  const escaped = (part) => part.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character])
  let offset = 0
  return text.split(/\n{2,}/).map((block, index, blocks) => {
    const start = offset
    offset += block.length + 2
    const inner = escaped(block).replace(/\*\*([^*\n]+)\*\*/g, '<strong>$1</strong>').replaceAll('\n', '<br>')
    return `<p data-start="${start}" data-end="${start + block.length}"${index === blocks.length - 1 ? ' data-is-last-node=""' : ''}>${inner}</p>`
  }).join('')
}

if (!existsSync(DATA)) {
  console.log(`Skipped: the answers to paste are not here (${DATA}). COUNTERSIGN_DATA names their folder.`)
  process.exit(0)
}
const limit = Number(process.argv[2] ?? Infinity)
const rows = readFileSync(DATA, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter(({ text }) => isLetter(text)).slice(0, limit)

const desk = await startDesk({ undoMs: 0 })
const launched = await launchWithExtension({ extension: practiceExtension(join(OUTPUT, 'real-input', 'extension')) })
const results = []
try {
  await seedSettings(launched.worker, practiceSettings(desk.url))
  const page = launched.context.pages()[0] ?? (await launched.context.newPage())
  const drafts = await openWorld(page)
  for (const [index, row] of rows.entries()) {
    const result = { id: row.id, faults: [], held: false, tier: '', origin: '', rules: [], because: '', released: false, nothingLeft: false, unchanged: false, filled: 0 }
    try {
      await sendOne(page, drafts, row, result)
    } catch (error) {
      result.faults.push(`stopped: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
    }
    results.push(result)
    if (result.faults.length) console.log(`  ${index + 1}. ${row.id}: ${result.faults.join('; ')}`)
    else if ((index + 1) % 20 === 0) console.log(`  ${index + 1} of ${rows.length}`)
  }
} finally {
  await launched.close()
  await desk.close()
}
report()

async function sendOne(page, drafts, { text }, result) {
  desk.reset()
  await openCompose(page, desk.url, { subject: 'Your letter' })
  await pasteHtml(page, { html: chatHtml(text), text })
  await until(async () => ['clear', 'open', 'ready'].includes((await drafts())[0]?.phase), 'the draft was not checked')
  await page.waitForTimeout(100)
  const [seen] = await drafts()
  result.tier = seen.requirement.tier
  result.origin = seen.origin.verdict
  result.rules = [...new Set(seen.states.map(({ finding }) => finding.rule))]
  let standing = await read(page)
  await page.click(SEND)
  await until(async () => desk.sent().length > 0 || (await findInSurface(page, '[data-cs=panel]')), 'Send did nothing')
  result.held = desk.sent().length === 0
  if (result.held) {
    result.because = (await drafts())[0].gate.because
    await fillBlanks(page, drafts, result)
    if (desk.sent().length > 0) return result.faults.push('LEAKED while its blanks were filled')
    standing = await read(page)
    if (!(await findInSurface(page, '[data-cs=panel]'))) await sendAgain(page, drafts, result)
    if (!result.nothingLeft) {
      await answerAll(page, drafts)
      if (desk.sent().length > 0) return result.faults.push('LEAKED before it was signed')
      await sign(page, drafts)
    }
  } else if (seen.gate.kind === 'hold') result.faults.push('LEAKED: it should have been held')
  await until(() => desk.sent().length > 0, `it was not released (${(await drafts())[0]?.gate.because ?? 'no draft'})`)
  result.released = true
  const [message] = desk.sent()
  result.unchanged = message.text === standing.text && message.html === standing.html
  if (!result.unchanged) result.faults.push('CHANGED on the way')
  await page.waitForTimeout(300)
  if (desk.sent().length !== 1) result.faults.push(`SENT ${desk.sent().length} times`)
}

function read(page) {
  return page.locator(BODY).evaluate((body) => ({ text: body.innerText, html: body.innerHTML }))
}

/** What must change is changed in the text by typing. */
async function fillBlanks(page, drafts, result) {
  for (let round = 0; round < 12; round++) {
    const [draft] = await drafts()
    const blocks = draft.states.filter(({ finding, decision }) => finding.tier === 'block' && !decision).map(({ finding }) => finding)
    if (!blocks.length) break
    await page.keyboard.press('Escape')
    for (const { quote } of blocks.reverse()) {
      if (!(await selectLast(page, quote))) continue
      await page.keyboard.type(FILLING)
      result.filled += 1
    }
    await until(async () => (await drafts())[0].revision > draft.revision, 'the filled blanks were not seen')
    await page.waitForTimeout(450)
  }
}

/** The second press of Send. Where the filled blanks were all there was, nothing is left to sign and it goes. */
async function sendAgain(page, drafts, result) {
  result.nothingLeft = (await drafts())[0].gate.kind === 'allow'
  await page.click(SEND)
  if (result.nothingLeft) return
  await until(async () => desk.sent().length > 0 || (await findInSurface(page, '[data-cs=panel]')), 'Send did nothing after the blanks were filled')
  if (desk.sent().length > 0) result.faults.push('LEAKED at the second press')
}

/** The rest is answered in the cards, every second one kept with a reason. */
async function answerAll(page, drafts) {
  if ((await drafts())[0].gate.because !== 'open-findings') return
  await page.keyboard.press('Enter')
  await waitInSurface(page, '[data-cs=card]')
  for (let count = 0; count < 60 && (await drafts())[0].gate.because === 'open-findings'; count++) await answer(page, count)
  if (await findInSurface(page, '[data-cs=card]')) await waitGoneFromSurface(page, '[data-cs=card]')
}

async function answer(page, count) {
  await waitInSurface(page, '[data-cs=card-dismiss]')
  const keep = count % 2 === 0 && (await findInSurface(page, '[data-cs=card-keep]'))
  await page.keyboard.press(keep ? 'k' : 'x')
  await page.waitForTimeout(80)
  if (keep) {
    await waitInSurface(page, '[data-cs=reason-1]')
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
  } else if (await findInSurface(page, '[data-cs=reason-text]')) {
    await page.keyboard.type('Not the case here')
    await page.keyboard.press('Enter')
  }
  await page.waitForTimeout(120)
}

async function sign(page, drafts) {
  await waitInSurface(page, '[data-cs=panel]')
  await page.waitForTimeout(500)
  if ((await drafts())[0].gate.because === 'must-change') throw new Error(`still blocked: ${(await textOfSurface(page, '[data-cs=panel]')).replace(/\s+/g, ' ').slice(0, 120)}`)
  await page.keyboard.press('Control+Enter')
}

/** Selects the last place of these words in the text and gives the text the keyboard. False when they are not in it. */
function selectLast(page, quote) {
  return page.locator(BODY).evaluate((body, words) => {
    const nodes = []
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    let all = ''
    while (walker.nextNode()) {
      nodes.push({ node: walker.currentNode, at: all.length })
      all += walker.currentNode.data.replaceAll('\u00a0', ' ')
    }
    const start = all.lastIndexOf(words.replace(/\n/g, ''))
    if (start < 0) return false
    const place = (offset, isEnd) => nodes.findLast(({ at }) => (isEnd ? at < offset : at <= offset))
    const end = start + words.replace(/\n/g, '').length
    const from = place(start, false)
    const to = place(end, true)
    body.focus()
    getSelection().setBaseAndExtent(from.node, start - from.at, to.node, end - to.at)
    return true
  }, quote.replaceAll('\u00a0', ' '))
}

/** Asks the guard, in the extension's own world, how the open drafts stand. */
async function openWorld(page) {
  const cdp = await page.context().newCDPSession(page)
  const worlds = new Set()
  cdp.on('Runtime.executionContextCreated', ({ context }) => { if (context.name === 'Countersign') worlds.add(context.id) })
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => worlds.delete(executionContextId))
  cdp.on('Runtime.executionContextsCleared', () => worlds.clear())
  await cdp.send('Runtime.enable')
  return async () => {
    const found = []
    for (const contextId of worlds) {
      const expression = '(globalThis.__countersign?.sessions() ?? []).map((one) => one.snapshot())'
      const { result } = await cdp.send('Runtime.evaluate', { contextId, returnByValue: true, expression })
      found.push(...(result.value ?? []))
    }
    return found
  }
}

async function until(ask, otherwise, timeout = 8_000) {
  const end = Date.now() + timeout
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(otherwise)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
}

function report() {
  const count = (holds) => results.filter(holds).length
  const table = (title, values) => {
    const counts = new Map()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    console.log(`\n${title}`)
    for (const [name, number] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 15)) console.log(`  ${String(number).padStart(5)}  ${name}`)
  }
  const line = (name, number) => console.log(`${String(number).padStart(7)}  ${name}`)
  console.log('')
  line('letters and e-mails pasted and sent', results.length)
  line('held', count(({ held }) => held))
  line('not held', count(({ held, released }) => !held && released))
  line('released after settling and signing', count(({ held, released, nothingLeft }) => held && released && !nothingLeft))
  line('released after filling blanks, nothing left to sign', count(({ released, nothingLeft }) => released && nothingLeft))
  line('arrived unchanged, text and HTML', count(({ unchanged }) => unchanged))
  line('blanks and leaked words filled by typing', results.reduce((sum, { filled }) => sum + filled, 0))
  line('leaked', count(({ faults }) => faults.some((fault) => fault.startsWith('LEAKED'))))
  line('arrived changed', count(({ faults }) => faults.some((fault) => fault.startsWith('CHANGED'))))
  line('sent twice', count(({ faults }) => faults.some((fault) => fault.startsWith('SENT'))))
  line('stopped on the way (held, never sent)', count(({ faults }) => faults.some((fault) => fault.startsWith('stopped'))))
  table('By tier of the requirement', results.map(({ tier }) => tier || 'not checked'))
  table('By origin', results.map(({ origin }) => origin || 'not checked'))
  table('Held because', results.filter(({ held }) => held).map(({ because }) => because))
  table('By rule, letters in which it was found, top 15', results.flatMap(({ rules }) => rules))
  process.exitCode = count(({ faults }) => faults.length > 0) > 0 || results.length === 0 ? 1 : 0
}
