import { createScanner, DraftTooLongError, type Finding, type Scanner, type ScanOptions, type ScanResult } from '../../engine/index.ts'
import { scanOptions } from '../../engine/scan-options.ts'
import type { KnownBlock, Origin, WordMarks } from '../../origin/index.ts'
import { applyPolicy, domainOf, enforced, followedUp, requirementOf, withoutSuppressed, withSamples, type Mode, type Requirement } from '../../policy/index.ts'
import { decideGate, digestDraft, settles, type Correction, type GateDecision, type SignOff } from '../../review/index.ts'
import type { GuardCore } from '../core.ts'
import type { DraftApprovals, DraftRecord, Lesson, Rulebook, SessionSnapshot } from '../types.ts'
import type { Gone } from '../unseen/watch.ts'
import { DraftOrigins } from './draft-origins.ts'
import { BodyTexts } from './body-texts.ts'
import { Exclusions } from './exclusions.ts'
import { createReadingClock, type ReadingClock } from './reading-clock.ts'
import { NOTHING_READ, readDraft, type Reading } from './read.ts'
import type { Rules } from './rules.ts'
import { Settlement } from './settlement.ts'

/** Why the check cannot run. */
type Failure = 'rules-missing' | 'too-long' | 'unreadable' | 'check-failed'

const NOTHING = { wrote: [], left: [] } as const

/** A key costs little; what is kept of findings is copied (`standing`). */
const LIVE: ScanOptions = { ...scanOptions, live: true }

/** Under this name a person's word on origin is kept; it has no sentence, so that no wording is ever learnt from it. */
const ORIGIN_RULE = 'origin/verdict'

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
  /** Owners' signatures, by the digest they were asked for. */
  private approvals: { readonly digest: string; readonly of: DraftApprovals } | null = null
  /** The first check is done. */
  checked = false
  /** The check cannot run. */
  failure: Failure | null = null
  /** Reading the page failed last time, so what is in hand may not be what stands there. */
  private blind = false
  /** What the person chose to send although the check cannot run, and until when; other words, and a second send, are asked about again. */
  private unchecked: { readonly reading: Reading; readonly until: number } | null = null
  readonly texts: BodyTexts
  private scanner: Scanner | null = null
  private known: Set<string> | null = null
  private words: WordMarks = {}
  private readonly origins: DraftOrigins
  private readonly clock: ReadingClock
  /** Drawn once: whether this draft is one of those that are still reviewed. */
  private readonly lot = Math.random()

  constructor(private readonly root: Element, private readonly core: GuardCore, private readonly now: () => number) {
    this.settlement = new Settlement(core.memory.decisions)
    this.texts = new BodyTexts(new Exclusions(core.site.excluded))
    this.reading = this.read(false) ?? NOTHING_READ
    this.origins = new DraftOrigins(root, core, now)
    this.clock = createReadingClock(now)
    this.clock.see(this.reading.draft.text)
    this.origins.see(this.reading)
  }

  /** Takes rules, at the start and whenever packs or policy change. */
  use(rules: Rules): void {
    this.book = rules.book
    this.known = rules.known ?? null
    this.scanner = createScanner(rules.ruleset, LIVE)
    this.words = rules.words
    this.core.useMarks(rules.book.marks)
    this.failure = null
    this.checked = false
    this.look()
  }

  /** What the page shows now; null where reading it failed: then the draft is held and the person told. */
  private read(anew: boolean): Reading | null {
    try {
      const reading = readDraft(this.core.site, this.root, this.texts, anew)
      this.blind = false
      return reading
    } catch (error) {
      this.stopped(error)
      this.blind = true
      return null
    }
  }

  /** Of an unknown error only the name is logged: its words could be the draft's. */
  private stopped(error: unknown): void {
    console.error('Countersign: the check stopped', error instanceof Error ? error.name : typeof error)
    this.fail('check-failed')
  }

  /** False once the root, or the frame that it is in, was taken off the page. */
  onPage(): boolean {
    return this.root.isConnected && this.root.ownerDocument.defaultView !== null
  }

  /**
   * Reads the page; when anything that counts has changed, checks it anew. Cheap when nothing has. True when it checked.
   * @param anew reads also what seems unchanged.
   * @param emptied called while the reading before is still in hand, when none of its words stand here any more.
   */
  look(anew = false, emptied?: (how: 'emptied' | 'gone') => void): boolean {
    if (!this.onPage()) return false
    const before = this.reading
    const { blind } = this
    const next = this.read(anew)
    // Told once; the words that were read before stay in hand for the record.
    if (!next) return !blind
    if (before.draft.text.trim() !== '' && next.draft.text.trim() === '') emptied?.(next.bodies.length > 0 ? 'emptied' : 'gone')
    this.reading = next
    this.clock.see(this.reading.draft.text)
    this.origins.see(this.reading)
    if (this.checked && !blind && sameDraft(before, this.reading) && sameCoverage(before, this.reading)) return false
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
    if (this.blind) {
      this.fail('check-failed')
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
      // The person is told and asked, the draft stays held.
      if (error instanceof DraftTooLongError) this.fail('too-long')
      else this.stopped(error)
      return
    }
    const { findings, suppressed } = withoutSuppressed(withSamples(applyPolicy(this.scan.findings, book.policy), book.samples ?? [], this.lot), book.suppressions, { host: this.core.host, now: this.now(), owns: book.owns })
    this.suppressed = suppressed
    this.settlement.update(draft, findings)
    this.origin = this.origins.origin(this.reading, this.words)
    this.requirement = requirementOf({ draft, findings, origin: this.origin, policy: book.policy, known: this.known })
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
    this.gate = decideGate({ requirement, overrides: book.policy.overrides, findings: followedUp(settlement.findings, book.policy), decisions: settlement.standing(), signOff, digest, owns: book.owns, approved: this.approval?.areas })
  }

  /** The gate asked of only what the policy enforces: what it merely reminds of holds a draft once. */
  firmGate(): GateDecision {
    const { book, gate, settlement, signOff, digest, reading, origin } = this
    if (!book || this.failure || gate.kind === 'allow' || gate.because === 'not-ready') return gate
    const { policy, owns } = book
    const requirement = requirementOf({ draft: reading.draft, findings: settlement.findings, origin, policy, known: this.known, least: 'enforce' })
    const firm = decideGate({
      requirement, overrides: policy.overrides, findings: followedUp(settlement.findings, policy, 'enforce'), decisions: settlement.standing(), signOff, digest, owns,
      approved: this.approval?.areas,
    })
    return firm.kind === 'allow' ? firm : gate
  }

  /** How strictly the policy follows up what this draft asks for: `observe` where it would ask for something if it were enforced, and asks for nothing. */
  get mode(): Mode {
    const { book, requirement, settlement, reading, origin, known } = this
    if (!book) return 'enforce'
    if (requirement.tier !== 'note') return this.firmGate().kind === 'allow' && this.gate.kind === 'hold' ? 'remind' : 'enforce'
    const whole = requirementOf({ draft: reading.draft, findings: settlement.findings, origin, policy: enforced(book.policy), known })
    return whole.tier === 'note' ? 'enforce' : 'observe'
  }

  /** This draft has left: its recipients' domains are known from now on. */
  written(): void {
    for (const recipient of this.reading.draft.recipients) {
      const domain = domainOf(recipient)
      if (domain !== null) this.known?.add(domain)
    }
  }

  /** What the worker said of the owners' signatures for the text as it stands; nothing of it holds for another text. */
  get approval(): DraftApprovals | undefined {
    return this.approvals?.digest === this.digest ? this.approvals.of : undefined
  }

  takeApprovals(digest: string, of: DraftApprovals): void {
    this.approvals = { digest, of }
    this.decide()
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

  /** How long the person had these words before them, and how long reading them takes at least. */
  readingTime() {
    return this.clock.read(this.reading.draft.text, this.settlement.findings.length)
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
    return { session, site: core.site.id, host: core.host, draft: reading.draft, digest, origin: withoutHints(origin), requirement, findings: settlement.findings.map(standing), decisions, mode: this.mode }
  }

  /** The draft as it stands, for who finds it gone the next moment. */
  beforeGoing(session: string): Gone {
    const record = this.checked && !this.failure ? this.record(session) : this.uncheckedRecord(session)
    return { record, needed: this.gate.kind === 'hold', keep: this.worthKeeping() }
  }

  /** True where these words stand in the page: in this root, or in another that a site has drawn. */
  stands(text: string): boolean {
    const { site, window } = this.core
    const texts = new BodyTexts(new Exclusions(site.excluded))
    const stands = site.draftRoots(window.document).some((root) => readDraft(site, root, texts).draft.text === text)
    texts.keep([])
    return stands
  }

  /** What goes on record of a draft that nothing looked at: no finding, and that it was not checked. A text past the engine's limit stays out. */
  uncheckedRecord(session: string): DraftRecord {
    const { reading, origin, core, failure } = this
    const draft = failure === 'too-long' ? { ...reading.draft, text: '', blocks: [] } : reading.draft
    const requirement: Requirement = { tier: 'review', owners: [], reasons: [{ code: 'not-checked', tier: 'review', detail: failure ?? '', count: 1 }] }
    return { session, site: core.site.id, host: core.host, draft, digest: digestDraft(reading.draft), origin: withoutHints(origin), requirement, findings: [], decisions: [] }
  }

  /** The person says where the draft came from. What that corrects is kept beside the corrections of words: which marks, or their absence, were wrong. */
  declareOrigin(ai: boolean | null): Correction | null {
    const { verdict, evidence } = this.origin
    this.origins.declare(ai)
    this.check()
    if (verdict === this.origin.verdict) return null
    const seen = evidence.filter((one) => one.class !== 'declared' && one.class !== 'T4').map(({ mark }) => mark)
    return {
      rule: ORIGIN_RULE, category: 'leftover', before: [verdict, ...seen].join(' '), after: this.origin.verdict, sentence: '', site: this.core.site.id, at: this.now(),
    }
  }

  /** What an assistant's text became, to learn from; null where it is not known to be one, or nothing of it was changed. */
  lesson(session: string): Lesson | null {
    const { core, origin, reading: { draft } } = this
    const at = this.now()
    const corrections = this.settlement.corrections(core.site.id, at).map(({ rule, category, before, after, sentence }) => ({ rule, category, before, after, sentence }))
    const { wrote, left } = origin.verdict === 'ai' ? this.origins.changed() : NOTHING
    if (corrections.length === 0 && wrote.length === 0) return null
    const assistant = origin.evidence.find(({ product }) => product !== null)?.product ?? ''
    return { session, site: core.site.id, kind: draft.kind, assistant, at, corrections, wrote, left, people: draft.recipients.flatMap(({ name, address }) => [name, address ?? '']) }
  }

  /** What was to be learnt is told; the next changes start afresh. */
  taught(): void {
    this.settlement.forgetCorrections()
    this.origins.told()
  }

  /** How blocks of this draft arrived, for other windows and for a draft that is opened again; null when there is nothing new to tell, or the draft is being changed and not `leaving`. */
  rememberOrigin(leaving: boolean): readonly KnownBlock[] | null {
    return this.origins.news(leaving)
  }

  /** Digests of blocks to ask other windows about. */
  unknownOrigin(): readonly string[] {
    return this.origins.unknown()
  }

  /** Takes what was seen of these blocks elsewhere. */
  takeOrigin(blocks: readonly KnownBlock[]): void {
    if (blocks.length === 0) return
    this.origins.take(blocks)
    this.check()
  }

  dispose(): void {
    this.texts.keep([])
  }

  private countVoided(): SessionSnapshot['voided'] {
    const open = this.settlement.findings.filter((finding) => this.isOpen(finding)).length
    return { fresh: open, settled: this.settlement.findings.length - open }
  }
}

/** A finding as it stands now, for who keeps it: the scanner moves its findings with the text. */
export function standing(finding: Finding): Finding {
  return { ...finding, span: { ...finding.span } }
}

/** Hints of style are shown, not kept: a record holds what was seen. */
function withoutHints(origin: Origin): Origin {
  return { ...origin, evidence: origin.evidence.filter((one) => one.class !== 'T4') }
}

function sameDraft(a: Reading, b: Reading): boolean {
  return (
    a.draft.text === b.draft.text && a.draft.subject === b.draft.subject && a.draft.kind === b.draft.kind &&
    a.coverage.complete === b.coverage.complete && JSON.stringify([a.draft.recipients, a.draft.attachments]) === JSON.stringify([b.draft.recipients, b.draft.attachments])
  )
}

function sameCoverage(a: Reading, b: Reading): boolean {
  return JSON.stringify(a.coverage) === JSON.stringify(b.coverage)
}
