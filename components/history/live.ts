import {
  countedDays, latestNumber, listRecords, newestFound, numbersBetween, numbersOfDay, numbersOfHost, numbersSince, recordsByNumber, searchRecords, type ReviewRecord,
} from '../../lib/store/index.ts'
import { TIERS, type Tier } from '../../lib/engine/index.ts'
import { productOf } from '../shell/words.ts'
import type { HistoryOutcome, HistoryRow } from './model.ts'
import type { RowPort } from './rows.ts'

/** History's rows out of this device's database. */
export const rowPort: RowPort = {
  newest: async (limit) => (await listRecords({ limit })).map(rowOf),
  latest: latestNumber, days: countedDays, ofDay: numbersOfDay, since: numbersSince, ofHost: numbersOfHost, between: numbersBetween, newestFound, search: searchRecords,
  rows: async (numbers) => (await recordsByNumber(numbers)).map(rowOf),
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
