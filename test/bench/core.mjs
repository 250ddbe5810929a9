import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { BUDGETS } from '../run/budgets.mjs'
import { OUTPUT } from '../run/paths.mjs'
import { openBrowser } from './browser.mjs'
import { figure, median, quantile } from './figures.mjs'

const built = resolve(OUTPUT, 'chrome-mv3')

/** The weight of each page script. */
export function weightRows() {
  return BUDGETS.map(({ file, kb }) => figure(`${file}, gzip`, gzipSync(readFileSync(resolve(built, file))).length / 1024, kb, 'KB'))
}

/** The product's own code in a real browser, without the extension around it: the guard's start, the first look at a long draft, and a key in it. */
export async function coreRows() {
  const { page, close } = await openBrowser()
  try {
    const guard = await page.evaluate(evaluate, { code: readFileSync(resolve(built, 'content-scripts/guard.js'), 'utf8'), rounds: 25 })
    const empty = await page.evaluate(evaluate, { code: '(()=>{addEventListener("click",()=>{},true)})()', rounds: 25 })
    const first = await page.evaluate(() => globalThis.bench.firstScan(7))
    const keys = await page.evaluate(() => globalThis.bench.keystrokes(200))
    return [
      figure('guard evaluation, median', median(guard), null, 'ms'),
      figure('guard evaluation against a one-listener script', median(guard) - median(empty), 4, 'ms more'),
      figure('compile all packs, median', median(first.compile), null, 'ms'),
      figure('first scan of 10,000 words, median', median(first.scan), null, 'ms'),
      figure('first scan against one RegExp a rule', median(first.scan) / median(first.regexps), 0.2, 'x'),
      figure('key in 10,000 words, p50', quantile(keys.key, 0.5), null, 'ms'),
      figure('key in 10,000 words, p95', quantile(keys.key, 0.95), null, 'ms'),
      figure('key (p95) against checking the draft anew', quantile(keys.key, 0.95) / median(keys.full), 0.5, 'x'),
    ]
  } finally {
    await close()
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
