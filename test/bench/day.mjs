import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clipboardHtml, plainText } from '../desk/public/drafts.js'
import { startDesk } from '../desk/server.mjs'
import { openCompose, pasteHtml } from '../e2e/harness/mail.mjs'
import { settleByKeys, sign } from '../e2e/harness/page.ts'
import { complaintsOf, openOwn, rowsIn, SEND } from '../e2e/harness/person.ts'
import { waitInSurface } from '../e2e/harness/surface.mjs'
import { practiceExtension } from '../run/build.mjs'
import { launchWithExtension, practiceSettings, seedSettings } from '../run/launch.mjs'
import { openAndClose, standing } from './composes.mjs'
import { figure } from './figures.mjs'

/** Drafts of the tab that is measured before the count begins: by then the browser has compiled what it compiles lazily. */
const WARM = 600

/** A day: `drafts` drafts in `tabs` tabs that all stay open. The first tab is open from morning to evening and is measured at both ends, before and after its own share and all the others'. */
export async function dayRows({ drafts, tabs }, say) {
  const share = Math.ceil(drafts / tabs)
  const folder = mkdtempSync(join(tmpdir(), 'countersign-day-'))
  const desk = await startDesk({ undoMs: 0 })
  const browser = await launchWithExtension({ extension: practiceExtension(join(folder, 'extension')) })
  try {
    await seedSettings(browser.worker, practiceSettings(desk.url))
    const complaints = complaintsOf(browser.context)
    const first = browser.context.pages()[0] ?? (await browser.context.newPage())
    await first.goto(`${desk.url}/mail`)
    const cdp = await browser.context.newCDPSession(first)
    await cdp.send('Performance.enable')
    await cdp.send('DOM.enable')
    await first.evaluate(openAndClose, WARM)
    const worker = await workerHeap(browser)
    const morning = await standing(first, cdp)
    let at = { heap: 0 }
    for (let tab = 1; tab < tabs; tab += 1) {
      const page = await browser.context.newPage()
      await signOne(page, desk, tab)
      await page.goto(`${desk.url}/mail`)
      await page.evaluate(openAndClose, share - 1)
      if (tab === 1) at = await worker()
      if (tab % 5 === 0) say(`${tab + 1} of ${tabs} tabs, ${(tab + 1) * share} drafts`)
    }
    await first.bringToFront()
    await first.evaluate(openAndClose, share)
    const evening = await standing(first, cdp)
    const end = await worker()
    const own = await openOwn(browser, 'dashboard.html#/history')
    await own.locator('h1').waitFor()
    const signed = tabs - 1
    const records = (await rowsIn(own, 'records')).filter(({ outcome, signOff }) => outcome === 'sent' && signOff)
    const entries = await rowsIn(own, 'ledger')
    for (const complaint of complaints.slice(0, 10)) console.error(complaint)
    return [
      figure('drafts', share * tabs),
      figure('tabs open at the end', browser.context.pages().length - 1),
      figure('heap of a tab that was open all day, against its morning', (evening.heap / morning.heap - 1) * 100, 5, '% more'),
      figure('heap of the worker, against its first tab', (end.heap / at.heap - 1) * 100, 5, '% more'),
      figure('errors that nobody caught', complaints.length, 0),
      figure('signed and not sent', signed - desk.sent().length, 0),
      figure('signed without a record', signed - records.length, 0),
      figure('signed without an entry in the ledger', signed - entries.filter(({ kind }) => kind === 'signed').length, 0),
    ]
  } finally {
    await browser.close()
    await desk.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** One that is held, settled and signed by keys, and has left. */
async function signOne(page, desk, number) {
  const blocks = ['Hi Marta,', `We can offer you a ${10 + (number % 80)}% discount on ${number} lamps.`]
  const before = desk.sent().length
  await openCompose(page, desk.url, { subject: `Offer ${number}` })
  await pasteHtml(page, { html: clipboardHtml(blocks, true), text: plainText(blocks) })
  await waitInSurface(page, '[data-cs=chip]', 30_000)
  await page.click(SEND)
  await waitInSurface(page, '[data-cs=panel]', 30_000)
  await settleByKeys(page)
  await sign(page, 'keys')
  const until = Date.now() + 20_000
  while (desk.sent().length === before && Date.now() < until) await page.waitForTimeout(50)
}

/** Gives what asks the running worker for its heap after a collection. A worker that the browser has stopped meanwhile holds nothing older than its start. */
async function workerHeap({ context, extensionId }) {
  const browser = context.browser()
  const session = await browser.newBrowserCDPSession()
  return async () => {
    const { targetInfos } = await session.send('Target.getTargets')
    const target = targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(extensionId))
    if (!target) return { heap: 0 }
    const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId, flatten: false })
    let id = 0
    const ask = (method) => new Promise((resolve) => {
      id += 1
      const mine = id
      const hear = ({ sessionId: from, message }) => {
        const answer = JSON.parse(message)
        if (from !== sessionId || answer.id !== mine) return
        session.off('Target.receivedMessageFromTarget', hear)
        resolve(answer.result)
      }
      session.on('Target.receivedMessageFromTarget', hear)
      void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: mine, method }) })
    })
    for (let times = 0; times < 3; times += 1) await ask('HeapProfiler.collectGarbage')
    const { usedSize } = await ask('Runtime.getHeapUsage')
    await session.send('Target.detachFromTarget', { sessionId })
    return { heap: usedSize }
  }
}
