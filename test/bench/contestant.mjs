// A process of its own for each contestant, so that no heap and no compiler state is shared. Told by message what to scan; answers in CPU time of this process.
import { readFileSync } from 'node:fs'
import { CONTESTANTS } from './contestants.mjs'

const [name, engineFile, textsFile] = process.argv.slice(2)
const texts = JSON.parse(readFileSync(textsFile, 'utf8'))
const engine = engineFile === '-' ? {} : await import(engineFile)
const scan = await CONTESTANTS[name](engine)
let found = 0

/** Scans `text` `times` times; CPU milliseconds of one. */
async function measure(text, times) {
  const paragraphs = texts[text]
  const before = process.cpuUsage()
  for (let n = 0; n < times; n++) found = await scan(paragraphs)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / times
}

process.on('message', async ({ text, times }) => {
  process.send({ ms: await measure(text, times), found, length: texts[text].reduce((sum, one) => sum + one.length + 1, 0) })
})
process.send({ ready: true })
