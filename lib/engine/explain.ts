import { BlockScanner } from './block.ts'
import { compileRuleset } from './compile.ts'
import type { Keyed } from './filing.ts'
import { inTheirLanguage, type LanguageOf, runsOn } from './language.ts'
import { type Element, parsePattern, wordsOf } from './pattern.ts'
import { type BlockKind, ENTITY_KINDS, type EntityKind, type Field, type Finding, type RulePack, type Span } from './types.ts'

/** Why one block was or was not flagged. Offsets into the block's text. */
export interface Explanation {
  readonly tokens: readonly (Span & { readonly sentence: number })[]
  readonly entities: readonly (Span & { readonly kind: EntityKind })[]
  /** What became a finding, with what moved its tier. */
  readonly found: readonly (Span & { readonly rule: string; readonly evidence: readonly string[] })[]
  /** What a rule matched and yet is no finding: `because` is `where`, `unless`, `near`, `language`, the context that cleared it, or what `withOutcome` adds. */
  readonly dropped: readonly (Span & { readonly rule: string; readonly because: string })[]
  /** Rules of the text's language that matched nothing and lacked least, nearest first: what of a pattern a sentence has, and what it has not. */
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

interface Wanted { readonly rule: string; readonly languages: readonly string[]; readonly pattern: string; readonly needs: Needs; readonly lists: Lists }
/** What a sequence must have, in the order in which it is written: one of some things, or all that one of its alternatives must have. */
type Needs = readonly (readonly Keyed[] | { readonly either: readonly Needs[] })[]
interface Lacks { readonly has: readonly string[]; readonly missing: readonly string[] }
type Lists = RulePack['lists']

/** Explains blocks under some packs, as a scanner with the same `languageOf` reads them. For rule authors: it takes its time, and keeps nothing of a text. */
export function createExplainer(packs: readonly RulePack[], languageOf: LanguageOf | null = null): (text: string, kind: BlockKind | 'subject', locale?: string) => Explanation {
  const ruleset = compileRuleset(packs)
  const scanner = new BlockScanner(ruleset)
  const wanted: Wanted[] = packs.flatMap((pack) => pack.rules.flatMap((rule) => rule.match.map((pattern) => {
    return { rule: rule.id, languages: rule.languages, pattern, needs: needsIn(parsePattern(pattern, pack.lists).elements), lists: pack.lists }
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
    const language = languageOf?.(text, locale) ?? null
    return { tokens: words, entities: kinds, found, dropped, nearest: nearest(wanted.filter(({ rule, languages }) => !told.has(rule) && runsOn(languages, language)), sentences, (word) => ruleset.vocabulary.get(word)) }
  }
}

/** What stands in each sentence: word numbers and entity kinds. */
function sentencesOf({ tokens, entities }: BlockScanner, firstEntity: number): readonly ReadonlySet<number | EntityKind>[] {
  const out = Array.from({ length: tokens.sentences }, () => new Set<number | EntityKind>())
  for (let i = 0; i < tokens.count; i++) if (tokens.word[i] !== 0) out[tokens.sentence[i] as number]?.add(tokens.word[i] as number)
  for (let i = 0; i < entities.count; i++) out[tokens.sentence[entities.from[i] as number] as number]?.add(ENTITY_KINDS[(entities.symbol[i] as number) - firstEntity] as EntityKind)
  return out
}

/**
 * The explanation of a block that begins at `from` of its field, given what became of the whole draft: what was found in it and is in none of `findings` is dropped because of `because`.
 * `check`: what the rule looks at besides its words (a date, a sum, required text, that it speaks once a draft) left nothing to say.
 */
export function withOutcome(explanation: Explanation, field: Field, from: number, findings: readonly Pick<Finding, 'rule' | 'field' | 'span'>[], because: string): Explanation {
  const stands = ({ rule, start, end }: Explanation['found'][number]): boolean => findings.some((one) => one.rule === rule && one.field === field && one.span.start < from + end && one.span.end > from + start)
  const gone = explanation.found.filter((one) => !stands(one)).map(({ rule, start, end }) => ({ rule, start, end, because }))
  return { ...explanation, found: explanation.found.filter(stands), dropped: [...explanation.dropped, ...gone] }
}

function needsIn(elements: readonly Element[]): Needs {
  return elements.flatMap((element): Needs => {
    if (element.kind === 'gap' || (element.kind === 'group' && element.optional)) return []
    if (element.kind !== 'group') return [[element]]
    const [first] = element.of
    if (element.of.length === 1 && first) return needsIn(first)
    // Alternatives of one thing each are told in one breath.
    const single = element.of.flatMap((sequence): Keyed[] => (sequence.length === 1 && sequence[0]?.kind !== 'gap' && sequence[0]?.kind !== 'group' ? [sequence[0] as Keyed] : []))
    return [single.length === element.of.length ? single : { either: element.of.map(needsIn) }]
  })
}

/** What a sentence has of what a pattern needs, and what it lacks; of alternatives that of which it has the largest part. */
function lacksOf(needs: Needs, isThere: (set: readonly Keyed[]) => boolean): Lacks {
  const parts = needs.map((need): Lacks => {
    if (!('either' in need)) return isThere(need) ? { has: [nameOf(need)], missing: [] } : { has: [], missing: [nameOf(need)] }
    return need.either.map((each) => lacksOf(each, isThere)).reduce((best, each) => (shareOf(each) > shareOf(best) ? each : best))
  })
  return { has: parts.flatMap(({ has }) => has), missing: parts.flatMap(({ missing }) => missing) }
}

function shareOf({ has, missing }: Lacks): number {
  return has.length === 0 ? 0 : has.length / (has.length + missing.length)
}

function nearest(wanted: readonly Wanted[], sentences: readonly ReadonlySet<number | EntityKind>[], numberOf: (word: string) => number): Nearest[] {
  const best = new Map<string, Nearest>()
  for (const { rule, pattern, needs, lists } of wanted) for (const sentence of sentences) {
    const lacks = lacksOf(needs, (set) => set.some((one) => {
      if (one.kind === 'word') return sentence.has(numberOf(one.word))
      return one.kind === 'entity' ? sentence.has(one.entity) : (lists[one.list] ?? []).some((entry) => wordsOf(entry).every((word) => sentence.has(numberOf(word))))
    }))
    const known = best.get(rule)
    if (lacks.has.length > 0 && shareOf(lacks) > (known ? shareOf(known) : 0)) best.set(rule, { rule, pattern, ...lacks })
  }
  return [...best.values()].sort((a, b) => shareOf(b) - shareOf(a) || b.has.length - a.has.length).slice(0, NEAREST)
}

/** `off|discount|reduction`, at most four of them. */
function nameOf(set: readonly Keyed[]): string {
  const names = set.map((one) => (one.kind === 'word' ? one.word : one.kind === 'entity' ? `{${one.entity}}` : `{list:${one.list}}`))
  return names.length > 4 ? `${names.slice(0, 4).join('|')}|…` : names.join('|')
}
