import { z } from 'zod'
import type { Category } from '../../engine/index.ts'
import { addToDay, day, tallyCounts, tallyKey, tallyOfDraft, type CountedDraft, type DayTally } from '../../learning/index.ts'
import type { SignedEntry } from '../../review/index.ts'
import { digest, draftKind, id, tier, time } from '../../review/schemas.ts'

/** What a device's ledger counts for, day by day, and its drafts that have not left: what is said of them later changes what they count for. */
export interface DraftCounts { readonly days: readonly DayTally[]; readonly open: readonly OpenDraft[] }

type Decided = CountedDraft['decisions'][number]

/** A draft before it left; `draft` is null while nothing but decisions is known of it. */
interface OpenDraft { readonly session: string; /** Digest of what was signed. */ readonly signed: string | null; readonly draft: CountedDraft | null; readonly decided: readonly Decided[] }

export const NO_DRAFTS: DraftCounts = { days: [], open: [] }
/** Ledgers say nothing of where a text came from. */
const UNKNOWN: CountedDraft['origin'] = { verdict: 'unknown', evidence: [] }

/** Drafts that are kept open: nobody has more of them before them, and those that were given up must not gather. */
const MOST_OPEN = 200

/** Part of a counted place: places are written with control characters between their parts (`tallyKey`), so none may be in them. */
export const placeName = z.string().max(200).regex(/^\P{Cc}*$/u)
const finding = z.object({ rule: placeName.min(1), tier, fingerprint: z.string().min(1).max(1_000) })
const decision = finding.extend({ outcome: z.enum(['fixed', 'kept', 'dismissed']) })
const bodySchema = z.object({
  session: id, site: placeName, draft: draftKind, digest, tier, findings: z.array(finding).max(10_000), decisions: z.array(decision).max(10_000).default([]),
  reading: z.object({ ms: z.number().min(0), least: z.number().min(0) }).optional(), checked: z.boolean().optional(),
})
type Body = z.infer<typeof bodySchema>
const decidedSchema = z.union([decision.extend({ session: id }), z.object({ session: id, fingerprint: decision.shape.fingerprint, outcome: z.literal('reopened') })])
/** A dismissal that was taken back on record: `recorded` is the time of the draft's first entry, on whose day it was counted. */
const takenBackSchema = finding.extend({ session: id, site: placeName, outcome: z.literal('reopened'), draft: draftKind, recorded: time })
type TakenBack = z.infer<typeof takenBackSchema>

const COUNTED = ['held', 'signed', 'overridden', 'sent', 'unreviewed'] as const

/**
 * Counts a device's proven entries on from what was counted of it before, as its own Insights counts the records of the same drafts. Entries of another shape count for nothing: a
 * device of another version, or one that lies, spoils its own numbers alone.
 * @param categoryOf the category of a rule; null where the rule is not known here
 */
export function createDraftCounter(before: DraftCounts, categoryOf: (rule: string) => Category | null): { readonly add: (entry: SignedEntry) => void; readonly counts: () => DraftCounts } {
  const days = new Map(before.days.map((day) => [day.day, day]))
  const open = new Map(before.open.map((one) => [one.session, one]))
  const put = (draft: CountedDraft, sign: 1 | -1): void => {
    const made = tallyOfDraft(draft)
    days.set(made.day, addToDay(days.get(made.day) ?? null, made, sign))
  }
  const keep = (next: OpenDraft): void => {
    open.delete(next.session)
    open.set(next.session, next)
    const [oldest] = open.keys()
    if (open.size > MOST_OPEN && oldest !== undefined) open.delete(oldest)
  }
  const takeBack = (place: TakenBack & Pick<Decided, 'category'>): void => {
    const { session, fingerprint, recorded: at, site, draft: kind, category, rule } = place
    const known = open.get(session)
    if (known?.draft?.at === at) {
      // What the page decided stays decided there: its next entry counts it again, as the member's own Insights do.
      const draft = { ...known.draft, decisions: known.draft.decisions.filter((one) => one.fingerprint !== fingerprint) }
      put(known.draft, -1)
      put(draft, 1)
      keep({ ...known, draft })
      return
    }
    const cell = days.get(day(at))?.cells[tallyKey({ site, kind, assistant: '', category, rule })] ?? []
    if (tallyCounts(cell).dismissed < 1) return
    // It has left, and no more of it is known: one place as it counted, and as it counts now, differ by what the whole draft differs by.
    const left: CountedDraft = { at, site, kind, origin: UNKNOWN, requirement: { tier: 'note', owners: [], reasons: [] }, findings: [place], decisions: [], outcome: 'held', heldAt: null, signOff: null }
    put({ ...left, decisions: [{ ...place, outcome: 'dismissed' }] }, -1)
    put(left, 1)
  }
  const filed = <T extends { readonly rule: string }>(one: T): T & { readonly category: Category | '' } => ({ ...one, category: categoryOf(one.rule) ?? '' })
  return {
    add: ({ kind, at, body }) => {
      if (kind === 'decided') {
        const back = takenBackSchema.safeParse(body)
        if (back.success) return takeBack(filed(back.data))
        const made = decidedSchema.safeParse(body)
        if (!made.success) return
        const before = open.get(made.data.session) ?? { session: made.data.session, signed: null, draft: null, decided: [] }
        keep({ ...before, decided: withDecisions(before.decided, made.data.outcome === 'reopened' ? [] : [filed(made.data)], made.data.fingerprint) })
        return
      }
      const happened = COUNTED.find((each) => each === kind)
      const read = bodySchema.safeParse(body)
      if (happened === undefined || !read.success || !time.safeParse(at).success) return
      const known = open.get(read.data.session) ?? { session: read.data.session, signed: null, draft: null, decided: [] }
      if (known.draft) put(known.draft, -1)
      const next = draftAfter({ ...known, decided: withDecisions(known.decided, read.data.decisions.map(filed)) }, happened, at, { ...read.data, findings: read.data.findings.map(filed) })
      put(next.draft, 1)
      if (happened === 'sent' || happened === 'unreviewed') open.delete(next.session)
      else keep(next)
    },
    counts: () => ({ days: [...days.values()].filter(({ cells }) => Object.keys(cells).length > 0).sort((a, b) => (a.day < b.day ? -1 : 1)), open: [...open.values()] }),
  }
}

/** Decisions with later ones in place of those on the same words; `gone` is taken out. */
function withDecisions(before: readonly Decided[], later: readonly Decided[], gone?: string): readonly Decided[] {
  const names = new Set([...later.map(({ fingerprint }) => fingerprint), gone])
  return [...before.filter(({ fingerprint }) => !names.has(fingerprint)), ...later.map(({ rule, category, tier, fingerprint, outcome }) => ({ rule, category, tier, fingerprint, outcome }))]
}

function draftAfter(known: OpenDraft, happened: (typeof COUNTED)[number], at: number, body: Omit<Body, 'findings'> & Pick<CountedDraft, 'findings'>): OpenDraft & { readonly draft: CountedDraft } {
  const { site, draft: kind, digest: text, reading, findings } = body
  const { draft, signed, session, decided } = known
  const there = new Set(findings.map(({ fingerprint }) => fingerprint))
  const now: CountedDraft = {
    at: draft?.at ?? at, site, kind, origin: UNKNOWN, requirement: { tier: body.tier, owners: [], reasons: [] }, findings,
    // What was changed is not there any more and was decided all the same.
    decisions: decided.filter(({ fingerprint, outcome }) => outcome === 'fixed' || there.has(fingerprint)), outcome: draft?.outcome ?? 'held', heldAt: draft?.heldAt ?? null, signOff: draft?.signOff ?? null,
  }
  const made = (change: Partial<CountedDraft>, by = signed): ReturnType<typeof draftAfter> => ({ session, decided, signed: by, draft: { ...now, ...change } })
  switch (happened) {
    case 'held': return made({ outcome: 'held', heldAt: now.heldAt ?? at })
    // What could not be checked bears no signature: how it left, its last entry says.
    case 'overridden': return body.checked === false ? made({}) : made({ outcome: 'overridden', signOff: { at, reading } }, text)
    case 'signed': return made({ outcome: 'signed', signOff: { at, reading } }, text)
    case 'sent': return made({ outcome: signed === text && now.outcome === 'overridden' ? 'overridden' : 'sent' })
    case 'unreviewed': return made({ outcome: 'unreviewed' })
  }
}
