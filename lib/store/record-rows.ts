import type { DraftRecord } from '../guard/types.ts'
import type { SeenBy } from '../guard/unseen/judge.ts'
import type { SendKind } from '../sites/types.ts'
import type { Decision, Reviewer, SignOff } from '../review/index.ts'
import { db, type ReviewRecord } from './db.ts'
import { readAhead, recount } from './tallies.ts'
import { wordsOf } from './words.ts'

/** A record that is about to be written: the number comes with the first writing. */
type Unnumbered = Omit<ReviewRecord, 'number'>

/** What happened to a draft, as it changes its record. */
export type Happening =
  | { readonly kind: 'held'; readonly way: SendKind }
  | { readonly kind: 'signed'; readonly signOff: SignOff }
  | { readonly kind: 'unchecked'; readonly reviewer: Reviewer; readonly reason: string }
  | { readonly kind: 'sent'; readonly way: SendKind; readonly seen?: SeenBy | undefined }

/**
 * The record that a draft belongs to: the latest of its session. A draft that has left and was changed since starts a new one,
 * so that a post that is updated three times has three records.
 */
export async function currentRow(session: string, digest: string): Promise<ReviewRecord | null> {
  const rows = await db.records.where('session').equals(session).sortBy('number')
  const latest = rows.at(-1)
  return latest && (latest.sent === null || latest.digest === digest) ? latest : null
}

/** Name under which a happening is noted, to know it again. */
export function notedAs(happening: Happening, digest: string): string {
  return `${happening.kind}:${digest}`
}

/**
 * Writes what happened into the draft's record and gives its number. Done a second time it changes nothing.
 * Runs inside the caller's transaction over `records`, `tallies` and `meta`.
 */
export async function noteRow(record: DraftRecord, happening: Happening, at: number, keepText: boolean): Promise<number> {
  // Asked for at once. The day of a new record is that of its writing; that of an older one is nearly always the same.
  const ahead = readAhead(at)
  const [row] = await Promise.all([currentRow(record.session, record.digest), ahead])
  const name = notedAs(happening, record.digest)
  if (row?.noted.includes(name)) return row.number
  const next: Unnumbered = {
    ...contentsOf({ ...record, decisions: [...fixedBefore(row, record), ...record.decisions] }, keepText),
    at: row?.at ?? at,
    updated: at,
    noted: [...(row?.noted ?? []), name],
    heldAt: row?.heldAt ?? null,
    signOff: row?.signOff ?? null,
    unchecked: row?.unchecked ?? null,
    sent: row?.sent ?? null,
    outcome: row?.outcome ?? 'held',
    ...changedBy(happening, record, row, at),
  }
  if (row) {
    const { number } = row
    await Promise.all([db.records.put({ ...next, number }), recount(row, { ...next, number }, ahead)])
    return number
  }
  const number = await db.records.add({ ...next })
  await recount(null, { ...next, number }, ahead)
  return number
}

/** What was changed before an earlier signature of this draft: the page side tells of it once, the record goes on saying it unless the words came back. */
function fixedBefore(row: ReviewRecord | null, { findings, decisions }: DraftRecord): readonly Decision[] {
  const spoken = new Set([...findings, ...decisions].map(({ fingerprint }) => fingerprint))
  return (row?.decisions ?? []).filter(({ outcome, fingerprint }) => outcome === 'fixed' && !spoken.has(fingerprint))
}

function changedBy(happening: Happening, record: DraftRecord, row: ReviewRecord | null, at: number): Partial<Unnumbered> {
  switch (happening.kind) {
    case 'held': return { outcome: 'held', heldAt: row?.heldAt ?? at }
    case 'signed': return { outcome: happening.signOff.override ? 'overridden' : 'signed', signOff: happening.signOff }
    case 'unchecked': return { unchecked: { reviewer: happening.reviewer, reason: happening.reason, at } }
    case 'sent': {
      const signed = row?.signOff?.digest === record.digest ? row.signOff : null
      const outcome = signed?.override ? 'overridden' : signed || record.requirement.tier === 'note' ? 'sent' : 'unreviewed'
      return { outcome, sent: { at, kind: happening.way, ...(happening.seen ? { seen: happening.seen } : {}) } }
    }
  }
}

function contentsOf(record: DraftRecord, keepText: boolean) {
  const { draft, findings } = record
  const people = draft.recipients.flatMap(({ name, address }) => [name, address ?? ''])
  const quotes = findings.flatMap(({ title, quote }) => [title, quote])
  return {
    session: record.session, site: record.site, host: record.host, kind: draft.kind, subject: draft.subject, recipients: draft.recipients,
    digest: record.digest, length: draft.text.length, origin: record.origin, requirement: record.requirement, findings, decisions: record.decisions,
    text: keepText ? draft.text : null,
    blocks: keepText ? draft.blocks : [],
    categories: [...new Set(findings.map((finding) => finding.category))],
    rules: [...new Set(findings.map((finding) => finding.rule))],
    words: wordsOf([draft.subject, ...people, record.host, ...quotes, ...record.decisions.map((decision) => decision.quote), ...(keepText ? [draft.text] : [])]),
  }
}
