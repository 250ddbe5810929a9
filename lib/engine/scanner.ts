import { type BlockHit, BlockScanner } from './block.ts'
import { Blocks } from './blocks.ts'
import { Checker, CheckMemory } from './checks.ts'
import { LONG_BLOCK } from './cuts.ts'
import { inTheirLanguage, type LanguageOf } from './language.ts'
import { DraftTooLongError, LIMITS } from './limits.ts'
import { NumberSet } from './match.ts'
import { inOrder } from './ranges.ts'
import type { CompiledRule, Ruleset } from './ruleset.ts'
import { SameWords } from './same-words.ts'
import { enlarged } from './tokens.ts'
import { type BlockKind, type Draft, type Field, type Finding, type ScanResult, type Tier, TIERS } from './types.ts'

/** Checks drafts against a ruleset. Keeps what it found block by block, so that a keystroke costs one block. */
export interface Scanner {
  /** Findings of the whole draft, synchronously. Results stay as they are when the next draft is scanned, unless `ScanOptions.live` was asked for. @throws DraftTooLongError above `LIMITS.draftLength`. */
  scan(draft: Draft): ScanResult
}

/** What a check may know besides the text. */
export interface ScanOptions {
  /** With it, rules run on blocks in their own languages only; without, on every block. May be called for a block's text and for a sentence's. */
  readonly languageOf?: LanguageOf
  /** The day, ISO. Without it, a price book's dates are not looked at. */
  readonly today?: () => string
  /**
   * For typing: a finding whose block and turn are as they were is the same object in the next result, with its `span` brought up to date in place, and a result in which nothing but places
   * has changed is the same array. So a key makes no garbage for what stands behind it. Whoever keeps a finding over the next scan then copies its span.
   */
  readonly live?: boolean
}

/** What was found in one block; offsets into the block. */
type Hits = readonly Hit[]
const NO_HITS: Hits = []
/** Of a hit that has no finding yet; never written to. */
const NOWHERE = { start: 0, end: 0 }

/** A block's hit with what never changes about it, and the finding made of it last time. */
interface Hit {
  readonly rule: number
  readonly start: number
  readonly end: number
  readonly tier: Tier
  readonly evidence: readonly string[]
  /** Null until somebody asks. */
  quote: string | null
  /** Number of "this rule, these words" in this scanner. */
  readonly words: number
  turn: number
  fingerprint: string
  last: Finding | null
  /** The span of `last`. */
  place: { start: number; end: number }
  /** What the rule's check remembers of it, once it has been judged. */
  memory: CheckMemory | null
}

/** Different words of hits that a scanner remembers before it begins anew. */
const WORDS_KEPT = 20_000
/** Blocks and sentences whose language a scanner remembers before it begins anew. */
const LANGUAGES_KEPT = 100
/** Characters of block text kept for paste and undo. */
const KEEP = 500_000

class IncrementalScanner implements Scanner {
  private readonly blocks: BlockScanner
  private body = new Blocks()
  private subject = ''
  private locale = ''
  private subjectHits: Hits = NO_HITS
  private hits: Hits[] = []
  /** Blocks that a larger edit took away: a paste or undo may bring them back. By kind and text. */
  private readonly gone = new Map<string, Hits>()
  private goneLength = 0
  private readonly words = new SameWords()
  /** By number of words: the quote that was cut out last. */
  private readonly quotes: (string | undefined)[] = []
  /** Languages of blocks and sentences that were asked for last. */
  private readonly spoken = new Map<string, string | null>()
  /** Per number of words: how often they have come in this scan. */
  private turns = new Int32Array(64)
  /** Rules that are reported once and have been. */
  private readonly seen: NumberSet
  private readonly checker = new Checker((number) => this.findingAt(number))
  /** Every hit of the draft in order, its block (-1 for the subject), its turn among equals, and whether it counts (1) or is said (2). */
  private readonly all: Hit[] = []
  private total = 0
  private blockOf = new Int32Array(64)
  private turnOf = new Int32Array(64)
  private state = new Uint8Array(64)
  /** Findings that a check has judged, by place in `all`. */
  private readonly judged: (Finding | undefined)[] = []
  private last: ScanResult = { findings: [], more: 0 }

  constructor(private readonly ruleset: Ruleset, private readonly around: ScanOptions) {
    this.blocks = blockScannerOf(ruleset)
    this.seen = new NumberSet(ruleset.count)
  }

  scan(draft: Draft): ScanResult {
    const length = draft.text.length + draft.subject.length
    if (length > LIMITS.draftLength) throw new DraftTooLongError(length)
    if (this.words.count > WORDS_KEPT || draft.locale !== this.locale) this.forget()
    this.locale = draft.locale
    if (draft.subject !== this.subject) {
      this.subject = draft.subject
      this.subjectHits = this.scanBlock(draft.subject, 'subject')
    }
    this.scanBody(draft)
    return this.collect(draft)
  }

  private forget(): void {
    this.words.clear()
    this.spoken.clear()
    this.gone.clear()
    this.hits.length = this.quotes.length = 0
    this.body = new Blocks()
    this.subject = ''
    this.subjectHits = NO_HITS
  }

  /** Unchanged blocks at both ends are taken over; the few between are looked up or scanned. */
  private scanBody(draft: Draft): void {
    const { body, hits } = this
    const same = body.take(draft)
    const { prefix, suffix } = same
    this.checker.edited(same)
    const gone = hits.length - prefix - suffix
    if (gone > 1) for (let i = prefix; i < prefix + gone; i++) this.remember(body.beforeText(i), body.beforeKind(i), hits[i] as Hits)
    const come = body.count - prefix - suffix
    // Mostly one block has become another.
    if (gone === come) for (let i = prefix; i < prefix + come; i++) hits[i] = this.hitsOf(i)
    else this.hits = [...hits.slice(0, prefix), ...Array.from({ length: come }, (_, i) => this.hitsOf(prefix + i)), ...hits.slice(hits.length - suffix)]
  }

  /** What a block that is new says: what it said when it was last here, or what it is scanned for. */
  private hitsOf(block: number): Hits {
    const { body, gone } = this
    const text = body.text.slice(body.start[block], body.end[block])
    const kind = body.kindOf(block)
    const known = gone.size > 0 ? gone.get(kind + text) : undefined
    // A hit stands in one place, and the same text may be pasted twice.
    return known?.map((hit): Hit => ({ ...hit, turn: -1, last: null, place: NOWHERE, memory: null })) ?? this.scanBlock(text, kind)
  }

  private remember(text: string, kind: BlockKind, hits: Hits): void {
    if (text.length === 0) return
    if ((this.goneLength += text.length) > KEEP) {
      this.gone.clear()
      this.goneLength = text.length
    }
    this.gone.set(owned(kind + text), hits)
  }

  private scanBlock(text: string, kind: BlockKind | 'subject'): Hits {
    const all = this.blocks.scan(text, kind)
    if (all.length === 0) return NO_HITS
    const found = this.inTheirLanguage(all, text)
    if (found.length === 0) return NO_HITS
    const hits = found.map(({ rule, start, end, tier, evidence }): Hit => (
      { rule, start, end, tier, evidence, quote: null, words: this.words.numberOf(rule, text, start, end), turn: -1, fingerprint: '', last: null, place: NOWHERE, memory: null }
    ))
    return inOrder(hits, this.byPlace)
  }

  private readonly byPlace = (a: Hit, b: Hit): number => a.start - b.start || b.end - a.end || (this.ruleOf(a.rule).rule.id < this.ruleOf(b.rule).rule.id ? -1 : 1)

  private inTheirLanguage(hits: readonly BlockHit[], text: string): readonly BlockHit[] {
    return this.around.languageOf ? inTheirLanguage(hits, text, ({ rule }) => this.ruleOf(rule).rule.languages, this.languageOf) : hits
  }

  /** What a block or sentence is in; sentences that stay as they are while their block is written are told once. */
  private readonly languageOf = (part: string): string | null => {
    const { spoken, locale, around } = this
    let language = spoken.get(part)
    if (language === undefined) {
      language = around.languageOf?.(part, locale) ?? null
      if (spoken.size >= LANGUAGES_KEPT) spoken.clear()
      if (part.length <= LONG_BLOCK) spoken.set(owned(part), language)
    }
    return language
  }

  /** The words of hit number `at` of the draft. */
  private quoteOf(at: number): string {
    const hit = this.all[at] as Hit
    if (hit.quote === null) {
      const block = this.blockOf[at] as number
      const text = block < 0 ? this.subject : this.body.text
      const from = (block < 0 ? 0 : this.body.start[block] as number) + hit.start
      const { length } = this.quotes[hit.words] ?? ''
      // Mostly it is cut out already.
      if (length !== hit.end - hit.start || !text.startsWith(this.quotes[hit.words] as string, from)) this.quotes[hit.words] = owned(text.slice(from, from + hit.end - hit.start))
      hit.quote = this.quotes[hit.words] as string
    }
    return hit.quote
  }

  private ruleOf(rule: number): CompiledRule {
    return this.ruleset.ruleAt(rule)
  }

  /** Puts the blocks' hits together: turn among equals, once-a-draft rules, checks, limits. Findings are made only of what is kept and of what has a check. */
  private collect(draft: Draft): ScanResult {
    this.gather()
    const { total, state } = this
    const standing = this.judge(draft)
    let kept = standing
    if (standing <= LIMITS.findingsPerRule) for (let i = 0; i < total; i++) state[i] = (state[i] as number) * 2
    else kept = this.keepMostSerious()
    const { last } = this
    let same = last.findings.length === kept
    // A copy is filled where it differs: nothing grows.
    let fresh: Finding[] | null = same ? null : []
    for (let i = 0, at = 0; i < total; i++) {
      if (state[i] !== 2) continue
      const finding = this.judged[i] ?? this.findingAt(i)
      if (same && finding !== last.findings[at]) {
        same = false
        fresh = last.findings.slice()
      }
      if (fresh) fresh[at] = finding
      at++
    }
    return (this.last = same && last.more === standing - kept ? last : { findings: fresh ?? last.findings, more: standing - kept })
  }

  /** All hits in one row, in an array that is used again. */
  private gather(): void {
    const { all, hits } = this
    let total = 0
    for (let block = -1; block < hits.length; block++) {
      const of = block < 0 ? this.subjectHits : hits[block] as Hits
      for (let i = 0; i < of.length; i++) {
        if (total === this.state.length) {
          this.blockOf = enlarged(this.blockOf, Int32Array)
          this.turnOf = enlarged(this.turnOf, Int32Array)
          this.state = enlarged(this.state, Uint8Array)
        }
        this.blockOf[total] = block
        all[total++] = of[i] as Hit
      }
    }
    // What a shorter draft leaves behind is let go.
    if (total * 4 < all.length) all.length = this.judged.length = total
    this.total = total
  }

  /** Says of each hit whether it counts, and how many do. */
  private judge(draft: Draft): number {
    const { all, total, state, turnOf, checker, judged } = this
    let { turns } = this
    let standing = 0
    const { count } = this.words
    if (count > turns.length) turns = this.turns = new Int32Array(count * 2)
    else turns.fill(0, 0, count)
    this.seen.clear()
    checker.begin(draft, this.body, this.around.today?.() ?? '')
    for (let i = 0; i < total; i++) {
      const hit = all[i] as Hit
      const { once, check } = this.ruleOf(hit.rule).rule
      state[i] = 0
      judged[i] = undefined
      if (once && this.seen.has(hit.rule)) continue
      if (once) this.seen.add(hit.rule)
      turnOf[i] = turns[hit.words] as number
      turns[hit.words] = (turns[hit.words] as number) + 1
      if (check) {
        if (!checker.takes(hit.rule, check)) continue
        const finding = checker.judge(i, this.quoteOf(i), hit.rule, check, (hit.memory ??= new CheckMemory()), this.blockOf[i] as number, hit.start)
        if (!finding) continue
        judged[i] = finding
      }
      state[i] = 1
      standing++
    }
    return standing
  }

  /** Past the limits the most serious are kept, of equally serious ones the first. How many that are. */
  private keepMostSerious(): number {
    const { all, total, state } = this
    const perRule = new Map<number, number>()
    let count = 0
    for (const tier of [...TIERS].reverse()) for (let i = 0; i < total; i++) {
      const hit = all[i] as Hit
      if (state[i] !== 1 || (this.judged[i] ?? hit).tier !== tier) continue
      const ofRule = perRule.get(hit.rule) ?? 0
      if (count >= LIMITS.findingsPerDraft || ofRule >= LIMITS.findingsPerRule) continue
      perRule.set(hit.rule, ofRule + 1)
      state[i] = 2
      count++
    }
    return count
  }

  private findingAt(at: number): Finding {
    const hit = this.all[at] as Hit
    const block = this.blockOf[at] as number
    return this.finding(hit, this.quoteOf(at), block < 0 ? 'subject' : 'body', (block < 0 ? 0 : this.body.start[block] as number) + hit.start, this.turnOf[at] as number)
  }

  private finding(hit: Hit, quote: string, field: Field, start: number, turn: number): Finding {
    const old = hit.last
    const end = start + hit.end - hit.start
    if (hit.turn !== turn) {
      hit.turn = turn
      hit.fingerprint = this.words.fingerprint(hit.words, this.ruleOf(hit.rule).rule.id, quote, turn)
    } else if (old && old.field === field) {
      if (old.span.start === start) return old
      if (this.around.live) {
        hit.place.start = start
        hit.place.end = end
        return old
      }
    }
    const { rule, pack, packVersion } = this.ruleOf(hit.rule)
    return (hit.last = {
      rule: rule.id, title: rule.title, pack, packVersion, category: rule.category, owner: rule.owner, tier: hit.tier, field,
      span: (hit.place = { start, end }), quote, message: rule.message, suggest: rule.suggest ?? null, sources: rule.sources, reasons: rule.reasons,
      evidence: hit.evidence, fingerprint: hit.fingerprint,
    })
  }
}

/** A copy that does not keep the whole draft that it was cut from in memory. */
function owned(text: string): string {
  return ` ${text}`.slice(1)
}

const blockScanners = new WeakMap<Ruleset, BlockScanner>()

/** One for all scanners of a ruleset: scanning is synchronous, and its arrays are as large as the ruleset. */
function blockScannerOf(ruleset: Ruleset): BlockScanner {
  let scanner = blockScanners.get(ruleset)
  if (!scanner) blockScanners.set(ruleset, (scanner = new BlockScanner(ruleset)))
  return scanner
}

/** A scanner for one draft at a time; make one for each draft that is open at once. */
export function createScanner(ruleset: Ruleset, options: ScanOptions = {}): Scanner {
  return new IncrementalScanner(ruleset, options)
}
