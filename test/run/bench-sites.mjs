// `npm run bench:sites`: what the extension costs a page over time, in the real browser with the real build: memory over a thousand composes, wake-ups of a page at rest,
// a storm of changes elsewhere on the page against the same page without us. A table; `-- rest`, `-- storms` or `-- memory` for one part; `-- --json` prints [{figure, value, goal, met}].
import { createServer } from 'node:http'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAndClose, standing } from '../bench/composes.mjs'
import { startDesk } from '../desk/server.mjs'
import { buildExtension, practiceExtension } from './build.mjs'
import { launchWithExtension, practiceSettings, seedSettings } from './launch.mjs'
import { OUTPUT } from './paths.mjs'

const json = process.argv.includes('--json')
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const COMPOSES = 1_000
/** Before the count begins: by then the rules are there, the interface has come once and the browser has compiled what it compiles lazily, which is most of the growth before it. */
const WARM = 600
/** Short storms, many of them, with us and without in turn: the machine's own weather passes over both alike. Together far more than 100,000 nodes on each side. */
const STORM_PAIRS = 240
const NODES = 10_000
const REST_MS = 10_000

const rows = []
/** `goal`: at most this; null for a figure that is only shown. */
function row(figure, value, goal = null, unit = '') {
  rows.push({ figure, value: Math.round(value * 1000) / 1000, goal, met: goal === null ? null : value <= goal, unit })
}

if (!existsSync(join(OUTPUT, 'chrome-mv3', 'manifest.json'))) await buildExtension()
const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
const desk = await startDesk()
const { port, server } = await servePage()
// Only 127.0.0.1 is allowed to the extension, so the same page under the name "localhost" is one without it.
const [withUs, without] = [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`]
const launched = await launchWithExtension({ extension: practiceExtension(join(folder, 'extension')) })
try {
  const settings = practiceSettings(desk.url)
  await seedSettings(launched.worker, { ...settings, sites: [...settings.sites, { prefix: withUs, adapter: 'generic', on: true }] })
  for (const [name, measure] of Object.entries({ rest, storms, memory })) if (wanted.length === 0 || wanted.includes(name)) await measure()
} finally {
  await launched.close()
  await desk.close()
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
}
report()

/** Opens and closes composes with words that get marked, and compares what is left after the garbage was collected. */
async function memory() {
  const page = await launched.context.newPage()
  await page.goto(`${desk.url}/mail`)
  const cdp = await launched.context.newCDPSession(page)
  await cdp.send('Performance.enable')
  await page.evaluate(openAndClose, WARM)
  const start = await standing(page, cdp)
  await page.evaluate(openAndClose, COMPOSES)
  const end = await standing(page, cdp)
  row(`heap after ${COMPOSES} opened and closed composes against before`, (end.heap / start.heap - 1) * 100, 5, '% more')
  row('heap before', start.heap / 1e6, null, 'MB')
  // The page by itself keeps some nodes and a listener, too: what is more than that is ours.
  const alone = await openAlone()
  row('listeners more than on the page without us', end.JSEventListeners - start.JSEventListeners - alone.listeners, 0)
  row('nodes more than on the page without us', end.Nodes - start.Nodes - alone.nodes, 0)
  row('detached trees more than on the page without us', (await detachedTrees(cdp)) - alone.detached, 0)
  await page.close()
}

/** The same on the same page under a name that the extension may not read. */
async function openAlone() {
  const page = await launched.context.newPage()
  await page.goto(`${desk.url.replace('127.0.0.1', 'localhost')}/mail`)
  const cdp = await launched.context.newCDPSession(page)
  await cdp.send('Performance.enable')
  await page.evaluate(openAndClose, WARM)
  const start = await standing(page, cdp)
  await page.evaluate(openAndClose, COMPOSES)
  const end = await standing(page, cdp)
  const detached = await detachedTrees(cdp)
  await page.close()
  return { listeners: end.JSEventListeners - start.JSEventListeners, nodes: end.Nodes - start.Nodes, detached }
}

/** How many trees hang in no document. Asked once, at the end: what the browser has named in its answer it keeps. */
async function detachedTrees(cdp) {
  await cdp.send('DOM.enable')
  return (await cdp.send('DOM.getDetachedDomNodes')).detachedNodes.length
}

/** A page on which nobody writes: nothing of ours may run. Timers and frames are counted by the browser's own trace, observers where the guard makes them. */
async function rest() {
  const page = await launched.context.newPage()
  await page.goto(withUs)
  await page.bringToFront()
  await page.waitForTimeout(2_000)
  const browser = launched.context.browser()
  const session = browser ? await browser.newBrowserCDPSession() : await launched.context.newCDPSession(page)
  const events = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  await session.send('Tracing.start', { traceConfig: { includedCategories: ['devtools.timeline'] }, transferMode: 'ReportEvents' })
  // What the trace can see is proven by a timer that is there.
  await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 50) }))
  await page.waitForTimeout(REST_MS)
  const complete = new Promise((resolve) => { session.once('Tracing.tracingComplete', resolve) })
  await session.send('Tracing.end')
  await complete
  const ours = events.filter(({ name, args }) => ['TimerFire', 'FireAnimationFrame', 'TimerInstall', 'RequestAnimationFrame', 'FireIdleCallback'].includes(name) && args?.data?.frame)
  const frames = new Set(events.filter(({ name, args }) => name === 'TimerFire' && args?.data?.frame).map(({ args }) => args.data.frame))
  if (!ours.some(({ name }) => name === 'TimerFire')) throw new Error('The trace did not see the timer that was set')
  // One timer installed and fired by the bench itself.
  row(`timers and frames in ${REST_MS / 1000} s of a page at rest`, ours.length - 2, 0)
  row('frames of the page that woke', frames.size - 1, 0)
  await page.close()

  const stand = await launched.context.newPage()
  await stand.goto(without)
  const made = await stand.evaluate(observersOf, { code: readFileSync(join(OUTPUT, 'chrome-mv3', 'content-scripts', 'guard.js'), 'utf8') })
  row('observers and timers that the guard makes on such a page', made, 0)
  await stand.close()
}

/** Runs in a page without us: the built guard in a frame, with the extension's interface as a stand-in that says the site is on, and every kind of observer and timer counted. */
async function observersOf({ code }) {
  const frame = document.createElement('iframe')
  document.body.append(frame)
  const win = frame.contentWindow
  let made = 0
  for (const name of ['MutationObserver', 'ResizeObserver', 'IntersectionObserver', 'PerformanceObserver']) {
    const real = win[name]
    win[name] = class extends real { constructor(...args) { super(...args); made += 1 } }
  }
  for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback']) {
    const real = win[name].bind(win)
    win[name] = (...args) => { made += 1; return real(...args) }
  }
  const settings = { version: 1, sites: [{ prefix: win.document.baseURI, adapter: 'generic', on: true }] }
  const nothing = { addListener() {}, removeListener() {} }
  win.chrome = {
    runtime: { id: 'bench', onMessage: nothing, getURL: (path) => path, sendMessage: () => new Promise(() => {}) },
    storage: { local: { get: async () => ({ settings }), onChanged: nothing }, session: { get: async () => ({}) }, onChanged: nothing }, i18n: { getMessage: (key) => key },
  }
  win.eval(code)
  await new Promise((resolve) => { setTimeout(resolve, 500) })
  if (!win.__countersign) throw new Error('the guard did not start in the stand-in')
  return made
}

/**
 * Changes elsewhere on the page, with us and without, in turn, with and without a draft under the caret. What is compared is the time of the processor that the page's main
 * thread took, not the clock's: other programs do not count. The same page twice without us says what the measure itself makes out of nothing.
 */
async function storms() {
  const [a, b, other] = [await launched.context.newPage(), await launched.context.newPage(), await launched.context.newPage()]
  await a.goto(withUs)
  await b.goto(without)
  await other.goto(without)
  told('storms elsewhere, the same page twice without us', await compared(other, b), null)
  told('storms elsewhere, nobody writes', await compared(a, b), 1)
  for (const page of [a, b]) {
    await page.bringToFront()
    await page.click('textarea')
    await page.keyboard.type('We guarantee a 20% discount.')
    await page.waitForTimeout(2_500)
  }
  told('storms elsewhere, beside an open draft', await compared(a, b), null)
  for (const page of [a, b, other]) await page.close()
}

function told(figure, { middle, low, high }, goal) {
  row(figure, middle, goal, '% more')
  row('  95 % interval, from', low, null, '%')
  row('  95 % interval, to', high, goal, '%')
}

/** Median over pairs of the time with us over the time without, in per cent more, with the interval that order statistics give: nothing is assumed of how the noise is spread. */
async function compared(a, b) {
  const [measureA, measureB] = [await storming(a), await storming(b)]
  for (let warm = 0; warm < 5; warm += 1) {
    await measureA()
    await measureB()
  }
  const pairs = []
  for (let round = 0; round < STORM_PAIRS; round += 1) {
    const first = round % 2 === 0
    const one = await (first ? measureA : measureB)()
    const next = await (first ? measureB : measureA)()
    pairs.push(first ? one / next : next / one)
  }
  pairs.sort((x, y) => x - y)
  const reach = Math.ceil(0.98 * Math.sqrt(pairs.length))
  const more = (at) => (pairs[at] - 1) * 100
  const half = pairs.length >> 1
  return { middle: more(half), low: more(half - reach), high: more(half + reach) }
}

/** Gives what runs one storm in a page and resolves to the seconds of processor time that its main thread took. */
async function storming(page) {
  const cdp = await launched.context.newCDPSession(page)
  await cdp.send('Performance.enable')
  const threadTime = async () => (await cdp.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ThreadTime').value
  return async () => {
    await page.bringToFront()
    const before = await threadTime()
    await page.evaluate(storm, NODES)
    return (await threadTime()) - before
  }
}

/** Runs in the page: nodes come, change and go, with turns between in which observers would hear of it. */
async function storm(nodes) {
  const place = document.querySelector('#elsewhere')
  const { port1, port2 } = new MessageChannel()
  const turn = () => new Promise((resolve) => { port1.onmessage = resolve; port2.postMessage(0) })
  for (let made = 0; made < nodes; made += 2_000) {
    for (let each = 0; each < 2_000; each += 1) {
      const span = document.createElement('span')
      span.textContent = `node ${each}`
      span.setAttribute('data-at', String(each))
      place.append(span)
      span.firstChild.data = 'changed'
    }
    await turn()
    place.replaceChildren()
    await turn()
  }
}

async function servePage() {
  const page = '<!doctype html><meta charset="utf-8"><title>A page</title><form method="post" action="/sent"><textarea rows="6" cols="60"></textarea><button type="button">Send</button></form><div id="elsewhere" style="height:40px;overflow:hidden;contain:strict"></div>'
  const http = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(page)
  })
  await new Promise((resolve) => { http.listen(0, resolve) })
  return { server: http, port: http.address().port }
}

function report() {
  if (json) {
    console.log(JSON.stringify(rows.map(({ figure, value, goal, met }) => ({ figure, value, goal, met }))))
    return
  }
  const width = Math.max(...rows.map(({ figure }) => figure.length))
  for (const { figure, value, goal, met, unit } of rows) {
    console.log(`${figure.padEnd(width)}  ${String(value).padStart(9)} ${unit.padEnd(7)} ${goal === null ? '' : `goal at most ${goal}  ${met ? 'met' : 'NOT MET'}`}`)
  }
}
