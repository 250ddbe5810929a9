// `npm run bench`: the benches as a table; `-- --json` prints [{figure, value, goal, met}]. Ratios against a peer in the same run; single times are for reading, never for judging.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { BUDGETS } from './budgets.mjs'
import { buildExtension } from './build.mjs'
import { OUTPUT } from './paths.mjs'

const json = process.argv.includes('--json')
const built = resolve(OUTPUT, 'chrome-mv3')
const rows = []

/** `goal`: at most this; null for a figure that is only shown. */
function row(figure, value, goal = null, unit = '') {
  rows.push({ figure, value: Math.round(value * 1000) / 1000, goal, met: goal === null ? null : value <= goal, unit })
}

const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]
const median = (values) => quantile(values, 0.5)

if (!existsSync(resolve(built, BUDGETS[0].file))) await buildExtension()

for (const { file, kb } of BUDGETS) {
  row(`${file}, gzip`, gzipSync(readFileSync(resolve(built, file))).length / 1024, kb, 'KB')
}

const { openBrowser } = await import(pathToFileURL(resolve(import.meta.dirname, '../bench/browser.mjs')))
const { page, close } = await openBrowser()
try {
  const guard = await page.evaluate(evaluate, { code: readFileSync(resolve(built, 'content-scripts/guard.js'), 'utf8'), rounds: 25 })
  const empty = await page.evaluate(evaluate, { code: '(()=>{addEventListener("click",()=>{},true)})()', rounds: 25 })
  row('guard evaluation, median', median(guard), null, 'ms')
  row('guard evaluation against a one-listener script', median(guard) - median(empty), 4, 'ms more')

  const first = await page.evaluate(() => globalThis.bench.firstScan(7))
  row('compile all packs, median', median(first.compile), null, 'ms')
  row('first scan of 10,000 words, median', median(first.scan), null, 'ms')
  row('first scan against one RegExp a rule', median(first.scan) / median(first.regexps), 0.2, 'x')

  const keys = await page.evaluate(() => globalThis.bench.keystrokes(200))
  row('key in 10,000 words, p50', quantile(keys.key, 0.5), null, 'ms')
  row('key in 10,000 words, p95', quantile(keys.key, 0.95), null, 'ms')
  row('key (p95) against checking the draft anew', quantile(keys.key, 0.95) / median(keys.full), 0.5, 'x')
} finally {
  await close()
}

if (json) console.log(JSON.stringify(rows.map(({ figure, value, goal, met }) => ({ figure, value, goal, met }))))
else {
  const width = Math.max(...rows.map(({ figure }) => figure.length))
  for (const { figure, value, goal, met, unit } of rows) {
    console.log(`${figure.padEnd(width)}  ${String(value).padStart(9)} ${unit.padEnd(7)} ${goal === null ? '' : `goal at most ${goal}  ${met ? 'met' : 'NOT MET'}`}`)
  }
}

/** Runs in the page: evaluates a script in fresh frames, milliseconds each. The extension's API is a stand-in there. */
function evaluate({ code, rounds }) {
  const times = []
  for (let round = 0; round < rounds; round++) {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const win = frame.contentWindow
    const nothing = { addListener() {}, removeListener() {} }
    win.chrome = { runtime: { id: 'bench', onMessage: nothing, getURL: (path) => path }, storage: { local: { get: () => new Promise(() => {}) }, onChanged: nothing }, i18n: { getMessage: (key) => key } }
    const start = performance.now()
    win.eval(code)
    times.push(performance.now() - start)
    frame.remove()
  }
  return times
}
