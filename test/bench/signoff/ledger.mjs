import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { findBrowser } from '../../run/find-browser.mjs'

/** The ledger's figures in real Chromium on its own IndexedDB, with `entries` entries. Rows `{figure, value, goal, most, unit}`; `most`: the goal is an upper bound. */
export async function ledgerRows(entries, say) {
  const result = await build({
    configFile: false, logLevel: 'error', define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'chrome137', lib: { entry: resolve(import.meta.dirname, 'page.ts'), formats: ['iife'], name: 'signoffBench' } },
  })
  const { code } = [result].flat()[0].output[0]
  const worker = `importScripts('/bench.js'); signoff.verify((checked) => postMessage({ checked })).then((done) => postMessage({ done }), (error) => postMessage({ failed: String(error) }))`
  const files = { '/': ['text/html', '<!doctype html><script src="/bench.js"></script>'], '/bench.js': ['text/javascript', code], '/worker.js': ['text/javascript', worker] }
  const server = createServer(({ url }, response) => {
    const [type, body] = files[url] ?? ['text/plain', '']
    response.writeHead(files[url] ? 200 : 404, { 'content-type': type }).end(body)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const browser = await chromium.launch({ executablePath: findBrowser() ?? undefined, headless: true, chromiumSandbox: !asRoot, args: ['--enable-precise-memory-info'] })
  try {
    const page = await browser.newPage()
    await page.exposeFunction('say', say)
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    await page.evaluate((count) => globalThis.signoff.fill(count, (done) => { if (done % 100_000 === 0) globalThis.say(`written ${done}`) }), entries)
    const reads = await page.evaluate(() => globalThis.signoff.reads(7))
    const verified = await page.evaluate(() => new Promise((done, failed) => {
      let said = 0
      const worker = new Worker('/worker.js')
      worker.onerror = (event) => failed(new Error(event.message))
      worker.onmessage = ({ data }) => {
        if ('checked' in data) said += 1
        else if ('failed' in data) failed(new Error(data.failed))
        else done({ ...data.done, said })
      }
    }))
    if (!verified.report.ok) throw new Error(`The bench's own ledger is broken: ${JSON.stringify(verified.report.bad)}`)
    const exported = await page.evaluate(() => globalThis.signoff.exportAll())
    const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
    const ms = (figure, value, goal) => ({ figure, value, goal, most: true, unit: 'ms' })
    return [
      ms('opening History', median(reads.history), 300), ms('search, a rare word', median(reads.rare), 200), ms('search, a common word', median(reads.common), 200), ms('search, two words', median(reads.two), 200),
      ms('newest 100 entries', median(reads.ledger), null), ms('the entries of one draft', median(reads.record), null),
      { figure: 'verify in a worker', value: entries / (verified.ms / 1000), goal: 50_000, most: false, unit: 'entries/s' },
      { figure: 'times the worker told its progress', value: verified.said, goal: 1, most: false, unit: '' },
      { figure: 'export, memory beyond the start', value: exported.more / 1024 / 1024, goal: 200, most: true, unit: 'MB' },
      { figure: 'export, size', value: exported.chars / 1024 / 1024, goal: null, most: true, unit: 'MB' },
      ms('export', exported.ms, null),
    ]
  } finally {
    await browser.close()
    server.close()
  }
}
