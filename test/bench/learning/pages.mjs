import { defaultPolicy } from '../../../lib/policy/index.ts'
import { alone } from '../browser.mjs'
import { look } from './fill.mjs'
import { keptProfile } from './profile.mjs'

const OPENS = 40
const WRITES = 200
/** Counting a million rows takes about ten minutes on two quiet cores, and three times that on busy ones. Milliseconds. */
const MOST_COUNTING = 45 * 60_000
/** The pages, and what stands on each once its own data is there. Proposals and scorecards of Insights follow by themselves and say so. */
const SECTIONS = {
  history: 'main [role=row] a.go', approvals: 'main .g2', rules: 'main .packs table', insights: 'main figure svg', team: 'main h1', settings: 'main #settings-data', ledger: 'main .card',
}
/** The smallest value that so large a share of all does not exceed. */
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * q) - 1)]
const row = (figure, value, goal, unit, most = true) => ({ figure, value, goal, most, unit })

/**
 * Rows of the database and the pages over it: made by version 1, brought up to date by the built extension, every page of the dashboard opened on it. With `again` the profile is taken as an
 * earlier run left it, and its migration is not measured; `parts` says what is.
 */
export async function pageRows({ records, corrections, again = false, parts = Object.keys(MEASURED), opens = OPENS }, say) {
  const profile = await keptProfile({ records, corrections }, say)
  const launched = await profile.open(!again)
  try {
    const page = await alone(launched.context)
    const home = `chrome-extension://${launched.extensionId}`
    const rows = launched.anew ? await migrated(page, home, { records, corrections }, say) : []
    for (const part of parts) rows.push(...await MEASURED[part](page, home, { say, opens }))
    return rows
  } finally {
    await launched.close().catch(() => undefined)
  }
}

/** What is measured on the filled database, by name. */
const MEASURED = {
  open: async (page, home, { say, opens }) => {
    const rows = []
    for (const [section, there] of Object.entries(SECTIONS)) {
      const times = []
      for (let open = 0; open < opens; open++) {
        await page.goto('about:blank')
        times.push(await interactive(page, `${home}/dashboard.html#/${section}`, there))
      }
      rows.push(row(`${section}: interactive, p95 of ${opens}`, quantile(times, 0.95), 500, 'ms'))
      say(`${section}: median ${Math.round(quantile(times, 0.5))}, p95 ${Math.round(quantile(times, 0.95))}, the first ${Math.round(times[0])}, the longest ${Math.round(Math.max(...times))} ms`)
    }
    return rows
  },
  scroll: async (page, home) => [row('History: longest frame while scrolling', await scrolling(page, `${home}/dashboard.html#/history`), 50, 'ms')],
  write: async (page, home, { say }) => {
    await page.goto(`${home}/dashboard.html#/settings`)
    // Whoever holds a draft has not opened the dashboard this moment.
    await page.waitForTimeout(1_500)
    const times = await page.evaluate(writes, WRITES)
    say(`a review is written: median ${quantile(times, 0.5).toFixed(1)}, the longest ${Math.max(...times).toFixed(1)} ms`)
    return [row(`a review is written, p95 of ${WRITES}`, quantile(times, 0.95), 15, 'ms')]
  },
  backtest: async (page, home) => {
    await page.goto(`${home}/dashboard.html#/settings`)
    const change = { before: [], after: [changedPack()], present: defaultPolicy(), other: defaultPolicy(), since: 0 }
    const tried = await page.evaluate(job, { kind: 'backtest', change })
    return [row(`backtest over ${tried.value.looked} drafts, a second`, tried.value.looked / (tried.ms / 1000), 5_000, 'drafts', false), row('backtest: times its progress was told', tried.told, 2, '', false)]
  },
  propose: async (page, home) => {
    await page.goto(`${home}/dashboard.html#/settings`)
    const proposed = await page.evaluate(job, { kind: 'propose', off: { packs: [], rules: [] } })
    return [row('proposals worked out, in the worker', proposed.ms / 1000, null, 's')]
  },
}
export const MEASURES = Object.keys(MEASURED)

/** The database of version 1 is brought up to date: how long that takes, whether all of it is there, whether it was said how far it is. */
async function migrated(page, home, { records, corrections }, say) {
  const from = Date.now()
  await page.goto(`${home}/dashboard.html#/settings`)
  let [said, upgraded] = [0, 0]
  for (;;) {
    const now = await page.evaluate(look)
    if (now.version > 10 && !upgraded) upgraded = Date.now() - from
    if (now.built?.records && now.built.corrections) break
    if (await page.locator('progress').count() > 0) said += 1
    if (Date.now() - from > MOST_COUNTING) throw new Error(`Counting did not end within ${MOST_COUNTING / 60_000} minutes`)
    await page.waitForTimeout(250)
  }
  const migration = Date.now() - from
  const after = await page.evaluate(look)
  const lost = Math.abs(after.counts.records - records) + Math.abs(after.counts.corrections - corrections) + Math.abs(after.drafts - records) + Math.abs(after.corrected - corrections)
  say(`migrated in ${migration} ms`)
  return [
    row('migration: the tables are there', upgraded, null, 'ms'), row('migration: everything is counted', migration / 1000, null, 's'), row('migration: rows lost or counted wrongly', lost, 0, 'rows'),
    row('migration: times its progress was seen', said, 1, '', false),
  ]
}

function changedPack() {
  const rule = {
    id: 'bench/share', title: 'Share', category: 'statistic', tier: 'review', owner: 'statistic', languages: ['en'], message: 'Check.', sources: [], match: ['{percent} of people', '(send|bring) the {number}', 'on day {number}'], unless: [], near: [],
    negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [], examples: { flagged: [], clean: [] },
  }
  return { format: 1, id: 'bench', version: '1.0.0', title: 'Bench', description: '', owner: 'bench', lists: {}, rules: [rule] }
}

/**
 * Milliseconds from the navigation to a page that can be used: what `there` names is painted, and a key that is pressed then was answered by a frame. What the key waited for counts.
 */
async function interactive(page, address, there) {
  await page.goto(address, { waitUntil: 'commit' })
  const painted = await page.evaluate((selector) => new Promise((resolve) => {
    globalThis.answered = new Promise((told) => addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => told(performance.now() - timeStamp))), { capture: true, once: true }))
    const see = () => { if (document.querySelector(selector)) requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))); else requestAnimationFrame(see) }
    see()
  }), there)
  await page.keyboard.press('Tab')
  return painted + await page.evaluate(() => globalThis.answered)
}

/** The longest time between two frames while the list is scrolled by the wheel. */
async function scrolling(page, address) {
  await page.goto('about:blank')
  await interactive(page, address, SECTIONS.history)
  await page.waitForTimeout(1_000)
  await page.evaluate(() => {
    globalThis.frames_ = []
    let last = performance.now()
    const see = () => { const now = performance.now(); globalThis.frames_.push(now - last); last = now; requestAnimationFrame(see) }
    requestAnimationFrame(see)
  })
  await page.mouse.move(700, 500)
  for (let step = 0; step < 60; step++) {
    await page.mouse.wheel(0, 400)
    await page.waitForTimeout(16)
  }
  return page.evaluate(() => Math.max(...globalThis.frames_.slice(3)))
}

/** In the page: milliseconds from asking the worker to write a held draft to its answer. */
async function writes(count) {
  const times = []
  for (let n = -10; n < count; n++) {
    const text = `Sign today and get ${n} off.`
    const finding = { rule: 'pricing/percent-off', title: 'Discount', pack: 'pricing', packVersion: '1.0.0', category: 'pricing', owner: 'pricing', tier: 'review', field: 'body', span: { start: 0, end: 4 }, quote: 'Sign', message: 'm', suggest: null, sources: [], reasons: [], evidence: [], fingerprint: `f${n}` }
    const record = {
      session: `bench${n}`, site: 'gmail', host: 'mail.google.com', digest: 'd'.repeat(64), origin: { verdict: 'ai', evidence: [] }, requirement: { tier: 'review', owners: [], reasons: [] }, findings: [finding], decisions: [],
      draft: { kind: 'email', site: 'gmail', subject: 'Offer', recipients: [], text, blocks: [{ span: { start: 0, end: text.length }, kind: 'text' }], locale: 'en' },
    }
    const start = performance.now()
    const reply = await chrome.runtime.sendMessage({ countersign: 1, kind: 'record/held', body: { record, kind: 'send' } })
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`)
    if (n >= 0) times.push(performance.now() - start)
  }
  return times
}

/** In the page: runs a job of the learning worker. */
function job(asked) {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const worker = new Worker(chrome.runtime.getURL('/learning-worker.js'))
    let told = 0
    worker.onerror = (event) => reject(new Error(event.message))
    worker.onmessage = ({ data }) => {
      if ('progress' in data) told += 1
      else if ('failed' in data) reject(new Error(data.failed))
      else resolve({ value: Array.isArray(data.value) ? data.value.length : data.value, ms: performance.now() - start, told })
    }
    worker.postMessage(asked)
  })
}
