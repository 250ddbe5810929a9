// `npm run bench:learning`: the database with a million corrections, the dashboard on it, the simulated team, and kills; `-- --json` prints [{figure, value, goal, met}];
// `-- --corrections N --records N --kills N --reps N --opens N` for less; `-- --only pages|simulation|crash` for one part. The filled profile is kept; `-- --again open,scroll,write,backtest,propose` measures
// some of it on the profile as the last run left it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { crashRuns } from '../bench/learning/crash.mjs'
import { MEASURES, pageRows } from '../bench/learning/pages.mjs'
import { simulationRows } from '../bench/learning/simulation.mjs'
import { number, onlyOf, refuse, runParts, say, word } from './bench-command.mjs'
import { buildExtension } from './build.mjs'
import { OUTPUT } from './paths.mjs'

const again = word('again')?.split(',') ?? null
if (again?.some((part) => !MEASURES.includes(part))) refuse(`--again takes ${MEASURES.join(', ')}`)
const PARTS = {
  simulation: () => simulationRows({ reps: number('reps', 12) }, say),
  pages: () => pageRows({ records: number('records', 200_000, 0), corrections: number('corrections', 1_000_000, 0), opens: number('opens', 40), ...(again ? { again: true, parts: again } : {}) }, say),
  crash: async () => {
    const { kills, acknowledged, lost, broken } = await crashRuns({ runs: number('kills', 200), say })
    const row = (figure, value, goal) => ({ figure, value, goal })
    return [row('worker and browser killed', kills, null), row('acknowledged reviews looked for', acknowledged, null), row('acknowledged reviews lost', lost, 0), row('databases broken', broken, 0)]
  },
}
const only = again ? 'pages' : onlyOf(PARTS)
if (!existsSync(join(OUTPUT, 'chrome-mv3', 'manifest.json'))) await buildExtension()
await runParts(only === null ? PARTS : { [only]: PARTS[only] })
