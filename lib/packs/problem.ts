import type { z } from 'zod'

/** What is wrong with a pack, where, and what to do about it. Line and column count from 1. */
export interface PackProblem {
  readonly file: string
  readonly line: number
  readonly column: number
  /** One plain sentence. */
  readonly reason: string
  /** What to do, one plain sentence. */
  readonly fix: string
}

export type Path = readonly (string | number)[]

/** Where in its file the value at `path` stands. `key` asks for the key of a map instead of its value. */
export type Locate = (path: Path, key?: string) => { file: string; line: number; column: number }

/** `file:line:column reason fix`, the form that editors and terminals turn into a link. */
export function formatProblem(p: PackProblem): string {
  return `${p.file}:${p.line}:${p.column} ${p.reason} ${p.fix}`
}

/** A problem at the top of a file. */
export function fileProblem(file: string, reason: string, fix: string): PackProblem {
  return { file, line: 1, column: 1, reason, fix }
}

const FIX: Readonly<Record<string, string>> = {
  id: 'Write "pack/name" in a rule and "name" in a pack, in lower-case letters, digits and hyphens.',
  version: 'Write three numbers, such as 1.4.0.',
  format: 'Write 1; this version of Countersign reads no other format.',
  title: 'Write a short title, up to 100 characters.',
  category: 'Use one of the fourteen categories: pricing, promise, medical, legal, financial, safety, customer, brand, privacy, strategy, irreversible, statistic, leftover, environment.',
  tier: 'Use note, review, approve or block.',
  owner: 'Name the area whose owner signs, such as pricing.',
  languages: 'List language codes such as en, de or pt-BR.',
  message: 'Say what was found, why it matters and what evidence clears it.',
  sources: 'List at least one source with a title, or the title "House rule".',
  url: 'Write the full address, starting with https://.',
  checked: 'Write the day a person last checked the source, as 2026-11-23.',
  match: 'Give at least one pattern, each a line of text in quotes.',
  unless: 'List patterns, each a line of text in quotes.',
  near: 'List patterns, each a line of text in quotes.',
  negation: 'Use clears, lowers or ignores.',
  hedge: 'Use clears, lowers or ignores.',
  question: 'Use clears, lowers or ignores.',
  quoted: 'Use clears, lowers or ignores.',
  where: 'List where the rule looks: subject, text, heading, list, quote, signature or code.',
  once: 'Write true or false.',
  suggest: 'Write the words that would replace the flagged ones.',
  reasons: 'List up to ten short reasons.',
  examples: 'Give "flagged" sentences that the rule must catch and "clean" ones that it must leave alone.',
  flagged: 'Give at least one sentence that the rule must catch.',
  clean: 'Give at least one sentence that looks alike and must be left alone.',
  lists: 'Write a name in lower-case letters, digits and hyphens, and under it a list of words.',
  rules: 'A pack has between 1 and 2,000 rules.',
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text', array: 'a list', object: 'a group of fields', record: 'a group of named lists', boolean: 'true or false', number: 'a number', int: 'a whole number',
}

function fieldName(path: Path): string {
  const names = path.filter((p): p is string => typeof p === 'string')
  return names.at(-1) ?? ''
}

function nearest(word: string, known: readonly string[]): string | null {
  const scored = known.map((k) => ({ k, d: distance(word.toLowerCase(), k.toLowerCase()) })).sort((a, b) => a.d - b.d)
  const best = scored[0]
  return best && best.d <= Math.max(1, Math.floor(word.length / 3)) ? best.k : null
}

/** Levenshtein distance; both words are field names, so short. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}

function describe(issue: z.core.$ZodIssue, where: string): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? `${where} is missing.` : `${where} should be ${TYPE_WORDS[issue.expected] ?? issue.expected}.`
    case 'too_small':
      return issue.origin === 'string' ? `${where} is empty.` : `${where} has too few entries.`
    case 'too_big':
      return issue.origin === 'string' ? `${where} is longer than ${String(issue.maximum)} characters.` : `${where} has more than ${String(issue.maximum)} entries.`
    case 'invalid_value':
      return issue.input === undefined ? `${where} is missing.` : `${where} has a value that does not exist.`
    case 'invalid_format':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return `${where} is not written as it should be.`
    case 'custom':
      return issue.message
  }
}

function fixOf(issue: z.core.$ZodIssue, name: string): string {
  if (issue.code === 'custom' && typeof issue.params?.['fix'] === 'string') return issue.params['fix']
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'Shorten it, or divide it in two.' : 'Divide it in two.'
  return FIX[name] ?? 'See the description of pack files.'
}

/** What kind of thing is wrong with a value, for an interface that says it in its own words. */
export type IssueCode = 'missing' | 'empty' | 'too-long' | 'too-few' | 'too-many' | 'unknown-field' | 'wrong'

/** What is wrong with the value at `path`, before anybody asked where in a file that stands. */
export interface PackIssue {
  readonly path: Path
  /** The key itself is meant, not its value. */
  readonly key?: string
  readonly code: IssueCode
  readonly reason: string
  readonly fix: string
}

function codeOf(issue: z.core.$ZodIssue): IssueCode {
  if ((issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined) return 'missing'
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'empty' : 'too-few'
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'too-long' : 'too-many'
  return 'wrong'
}

/**
 * Zod's issues in plain words. An unknown field gets one issue each, pointing at the field itself.
 * @param knownFields the fields allowed at a path, to offer the one that was probably meant
 */
export function issuesOf(error: z.ZodError, knownFields: (path: Path) => readonly string[]): PackIssue[] {
  return error.issues.flatMap((issue): PackIssue[] => {
    const path = issue.path.filter((p): p is string | number => typeof p !== 'symbol')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const meant = nearest(key, knownFields(path))
        return { path: [...path, key], key, code: 'unknown-field', reason: `There is no field "${key}" here.`, fix: meant ? `Did you mean "${meant}"?` : 'Remove it, or check the spelling.' }
      })
    }
    const name = fieldName(path)
    const entry = typeof path.at(-1) === 'number' ? `Entry ${Number(path.at(-1)) + 1} of "${name}"` : name ? `"${name}"` : 'The file'
    return [{ path, code: codeOf(issue), reason: describe(issue, entry), fix: fixOf(issue, name) }]
  })
}

/** Issues at their places in a file. */
export function placeIssues(issues: readonly PackIssue[], locate: Locate): PackProblem[] {
  return issues.map(({ path, key, reason, fix }) => ({ ...locate(path, key), reason, fix }))
}
