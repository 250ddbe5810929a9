import {
  correctionsAround, countedDays, entriesOf, getRecord, latestNumber, listRecords, newestFound, numbersBetween, numbersOfDay, numbersOfHost, numbersSince, recordsByNumber, searchRecords, type LedgerRow, type ReviewRecord,
} from '../../lib/store/index.ts'
import { TIERS, type Tier } from '../../lib/engine/index.ts'
import { productOf } from '../shell/words.ts'
import { itemsOf, type HistoryOutcome, type HistoryRecord, type HistoryRow } from './model.ts'
import type { RowPort } from './rows.ts'

export const rowPort: RowPort = {
  newest: async (limit) => (await loadRows('', limit)).rows,
  latest: latestNumber, days: countedDays, ofDay: numbersOfDay, since: numbersSince, ofHost: numbersOfHost, between: numbersBetween, newestFound, search: searchRecords,
  rows: async (numbers) => (await recordsByNumber(numbers)).map(rowOf),
}

/** The newest `limit` records that the query finds; every word of the query must begin a word of the record. `older`: there are more. */
export async function loadRows(query: string, limit: number): Promise<{ readonly rows: readonly HistoryRow[]; readonly older: boolean }> {
  const numbers = await searchRecords(query)
  const records = numbers === null ? await listRecords({ limit: limit + 1 }) : await recordsByNumber(numbers.slice(0, limit + 1))
  return { rows: records.slice(0, limit).map(rowOf), older: records.length > limit }
}

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

/** A record as a line of the list. */
export function rowOf(record: ReviewRecord): HistoryRow {
  const counts: Record<Tier, number> = { note: 0, review: 0, approve: 0, block: 0 }
  const seen = new Set<string>()
  for (const { fingerprint, tier } of [...record.findings, ...record.decisions]) {
    if (!seen.has(fingerprint) && TIERS.includes(tier)) counts[tier] += 1
    seen.add(fingerprint)
  }
  return {
    id: record.number, at: record.updated, subject: record.subject, site: record.site, host: record.host, verdict: record.origin.verdict,
    product: productOf(record.origin), counts, categories: [...new Set([...record.categories, ...record.decisions.map((decision) => decision.category)])],
    outcome: outcomeOf(record), person: (record.signOff ?? record.unchecked)?.reviewer.name ?? '',
  }
}

function outcomeOf(record: ReviewRecord): HistoryOutcome {
  switch (record.outcome) {
    case 'sent': return record.signOff ? 'signed' : 'clean'
    case 'signed': return 'unsent'
    case 'held': return 'held'
    case 'overridden': return 'overridden'
    case 'unreviewed': return 'unreviewed'
  }
}
