import { BlockScanner } from './block.ts'
import { compileRuleset } from './compile.ts'
import { type Keyed, needsOf } from './filing.ts'
import { inTheirLanguage, type LanguageOf } from './language.ts'
import { type Element, parsePattern, wordsOf } from './pattern.ts'
import { type BlockKind, ENTITY_KINDS, type EntityKind, type RulePack, type Span } from './types.ts'

/** Why one block was or was not flagged. Offsets into the block's text. */
export interface Explanation {
  readonly tokens: readonly (Span & { readonly sentence: number })[]
  readonly entities: readonly (Span & { readonly kind: EntityKind })[]
  /** What became a finding, with what moved its tier. */
  readonly found: readonly (Span & { readonly rule: string; readonly evidence: readonly string[] })[]
  /** What a rule matched and yet is no finding: `because` is `where`, `unless`, `near`, `language`, or the context that cleared it. */
  readonly dropped: readonly (Span & { readonly rule: string; readonly because: string })[]
  /** Rules that matched nothing and lacked least, nearest first: what of a pattern a sentence has, and what it has not. */
  readonly nearest: readonly Nearest[]
}

export interface Nearest {
  readonly rule: string
  readonly pattern: string
  readonly has: readonly string[]
  /** Empty where everything is there, but in another order or too far apart. */
  readonly missing: readonly string[]
}

/** Nearest rules that are told. */
const NEAREST = 3

interface Wanted { readonly rule: string; readonly pattern: string; readonly needs: readonly (readonly Keyed[])[]; readonly lists: Lists }
type Lists = RulePack['lists']

/** Explains blocks under some packs, as a scanner with the same `languageOf` reads them. For rule authors: it takes its time, and keeps nothing of a text. */
export function createExplainer(packs: readonly RulePack[], languageOf: LanguageOf | null = null): (text: string, kind: BlockKind | 'subject', locale?: string) => Explanation {
  const ruleset = compileRuleset(packs)
  const scanner = new BlockScanner(ruleset)
  const wanted: Wanted[] = packs.flatMap((pack) => pack.rules.flatMap((rule) => rule.match.map((pattern) => {
    const { elements } = parsePattern(pattern, pack.lists)
    // In the order in which they are written, not by rarity.
    return { rule: rule.id, pattern, needs: elements.flatMap((element: Element) => needsOf([element])), lists: pack.lists }
  })))
  const ruleId = (number: number): string => ruleset.ruleAt(number).rule.id
  return (text, kind, locale = '') => {
    const { tokens, entities } = scanner
    const span = (from: number, to: number): Span => ({ start: tokens.start[from] as number, end: tokens.end[to - 1] as number })
    const dropped: Explanation['dropped'][number][] = []
    scanner.onDrop = (rule, from, to, because) => dropped.push({ rule: ruleId(rule), ...span(from, to), because })
    const all = scanner.scan(text, kind)
    scanner.onDrop = null
    const spoken = languageOf ? inTheirLanguage(all, text, ({ rule }) => ruleset.ruleAt(rule).rule.languages, (part) => languageOf(part, locale)) : all
    for (const hit of all) if (!spoken.includes(hit)) dropped.push({ rule: ruleId(hit.rule), start: hit.start, end: hit.end, because: 'language' })
    const found = spoken.map(({ rule, start, end, evidence }) => ({ rule: ruleId(rule), start, end, evidence }))
    const words = Array.from({ length: tokens.count }, (_, i) => ({ ...span(i, i + 1), sentence: tokens.sentence[i] as number }))
    const kinds = Array.from({ length: text.trim() === '' ? 0 : entities.count }, (_, i) => ({ kind: ENTITY_KINDS[(entities.symbol[i] as number) - ruleset.automaton.firstEntity] as EntityKind, ...span(entities.from[i] as number, entities.to[i] as number) }))
    const told = new Set([...found, ...dropped].map(({ rule }) => rule))
    const sentences = sentencesOf(scanner, ruleset.automaton.firstEntity)
    return { tokens: words, entities: kinds, found, dropped, nearest: nearest(wanted.filter(({ rule }) => !told.has(rule)), sentences, (word) => ruleset.vocabulary.get(word)) }
  }
}

/** What stands in each sentence: word numbers and entity kinds. */
function sentencesOf({ tokens, entities }: BlockScanner, firstEntity: number): readonly ReadonlySet<number | EntityKind>[] {
  const out = Array.from({ length: tokens.sentences }, () => new Set<number | EntityKind>())
  for (let i = 0; i < tokens.count; i++) if (tokens.word[i] !== 0) out[tokens.sentence[i] as number]?.add(tokens.word[i] as number)
  for (let i = 0; i < entities.count; i++) out[tokens.sentence[entities.from[i] as number] as number]?.add(ENTITY_KINDS[(entities.symbol[i] as number) - firstEntity] as EntityKind)
  return out
}

function nearest(wanted: readonly Wanted[], sentences: readonly ReadonlySet<number | EntityKind>[], numberOf: (word: string) => number): Nearest[] {
  const best = new Map<string, Nearest & { readonly share: number }>()
  for (const { rule, pattern, needs, lists } of wanted) for (const sentence of sentences) {
    const isThere = (set: readonly Keyed[]): boolean => set.some((one) => {
      if (one.kind === 'word') return sentence.has(numberOf(one.word))
      return one.kind === 'entity' ? sentence.has(one.entity) : (lists[one.list] ?? []).some((entry) => wordsOf(entry).every((word) => sentence.has(numberOf(word))))
    })
    const has = needs.filter(isThere).map(nameOf)
    const share = has.length / needs.length
    if (has.length > 0 && share > (best.get(rule)?.share ?? 0)) best.set(rule, { rule, pattern, has, missing: needs.filter((set) => !isThere(set)).map(nameOf), share })
  }
  return [...best.values()].sort((a, b) => b.share - a.share || b.has.length - a.has.length).slice(0, NEAREST).map(({ rule, pattern, has, missing }) => ({ rule, pattern, has, missing }))
}

/** `off|discount|reduction`, at most four of them. */
function nameOf(set: readonly Keyed[]): string {
  const names = set.map((one) => (one.kind === 'word' ? one.word : one.kind === 'entity' ? `{${one.entity}}` : `{list:${one.list}}`))
  return names.length > 4 ? `${names.slice(0, 4).join('|')}|…` : names.join('|')
}
