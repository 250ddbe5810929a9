// `npm run bench:signoff`: the gate, the signature and the ledger as a table; `-- --json` prints [{figure, value, goal, met}]; `-- --entries N` for a smaller ledger than 1,000,000; `-- --only gate|ledger` for one part.
import { decisionRows } from '../bench/signoff/decision.mjs'
import { ledgerRows } from '../bench/signoff/ledger.mjs'

const json = process.argv.includes('--json')
const given = process.argv.indexOf('--entries')
const entries = given < 0 ? 1_000_000 : Number(process.argv[given + 1])
if (!Number.isInteger(entries) || entries < 10_000) {
  console.error('--entries takes a whole number from 10000 on')
  process.exit(2)
}

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : null
if (only !== null && only !== 'gate' && only !== 'ledger') {
  console.error('--only takes gate or ledger')
  process.exit(2)
}

const say = (text) => { if (!json) console.error(text) }
const PARTS = { gate: () => decisionRows(say), ledger: () => ledgerRows(entries, say) }
const found = []
for (const [name, part] of Object.entries(PARTS)) if (only === null || only === name) found.push(...(await part()))
const rows = found.map(({ value, goal, most, ...row }) => ({ ...row, value: Math.round(value * 10) / 10, goal, met: goal === null ? null : most ? value <= goal : value >= goal, most }))

if (json) console.log(JSON.stringify(rows.map(({ figure, value, goal, met }) => ({ figure, value, goal, met }))))
else {
  console.log(`The gate, and a ledger of ${entries.toLocaleString('en')} entries`)
  const width = Math.max(...rows.map(({ figure }) => figure.length))
  for (const { figure, value, goal, met, most, unit } of rows) console.log(`${figure.padEnd(width)}  ${String(value).padStart(11)} ${unit.padEnd(9)} ${goal === null ? '' : `goal at ${most ? 'most' : 'least'} ${goal}  ${met ? 'met' : 'NOT MET'}`}`)
}
