// `npm run bench:team`: a team's way through its store in real browsers; `-- --json` prints [{figure, value, goal, met}]; `-- --only couple|many|month` for one part; `-- --objects N --members N --entries N` for less.
// `month` runs only where it is asked for: it starts a real Ceph, and writes a month of a team's records into it.
import { coupleRows, manyRows } from '../bench/team/rows.mjs'
import { monthRows } from '../bench/team/month.mjs'
import { printFigures } from '../bench/figures.mjs'

const json = process.argv.includes('--json')
const say = (text) => { if (!json) console.error(text) }
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  if (at < 0) return otherwise
  const value = Number(process.argv[at + 1])
  if (Number.isInteger(value) && value > 0) return value
  console.error(`--${name} takes a whole number`)
  process.exit(2)
}
const PARTS = {
  couple: () => coupleRows({ entries: option('entries', 50_000) }, say),
  many: () => manyRows({ objects: option('objects', 100_000), members: option('members', 1_000) }, say),
  month: () => monthRows({ members: option('members', 1_000) }, say),
}
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null
if (only !== null && !(only in PARTS)) {
  console.error(`--only takes ${Object.keys(PARTS).join(', ')}`)
  process.exit(2)
}
const rows = []
for (const [name, part] of Object.entries(PARTS)) if (only === null ? name !== 'month' : only === name) rows.push(...(await part()))
printFigures(rows, json)
