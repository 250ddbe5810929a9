// `npm run bench:engine`: the engine against its peers and against its goals; `-- --json` prints [{figure, value, goal, met}]. Every ratio is of CPU times taken in turn in the same run.
import { fork } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundle } from '../bench/bundle.mjs'
import { compareWithReference } from '../bench/check.ts'
import { timeFrames } from '../bench/frame.mjs'
import { makeCorpus, wordsOf } from '../bench/corpus.mjs'
import { makePhrases, phrasePack, planted } from '../bench/rules.mjs'
import { builtinPacks } from '../../lib/packs/node/vite-plugin.ts'
import { findBrowser } from './find-browser.mjs'
import { ROOT } from './paths.mjs'

const BENCH = join(ROOT, 'test/bench')
const WORK = join(BENCH, '.bundle')
const json = process.argv.includes('--json')
const ROUNDS = Number(process.argv.find((arg) => arg.startsWith('--rounds='))?.slice(9) ?? 7)
const say = (line) => (json ? console.error(line) : console.log(line))

if (json) console.log = (...words) => console.error(...words)
mkdirSync(WORK, { recursive: true })
const engine = await bundle(join(BENCH, 'engine.ts'), WORK, 'engine', [builtinPacks()])
const runtime = await bundle(join(BENCH, 'runtime.ts'), WORK, 'runtime', [], 'iife')

const corpus = makeCorpus()
const texts = {
  corpus, email: wordsOf(corpus, 300), article: wordsOf(corpus, 10_000), slice: wordsOf(corpus, 16_000), short: wordsOf(corpus, 1_500),
  dense: makeCorpus({ plant: planted(makePhrases(100)) }),
}
const textsFile = join(WORK, 'texts.json')
writeFileSync(textsFile, JSON.stringify(texts))

const rows = []
const median = (values) => quantile(values, 0.5)
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]

/** Takes a figure down and prints it. `least`: the goal is to reach it; `most`: not to pass it. */
function row(figure, values, { least, most, note = '' }) {
  const value = median(values)
  const goal = least ?? most
  const met = least === undefined ? value <= most : value >= least
  rows.push({ figure, value: round(value), goal, met })
  const spread = `[${round(Math.min(...values))}, ${round(Math.max(...values))}]`
  say(`${figure.padEnd(WIDTH)}  ${String(round(value)).padStart(9)}  ${spread.padEnd(20)}  goal ${least === undefined ? 'at most' : 'at least'} ${round(goal)}  ${met ? 'met' : 'NOT MET'}${note ? `  (${note})` : ''}`)
}
/** Of the longest figure's name. */
const WIDTH = 64
const round = (value) => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000)

/** A process for a contestant; `ask` gives its answer to a message. */
async function start(script, args, execArgv = []) {
  const child = fork(join(BENCH, script), args, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  let failed = () => undefined
  child.on('exit', (code) => failed(new Error(`${script} ${args[0]} ended with ${code}`)))
  const next = () => new Promise((resolve, reject) => {
    failed = reject
    child.once('message', resolve)
  })
  return { next, ask: (message) => { const answer = next(); child.send(message); return answer }, end: () => child.kill() }
}

/** What is timed against what: contestant, text, scans in one measure. */
const TIMED = [
  ['loop', 'corpus', 20], ['phrases-100', 'corpus', 3], ['phrases-1000', 'corpus', 3], ['phrases-50000', 'corpus', 3], ['phrases-50000', 'dense', 3], ['shared-50000', 'corpus', 3], ['packs', 'corpus', 2],
  ['secretlint', 'corpus', 4], ['wink', 'corpus', 1], ['write-good', 'slice', 1], ['textlint', 'slice', 1], ['harper', 'short', 1],
]

/** CPU milliseconds a megacharacter, by contestant and text, a value a round. */
async function timeAll() {
  const processes = new Map()
  const times = new Map(TIMED.map(([name, text]) => [`${name} ${text}`, []]))
  const found = new Map()
  for (const [name] of TIMED) {
    if (processes.has(name)) continue
    const child = await start('contestant.mjs', [name, engine.file, textsFile])
    await child.next()
    processes.set(name, child)
  }
  for (let turn = -3; turn < ROUNDS; turn++) {
    say(turn < 0 ? `warming up, ${-turn}` : `round ${turn + 1} of ${ROUNDS}`)
    for (const [name, text, scans] of TIMED) {
      const answer = await processes.get(name).ask({ text, times: scans })
      found.set(`${name} ${text}`, answer.found)
      if (turn >= 0) times.get(`${name} ${text}`).push((answer.ms / answer.length) * 1e6)
    }
  }
  for (const child of processes.values()) child.end()
  return { times, found }
}

async function once(script, args, execArgv) {
  const child = await start(script, args, execArgv)
  const answer = await child.next()
  child.end()
  return answer
}

const { times, found } = await timeAll()
const of = (key) => times.get(key)
/** Round by round how many times as long `a` takes as `b`. */
const ratio = (a, b) => of(a).map((value, i) => value / of(b)[i])

row('1,000 phrases: times as fast as wink-nlp with the same', ratio('wink corpus', 'phrases-1000 corpus'), { least: 60, note: `hits ${found.get('phrases-1000 corpus')} and ${found.get('wink corpus')}` })
row('1,000 phrases: speed against the bare loop', ratio('loop corpus', 'phrases-1000 corpus'), { least: 0.4 })
row('all packs: times as fast as secretlint', ratio('secretlint corpus', 'packs corpus'), { least: 1, note: `${found.get('packs corpus')} findings` })
row('all packs: times as fast as wink-nlp with 1,000 phrases', ratio('wink corpus', 'packs corpus'), { least: 15 })
row('all packs: times as fast as write-good', ratio('write-good slice', 'packs corpus'), { least: 150 })
row('all packs: times as fast as textlint', ratio('textlint slice', 'packs corpus'), { least: 300 })
row('all packs: times as fast as harper.js', ratio('harper short', 'packs corpus'), { least: 1_000 })
row('50,000 rules: time against 100 rules', ratio('phrases-50000 corpus', 'phrases-100 corpus'), { most: 1.3, note: `hits ${found.get('phrases-50000 corpus')} and ${found.get('phrases-100 corpus')}` })
row('50,000 rules that share one word: time against others', ratio('shared-50000 corpus', 'phrases-50000 corpus'), { most: 2 })
row('ten times the hits: time against ordinary text', ratio('phrases-50000 dense', 'phrases-50000 corpus'), { most: 2, note: `hits ${found.get('phrases-50000 dense')} and ${found.get('phrases-50000 corpus')}` })

say('typing')
const typing = []
for (let n = 0; n < 3; n++) typing.push(await once('typing.mjs', [engine.file, textsFile], ['--expose-gc', '--max-semi-space-size=256']))
row('key in 10,000 words (p95) against a full scan', typing.map(({ key, full }) => quantile(key, 0.95) / median(full)), { most: 1 / 40, note: `key p95 ${round(median(typing.map(({ key }) => quantile(key, 0.95))))} ms, full ${round(median(typing.map(({ full }) => median(full))))} ms` })
row('garbage of a key, bytes', typing.map(({ garbage }) => garbage), { most: 2_048 })

say('searching for the worst text')
const worst = []
for (const seed of ['1', '2']) worst.push(await once('worst.mjs', [engine.file, textsFile, seed]))
row('worst text found: time a character against ordinary text', worst.map(({ ratio: value }) => value), { most: 5, note: `worst ${JSON.stringify(worst.sort((a, b) => b.ratio - a.ratio)[0].unit.slice(0, 60))}` })

say('fresh frames')
const { compileRuleset, encodeRuleset } = await import(engine.file)
const bytes = encodeRuleset(compileRuleset([phrasePack(makePhrases(10_000))]))
if (findBrowser()) {
  const ways = await timeFrames(bytes, WORK, 15)
  const [way, took] = Object.entries(ways).filter(([name]) => name !== 'none').sort((a, b) => median(a[1]) - median(b[1]))[0]
  row('10,000 rules ready in a fresh frame, ms', took, { most: 5, note: `by ${way}; ${Object.entries(ways).map(([name, values]) => `${name} ${round(median(values))}`).join(', ')}; ${Math.round(bytes.byteLength / 1024)} KB` })
} else say('No browser was found: the fresh frame is not measured.')

row('engine without pack compiler, gzip KB', [gzipSync(runtime.code, { level: 9 }).length / 1024], { most: 12 })
const { different, compared } = compareWithReference(phrasePack(makePhrases(1_000)), corpus)
row('hits that differ from the reference matcher', [different], { most: 0, note: `${compared} compared` })

if (json) process.stdout.write(`${JSON.stringify(rows)}\n`)
else console.log(`${rows.filter(({ met }) => met).length} of ${rows.length} goals met`)
