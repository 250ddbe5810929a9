import { sentenceAt, type Draft, type Field, type Finding, type Span } from '../../engine/index.ts'
import type { Correction, Decision, Outcome } from '../../review/index.ts'
import { CorrectionTracker, editBetween, followSpan, type Edit } from './corrections.ts'

const FIELDS = ['subject', 'body'] as const
const textOf = (draft: Draft, field: Field) => (field === 'subject' ? draft.subject : draft.text)

/**
 * How the findings of one draft are settled, followed through every change of the text.
 * A decision belongs to its words: it moves with them, survives edits elsewhere, and is dropped when they change.
 */
export class Settlement {
  private draft: Draft | null = null
  private current: readonly Finding[] = []
  /** Where each of them stands in `draft`: the scanner moves its findings with the next one. */
  private starts: number[] = []
  private readonly decisions = new Map<string, Decision>()
  private readonly trackers: Record<Field, CorrectionTracker> = { subject: new CorrectionTracker(), body: new CorrectionTracker() }

  /** `memory` holds decisions made on this page before (another node of the same draft, a reload). */
  constructor(private readonly memory: Map<string, Decision>) {}

  get findings(): readonly Finding[] {
    return this.current
  }

  decisionOf(fingerprint: string): Decision | null {
    return this.decisions.get(fingerprint) ?? null
  }

  /** Decisions on the findings that stand now. */
  standing(): Decision[] {
    return this.current.flatMap((finding) => this.decisionOf(finding.fingerprint) ?? [])
  }

  /** Takes the findings of a new reading and carries decisions over to the words that stayed. */
  update(draft: Draft, findings: readonly Finding[]): void {
    const before = this.draft
    const matched = before ? this.match(before, draft, findings) : new Map<Finding, Finding>()
    const carried = new Map<string, Decision>()
    for (const finding of findings) {
      const old = matched.get(finding)
      const decision = old ? this.decisions.get(old.fingerprint) : this.recalled(finding)
      if (decision) carried.set(finding.fingerprint, { ...decision, fingerprint: finding.fingerprint })
    }
    if (before) this.track(before, draft, findings, new Set(matched.values()))
    this.draft = draft
    this.current = findings
    this.starts = findings.map(({ span }) => span.start)
    this.decisions.clear()
    for (const [fingerprint, decision] of carried) this.decisions.set(fingerprint, decision)
  }

  decide(fingerprint: string, outcome: Outcome, reason: string, at: number): Decision | null {
    const finding = this.current.find((item) => item.fingerprint === fingerprint)
    if (!finding) return null
    const { rule, category, tier, quote } = finding
    const decision: Decision = { fingerprint, rule, category, tier, quote, outcome, reason, at }
    this.decisions.set(fingerprint, decision)
    this.memory.set(fingerprint, decision)
    return decision
  }

  reopen(fingerprint: string): void {
    this.decisions.delete(fingerprint)
    this.memory.delete(fingerprint)
  }

  /** Decisions that came from storage after a reload; what was decided since then wins. */
  recall(decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      if (this.memory.has(decision.fingerprint)) continue
      this.memory.set(decision.fingerprint, decision)
      if (this.current.some((finding) => finding.fingerprint === decision.fingerprint)) this.decisions.set(decision.fingerprint, decision)
    }
  }

  /** Findings whose words were changed, as decisions. */
  fixed(at: number): Decision[] {
    return this.corrections('', at).map(({ finding }) => {
      const { fingerprint, rule, category, tier, quote } = finding
      return { fingerprint, rule, category, tier, quote, outcome: 'fixed', reason: '', at }
    })
  }

  /** What the person made of each changed finding. */
  corrections(site: string, at: number): (Correction & { finding: Finding })[] {
    const { draft } = this
    if (!draft) return []
    return FIELDS.flatMap((field) =>
      this.trackers[field].list(textOf(draft, field)).map(({ finding, sentence, after }) => {
        return { finding, rule: finding.rule, category: finding.category, before: finding.quote, after, sentence, site, at }
      }),
    )
  }

  /** After a sign-off or send the corrections are on record; the next ones start afresh. */
  forgetCorrections(): void {
    for (const field of FIELDS) this.trackers[field].clear()
  }

  private recalled(finding: Finding): Decision | undefined {
    // A decision that now stands on other words of this draft is not for the taking.
    const taken = this.draft && this.current.some((item) => item.fingerprint === finding.fingerprint)
    return taken ? undefined : this.memory.get(finding.fingerprint)
  }

  /** Pairs each new finding with the old one that stood on the same words: by its place, or, after edits on both sides of it, by its sentence. */
  private match(before: Draft, after: Draft, findings: readonly Finding[]): Map<Finding, Finding> {
    const edits = { subject: editBetween(before.subject, after.subject), body: editBetween(before.text, after.text) }
    const places = new Map<string, Finding>()
    const sentences = new Map<string, Finding>()
    // Of most the scanner itself says that they are the same.
    const same = new Set(findings)
    const pairs = new Map<Finding, Finding>()
    this.current.forEach((old, i) => {
      if (same.has(old)) {
        pairs.set(old, old)
        return
      }
      const span = this.spanAt(i)
      const now = moved(span, edits[old.field])
      if (now) places.set(placeKey(old, now.start, now.end), old)
      else sentences.set(sentenceKey(old, span.start, before), old)
    })
    for (const finding of findings) {
      if (pairs.has(finding)) continue
      const old = places.get(placeKey(finding, finding.span.start, finding.span.end)) ?? sentences.get(sentenceKey(finding, finding.span.start, after))
      if (old) pairs.set(finding, old)
    }
    return pairs
  }

  /** Where a finding of `current` stands in `draft`. */
  private spanAt(at: number): Span {
    const { span } = this.current[at] as Finding
    const start = this.starts[at] as number
    return { start, end: start + span.end - span.start }
  }

  private track(before: Draft, after: Draft, findings: readonly Finding[], kept: ReadonlySet<Finding>): void {
    const gone = this.current.flatMap((finding, i) => (kept.has(finding) ? [] : [{ ...finding, span: this.spanAt(i) }]))
    const present = new Set(findings.map((finding) => finding.fingerprint))
    for (const field of FIELDS) {
      const mine = gone.filter((finding) => finding.field === field)
      this.trackers[field].update(textOf(before, field), textOf(after, field), mine, present)
    }
  }
}

const placeKey = (finding: Finding, start: number, end: number) => `${finding.field} ${finding.rule} ${start} ${end} ${finding.quote}`

function sentenceKey(finding: Finding, at: number, draft: Draft): string {
  const text = textOf(draft, finding.field)
  const { start, end } = sentenceAt(text, at)
  return `${finding.field} ${finding.rule} ${finding.quote} ${text.slice(start, end).trim()}`
}

/** Where untouched words are now; null when the edit reached into them. */
function moved(span: Span, edit: Edit | null): Span | null {
  const now = edit ? followSpan(span, edit) : span
  return now.end - now.start === span.end - span.start ? now : null
}
