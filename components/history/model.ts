import type { Category, Draft, Finding, OriginVerdict, Tier } from '../../lib/engine/index.ts'
import type { SeenBy } from '../../lib/guard/unseen/judge.ts'
import type { Origin } from '../../lib/origin/index.ts'
import type { Requirement } from '../../lib/policy/index.ts'
import type { Correction, Decision, Outcome, SignOff } from '../../lib/review/index.ts'
import type { SendKind } from '../../lib/sites/types.ts'

/**
 * How a draft ended, as people ask for it. `signed`: signed and seen leaving. `unsent`: signed, not seen leaving. `clean`: sent, nothing to sign for.
 * `overridden`: let go with a reason, without the signature it needed. `unreviewed`: left though it needed one: the check was not running, or it took a way that the gate does not know. `held`: stopped, nothing left.
 */
export const HISTORY_OUTCOMES = ['signed', 'clean', 'held', 'unsent', 'overridden', 'unreviewed'] as const
export type HistoryOutcome = (typeof HISTORY_OUTCOMES)[number]

/** One line of the list: small enough that tens of thousands fit in memory. */
export interface HistoryRow {
  readonly id: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly subject: string
  readonly site: string
  readonly host: string
  readonly verdict: OriginVerdict
  /** Product the text was seen to come from, null where not known. */
  readonly product: string | null
  readonly counts: Readonly<Record<Tier, number>>
  readonly categories: readonly Category[]
  readonly outcome: HistoryOutcome
  readonly person: string
}

/** One place of a record: what was flagged and what became of it. A `fixed` one is no longer in the text, so its finding may be known only by its decision. */
export interface RecordItem {
  readonly key: string
  readonly title: string
  readonly category: Category
  readonly tier: Tier
  readonly quote: string
  readonly outcome: Outcome | 'open' | 'shown'
  readonly reason: string
  /** What the words became, null where not known. */
  readonly after: string | null
  /** The sentence it stood in, null where not known. */
  readonly sentence: string | null
  readonly finding: Finding | null
  /** The correction that was kept of it, for a rule to be made of; null where none was. */
  readonly correction: number | null
}

/** A record in full. `text` is null where the person did not choose to keep texts. */
export interface HistoryRecord {
  readonly row: HistoryRow
  readonly draft: Pick<Draft, 'recipients' | 'blocks' | 'kind'> & { readonly text: string | null }
  readonly origin: Origin
  readonly requirement: Requirement
  readonly items: readonly RecordItem[]
  readonly findings: readonly Finding[]
  readonly signOff: SignOff | null
  /** Who let it go although it could not be checked, and why. */
  readonly unchecked: { readonly person: string; readonly reason: string } | null
  readonly sent: { readonly at: number; readonly kind: SendKind; readonly seen?: SeenBy | undefined } | null
  /** Milliseconds from the hold to the signature, null where it was never held. */
  readonly heldFor: number | null
  /** SHA-256 of text, subject and recipients. */
  readonly digest: string
  readonly entry: { readonly seq: number; readonly digest: string; readonly prev: string } | null
}

/** Days back, or 0 for all. */
export const PERIODS = [1, 7, 30, 0] as const
export type Period = (typeof PERIODS)[number]

export interface HistoryFilters {
  readonly q: string
  readonly site: string
  readonly outcome: HistoryOutcome | ''
  readonly category: Category | ''
  readonly days: Period
}

export const NO_FILTERS: HistoryFilters = { q: '', site: '', outcome: '', category: '', days: 0 }

const DAY = 86_400_000

/** True when nothing is filtered. */
export function isUnfiltered(filters: HistoryFilters): boolean {
  return filters.q.trim() === '' && filters.site === '' && filters.outcome === '' && filters.category === '' && filters.days === 0
}

/** Whether a row passes every filter but `q`, which the database answers (it knows each record's words). `now` in milliseconds since the epoch. */
export function passes(row: HistoryRow, { days, site, outcome, category }: HistoryFilters, now: number): boolean {
  return (days === 0 || row.at >= now - days * DAY) && (site === '' || row.host === site) && (outcome === '' || row.outcome === outcome) && (category === '' || row.categories.includes(category))
}

/** What items are made of. `titleOf` names a rule by its id, null where the rule is not installed any more. */
export interface ItemSources {
  readonly findings: readonly Finding[]
  readonly decisions: readonly Decision[]
  readonly corrections: readonly (Correction & { readonly id?: number })[]
  readonly titleOf: (rule: string) => string | null
}

/**
 * Everything that was flagged in a draft, in the order of the text, fixed places last: one item a fingerprint, with the newest decision.
 * The correction that belongs to a fixed place is the newest one of the same rule and words.
 */
export function itemsOf({ findings, decisions, corrections, titleOf }: ItemSources): readonly RecordItem[] {
  const decided = new Map(decisions.map((decision) => [decision.fingerprint, decision]))
  const present = findings.map((finding): RecordItem => {
    const decision = decided.get(finding.fingerprint)
    return {
      key: finding.fingerprint, title: finding.title, category: finding.category, tier: finding.tier, quote: finding.quote,
      outcome: decision?.outcome ?? (finding.tier === 'note' ? 'shown' : 'open'), reason: decision?.reason ?? '', after: null, sentence: null, finding, correction: null,
    }
  })
  const there = new Set(findings.map((finding) => finding.fingerprint))
  const gone = [...decided.values()].filter((decision) => !there.has(decision.fingerprint)).map((decision): RecordItem => {
    const correction = corrections.findLast((made) => made.rule === decision.rule && made.before === decision.quote)
    return {
      key: decision.fingerprint, title: titleOf(decision.rule) ?? decision.rule, category: decision.category, tier: decision.tier, quote: decision.quote,
      outcome: decision.outcome, reason: decision.reason, after: correction?.after ?? null, sentence: correction?.sentence ?? null, finding: null, correction: correction?.id ?? null,
    }
  })
  return [...present, ...gone]
}

/** A run of a text, marked or not. */
export interface MarkedRun { readonly text: string; readonly mark: { readonly tier: Tier; readonly settled: boolean } | null }

/** The text cut at its findings. Where findings overlap the first stays; one whose words are not at its place is not marked, rather than marked wrongly. */
export function markRuns(text: string, items: readonly RecordItem[]): readonly MarkedRun[] {
  const placed = items.flatMap(({ finding, outcome }) => (finding && finding.field === 'body' && text.slice(finding.span.start, finding.span.end) === finding.quote ? [{ finding, outcome }] : []))
  placed.sort((a, b) => a.finding.span.start - b.finding.span.start)
  const runs: MarkedRun[] = []
  let at = 0
  for (const { finding, outcome } of placed) {
    const { start, end } = finding.span
    if (start < at || end === start) continue
    if (start > at) runs.push({ text: text.slice(at, start), mark: null })
    runs.push({ text: text.slice(start, end), mark: { tier: finding.tier, settled: outcome !== 'open' && outcome !== 'shown' } })
    at = end
  }
  if (at < text.length) runs.push({ text: text.slice(at), mark: null })
  return runs
}
