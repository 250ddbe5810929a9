import { type Automaton, AutomatonBuilder } from './automaton.ts'
import { languageBits } from './context.ts'
import { baseVocabulary } from './lexicon.ts'
import { LIMITS } from './limits.ts'
import { parsePattern, type Pattern, wordsOf } from './pattern.ts'
import { type BlockKind, PatternError, type Rule, type RulePack } from './types.ts'
import { Vocabulary } from './vocabulary.ts'

/** What a pattern of a rule is for; a role in the automaton is three times the rule's number plus this. */
export const PART = { match: 0, unless: 1, near: 2 } as const
export const PARTS = 3

export interface CompiledRule {
  readonly rule: Rule
  readonly pack: string
  readonly packVersion: string
  /** Languages whose negations and hedges apply, as bits of `CUE_LANGUAGES`. */
  readonly languages: number
  readonly where: ReadonlySet<BlockKind | 'subject'>
}

/** Packs compiled for scanning. Opaque outside this room: make one with `compileRuleset`, use it with `createScanner`. */
export interface Ruleset {
  readonly rules: readonly CompiledRule[]
  readonly vocabulary: Vocabulary
  readonly automaton: Automaton
}

function addList(builder: AutomatonBuilder, pack: RulePack, name: string, key: string): void {
  const entries = pack.lists[name] ?? []
  if (entries.length > LIMITS.listEntries) throw new PatternError(`The list "${name}" has ${entries.length} entries; a list has at most ${LIMITS.listEntries}`, `{list:${name}}`, 6)
  for (const entry of entries) {
    const words = wordsOf(entry)
    if (words.length === 0 || words.length > LIMITS.entryWords) {
      throw new PatternError(`The entry "${entry.slice(0, 60)}" of the list "${name}" has ${words.length || 'no'} words; write 1 to ${LIMITS.entryWords}`, `{list:${name}}`, 6)
    }
    builder.addEntry(key, words)
  }
}

/**
 * Compiles packs into one automaton. Takes milliseconds for hundreds of rules; a list of 50,000 entries takes about a tenth of a second.
 * @throws PatternError naming rule, pattern and column.
 */
export function compileRuleset(packs: readonly RulePack[]): Ruleset {
  const vocabulary = new Vocabulary(baseVocabulary)
  const builder = new AutomatonBuilder(vocabulary)
  const rules: CompiledRule[] = []
  for (const pack of packs) {
    for (const rule of pack.rules) {
      const base = rules.push({ rule, pack: pack.id, packVersion: pack.version, languages: languageBits(rule.languages), where: new Set(rule.where) }) - 1
      const keyOf = (name: string): string => {
        const key = `${pack.id}\0${name}`
        if (builder.needs(key)) addList(builder, pack, name, key)
        return key
      }
      for (const part of ['match', 'unless', 'near'] as const) {
        for (const source of rule[part]) builder.add(parseFor(rule, source, pack), base * PARTS + PART[part], keyOf)
      }
    }
  }
  vocabulary.freeze()
  return { rules, vocabulary, automaton: builder.finish() }
}

function parseFor(rule: Rule, source: string, pack: RulePack): Pattern {
  try {
    return parsePattern(source, pack.lists)
  } catch (error) {
    if (error instanceof PatternError) throw new PatternError(error.reason, error.pattern, error.column, rule.id)
    throw error
  }
}
