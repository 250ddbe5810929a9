import { correctionsAround, entriesOf, getRecord, type LedgerRow, type ReviewRecord } from '../../lib/store/index.ts'
import { rowOf } from './live.ts'
import { itemsOf, type HistoryRecord } from './model.ts'

/** One record in full, null where there is none. `titleOf` names a rule by its id. */
export async function loadRecord(number: number, titleOf: (rule: string) => string | null): Promise<HistoryRecord | null> {
  const record = await getRecord(number)
  if (!record) return null
  const corrections = await correctionsAround(record)
  const items = itemsOf({ findings: record.findings, decisions: record.decisions, corrections: corrections.filter((made) => made.at <= record.updated), titleOf })
  const entry = await entryFor(record)
  return {
    row: rowOf(record), draft: { recipients: record.recipients, blocks: record.blocks, kind: record.kind, text: record.text },
    origin: record.origin, requirement: record.requirement, items, findings: record.findings, signOff: record.signOff, sent: record.sent,
    unchecked: record.unchecked && { person: record.unchecked.reviewer.name, reason: record.unchecked.reason },
    heldFor: record.heldAt !== null && record.signOff ? Math.max(0, record.signOff.at - record.heldAt) : null,
    digest: record.digest, entry: entry && { seq: entry.seq, digest: entry.digest, prev: entry.prev },
  }
}

/** The kinds of entry that prove a record, the strongest last. */
const PROOF = ['held', 'unreviewed', 'sent', 'overridden', 'signed']

/** The ledger's entry that stands for a record: its signature if it has one, else what is known of it. */
async function entryFor(record: ReviewRecord): Promise<LedgerRow | null> {
  let best: LedgerRow | null = null
  for (const row of await entriesOf(record.session)) {
    if (row.body['digest'] !== record.digest) continue
    if (PROOF.indexOf(row.kind) > (best ? PROOF.indexOf(best.kind) : -1)) best = row
  }
  return best
}
