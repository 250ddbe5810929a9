import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { MUTATION, OUTPUT } from './paths.mjs'
import { setup } from './setup.mjs'

/**
 * `npm run mutation`: each line of the pure rooms is changed on purpose, one change at a time, and the unit tests must go red. The share that does is the score.
 * `-- policy review` takes rooms, `-- lib/review/gate.ts` files. What no test noticed is printed with its place; a page with all of it lies in `.output/mutation`.
 * A room takes minutes, all of them hours: `--share 0.1 --seed 7` tries one change in ten, the same ones for the same seed, and gives the interval that goes with so few.
 * Leaves with 1 where the score is under the goal.
 */
const ROOMS = ['engine', 'packs', 'origin', 'policy', 'review', 'learning']
/** Written by a command from data; a test compares the bytes, and a changed copy of it would fail that test before any change is tried. */
const GENERATED = ['!lib/origin/marks-data.ts']
/** Per cent of the changes that a test must notice. */
const GOAL = 85

const patternOf = (asked) => (ROOMS.includes(asked) ? `lib/${asked}/**/*.ts` : asked)
const { values: asked, positionals } = parseArgs({ options: { share: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } }, allowPositionals: true })
const share = Number(asked.share)
if (!(share > 0 && share <= 1)) {
  console.error('--share takes a number above 0 and up to 1')
  process.exit(2)
}
process.env['COUNTERSIGN_MUTATION_SHARE'] = String(share)
process.env['COUNTERSIGN_MUTATION_SEED'] = asked.seed
if (positionals.length === 0 || positionals.some((one) => /^review$|review\/(team|approval)/.test(one))) process.env['COUNTERSIGN_MUTATION_ABOVE'] = '1'
const mutate = [...(positionals.length ? positionals : ROOMS).map(patternOf), '!**/*.test.ts', '!**/*.fixture.ts', '!lib/packs/node/**', ...GENERATED]

await setup([MUTATION])
const sample = pathToFileURL(join(MUTATION, 'sample.mjs')).href
const { isInSample } = await import(sample)
const reports = join(OUTPUT, 'mutation')
mkdirSync(reports, { recursive: true })
const package_ = (name, file) => pathToFileURL(join(MUTATION, 'node_modules', name, file)).href
const { Stryker } = await import(package_('@stryker-mutator/core', 'dist/src/index.js'))
const results = await new Stryker({
  mutate,
  testRunner: 'vitest',
  plugins: [package_('@stryker-mutator/vitest-runner', 'dist/src/index.js'), sample],
  checkers: share < 1 ? ['sample'] : [],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: true },
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  htmlReporter: { fileName: join(reports, 'mutation.html') },
  jsonReporter: { fileName: join(reports, 'mutation.json') },
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  // Texts are for people and changing one breaks no promise; what a static change does is told by every test at once and would take the whole run each time.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignoreStatic: true,
  ignorePatterns: ['.output', 'test/apps', 'test/e2e', 'test/editors', 'test/desk', 'test/eval', 'test/bench', 'test/firefox', 'test/fuzz', 'test/store', '.github', '.ci'],
  tempDirName: join(reports, 'work'),
  disableTypeChecks: false,
  concurrency: Math.max(1, Math.min(4, availableParallelism() - 1)),
  timeoutMS: 20_000,
  thresholds: { high: GOAL, low: GOAL, break: null },
  allowConsoleColors: false,
}).runMutationTest()

// What no test runs at all is told before the sample is drawn; its share is drawn here, by the same rule.
const tried = results.filter((result) => result.status !== 'NoCoverage' || isInSample(result, { share, seed: asked.seed }))
const count = (status) => tried.filter((result) => result.status === status).length
const noticed = count('Killed') + count('Timeout')
const all = noticed + count('Survived') + count('NoCoverage')
const score = all ? (100 * noticed) / all : 100
console.log(`\n${all} changes${share < 1 ? ` (share ${share}, seed ${asked.seed})` : ''}, ${noticed} noticed: ${score.toFixed(1)} of ${GOAL} per cent${share < 1 ? `, 95 % interval ${interval(noticed, all)}` : ''}`)
console.log(`${count('Survived')} survived, ${count('NoCoverage')} in lines that no test runs`)
process.exitCode = score >= GOAL ? 0 : 1

/** Wilson's interval of a share, in per cent. */
function interval(hits, of) {
  if (of === 0) return 'unknown'
  const z = 1.96
  const middle = (hits + (z * z) / 2) / (of + z * z)
  const reach = (z / (of + z * z)) * Math.sqrt((hits * (of - hits)) / of + (z * z) / 4)
  return `${(100 * (middle - reach)).toFixed(1)} to ${(100 * Math.min(1, middle + reach)).toFixed(1)}`
}
