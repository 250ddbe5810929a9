// `npm run bench:learning`: the database with a million corrections, the dashboard on it, the simulated team, and kills; `-- --json` prints [{figure, value, goal, met}];
// `-- --corrections N --records N --kills N --reps N --opens N` for less; `-- --only pages|simulation|crash` for one part. The filled profile is kept; `-- --again open,scroll,write,backtest,propose` measures
// some of it on the profile as the last run left it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { crashRuns } from '../bench/learning/crash.mjs'
import { MEASURES, pageRows } from '../bench/learning/pages.mjs'
import { simulationRows } from '../bench/learning/simulation.mjs'
import { buildExtension } from './build.mjs'
import { OUTPUT } from './paths.mjs'

const json = process.argv.includes('--json')
const say = (text) => { if (!json) console.error(text) }
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  if (at < 0) return otherwise
  const value = Number(process.argv[at + 1])
  if (Number.isInteger(value) && value >= 0) return value
  console.error(`--${name} takes a whole number`)
  process.exit(2)
}
const word = (name) => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] ?? '' : null)
const again = word('again')?.split(',') ?? null
const only = again ? 'pages' : word('only')
if (again?.some((part) => !MEASURES.includes(part))) {
  console.error(`--again takes ${MEASURES.join(', ')}`)
  process.exit(2)
}
const PARTS = {
  simulation: () => simulationRows({ reps: option('reps', 12) }, say),
  pages: () => pageRows({ records: option('records', 200_000), corrections: option('corrections', 1_000_000), opens: option('opens', 40), ...(again ? { again: true, parts: again } : {}) }, say),
  crash: async () => {
    const { kills, acknowledged, lost, broken } = await crashRuns({ runs: option('kills', 200), say })
    const row = (figure, value, goal, most = true) => ({ figure, value, goal, most, unit: '' })
    return [row('worker and browser killed', kills, null), row('acknowledged reviews looked for', acknowledged, null), row('acknowledged reviews lost', lost, 0), row('databases broken', broken, 0)]
  },
}
if (only !== null && !(only in PARTS)) {
  console.error(`--only takes ${Object.keys(PARTS).join(', ')}`)
  process.exit(2)
}
if (!existsSync(join(OUTPUT, 'chrome-mv3', 'manifest.json'))) await buildExtension()

const rows = []
for (const [name, part] of Object.entries(PARTS)) if (only === null || only === name) rows.push(...(await part()))
const told = rows.map(({ value, goal, most, ...row }) => ({ ...row, value: Math.round(value * 1_000) / 1_000, goal, most, met: goal === null ? null : most ? value <= goal : value >= goal }))
if (json) console.log(JSON.stringify(told.map(({ figure, value, goal, met }) => ({ figure, value, goal, met }))))
else {
  const width = Math.max(...told.map(({ figure }) => figure.length))
  for (const { figure, value, goal, met, most, unit } of told) console.log(`${figure.padEnd(width)}  ${String(value).padStart(12)} ${(unit ?? '').padEnd(8)} ${goal === null ? '' : `goal at ${most ? 'most' : 'least'} ${goal}  ${met ? 'met' : 'NOT MET'}`}`)
}
