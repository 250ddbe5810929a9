// `npm run bench:team`: a team's way through its store in real browsers; `-- --json` prints [{figure, value, goal, met}]; `-- --only couple|many|month` for one part; `-- --objects N --members N --entries N` for less.
// `month` runs only where it is asked for: it starts a real Ceph, and writes a month of a team's records into it.
import { coupleRows, manyRows } from '../bench/team/rows.mjs'
import { monthRows } from '../bench/team/month.mjs'
import { number, onlyOf, runParts, say } from './bench-command.mjs'

const PARTS = {
  couple: () => coupleRows({ entries: number('entries', 50_000) }, say),
  many: () => manyRows({ objects: number('objects', 100_000), members: number('members', 1_000) }, say),
  month: () => monthRows({ members: number('members', 1_000) }, say),
}
const { month: _asked, ...usual } = PARTS
const only = onlyOf(PARTS)
await runParts(only === null ? usual : { [only]: PARTS[only] })
