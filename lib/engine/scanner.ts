import { type BlockHit, BlockScanner } from './block.ts'
import { checked } from './checks.ts'
import type { CompiledRule, Ruleset } from './compile.ts'
import { DraftTooLongError, LIMITS } from './limits.ts'
import { shortHash, wordsKey } from './spans.ts'
import { type BlockKind, type Draft, type Field, type Finding, type Rule, type ScanResult, TIERS } from './types.ts'

/** Checks drafts against a ruleset. Keeps what it found block by block, so that a keystroke costs one block. */
export interface Scanner {
  /** Findings of the whole draft, synchronously. @throws DraftTooLongError above `LIMITS.draftLength`. */
  scan(draft: Draft): ScanResult
}

interface Scanned {
  readonly text: string
  readonly kind: BlockKind | 'subject'
  readonly hits: readonly Hit[]
}

/** A block's hit with what never changes about it, and the finding made of it last time. */
interface Hit extends BlockHit {
  readonly quote: string
  readonly key: string
  last: Finding | null
}

/** Characters of block text kept for paste and undo. */
const KEEP = 2_000_000

class IncrementalScanner implements Scanner {
  private readonly blocks: BlockScanner
  private last: readonly Scanned[] = []
  private readonly known = new Map<string, Scanned>()
  private keptLength = 0

  constructor(private readonly ruleset: Ruleset) {
    this.blocks = new BlockScanner(ruleset)
  }

  scan(draft: Draft): ScanResult {
    const length = draft.text.length + draft.subject.length
    if (length > LIMITS.draftLength) throw new DraftTooLongError(length)
    const pieces = piecesOf(draft)
    const scanned = this.scanPieces(pieces)
    this.last = scanned
    return this.collect(draft, pieces, scanned)
  }

  /** Unchanged blocks at both ends are taken over by comparing; the few between are looked up or scanned. */
  private scanPieces(pieces: readonly Piece[]): Scanned[] {
    const { last } = this
    const same = (piece: Piece | undefined, old: Scanned | undefined): boolean => piece !== undefined && old !== undefined && piece.kind === old.kind && piece.text === old.text
    const most = Math.min(pieces.length, last.length)
    let prefix = 0
    while (prefix < most && same(pieces[prefix], last[prefix])) prefix++
    let suffix = 0
    while (suffix < most - prefix && same(pieces[pieces.length - 1 - suffix], last[last.length - 1 - suffix])) suffix++
    return pieces.map((piece, i) => {
      const old = i < prefix ? last[i] : i >= pieces.length - suffix ? last[i - pieces.length + last.length] : undefined
      return old ?? this.scanPiece(piece)
    })
  }

  private scanPiece({ text, kind }: Piece): Scanned {
    if (text.trim() === '') return { text, kind, hits: [] }
    const key = `${kind}\0${text}`
    const known = this.known.get(key)
    if (known) return known
    const hits = this.blocks.scan(text, kind).map((hit): Hit => {
      const quote = text.slice(hit.start, hit.end)
      return { ...hit, quote, key: wordsKey(this.ruleOf(hit).rule.id, quote), last: null }
    })
    const scanned = { text, kind, hits }
    if ((this.keptLength += text.length) > KEEP) {
      this.known.clear()
      this.keptLength = text.length
    }
    this.known.set(key, scanned)
    return scanned
  }

  private ruleOf(hit: BlockHit): CompiledRule {
    return this.ruleset.rules[hit.rule] as CompiledRule
  }

  /** Puts the blocks' hits together: turn among equals, once-a-draft rules, limits. */
  private collect(draft: Draft, pieces: readonly Piece[], scanned: readonly Scanned[]): ScanResult {
    const findings: Finding[] = []
    const turns = new Map<string, number>()
    const seen = new Set<number>()
    const withCheck = new Map<string, Rule>()
    pieces.forEach((piece, i) => {
      for (const hit of (scanned[i] as Scanned).hits) {
        const { rule } = this.ruleOf(hit)
        if (rule.check) withCheck.set(rule.id, rule)
        if (rule.once) {
          if (seen.has(hit.rule)) continue
          seen.add(hit.rule)
        }
        const turn = turns.get(hit.key) ?? 0
        turns.set(hit.key, turn + 1)
        findings.push(this.finding(hit, piece, turn))
      }
    })
    return limited(checked(findings, draft, (id) => withCheck.get(id)))
  }

  private finding(hit: Hit, piece: Piece, turn: number): Finding {
    const start = piece.start + hit.start
    const fingerprint = shortHash(`${hit.key}\0${turn}`)
    const old = hit.last
    if (old && old.span.start === start && old.field === piece.field && old.fingerprint === fingerprint) return old
    const { rule, pack, packVersion } = this.ruleOf(hit)
    return (hit.last = {
      rule: rule.id, title: rule.title, pack, packVersion, category: rule.category, owner: rule.owner, tier: hit.tier, field: piece.field,
      span: { start, end: piece.start + hit.end }, quote: hit.quote, message: rule.message, suggest: rule.suggest ?? null, sources: rule.sources, reasons: rule.reasons,
      evidence: hit.evidence, fingerprint,
    })
  }
}

interface Piece {
  readonly text: string
  readonly kind: BlockKind | 'subject'
  readonly field: Field
  /** Offset of the piece in its field. */
  readonly start: number
}

/** Subject and blocks; a body without blocks is taken line by line as plain text. */
function piecesOf(draft: Draft): Piece[] {
  const pieces: Piece[] = [{ text: draft.subject, kind: 'subject', field: 'subject', start: 0 }]
  if (draft.blocks.length > 0) {
    for (const { span, kind } of draft.blocks) pieces.push({ text: draft.text.slice(span.start, span.end), kind, field: 'body', start: span.start })
    return pieces
  }
  for (let start = 0; start <= draft.text.length;) {
    const at = draft.text.indexOf('\n', start)
    const end = at < 0 ? draft.text.length : at
    pieces.push({ text: draft.text.slice(start, end), kind: 'text', field: 'body', start })
    start = end + 1
  }
  return pieces
}

function inOrder(a: Finding, b: Finding): number {
  if (a.field !== b.field) return a.field === 'subject' ? -1 : 1
  return a.span.start - b.span.start || b.span.end - a.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
}

/** Sorts, and past the limits keeps the most serious and counts the rest. */
function limited(findings: Finding[]): ScanResult {
  findings.sort(inOrder)
  const total = findings.length
  const bySeriousness = (list: readonly Finding[]): Finding[] => [...list].sort((a, b) => TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier) || inOrder(a, b))
  let kept: readonly Finding[] = findings
  if (total > LIMITS.findingsPerRule) {
    const counts = new Map<string, number>()
    kept = bySeriousness(findings).filter(({ rule }) => {
      const count = (counts.get(rule) ?? 0) + 1
      counts.set(rule, count)
      return count <= LIMITS.findingsPerRule
    }).slice(0, LIMITS.findingsPerDraft).sort(inOrder)
  }
  return { findings: kept, more: total - kept.length }
}

/** A scanner for one draft at a time; make one for each draft that is open at once. */
export function createScanner(ruleset: Ruleset): Scanner {
  return new IncrementalScanner(ruleset)
}
