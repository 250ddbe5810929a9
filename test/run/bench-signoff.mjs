// `npm run bench:signoff`: the gate, the signature and the ledger as a table; `-- --json` prints [{figure, value, goal, met}]; `-- --entries N` for a smaller ledger than 1,000,000; `-- --only gate|ledger` for one part.
import { decisionRows } from '../bench/signoff/decision.mjs'
import { ledgerRows } from '../bench/signoff/ledger.mjs'
import { number, onlyOf, runParts, say } from './bench-command.mjs'

const entries = number('entries', 1_000_000, 10_000)
const PARTS = { gate: () => decisionRows(say), ledger: () => ledgerRows(entries, say) }
const only = onlyOf(PARTS)
say(`The gate, and a ledger of ${entries.toLocaleString('en')} entries`)
await runParts(only === null ? PARTS : { [only]: PARTS[only] })
