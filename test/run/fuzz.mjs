import { parseArgs } from 'node:util'
import { tool } from './paths.mjs'
import { runNode } from './processes.mjs'
import { setup } from './setup.mjs'

const USAGE = `npm run fuzz -- [NAME] [--minutes N | --runs N] [--seed N]

Sends what strangers could send to all fuzzers of test/fuzz, or to the one with that name. What breaks a promise is made small and kept in test/fuzz/kept, where
npm test tries it from then on. Without --minutes and --runs each fuzzer runs as in npm test.`

let options
try {
  options = parseArgs({ allowPositionals: true, options: { minutes: { type: 'string' }, runs: { type: 'string' }, seed: { type: 'string' } } })
} catch (error) {
  stop(error.message)
}
const { positionals: [name, ...rest], values: { minutes, runs, seed } } = options
if (rest.length > 0 || (minutes && runs)) stop('One name at most, and either minutes or runs.')
for (const [what, said] of Object.entries({ minutes, runs, seed })) if (said !== undefined && !(Number(said) > 0)) stop(`--${what} takes a number above 0, not "${said}".`)

await setup()
const env = Object.fromEntries(Object.entries({ FUZZ_ONLY: name, FUZZ_MINUTES: minutes, FUZZ_RUNS: runs, FUZZ_SEED: seed }).filter(([, said]) => said !== undefined))
const { code } = await runNode(tool('vitest'), ['run', '--project', 'unit', 'test/fuzz'], { env })
process.exitCode = code

function stop(why) {
  console.error(`${why}\n\n${USAGE}`)
  process.exit(2)
}
