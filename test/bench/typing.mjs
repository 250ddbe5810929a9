// Typing in a draft of 10,000 words with all packs. A process of its own with a young heap so large that nothing is collected meanwhile: what the heap grows by is what was allocated.
import { readFileSync } from 'node:fs'
import { allPacks, draftOf } from './contestants.mjs'
import { randomFrom } from './random.mjs'

const KEYS = 300
const [engineFile, textsFile] = process.argv.slice(2)
const engine = await import(engineFile)
const { article } = JSON.parse(readFileSync(textsFile, 'utf8'))
const ruleset = engine.compileRuleset(allPacks(engine))
const random = randomFrom(3)

/** As they stand after all keys so far. */
const paragraphs = [...article]

/** The drafts that the next `count` keys make, one each, at places all over the text; each is made when it is asked for, as an editor's is read. */
function* typed(count) {
  for (let key = 0; key < count; key++) {
    const at = Math.floor(random() * paragraphs.length)
    const middle = paragraphs[at].length >> 1
    paragraphs[at] = `${paragraphs[at].slice(0, middle)}e${paragraphs[at].slice(middle)}`
    const draft = draftOf(paragraphs)
    // Joined strings are laid flat when they are first read, which is the editor's cost and not the engine's.
    draft.text.charCodeAt(0)
    yield draft
  }
}

// As where people write: what stands behind a key is moved, not made anew.
const scanner = engine.createScanner(ruleset, { live: true })
const full = []
for (const draft of typed(60)) {
  scanner.scan(draft)
  const fresh = engine.createScanner(ruleset)
  const start = process.cpuUsage()
  fresh.scan(draft)
  const { user, system } = process.cpuUsage(start)
  full.push((user + system) / 1000)
}
for (const draft of typed(KEYS)) scanner.scan(draft)

const keys = []
for (const draft of typed(KEYS)) {
  const start = process.cpuUsage()
  scanner.scan(draft)
  const { user, system } = process.cpuUsage(start)
  keys.push((user + system) / 1000)
}
const drafts = [...typed(KEYS)]
globalThis.gc()
const before = process.memoryUsage().heapUsed
for (let i = 0; i < KEYS; i++) scanner.scan(drafts[i])
const garbage = (process.memoryUsage().heapUsed - before) / KEYS
process.send({ key: keys, full: full.slice(30), garbage })
