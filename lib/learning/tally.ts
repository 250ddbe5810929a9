import { CATEGORIES, TIERS, type Category, type DraftKind, type Finding, type Tier } from '../engine/index.ts'
import type { Origin } from '../origin/index.ts'
import type { Requirement } from '../policy/index.ts'
import type { Correction, Decision, SignOff } from '../review/index.ts'
import { day } from './rule.ts'

/**
 * What is counted of a day, in the order in which a cell keeps it. `seen`: drafts, or findings where the cell is a rule's. `note` to `block`: how many of them asked for that tier;
 * what asks for `note` goes by itself. `held` to `unreviewed`: drafts (or findings in such drafts) that were stopped, signed, left, were let go with a reason, left without the
 * signature they needed. `fixed`, `kept`, `dismissed`, `open`: findings by what was decided. `corrected`: corrections. `reviewMs`: time that the words stood before the person until
 * the signature; a rule's findings share the time of their draft equally. `holdMs`: from the first hold to the signature. Both in milliseconds, an hour at most a draft.
 */
export const TALLY_COUNTS = [
  'seen', 'note', 'review', 'approve', 'block', 'held', 'signed', 'sent', 'overridden', 'unreviewed', 'fixed', 'kept', 'dismissed', 'open', 'corrected', 'reviewMs', 'holdMs',
] as const
export type TallyCount = (typeof TALLY_COUNTS)[number]
export type TallyCounts = Readonly<Record<TallyCount, number>>

/** What a cell counts: whole drafts (`category` and `rule` empty), drafts with findings of a category (`rule` empty), or the findings of one rule. */
export interface TallyPlace {
  readonly site: string
  readonly kind: DraftKind | ''
  /** Product of the assistant that the draft came from, as people know it; '' where nothing named one. */
  readonly assistant: string
  readonly category: Category | ''
  readonly rule: string
}

/** One day, as it is stored: a list of counts in the order of `TALLY_COUNTS` for each place. Days are ISO dates in UTC. */
export interface DayTally {
  readonly day: string
  readonly cells: Readonly<Record<string, readonly number[]>>
}

/** What one draft or correction adds to its day. */
export type Contribution = DayTally

/** As much of a draft's record as is counted. */
export interface CountedDraft {
  readonly at: number
  readonly site: string
  readonly kind: DraftKind
  readonly origin: Origin
  readonly requirement: Requirement
  readonly findings: readonly (Pick<Finding, 'rule' | 'tier' | 'fingerprint'> & OfCategory)[]
  readonly decisions: readonly (Pick<Decision, 'rule' | 'tier' | 'fingerprint' | 'outcome'> & OfCategory)[]
  readonly outcome: 'held' | 'signed' | 'sent' | 'overridden' | 'unreviewed'
  readonly heldAt: number | null
  readonly signOff: Pick<SignOff, 'at' | 'reading'> | null
}

/** '' where the rule is not known here, as another person's own: it then counts for itself and its draft alone. */
interface OfCategory { readonly category: Category | '' }

/** Longer than this is a break and not a review. */
const LONGEST = 3_600_000
const SEPARATOR = '\u001f'

/** The name under which a place is kept. */
export function tallyKey({ site, kind, assistant, category, rule }: TallyPlace): string {
  return [site, kind, assistant, category, rule].join(SEPARATOR)
}

/** Whether a name is that of whole drafts, without category and rule. */
export function isWholeDrafts(key: string): boolean {
  return key.endsWith(SEPARATOR + SEPARATOR)
}

/** The place of a name; pure inverse of `tallyKey`. */
export function tallyPlace(key: string): TallyPlace {
  const [site = '', kind = '', assistant = '', category = '', rule = ''] = key.split(SEPARATOR)
  return { site, kind: kind as TallyPlace['kind'], assistant, category: CATEGORIES.find((each) => each === category) ?? '', rule }
}

/** The counts of a cell by name. */
export function tallyCounts(cell: readonly number[]): TallyCounts {
  return Object.fromEntries(TALLY_COUNTS.map((name, index) => [name, cell[index] ?? 0])) as TallyCounts
}

/** The assistant that a draft came from, '' where no evidence names one. */
export function assistantOf(origin: Origin): string {
  return origin.evidence.find((one) => one.product !== null && one.class !== 'T4')?.product?.replaceAll(SEPARATOR, ' ') ?? ''
}

/** What a draft's record counts for, on the day of its first hold or send. Pure: the same record gives the same. */
export function tallyOfDraft(draft: CountedDraft): Contribution {
  const cells: Record<string, number[]> = {}
  const base = { site: draft.site, kind: draft.kind, assistant: assistantOf(draft.origin) }
  const items = itemsOf(draft)
  const common = commonCounts(draft)
  const times = { reviewMs: reviewTime(draft), holdMs: holdTime(draft) }
  // Whole numbers, so that what is taken out again leaves exactly what was there.
  const put = (place: Pick<TallyPlace, 'category' | 'rule'>, counts: Partial<Record<TallyCount, number>>): void => {
    const key = tallyKey({ ...base, ...place })
    const cell = (cells[key] ??= TALLY_COUNTS.map(() => 0))
    for (const [index, name] of TALLY_COUNTS.entries()) cell[index] = (cell[index] ?? 0) + Math.round(counts[name] ?? 0)
  }
  put({ category: '', rule: '' }, { ...common, ...times, ...standing(items), seen: 1, [draft.requirement.tier]: 1 })
  for (const category of new Set(items.map((item) => item.category))) {
    if (category === '') continue
    const own = items.filter((item) => item.category === category)
    const share = own.length / items.length
    put({ category, rule: '' }, { ...common, ...standing(own), reviewMs: times.reviewMs * share, holdMs: times.holdMs, seen: 1, [highest(own)]: 1 })
  }
  for (const { rule, category, tier, outcome } of items) {
    put({ category, rule }, { ...common, seen: 1, [tier]: 1, [outcome]: 1, reviewMs: times.reviewMs / items.length, holdMs: times.holdMs / items.length })
  }
  return { day: day(draft.at), cells }
}

/** What a correction counts for: one more for its rule, its category and all drafts of its kind. Corrections that say nothing of words (a word on origin) count for nothing. */
export function tallyOfCorrection(correction: Correction): Contribution {
  const { site, kind = '', assistant = '', category, rule, at, sentence } = correction
  const cells: Record<string, number[]> = {}
  if (sentence !== '') {
    const counts = TALLY_COUNTS.map((name) => (name === 'corrected' ? 1 : 0))
    for (const place of [{ category: '', rule: '' }, { category, rule: '' }, { category, rule }] as const) cells[tallyKey({ site, kind, assistant, ...place })] = counts
  }
  return { day: day(at), cells }
}

/**
 * A day with a contribution added, or taken out again with `sign` -1. Cells and counts that come to nothing go, so that adding and taking out gives the day as it was.
 * Both must be of the same day; `null` stands for a day without anything.
 */
export function addToDay(tally: DayTally | null, contribution: Contribution, sign: 1 | -1 = 1): DayTally {
  return addAllToDay(tally, contribution.day, [[contribution, sign]])
}

/** The same for many contributions of one day: one copy of the day for all of them. */
export function addAllToDay(tally: DayTally | null, on: string, contributions: readonly (readonly [Contribution, 1 | -1])[]): DayTally {
  const next: Record<string, number[] | readonly number[]> = { ...tally?.cells }
  const own = new Map<string, number[]>()
  for (const [{ cells }, sign] of contributions) {
    for (const [key, more] of Object.entries(cells)) {
      const sum = own.get(key) ?? [...(next[key] ?? TALLY_COUNTS.map(() => 0))]
      own.set(key, sum)
      for (const [index, value] of more.entries()) sum[index] = (sum[index] ?? 0) + sign * value
    }
  }
  for (const [key, sum] of own) if (sum.some((value) => value !== 0)) next[key] = sum; else delete next[key]
  return { day: on, cells: next }
}

interface Item extends OfCategory { readonly rule: string; readonly tier: Tier; readonly outcome: 'fixed' | 'kept' | 'dismissed' | 'open' }

/** Every finding of the draft once, those whose words are gone too. */
function itemsOf({ findings, decisions }: CountedDraft): Item[] {
  const items = new Map<string, Item>()
  for (const { fingerprint, rule, category, tier } of findings) items.set(fingerprint, { rule, category, tier, outcome: 'open' })
  for (const { fingerprint, rule, category, tier, outcome } of decisions) items.set(fingerprint, { rule, category, tier, outcome })
  return [...items.values()]
}

function commonCounts({ outcome, heldAt, signOff }: CountedDraft): Partial<Record<TallyCount, number>> {
  return {
    held: heldAt === null ? 0 : 1, signed: signOff !== null && outcome !== 'overridden' ? 1 : 0, sent: outcome === 'sent' ? 1 : 0,
    overridden: outcome === 'overridden' ? 1 : 0, unreviewed: outcome === 'unreviewed' ? 1 : 0,
  }
}

function standing(items: readonly Item[]): Partial<Record<TallyCount, number>> {
  const counts = { fixed: 0, kept: 0, dismissed: 0, open: 0 }
  for (const { outcome } of items) counts[outcome] += 1
  return counts
}

function highest(items: readonly Item[]): Tier {
  return items.reduce<Tier>((most, { tier }) => (TIERS.indexOf(tier) > TIERS.indexOf(most) ? tier : most), 'note')
}

function holdTime({ heldAt, signOff }: CountedDraft): number {
  return heldAt === null || !signOff ? 0 : Math.round(Math.min(LONGEST, Math.max(0, signOff.at - heldAt)))
}

function reviewTime(draft: CountedDraft): number {
  return draft.signOff ? Math.round(Math.min(LONGEST, draft.signOff.reading?.ms ?? holdTime(draft))) : 0
}
