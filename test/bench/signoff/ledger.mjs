import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { buildExtension, practiceExtension } from '../../run/build.mjs'
import { launchWithExtension } from '../../run/launch.mjs'
import { OUTPUT } from '../../run/paths.mjs'
import { alone } from '../browser.mjs'

const OPENS = 9
const ROUNDS = 7
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const list = (values) => values.map((value) => Math.round(value)).join(', ')
const ms = (figure, value, goal) => ({ figure, value, goal, most: true, unit: 'ms' })

/**
 * The ledger's figures in the built extension, with `entries` entries in its own database: what the store reads, and the pages as a person opens them. The profile is
 * filled once and kept for the next time. Rows `{figure, value, goal, most, unit}`; `most`: the goal is an upper bound.
 */
export async function ledgerRows(entries, say) {
  if (!existsSync(join(OUTPUT, 'chrome-mv3', 'manifest.json'))) await buildExtension()
  const result = await build({
    configFile: false, logLevel: 'error', define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'chrome137', lib: { entry: resolve(import.meta.dirname, 'page.ts'), formats: ['iife'], name: 'signoffBench' } },
  })
  const { code } = [result].flat()[0].output[0]
  const open = await filledProfile(entries, code, say)
  const { page, home, close } = await open()
  try {
    await page.evaluate(code)
    say('reading and searching')
    const reads = await page.evaluate((rounds) => globalThis.signoff.reads(rounds), ROUNDS)
    say('verifying')
    const verified = await verify(page)
    say('exporting')
    const exported = await page.evaluate(() => globalThis.signoff.exportAll())
    say('opening the pages')
    const opened = { history: [], ledger: [] }
    for (const [section, times] of Object.entries(opened)) for (let time = 0; time < OPENS; time++) times.push(await openedIn(page, `${home}/dashboard.html#/${section}`))
    const typed = await searched(page, `${home}/dashboard.html#/history`)
    say(`opened in ${list(opened.history)} and ${list(opened.ledger)} ms; each word shown in ${list(typed)} ms`)
    return [
      ms('opening History, the page with its rows', median(opened.history), 300), ms('opening Ledger, the page with its rows', median(opened.ledger), 300), ms('search typed in History to the rows shown', median(typed), 200),
      ms('newest records read', median(reads.history), null), ms('search, a rare word, to its first rows', median(reads.rare), 200), ms('search, a common word, to its first rows', median(reads.common), 200), ms('search, two words, to their first rows', median(reads.two), 200),
      ms('search, two common words, to the last record', median(reads.whole), null),
      ms('newest 100 entries', median(reads.ledger), null), ms('the entries of one draft', median(reads.record), null),
      { figure: 'verify in a worker', value: entries / (verified.ms / 1000), goal: 50_000, most: false, unit: 'entries/s' },
      { figure: 'times the worker told its progress', value: verified.said, goal: 1, most: false, unit: '' },
      { figure: 'export, memory beyond the start', value: exported.more / 1024 / 1024, goal: 200, most: true, unit: 'MB' },
      { figure: 'export, size', value: exported.chars / 1024 / 1024, goal: null, most: true, unit: 'MB' },
      ms('export', exported.ms, null),
    ]
  } finally {
    await close()
  }
}

/** A profile with so many entries, from an earlier run where there is one of the same making. Gives what opens the browser on it. */
async function filledProfile(entries, code, say) {
  const folder = join(tmpdir(), `countersign-ledger-${entries}`)
  const mark = join(folder, 'filled')
  const made = readFileSync(join(import.meta.dirname, 'page.ts'), 'utf8') + readFileSync(resolve(import.meta.dirname, '../../../lib/store/db.ts'), 'utf8')
  const open = async () => {
    // The same folder each time: the extension's id, and with it its database, comes of the path.
    const { context, extensionId, close } = await launchWithExtension({ extension: practiceExtension(join(folder, 'extension')), userDataDir: join(folder, 'profile'), args: ['--enable-precise-memory-info'] })
    const page = await alone(context)
    const home = `chrome-extension://${extensionId}`
    await page.goto(`${home}/dashboard.html#/settings`)
    return { page, home, close }
  }
  if (existsSync(mark) && readFileSync(mark, 'utf8') === made) {
    say(`the profile of an earlier run is taken: ${folder}`)
    return open
  }
  // Filling takes long: what was cut off is gone on with.
  const begun = join(folder, 'begun')
  if (!existsSync(begun) || readFileSync(begun, 'utf8') !== made) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  mkdirSync(folder, { recursive: true })
  writeFileSync(begun, made)
  const { page, close } = await open()
  try {
    const from = Date.now()
    await page.exposeFunction('say', say)
    await page.evaluate(code)
    await page.evaluate((count) => globalThis.signoff.fill(count, (done) => { if (done % 100_000 === 0) globalThis.say(`written ${done}`) }), entries)
    // Leaves the checkpoint of a ledger in use: without it the next start of the browser checks the whole.
    await verify(page)
    say(`filled in ${Math.round((Date.now() - from) / 1000)} s`)
  } finally {
    await close()
  }
  writeFileSync(mark, made)
  return open
}

/** The whole check as the Ledger page starts it: `{ms, said}`. Throws where the ledger is not whole. */
async function verify(page) {
  const { report, ...figures } = await page.evaluate(() => globalThis.signoff.verify())
  if (!report.ok) throw new Error(`The bench's own ledger is broken: ${JSON.stringify(report.bad)}`)
  return figures
}

/** Milliseconds from the navigation to the page with its rows, a frame painted. */
async function openedIn(page, address) {
  await page.goto('about:blank')
  await page.goto(address, { waitUntil: 'commit' })
  return page.evaluate(() => new Promise((resolve) => {
    const ready = () => document.querySelector('main :is([role=row].r, tbody tr)') && !document.querySelector('main [aria-busy=true]')
    const see = () => { if (ready()) requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))); else setTimeout(see, 4) }
    see()
  }))
}

/** Milliseconds from a word in the search field to its rows, for one word after the other. Rows show the words of a subject, and no address: those are told by their number. */
async function searched(page, address) {
  await openedIn(page, address)
  const times = []
  for (const word of ['lamps', 'person47', 'discount', 'visitor lamps', 'number77', 'winter', 'spring blinds']) {
    times.push(await page.evaluate((query) => new Promise((resolve, reject) => {
      const field = document.querySelector('main input[type=search]')
      const shown = () => [...document.querySelectorAll('main [role=row].r')].map((row) => row.textContent ?? '')
      const before = shown().join()
      const found = () => (/\d/.test(query) ? shown().length > 0 && shown().join() !== before : shown().length > 0 && shown().every((text) => query.split(' ').every((word) => text.includes(word))))
      const start = performance.now()
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, query)
      field.dispatchEvent(new Event('input', { bubbles: true }))
      const see = () => {
        if (performance.now() - start > 120_000) reject(new Error(`No rows came for ${query}`))
        else if (found()) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
        else setTimeout(see, 4)
      }
      see()
    }), word))
    await page.waitForTimeout(300)
  }
  return times
}
