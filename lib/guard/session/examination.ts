import { compileRuleset, createScanner, DraftTooLongError, type Finding, type Ruleset, type Scanner, type ScanResult } from '../../engine/index.ts'
import { originOf, type Origin, type OriginEvent } from '../../origin/index.ts'
import { applyPolicy, requirementOf, withoutSuppressed, type Requirement } from '../../policy/index.ts'
import { decideGate, digestDraft, settles, type GateDecision, type SignOff } from '../../review/index.ts'
import type { GuardCore } from '../core.ts'
import type { DraftRecord, Rulebook, SessionSnapshot } from '../types.ts'
import { Exclusions } from './exclusions.ts'
import { noteGrowth } from './insertion.ts'
import { readDraft, type Reading } from './read.ts'
import { Settlement } from './settlement.ts'

/** Packs compiled once a page and shared by its drafts. */
export interface Rules { readonly book: Rulebook; readonly ruleset: Ruleset }

export function compileRules(book: Rulebook): Rules {
  return { book, ruleset: compileRuleset(book.packs) }
}

/** Why the check cannot run. */
type Failure = 'rules-missing' | 'too-long' | 'unreadable' | 'check-failed'

/** Of a long history the latest events say where the text came from. */
const EVENTS_KEPT = 100

/** What is known of one draft as it stands: what it says, what was found, what it needs, whether it may go. Reads the page; shows nothing. */
export class Examination {
  readonly settlement: Settlement
  reading: Reading
  scan: ScanResult = { findings: [], more: 0 }
  origin: Origin = { verdict: 'unknown', evidence: [] }
  requirement: Requirement = { tier: 'note', owners: [], reasons: [] }
  digest = ''
  suppressed = 0
  gate: GateDecision = { kind: 'hold', because: 'not-ready', open: [] }
  signOff: SignOff | null = null
  voided: SessionSnapshot['voided'] = null
  book: Rulebook | null = null
  /** The first check is done. */
  checked = false
  /** The check cannot run. */
  failure: Failure | null = null
  /** What the person chose to send although the check cannot run, and until when; other words, and a second send, are asked about again. */
  private unchecked: { readonly reading: Reading; readonly until: number } | null = null
  readonly exclusions: Exclusions
  private scanner: Scanner | null = null
  private readonly lengths = new WeakMap<Element, number>()

  constructor(private readonly root: Element, private readonly core: GuardCore, private readonly now: () => number) {
    this.settlement = new Settlement(core.memory.decisions)
    this.exclusions = new Exclusions(core.site.excluded)
    this.reading = readDraft(core.site, root, this.exclusions)
    for (const { element, read } of this.reading.bodies) this.lengths.set(element, read.text.length)
    if (this.reading.draft.text.trim()) this.takeOrigin(core.memory.origins.get(this.bodyDigest()) ?? [])
  }

  /** Takes rules, at the start and whenever packs or policy change. */
  use(rules: Rules): void {
    this.book = rules.book
    this.scanner = createScanner(rules.ruleset)
    this.failure = null
    this.checked = false
    this.look()
  }

  /** False once the root, or the frame that it is in, was taken off the page. */
  onPage(): boolean {
    return this.root.isConnected && this.root.ownerDocument.defaultView !== null
  }

  /** Reads the page; when anything that counts has changed, checks it anew. Cheap when nothing has. True when it checked. */
  look(): boolean {
    if (!this.onPage()) return false
    const before = this.reading
    this.reading = readDraft(this.core.site, this.root, this.exclusions)
    this.noteOrigins()
    if (this.checked && sameDraft(before, this.reading)) return false
    this.check()
    return true
  }

  /** Checks the present reading again, e.g. after a person said where the text came from. */
  check(): void {
    const { book, scanner } = this
    if (!scanner || !book) {
      this.decide()
      return
    }
    const { draft, parts } = this.reading
    if (parts.unreadable) {
      this.fail('unreadable')
      return
    }
    try {
      this.scan = scanner.scan(draft)
      this.failure = null
    } catch (error) {
      // The person is told and asked, the draft stays held. Of an unknown error only the name is logged: its words could be the draft's.
      if (!(error instanceof DraftTooLongError)) console.error('Countersign: the check stopped', error instanceof Error ? error.name : typeof error)
      this.fail(error instanceof DraftTooLongError ? 'too-long' : 'check-failed')
      return
    }
    const { findings, suppressed } = withoutSuppressed(applyPolicy(this.scan.findings, book.policy), book.suppressions, { host: this.core.host, now: this.now(), owns: book.owns })
    this.suppressed = suppressed
    this.settlement.update(draft, findings)
    this.origin = originOf(this.originEvents(), draft.text)
    this.requirement = requirementOf({ draft, findings, origin: this.origin, policy: book.policy })
    this.digest = digestDraft(draft)
    const hadSignOff = this.signOff !== null
    this.signOff = this.core.memory.signOffs.get(this.digest) ?? null
    this.checked = true
    this.decide()
    if (this.signOff) this.voided = null
    else if (hadSignOff) this.voided = this.countVoided()
  }

  /** Asks the gate again with what is known now. */
  decide(): void {
    const { book, failure } = this
    if (!book || !this.checked || failure) {
      const allowed = this.unchecked !== null && this.now() < this.unchecked.until && sameDraft(this.unchecked.reading, this.reading)
      this.gate = allowed ? { kind: 'allow', because: 'overridden' } : { kind: 'hold', because: failure ? 'failed' : 'not-ready', open: [] }
      return
    }
    const { requirement, settlement, signOff, digest } = this
    this.gate = decideGate({ requirement, findings: settlement.findings, decisions: settlement.standing(), signOff, digest, owns: book.owns })
  }

  fail(failure: Failure): void {
    this.failure = failure
    this.decide()
  }

  /** The person sends what stands here now although the check cannot run. */
  allowUnchecked(): void {
    this.unchecked = { reading: this.reading, until: Infinity }
    this.decide()
  }

  /** The draft has left unchecked: what belongs to this send may still follow for `ms`, and no other. */
  endUnchecked(ms: number): void {
    if (this.unchecked) this.unchecked = { ...this.unchecked, until: this.now() + ms }
  }

  isOpen(finding: Finding): boolean {
    return !settles(this.settlement.decisionOf(finding.fingerprint), finding, this.book?.owns ?? [])
  }

  /** Something here is for the record: it was signed, came from elsewhere, or carried risk. */
  worthKeeping(): boolean {
    const { verdict } = this.origin
    const risky = this.settlement.findings.some((finding) => finding.tier !== 'note')
    return this.signOff !== null || verdict === 'ai' || verdict === 'inserted' || risky || this.settlement.fixed(this.now()).length > 0
  }

  record(session: string): DraftRecord {
    const { reading, digest, origin, requirement, settlement, core } = this
    const decisions = [...settlement.standing(), ...settlement.fixed(this.now())]
    return { session, site: core.site.id, host: core.host, draft: reading.draft, digest, origin, requirement, findings: settlement.findings, decisions }
  }

  /** What goes on record of a draft that nothing looked at: no finding, and that it was not checked. A text past the engine's limit stays out. */
  uncheckedRecord(session: string): DraftRecord {
    const { reading, origin, core, failure } = this
    const draft = failure === 'too-long' ? { ...reading.draft, text: '', blocks: [] } : reading.draft
    const requirement: Requirement = { tier: 'review', owners: [], reasons: [{ code: 'not-checked', tier: 'review', detail: failure ?? '', count: 1 }] }
    return { session, site: core.site.id, host: core.host, draft, digest: digestDraft(reading.draft), origin, requirement, findings: [], decisions: [] }
  }

  declareOrigin(ai: boolean): void {
    const first = this.reading.bodies[0]
    if (!first) return
    this.core.inputLog(first.element).events.push({ kind: 'declared', ai, at: this.now() })
    this.check()
  }

  /**
   * A site that rebuilds its compose (undo send, re-render) gives a new node with the same words: what was seen of them still holds.
   * Gives what another window should know, too; null when there is nothing new to tell.
   */
  rememberOrigin(): { readonly digest: string; readonly events: readonly OriginEvent[] } | null {
    const { verdict } = this.origin
    if (!this.reading.draft.text.trim() || (verdict !== 'ai' && verdict !== 'inserted')) return null
    const digest = this.bodyDigest()
    const events = this.originEvents().slice(-EVENTS_KEPT)
    const news = this.core.memory.origins.get(digest)?.length !== events.length
    this.core.memory.origins.set(digest, events)
    return news ? { digest, events } : null
  }

  /** Digest to ask other windows about; null when this page knows where the text came from, or there is none. */
  unknownOrigin(): string | null {
    return this.reading.draft.text.trim() && this.originEvents().length === 0 ? this.bodyDigest() : null
  }

  /** Takes what was seen of these words elsewhere. */
  takeOrigin(events: readonly OriginEvent[]): void {
    const first = this.reading.bodies[0]
    if (!first || this.originEvents().length > 0) return
    this.core.inputLog(first.element).events.push(...events)
    this.check()
  }

  private bodyDigest(): string {
    return digestDraft({ subject: '', text: this.reading.draft.text, recipients: [] })
  }

  private originEvents(): OriginEvent[] {
    return this.reading.bodies.flatMap(({ element }) => this.core.inputLog(element).events)
  }

  private noteOrigins(): void {
    for (const { element, read } of this.reading.bodies) {
      const before = this.lengths.get(element)
      if (before !== undefined && before !== read.text.length) noteGrowth(this.core.inputLog(element), before, read.text.length, this.now())
      this.lengths.set(element, read.text.length)
    }
  }

  private countVoided(): SessionSnapshot['voided'] {
    const open = this.settlement.findings.filter((finding) => this.isOpen(finding)).length
    return { fresh: open, settled: this.settlement.findings.length - open }
  }
}

function sameDraft(a: Reading, b: Reading): boolean {
  return (
    a.draft.text === b.draft.text && a.draft.subject === b.draft.subject && a.draft.kind === b.draft.kind &&
    a.complete === b.complete && JSON.stringify(a.draft.recipients) === JSON.stringify(b.draft.recipients)
  )
}
