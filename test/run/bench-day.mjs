// `npm run bench:day`: eight hours of use pressed together, in real Chromium with the real build: drafts opened, written and closed in many tabs, in each tab one that is held, settled and signed by keys.
// What may not happen: memory that grows, an error that nobody caught, a signature without its record. `-- --drafts N --tabs N` for less; `-- --json` prints [{figure, value, goal, met}].
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { dayRows } from '../bench/day.mjs'
import { printFigures } from '../bench/figures.mjs'
import { buildExtension } from './build.mjs'
import { OUTPUT } from './paths.mjs'

const { values } = parseArgs({ options: { drafts: { type: 'string', default: '5000' }, tabs: { type: 'string', default: '50' }, json: { type: 'boolean', default: false } } })
const [drafts, tabs] = [Number(values.drafts), Number(values.tabs)]
if (!(tabs >= 2) || !(drafts >= tabs)) {
  console.error('Two tabs at least, and a draft for each.')
  process.exit(2)
}
if (!existsSync(join(OUTPUT, 'chrome-mv3', 'manifest.json'))) await buildExtension()
printFigures(await dayRows({ drafts, tabs }, (text) => { if (!values.json) console.error(text) }), values.json)
