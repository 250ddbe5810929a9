import {
  CATEGORIES, compileRuleset, createExplainer, createScanner, parsePattern, PatternError, TIERS, type BlockKind, type Draft, type Explanation, type Finding, type Rule, type RulePack, type Scanner,
} from '../engine/index.ts'
import { tidied, type RuleFields } from './rule-fields.ts'
import { completeRule, DEFAULT_WHERE, PLACES, ruleFileSchema } from './schema.ts'
import { exampleDraft } from './self-test.ts'
import type { Path } from './problem.ts'

export type WordLists = Readonly<Record<string, readonly string[]>>

/** A pattern that cannot be read: at which path of the fields, why, and from which character on (0-based UTF-16 offset into the pattern). */
export interface PatternFault { readonly path: Path; readonly reason: string; readonly column: number }

/** How one example went. `quote` is what was found in it, null where nothing was. */
export interface ExampleTrial { readonly kind: 'flagged' | 'clean'; readonly path: Path; readonly text: string; readonly ok: boolean; readonly quote: string | null }

/** A rule that runs, finished or not. */
export interface RuleTrial {
  readonly faults: readonly PatternFault[]
  readonly examples: readonly ExampleTrial[]
  /** What the rule finds in a draft. Throws `DraftTooLongError` as the engine does. */
  readonly scan: (draft: Draft) => readonly Finding[]
  /** Why the rule does or does not find something in one block; null while no pattern can be read. */
  readonly explain: (text: string, kind: BlockKind) => Explanation | null
}

const PARTS = ['match', 'unless', 'near'] as const

/**
 * Runs a rule on its own examples, however far its author has come: what is missing besides patterns is filled in, and a pattern that cannot be read
 * is named and left out. Linear in patterns and examples like the engine. Never throws for what an author wrote.
 */
export function tryRule(fields: RuleFields, lists: WordLists): RuleTrial {
  const { tidy, original } = tidied(fields)
  const faults: PatternFault[] = []
  const good = (part: (typeof PARTS)[number]): string[] => (tidy[part] ?? []).filter((pattern, index) => {
    const fault = faultOf(pattern, lists)
    if (fault) faults.push({ path: original([part, index]), reason: fault.reason, column: fault.column })
    return !fault
  })
  const rule: Rule = { ...standIn(tidy), match: good('match'), unless: good('unless'), near: good('near') }
  const pack: RulePack = { format: 1, id: 'trial', version: '1.0.0', title: 'trial', description: 'trial', owner: 'trial', lists, rules: [rule] }
  const scanner = scannerOf(pack, faults)
  const scan = (draft: Draft): readonly Finding[] => scanner?.scan(draft).findings ?? []
  const examples = (['flagged', 'clean'] as const).flatMap((kind) => (tidy.examples?.[kind] ?? []).map((text, index): ExampleTrial => {
    const quote = scan(exampleDraft(text, rule))[0]?.quote ?? null
    return { kind, path: original(['examples', kind, index]), text, ok: (quote !== null) === (kind === 'flagged'), quote }
  }))
  let explainer: ReturnType<typeof createExplainer> | undefined
  // Made when somebody asks: most who write a rule see by its examples how it goes.
  const explain = (text: string, kind: BlockKind): Explanation | null => (scanner ? (explainer ??= createExplainer([pack]))(text, kind) : null)
  return { faults, examples, scan, explain }
}

function faultOf(pattern: string, lists: WordLists): PatternError | null {
  try {
    parsePattern(pattern, lists)
    return null
  } catch (error) {
    if (error instanceof PatternError) return error
    throw error
  }
}

function scannerOf(pack: RulePack, faults: PatternFault[]): Scanner | null {
  try {
    return createScanner(compileRuleset([pack]))
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    faults.push({ path: ['match'], reason: error.reason, column: error.column })
    return null
  }
}

/** The rule as far as it is written, with what the engine needs filled in. */
function standIn(fields: RuleFields): Rule {
  const oneOf = <T extends string>(known: readonly T[], value: string | undefined): T | undefined => known.find((each) => each === value)
  const effect = (value: string | undefined) => oneOf(['clears', 'lowers', 'ignores'] as const, value)
  const where = (fields.where ?? []).flatMap((place) => oneOf(PLACES, place) ?? [])
  return completeRule({
    id: 'trial/rule', title: fields.title?.trim() || 'trial', category: oneOf(CATEGORIES, fields.category) ?? 'brand', tier: oneOf(TIERS, fields.tier) ?? 'review', languages: fields.languages ?? ['en'],
    message: fields.message ?? '', sources: [], match: [], unless: [], near: [], negation: effect(fields.negation), hedge: effect(fields.hedge), question: effect(fields.question),
    quoted: effect(fields.quoted), where: where.length > 0 ? where : [...DEFAULT_WHERE], once: fields.once ?? false, suggest: fields.suggest, reasons: [], check: ruleFileSchema.shape.check.safeParse(fields['check']).data,
    examples: { flagged: [], clean: [] },
  })
}

/** Names of the word lists that the patterns of a rule use, each once. */
export function listsIn(fields: { readonly [part in (typeof PARTS)[number]]?: readonly string[] | undefined }): readonly string[] {
  return [...new Set(PARTS.flatMap((part) => (fields[part] ?? []).flatMap((pattern) => [...pattern.matchAll(/\{list:([a-z][a-z0-9-]{0,62})\}/g)].map((match) => match[1] ?? ''))))]
}
