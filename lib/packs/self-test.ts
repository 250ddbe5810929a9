import { compileRuleset, createScanner, parsePattern, PatternError, type Block, type Draft, type Rule, type RulePack, type Ruleset } from '../engine/index.ts'
import type { Locate, PackProblem } from './problem.ts'

/** An example of a rule as a draft of one field, in a place where the rule looks. An example of a rule that asks who the mail goes to says so in its first line: `To: Marta Olsen`. */
export function exampleDraft(written: string, rule: Rule): Draft {
  const to = rule.check?.kind === 'greeting' ? /^To: (.+)\n/.exec(written) : null
  const example = to ? written.slice(to[0].length) : written
  const kinds = rule.where.filter((w) => w !== 'subject')
  const kind = kinds.includes('text') ? 'text' : kinds[0]
  const base = { kind: 'email', site: 'generic', recipients: to?.[1] === undefined ? [] : [{ name: to[1], address: null, field: 'to' as const }], locale: rule.languages[0] ?? '' } as const
  if (kind === undefined) return { ...base, subject: example, text: '', blocks: [] }
  const blocks: Block[] = []
  let start = 0
  for (const line of example.split('\n')) {
    blocks.push({ kind, span: { start, end: start + line.length } })
    start += line.length + 1
  }
  return { ...base, subject: '', text: example, blocks }
}

type Compiled = { readonly ok: true; readonly ruleset: Ruleset } | { readonly ok: false; readonly error: PatternError }

function compile(pack: RulePack): Compiled {
  try {
    return { ok: true, ruleset: compileRuleset([pack]) }
  } catch (error) {
    if (error instanceof PatternError) return { ok: false, error }
    throw error
  }
}

/** Place of a pattern inside its file: the pattern's own place, and the column within it where the engine says so. */
function patternProblem(pack: RulePack, index: number, error: PatternError, locate: Locate): PackProblem {
  const rule = pack.rules[index]
  for (const field of ['match', 'unless', 'near'] as const) {
    const at = rule?.[field].indexOf(error.pattern) ?? -1
    if (at < 0) continue
    const place = locate(['rules', index, field, at])
    return { ...place, reason: `${rule?.id ?? ''}: ${error.reason}.`, fix: `Look at column ${error.column + 1} of the pattern "${error.pattern}".` }
  }
  return { ...locate(['rules', index]), reason: `${rule?.id ?? ''}: ${error.reason}.`, fix: `Look at the pattern "${error.pattern}".` }
}

/** Every rule whose patterns do not compile, not only the first. */
function patternProblems(pack: RulePack, locate: Locate): PackProblem[] {
  return pack.rules.flatMap((rule, i) => {
    const alone = compile({ ...pack, rules: [rule] })
    return alone.ok ? [] : [patternProblem(pack, i, alone.error, locate)]
  })
}

/**
 * Compiles a pack and runs every rule's examples through the engine, all rules of the pack together as they will run later.
 * A flagged example must be found by its rule and a clean one must not; each that fails is a problem with the sentence in it.
 * An empty list means that the pack does what its author says.
 */
export function selfTest(pack: RulePack, locate: Locate): PackProblem[] {
  const compiled = compile(pack)
  if (!compiled.ok) return patternProblems(pack, locate)
  const scanner = createScanner(compiled.ruleset)
  const hits = (example: string, rule: Rule) => scanner.scan(exampleDraft(example, rule)).findings.filter((f) => f.rule === rule.id)
  return pack.rules.flatMap((rule, i) => [
    ...rule.examples.flagged.flatMap((example, n): PackProblem[] => {
      if (hits(example, rule).length > 0) return []
      return [{ ...locate(['rules', i, 'examples', 'flagged', n]), reason: `${rule.id} does not find its own example "${example}".`, fix: 'Widen a pattern, or correct the example.' }]
    }),
    ...rule.examples.clean.flatMap((example, n): PackProblem[] => {
      const found = hits(example, rule)[0]
      if (!found) return []
      return [{ ...locate(['rules', i, 'examples', 'clean', n]), reason: `${rule.id} finds "${found.quote}" in the clean example "${example}".`, fix: 'Make a pattern tighter, or add an exception under "unless".' }]
    }),
  ])
}

/** Regular expressions of a pack that compiles which have no fixed text, so that they are run over everything. Not wrong, but for their author to know. */
export function loosePatterns(pack: RulePack, locate: Locate): PackProblem[] {
  return pack.rules.flatMap((rule, i) => rule.match.flatMap((pattern, n): PackProblem[] => {
    if (parsePattern(pattern, pack.lists).regex?.literals.length !== 0) return []
    return [{ ...locate(['rules', i, 'match', n]), reason: `${rule.id}: every text is searched with "${pattern}", because it has no word or sign that must be there.`, fix: 'Give it one, such as a unit or a name; a pack may have three without.' }]
  }))
}
