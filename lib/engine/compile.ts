import { REST } from './automaton.ts'
import { AutomatonBuilder } from './build.ts'
import { baseVocabulary } from './lexicon.ts'
import { LIMITS } from './limits.ts'
import { parsePattern, type Pattern, wordsOf } from './pattern.ts'
import type { RuleRegex } from './regex/run.ts'
import { type RuleEntry, type Ruleset, rulesetOf } from './ruleset.ts'
import { PatternError, type Rule, type RulePack } from './types.ts'
import { Vocabulary } from './vocabulary.ts'

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
 * Compiles packs into one automaton. All that come with Countersign take about half a second, a list of 50,000 entries about a fifth of one.
 * @throws PatternError naming rule, pattern and column.
 */
export function compileRuleset(packs: readonly RulePack[]): Ruleset {
  const vocabulary = new Vocabulary(baseVocabulary)
  const builder = new AutomatonBuilder(vocabulary)
  const rules: RuleEntry[] = []
  const regexes: RuleRegex[] = []
  for (const pack of packs) {
    let loose = 0
    for (const rule of pack.rules) {
      const number = rules.push({ rule, pack: pack.id, packVersion: pack.version }) - 1
      const keyOf = (name: string): string => {
        const key = `${pack.id}\0${name}`
        if (builder.wantsList(key)) addList(builder, pack, name, key)
        return key
      }
      for (const source of rule.match) {
        const pattern = parseFor(rule, source, pack)
        if (!pattern.regex) builder.addMatch(pattern, number, keyOf)
        else {
          regexes.push({ rule: number, ...pattern.regex })
          if (pattern.regex.literals.length === 0 && ++loose > LIMITS.looseRegexes) throw new PatternError(`A pack may have ${LIMITS.looseRegexes} regular expressions without any fixed text, because they run over everything; give this one a word or sign that must be there`, source, 1, rule.id)
        }
      }
      for (const part of ['unless', 'near'] as const) {
        for (const source of rule[part]) {
          const pattern = parseFor(rule, source, pack)
          if (pattern.regex) throw new PatternError(`A regular expression stands under "match" only; write a pattern of words under "${part}"`, source, 0, rule.id)
          builder.addRest(pattern, number, number * 2 + REST[part], keyOf)
        }
      }
    }
  }
  vocabulary.freeze()
  return rulesetOf(rules.length, (number) => rules[number] as RuleEntry, vocabulary, builder.finish(rules.length), regexes)
}

function parseFor(rule: Rule, source: string, pack: RulePack): Pattern {
  try {
    return parsePattern(source, pack.lists)
  } catch (error) {
    if (error instanceof PatternError) throw new PatternError(error.reason, error.pattern, error.column, rule.id)
    throw error
  }
}
