import { domainOf } from '../policy/index.ts'
import type { DraftRecord, Rulebook } from '../guard/types.ts'
import type { SeenBy } from '../guard/unseen/judge.ts'
import { digestDraft, type Decision, type LedgerKind, type Reviewer, type SignOff } from '../review/index.ts'
import type { SendKind } from '../sites/types.ts'
import { approvalsOf } from './approvals.ts'
import { db, type DecisionRow, type ReviewRecord } from './db.ts'
import { guarded } from './errors.ts'
import { appendWith } from './ledger.ts'
import { currentRow, noteRow, notedAs, type Happening } from './record-rows.ts'
import { checkSignable } from './signable.ts'
import { forgetCorrections } from './corrections.ts'
import { recount, uncount } from './tallies.ts'

/** Decisions older than this are not offered again after a reload. */
const RECALL_WITHIN = 7 * 86_400_000

export interface Context {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** `Settings.keepTexts`. */
  readonly keepTexts: boolean
}

/** Notes that a send was stopped. */
export async function recordHeld(record: DraftRecord, way: SendKind, context: Context): Promise<number> {
  return note(record, { kind: 'held', way }, 'held', { way }, context)
}

/**
 * Notes a sign-off or an override, after checking again that it is one: the page side's word alone is not enough.
 * @throws {StoreError} `not-signable`, `stale-rules`; nothing is written then.
 */
export async function recordSigned(record: DraftRecord, signOff: SignOff, rulebook: Rulebook, context: Context): Promise<number> {
  // Asked for at once: a person waits for this writing.
  const [known, approvals] = await Promise.all([guarded(() => currentRow(record.session, record.digest)), approvalsOf(digestDraft(record.draft), rulebook, context.at)])
  // A message that came twice: it was checked by the rules of its time.
  if (known?.noted.includes(notedAs({ kind: 'signed', signOff }, record.digest))) return known.number
  checkSignable(record, signOff, rulebook, approvals.areas)
  const { reviewer, rulesetDigest, policyDigest, override, reading } = signOff
  const body = { reviewer, rulesetDigest, policyDigest, decisions: signOff.decisions.map(bare), ...(reading ? { reading } : {}), ...(approvals.given.length > 0 && !override ? { approvals: approvals.given } : {}), ...(override ? { reason: override.reason } : {}) }
  return note(record, { kind: 'signed', signOff: approvals.given.length > 0 && !override ? { ...signOff, approvals: approvals.given } : signOff }, override ? 'overridden' : 'signed', body, context)
}

/** Notes who lets a draft go that could not be checked, and why. It is noted before it leaves: unrecorded it stays. */
export async function recordUnchecked(record: DraftRecord, reason: string, reviewer: Reviewer, context: Context): Promise<void> {
  await note(record, { kind: 'unchecked', reviewer, reason }, 'overridden', { reviewer, reason, checked: false }, context)
}

/** Notes that a draft left. `signedAs` is the number that its signature was recorded under, null where there is none; `seen` says by what a send that passed no gate was known. */
export async function recordSent(record: DraftRecord, way: SendKind, signedAs: number | null, context: Context, seen?: SeenBy): Promise<number> {
  const row = await guarded(() => currentRow(record.session, record.digest))
  const signed = row?.signOff?.digest === record.digest
  const kind = signed || record.requirement.tier === 'note' ? 'sent' : 'unreviewed'
  return note(record, { kind: 'sent', way, seen }, kind, { way, signedAs, ...(seen ? { seen } : {}) }, context)
}

async function note(record: DraftRecord, happening: Happening, kind: LedgerKind, more: Readonly<Record<string, unknown>>, { at, keepTexts }: Context): Promise<number> {
  const { session, site, host, digest, requirement } = record
  const findings = record.findings.map(({ rule, packVersion, tier, fingerprint }) => ({ rule, packVersion, tier, fingerprint }))
  const body = { session, site, host, draft: record.draft.kind, digest, tier: requirement.tier, owners: requirement.owners, findings, ...(record.mode && record.mode !== 'enforce' ? { mode: record.mode } : {}), ...more }
  return appendWith({ kind, at, body, once: `${session}:${notedAs(happening, digest)}` }, [db.records, db.decisions, db.tallies], async () => {
    if (happening.kind === 'sent') await db.decisions.where('session').equals(session).modify({ concluded: 1 })
    return noteRow(record, happening, at, keepTexts)
  })
}

/** A decision without the words it is about: these stay out of the ledger. */
function bare({ fingerprint, rule, tier, outcome, reason, at }: Decision) {
  return { fingerprint, rule, tier, outcome, reason, at }
}

/** Notes one decision; the newest on the same words in the same session counts. `document` names the page it was made in, where known. */
export async function recordDecided(from: { session: string; site: string; document: string | null }, decision: Decision): Promise<void> {
  const { session, site, document } = from
  const row: DecisionRow = { session, site, document, fingerprint: decision.fingerprint, at: decision.at, concluded: 0, decision }
  const once = `${session}:decided:${decision.fingerprint}:${decision.outcome}:${decision.at}`
  await appendWith({ kind: 'decided', at: decision.at, body: { session, site, ...bare(decision) }, once }, [db.decisions], async () => {
    const known = await db.decisions.get([session, decision.fingerprint])
    if (!known || known.at <= row.at) await db.decisions.put(row)
  })
}

/** Notes that a decision was taken back: it is not recalled again, from whichever draft it came. */
export async function recordReopened(from: { session: string; site: string }, fingerprint: string, at: number): Promise<void> {
  const { session, site } = from
  const once = `${session}:reopened:${fingerprint}:${at}`
  await appendWith({ kind: 'decided', at, body: { session, site, fingerprint, outcome: 'reopened', at }, once }, [db.decisions], async () => {
    await db.decisions.where('[site+fingerprint]').equals([site, fingerprint]).and((row) => row.concluded === 0 && row.at <= at).delete()
  })
}

/**
 * Takes a dismissal back that is on record: the place counts as open from then on, in the record, in the scores and for later drafts. What was signed stays as it was signed,
 * and the ledger says who took back what, and where it was counted: whoever counts this ledger corrects the same place. False where there is no such dismissal (any more).
 */
export async function takeBackDismissal(number: number, fingerprint: string, by: Reviewer, at: number): Promise<boolean> {
  const record = await getRecord(number)
  const dismissal = (row: ReviewRecord | null | undefined): Decision | undefined => row?.decisions.find((one) => one.fingerprint === fingerprint && one.outcome === 'dismissed')
  const taken = dismissal(record)
  if (!record || !taken) return false
  const { session, site, kind, at: recorded } = record
  const body = { session, site, fingerprint, outcome: 'reopened', at, by, draft: kind, recorded, rule: taken.rule, tier: taken.tier }
  await appendWith({ kind: 'decided', at, body, once: `${session}:taken-back:${fingerprint}:${at}` }, [db.records, db.decisions, db.tallies], async () => {
    const row = await db.records.get(number)
    if (!row || !dismissal(row)) return
    const next = { ...row, decisions: row.decisions.filter((one) => one.fingerprint !== fingerprint) }
    await db.decisions.delete([session, fingerprint])
    await db.records.put(next)
    await recount(row, next)
  })
  return true
}

/**
 * Decisions to take up again after a reload. They are those of one earlier draft, the one that shares most of its flagged words with this one, that has not
 * been sent and was not open in the same document: a discount that was allowed to one customer is not thereby allowed to the next.
 */
export async function recallDecisions(
  from: { site: string; document: string | null }, fingerprints: readonly string[], now: number,
): Promise<readonly Decision[]> {
  const pairs = [...new Set(fingerprints)].map((fingerprint) => [from.site, fingerprint])
  const rows = await guarded(() => db.decisions.where('[site+fingerprint]').anyOf(pairs).toArray())
  const sessions = new Map<string, DecisionRow[]>()
  for (const row of rows) {
    const elsewhere = row.document === null || row.document !== from.document
    if (row.concluded === 0 && elsewhere && now - row.at <= RECALL_WITHIN) sessions.set(row.session, [...(sessions.get(row.session) ?? []), row])
  }
  const newest = (of: readonly DecisionRow[]): number => Math.max(...of.map((row) => row.at))
  const [best] = [...sessions.values()].sort((a, b) => b.length - a.length || newest(b) - newest(a))
  return (best ?? []).map((row) => row.decision)
}

export function getRecord(number: number): Promise<ReviewRecord | null> {
  return guarded(async () => (await db.records.get(number)) ?? null)
}

/** Records, the latest first. Their numbers leave few gaps, so that they are read as a range: going back row by row takes many times as long. */
export function listRecords({ limit = 500, before = Infinity }: { limit?: number; before?: number } = {}): Promise<ReviewRecord[]> {
  return guarded(async () => {
    const [latest = 0] = await db.records.where('number').below(before).reverse().limit(1).primaryKeys()
    const rows = await db.records.where('number').between(latest - limit + 1, latest, true, true).toArray()
    return rows.length >= limit || latest <= limit ? rows.reverse() : db.records.where('number').below(before).reverse().limit(limit).toArray()
  })
}

/** Removes what is kept of one draft, with its decisions and corrections; its ledger entries, which hold none of its words, stay. */
export async function forgetRecord(number: number): Promise<void> {
  await guarded(() => db.transaction('rw', [db.records, db.decisions, db.corrections, db.tallies, db.meta], async () => {
    const row = await db.records.get(number)
    if (!row) return
    await db.decisions.where('session').equals(row.session).delete()
    await forgetCorrections(row)
    await db.records.delete(number)
    await uncount([row])
  }))
}

/** How many records there are, also to see that there are new ones. */
export function countRecords(): Promise<number> {
  return guarded(() => db.records.count())
}

/** Domains that drafts on record were sent to. Records that retention removed, and mail that needed no record, are not known: such a domain is new again. */
export async function knownDomains(): Promise<string[]> {
  const domains = new Set<string>()
  await guarded(() => db.records.each(({ sent, recipients }) => {
    if (sent) for (const recipient of recipients) domains.add(domainOf(recipient) ?? '')
  }))
  domains.delete('')
  return [...domains]
}
