import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { practiceExtension } from '../../run/build.mjs'
import { launchWithExtension } from '../../run/launch.mjs'
import { randomFrom } from '../random.mjs'
import { fillVersion1, look } from './fill.mjs'

/**
 * Kills the service worker and the browser, in turn, at random points while reviews are written, and now and then while an older database is brought up to date. After each kill everything that was
 * acknowledged must be there, once, the ledger whole, and the counts what the rows give. Gives `{ kills, browsers, acknowledged, lost, broken, resumed }`.
 */
export async function crashRuns({ runs, seed = 1, say = () => undefined, rows = 3_000 }) {
  const random = randomFrom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'countersign-crash-'))
  const options = { extension: practiceExtension(join(folder, 'extension')), userDataDir: join(folder, 'profile') }
  const result = { kills: 0, browsers: 0, acknowledged: 0, lost: 0, broken: 0, resumed: 0 }
  const acknowledged = new Set()
  let launched = await launchWithExtension(options)
  let page = null
  let turn = 0
  try {
    for (let run = 0; run < runs; run++) {
      page ??= await openPage(launched)
      const migrating = run % 10 === 0
      if (migrating) {
        // The old database has no reviews of this run yet: what was acknowledged before is checked and then given up with it.
        await page.evaluate(fillVersion1, { records: rows, corrections: rows, start: Date.now() - 90 * 86_400_000, days: 90 })
        acknowledged.clear()
        await page.goto('about:blank')
        page = await openPage(launched)
        result.resumed += 1
      }
      const wait = 20 + Math.floor(random() * 400)
      const writing = write(page, `run${run}`, acknowledged, () => turn === run)
      await new Promise((done) => setTimeout(done, wait))
      const browser = run % 2 === 1
      result.kills += 1
      if (browser) {
        await killBrowser(launched)
        result.browsers += 1
        launched = await launchWithExtension(options)
        page = null
      } else await killWorker(launched)
      turn = run + 1
      await writing
      page ??= await openPage(launched)
      const found = await check(page, [...acknowledged], migrating ? rows : null)
      result.lost += found.lost
      result.broken += found.broken.length
      if (found.lost > 0 || found.broken.length > 0) say(`run ${run}: lost ${found.lost}, broken ${found.broken.join('; ')}`)
      if (run % 20 === 19) say(`${run + 1} kills, ${acknowledged.size} reviews acknowledged since the last update`)
      result.acknowledged += found.fresh
    }
    return result
  } finally {
    await launched.close().catch(() => undefined)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

async function openPage({ context, extensionId }) {
  const page = await context.newPage()
  await page.goto(`chrome-extension://${extensionId}/dashboard.html#/settings`)
  return page
}

/** Reviews one after another, each noted in Node as soon as its writing was acknowledged, until the turn is over. */
async function write(page, name, acknowledged, mine) {
  for (let n = 0; mine(); n++) {
    const session = `${name}-${n}`
    const done = await page.evaluate(async (id) => {
      const record = {
        session: id, site: 'gmail', host: 'mail.google.com', digest: 'd'.repeat(64), origin: { verdict: 'ai', evidence: [] }, requirement: { tier: 'review', owners: [], reasons: [] }, findings: [], decisions: [],
        draft: { kind: 'email', site: 'gmail', subject: id, recipients: [], text: 'Words.', blocks: [{ span: { start: 0, end: 6 }, kind: 'text' }], locale: 'en' },
      }
      const reply = await chrome.runtime.sendMessage({ countersign: 1, kind: 'record/held', body: { record, kind: 'send' } })
      return reply?.ok === true
    }, session).catch(() => false)
    if (done) acknowledged.add(session)
    else if (page.isClosed()) return
    else await new Promise((later) => setTimeout(later, 5))
  }
}

/** Looks whether everything is there: the acknowledged reviews once each, the ledger whole, the counts right once counting has ended. */
async function check(page, sessions, rows) {
  const broken = []
  for (let tries = 0; ; tries++) {
    const now = await page.evaluate(look)
    if (now.built?.records && now.built.corrections) {
      if (now.drafts !== now.counts.records) broken.push(`${now.counts.records} reviews, ${now.drafts} counted`)
      if (now.corrected !== now.counts.corrections) broken.push(`${now.counts.corrections} corrections, ${now.corrected} counted`)
      if (rows !== null && (now.counts.records < rows || now.counts.corrections !== rows)) broken.push(`of ${rows} rows ${now.counts.records} and ${now.counts.corrections} are left`)
      break
    }
    if (tries > 240) { broken.push('counting did not end'); break }
    await page.waitForTimeout(250)
  }
  const found = await page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) })
    const db = await done(indexedDB.open('countersign'))
    const all = await done(db.transaction('records').objectStore('records').index('session').getAllKeys(IDBKeyRange.bound('run', 'run\uffff')))
    const keys = []
    await new Promise((resolve, reject) => {
      const cursor = db.transaction('records').objectStore('records').index('session').openKeyCursor(IDBKeyRange.bound('run', 'run\uffff'))
      cursor.onerror = () => reject(cursor.error)
      cursor.onsuccess = () => { if (!cursor.result) resolve(); else { keys.push(cursor.result.key); cursor.result.continue() } }
    })
    db.close()
    const ledger = await chrome.runtime.sendMessage({ countersign: 1, kind: 'ledger/verify', body: null })
    return { keys, all: all.length, ledger }
  })
  const there = new Set(found.keys)
  if (there.size !== found.all) broken.push('a review is there twice')
  if (!found.ledger?.ok || !found.ledger.value.ok) broken.push(`ledger: ${JSON.stringify(found.ledger)}`)
  return { lost: sessions.filter((session) => !there.has(session)).length, broken, fresh: sessions.length }
}

async function killWorker({ context, extensionId }) {
  const session = await context.browser().newBrowserCDPSession()
  const { targetInfos } = await session.send('Target.getTargets')
  const target = targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(extensionId))
  if (target) await session.send('Target.closeTarget', { targetId: target.targetId })
  await session.detach()
}

/** Ends the browser as a power cut does: its main process is killed, and with it everything it started. */
async function killBrowser({ context }) {
  const session = await context.browser().newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const gone = new Promise((done) => context.once('close', done))
  process.kill(processInfo.find(({ type }) => type === 'browser').id, 'SIGKILL')
  await gone
}
