import { type BlockHit, BlockScanner } from './block.ts'
import { Blocks } from './blocks.ts'
import { checked, CheckMemory } from './checks.ts'
import { inTheirLanguage, type LanguageOf } from './language.ts'
import { DraftTooLongError, LIMITS } from './limits.ts'
import type { CompiledRule, Ruleset } from './ruleset.ts'
import { shortHash, wordsKey } from './spans.ts'
import { type BlockKind, type Draft, type Field, type Finding, type Rule, type ScanResult, type Tier, TIERS } from './types.ts'

/** Checks drafts against a ruleset. Keeps what it found block by block, so that a keystroke costs one block. */
export interface Scanner {
  /** Findings of the whole draft, synchronously. @throws DraftTooLongError above `LIMITS.draftLength`. */
  scan(draft: Draft): ScanResult
}

/** What a check may know besides the text. */
export interface ScanOptions {
  /** With it, rules run on blocks in their own languages only; without, on every block. May be called for a block's text and for a sentence's. */
  readonly languageOf?: LanguageOf
  /** The day, ISO. Without it, a price book's dates are not looked at. */
  readonly today?: () => string
}

/** What was found in one block; offsets into the block. */
type Hits = readonly Hit[]
const NO_HITS: Hits = []

/** A block's hit with what never changes about it, and the finding made of it last time. */
interface Hit {
  readonly rule: number
  readonly start: number
  readonly end: number
  readonly tier: Tier
  readonly evidence: readonly string[]
  readonly quote: string
  /** Number of "this rule, these words" in this scanner. */
  readonly words: number
  turn: number
  fingerprint: string
  last: Finding | null
}

interface Said {
  readonly quote: string
  /** Number of "this rule, these words" in this scanner. */
  readonly words: number
}

/** Different words of hits that a scanner remembers before it begins anew. */
const WORDS_KEPT = 20_000
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
  /** By rule and exact characters: so that a quote is folded once, however often it comes. */
  private readonly said = new Map<number, Map<string, Said>>()
  private readonly words = new Map<string, number>()
  private readonly keys: string[] = []
  /** Per number of words: how often they have come in this scan. */
  private turns = new Int32Array(64)
  /** Rules that are reported once and have been. */
  private readonly seen = new Set<number>()
  /** Rules with a check that have ever matched. */
  private readonly checks = new Map<string, Rule>()
  private readonly memory = new CheckMemory()
  /** Hits gone through, and those of them that count. */
  private order = 0
  private counted = 0

  constructor(private readonly ruleset: Ruleset, private readonly around: ScanOptions) {
    this.blocks = blockScannerOf(ruleset)
  }

  scan(draft: Draft): ScanResult {
    const length = draft.text.length + draft.subject.length
    if (length > LIMITS.draftLength) throw new DraftTooLongError(length)
    if (this.keys.length > WORDS_KEPT || draft.locale !== this.locale) this.forget()
    this.locale = draft.locale
    if (draft.subject !== this.subject) {
      this.subject = draft.subject
      this.subjectHits = this.scanBlock(draft.subject, 'subject')
    }
    this.scanBody(draft)
    return this.collect(draft)
  }

  private forget(): void {
    this.said.clear()
    this.words.clear()
    this.gone.clear()
    this.keys.length = this.hits.length = 0
    this.body = new Blocks()
    this.subject = ''
    this.subjectHits = NO_HITS
  }

  /** Unchanged blocks at both ends are taken over; the few between are looked up or scanned. */
  private scanBody(draft: Draft): void {
    const { body, hits } = this
    const { prefix, suffix } = body.take(draft)
    const gone = hits.length - prefix - suffix
    if (gone > 1) for (let i = prefix; i < prefix + gone; i++) this.remember(body.beforeText(i), body.beforeKind(i), hits[i] as Hits)
    const fresh: Hits[] = []
    for (let i = prefix; i < body.count - suffix; i++) {
      const text = body.text.slice(body.start[i], body.end[i])
      const kind = body.kindOf(i)
      fresh.push((this.gone.size > 0 ? this.gone.get(kind + text) : undefined) ?? this.scanBlock(text, kind))
    }
    if (gone === fresh.length) for (let i = 0; i < gone; i++) hits[prefix + i] = fresh[i] as Hits
    else this.hits = [...hits.slice(0, prefix), ...fresh, ...hits.slice(hits.length - suffix)]
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
    const hits = found.map(({ rule, start, end, tier, evidence }): Hit => {
      const { quote, words } = this.saidOf(rule, text.slice(start, end))
      const definition = this.ruleOf(rule).rule
      if (definition.check) this.checks.set(definition.id, definition)
      return { rule, start, end, tier, evidence, quote, words, turn: -1, fingerprint: '', last: null }
    })
    return hits.length > 1 ? hits.sort((a, b) => a.start - b.start || b.end - a.end || (this.ruleOf(a.rule).rule.id < this.ruleOf(b.rule).rule.id ? -1 : 1)) : hits
  }

  private inTheirLanguage(hits: readonly BlockHit[], text: string): readonly BlockHit[] {
    const { locale, around: { languageOf } } = this
    return languageOf ? inTheirLanguage(hits, text, ({ rule }) => this.ruleOf(rule).rule.languages, (part) => languageOf(part, locale)) : hits
  }

  private saidOf(rule: number, quote: string): Said {
    let quotes = this.said.get(rule)
    if (!quotes) this.said.set(rule, (quotes = new Map<string, Said>()))
    let said = quotes.get(quote)
    if (!said) {
      const own = owned(quote)
      quotes.set(own, (said = { quote: own, words: this.numberOf(wordsKey(this.ruleOf(rule).rule.id, own)) }))
    }
    return said
  }

  private numberOf(key: string): number {
    let number = this.words.get(key)
    if (number === undefined) {
      this.words.set(key, (number = this.keys.push(key) - 1))
      if (number >= this.turns.length) this.turns = new Int32Array(number * 2)
    }
    return number
  }

  private ruleOf(rule: number): CompiledRule {
    return this.ruleset.ruleAt(rule)
  }

  /** Puts the blocks' hits together: turn among equals, once-a-draft rules, checks, limits. Without checks, findings are made only of what is kept. */
  private collect(draft: Draft): ScanResult {
    const { hits, body, checks } = this
    let total = this.subjectHits.length
    for (let i = 0; i < hits.length; i++) total += (hits[i] as Hits).length
    const kept = total > LIMITS.findingsPerRule && checks.size === 0 ? this.mostSerious(total) : null
    const findings: Finding[] = []
    this.counted = this.order = 0
    this.turns.fill(0, 0, this.keys.length)
    this.seen.clear()
    this.add(this.subjectHits, 'subject', 0, kept, findings)
    for (let i = 0; i < hits.length; i++) {
      const block = hits[i] as Hits
      if (block.length > 0) this.add(block, 'body', body.start[i] as number, kept, findings)
    }
    if (checks.size > 0) return limited(checked(findings, draft, (id) => checks.get(id), this.memory, this.around.today?.() ?? ''))
    return { findings, more: this.counted - findings.length }
  }

  private add(hits: Hits, field: Field, start: number, kept: Uint8Array | null, findings: Finding[]): void {
    for (const hit of hits) {
      const order = this.order++
      if (this.isRepeat(hit)) continue
      this.counted++
      const turn = this.turns[hit.words] as number
      this.turns[hit.words] = turn + 1
      if (!kept || kept[order] === 1) findings.push(this.finding(hit, field, start + hit.start, turn))
    }
  }

  /** A rule that is reported once a draft has been reported. */
  private isRepeat(hit: Hit): boolean {
    if (!this.ruleOf(hit.rule).rule.once) return false
    if (this.seen.has(hit.rule)) return true
    this.seen.add(hit.rule)
    return false
  }

  /** Past the limits the most serious are kept, of equally serious ones the first: 1 for each hit, in order, that is. */
  private mostSerious(total: number): Uint8Array {
    const kept = new Uint8Array(total)
    const perRule = new Int32Array(this.ruleset.count)
    let count = 0
    for (const tier of [...TIERS].reverse()) {
      let order = 0
      this.seen.clear()
      for (let i = -1; i < this.hits.length; i++) for (const hit of i < 0 ? this.subjectHits : this.hits[i] as Hits) {
        const at = order++
        if (this.isRepeat(hit) || hit.tier !== tier || count >= LIMITS.findingsPerDraft || (perRule[hit.rule] as number) >= LIMITS.findingsPerRule) continue
        perRule[hit.rule] = (perRule[hit.rule] as number) + 1
        kept[at] = 1
        count++
      }
    }
    return kept
  }

  private finding(hit: Hit, field: Field, start: number, turn: number): Finding {
    const old = hit.last
    if (hit.turn !== turn) {
      hit.turn = turn
      hit.fingerprint = shortHash(`${this.keys[hit.words] as string}\0${turn}`)
    } else if (old && old.span.start === start && old.field === field) return old
    const { rule, pack, packVersion } = this.ruleOf(hit.rule)
    return (hit.last = {
      rule: rule.id, title: rule.title, pack, packVersion, category: rule.category, owner: rule.owner, tier: hit.tier, field,
      span: { start, end: start + hit.end - hit.start }, quote: hit.quote, message: rule.message, suggest: rule.suggest ?? null, sources: rule.sources, reasons: rule.reasons,
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

function inOrder(a: Finding, b: Finding): number {
  if (a.field !== b.field) return a.field === 'subject' ? -1 : 1
  return a.span.start - b.span.start || b.span.end - a.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
}

/** Past the limits keeps the most serious, of equally serious ones the first, and counts the rest. For findings whose checks have been run. */
function limited(findings: readonly Finding[]): ScanResult {
  const total = findings.length
  if (total <= LIMITS.findingsPerRule) return { findings, more: 0 }
  const counts = new Map<string, number>()
  const kept: Finding[] = []
  for (const tier of [...TIERS].reverse()) for (const finding of findings) {
    if (finding.tier !== tier) continue
    const count = (counts.get(finding.rule) ?? 0) + 1
    counts.set(finding.rule, count)
    if (count <= LIMITS.findingsPerRule && kept.length < LIMITS.findingsPerDraft) kept.push(finding)
  }
  kept.sort(inOrder)
  return { findings: kept, more: total - kept.length }
}

/** A scanner for one draft at a time; make one for each draft that is open at once. */
export function createScanner(ruleset: Ruleset, options: ScanOptions = {}): Scanner {
  return new IncrementalScanner(ruleset, options)
}
