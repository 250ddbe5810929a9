// Searches for text that costs the engine most per character: random pieces, kept and changed while they get slower, for a given time. Sends the worst it found against ordinary text.
import { readFileSync } from 'node:fs'
import { allPacks, draftOf } from './contestants.mjs'
import { pick, randomFrom } from './random.mjs'

const [engineFile, textsFile, seed = '1', seconds = '30'] = process.argv.slice(2)
const engine = await import(engineFile)
const texts = JSON.parse(readFileSync(textsFile, 'utf8'))
const packs = allPacks(engine)
const ruleset = engine.compileRuleset(packs)
const random = randomFrom(Number(seed))

const words = [...new Set(packs.flatMap((pack) => pack.rules.flatMap((rule) => [...rule.match, ...rule.unless, ...rule.near])).flatMap((pattern) => pattern.match(/[\p{L}']+/gu) ?? []))]
const SIGNS = ['$', '€', '1', '12', '2026', '1,299.00', '20%', ' ', ' ', ' ', '.', '. ', ', ', '-', '(', ')', '[', ']', '{', '}', '<', ':', '/', '@', '"', '“', '”', '`', '\'', '+49', '4111 1111', '\u00a0', '\u200b', '\u0301', '\ud83d', '😀', 'é', 'ﬁ', 'Ж', 'www.', 'http://', 'sk-', 'eyJ', 'turn0', 'DE89', '\n', '?', '!', '%', '—']
const piece = () => (random() < 0.5 ? `${pick(random, words)} ` : pick(random, SIGNS))

/** Long enough that what happens a bounded number of times a draft, as checks do, does not count as a price of each character. */
const SAMPLE = 60_000
const until = process.hrtime.bigint() + BigInt(seconds) * 1_000_000_000n
const isOver = () => process.hrtime.bigint() > until
const filled = (unit, length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

/** CPU microseconds a character, the best of `times`. */
function cost(text, times = 1) {
  const draft = draftOf(text.split('\n'))
  let least = Infinity
  for (let n = 0; n < times; n++) {
    const start = process.cpuUsage()
    engine.createScanner(ruleset).scan(draft)
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, user + system)
  }
  return least / text.length
}

const ordinary = texts.corpus.join('\n')
cost(ordinary, 4)

const changed = (unit) => {
  const parts = [...unit]
  const at = Math.floor(random() * (parts.length + 1))
  if (random() < 0.5) parts.splice(at, 0, piece())
  else if (random() < 0.5) parts.splice(at, 1 + Math.floor(random() * 4))
  else parts.splice(at, 0, ...parts.slice(0, Math.floor(random() * parts.length)))
  return parts.join('').slice(0, 400) || piece()
}

const pool = Array.from({ length: 40 }, () => Array.from({ length: 1 + Math.floor(random() * 6) }, piece).join('')).map((unit) => ({ unit, value: cost(filled(unit, SAMPLE)) }))
while (!isOver()) {
  pool.sort((a, b) => b.value - a.value)
  const unit = changed(pool[Math.floor(random() ** 2 * 12)].unit)
  const value = cost(filled(unit, SAMPLE), 2)
  if (value > pool.at(-1).value) pool[pool.length - 1] = { unit, value }
}
pool.sort((a, b) => b.value - a.value)
// Confirmed at the full length a draft may have.
const { unit } = pool[0]
process.send({ ratio: cost(filled(unit, 999_000), 2) / cost(ordinary, 3), unit })
