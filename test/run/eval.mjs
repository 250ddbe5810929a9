// `npm run eval`: how often the engine, the packs and origin are right on labelled sets. `-- --json` prints [{figure, value, goal, met}]; `-- NAME` runs one part.
import { resolve } from 'node:path'
import { ROOT } from './paths.mjs'
import { isMet } from '../eval/figure.ts'
import { SECTIONS } from '../eval/index.ts'

const args = process.argv.slice(2)
const json = args.includes('--json')
const wanted = args.filter((arg) => !arg.startsWith('--'))
const data = resolve(ROOT, process.env['COUNTERSIGN_DATA'] ?? '../shared', 'data')

const unknown = wanted.filter((name) => !(name in SECTIONS))
if (unknown.length) {
  console.error(`There is no part called ${unknown.join(', ')}. There are: ${Object.keys(SECTIONS).join(', ')}`)
  process.exit(2)
}

const rows = []
for (const [name, run] of Object.entries(SECTIONS)) {
  if (wanted.length && !wanted.includes(name)) continue
  const { title, figures, notes = [] } = await run(data)
  rows.push(...figures.map((figure) => ({ ...figure, met: isMet(figure) })))
  if (!json) print(title, figures, notes)
}
if (json) console.log(JSON.stringify(rows.map(({ figure, value, goal, met }) => ({ figure, value, goal, met }))))
else {
  const judged = rows.filter(({ met }) => met !== null)
  console.log(`${judged.filter(({ met }) => met).length} of ${judged.length} goals met`)
}

function print(title, figures, notes) {
  console.log(title)
  const width = Math.max(0, ...figures.map(({ figure }) => figure.length))
  for (const figure of figures) {
    const { value, goal, wants, counts = '', interval } = figure
    const between = interval ? `[${interval.map((end) => end.toFixed(3)).join(', ')}]` : ''
    const judged = goal === null ? '' : `goal ${wants === 'at-least' ? 'at least' : 'at most'} ${goal}  ${isMet(figure) ? 'met' : 'NOT MET'}`
    console.log(`  ${figure.figure.padEnd(width)}  ${value.toFixed(3).padStart(8)}  ${between.padEnd(16)}  ${counts.padEnd(16)}  ${judged}`.trimEnd())
  }
  for (const note of notes) console.log(`  note: ${note}`)
  console.log()
}
