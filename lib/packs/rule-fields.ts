import { isMap, isScalar, parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import type { Rule } from '../engine/index.ts'
import { issuesOf, type Locate, type PackIssue, type PackProblem, type Path } from './problem.ts'
import { parseYaml } from './read.ts'
import { completeRule, CONTEXT_DEFAULTS, DEFAULT_WHERE, knownFields, LIMITS, ruleFileSchema } from './schema.ts'

const text = z.string().optional()
const lines = z.array(z.string()).optional()

/** The shape that a form can show: words where words belong, lists where lists do. What they say may still be wrong. */
const shape = z.looseObject({
  id: text, title: text, category: text, tier: text, owner: text, languages: lines, message: text,
  sources: z.array(z.looseObject({ title: text, note: text, url: text, checked: text })).optional(),
  match: lines, unless: lines, near: lines, negation: text, hedge: text, question: text, quoted: text,
  where: lines, once: z.boolean().optional(), suggest: text, reasons: lines,
  examples: z.looseObject({ flagged: lines, clean: lines }).optional(),
})

/** A rule as its author has it in hand: perhaps not finished, perhaps wrong. The names are those of a rule file; unknown ones are carried along. */
export type RuleFields = z.output<typeof shape>
export type SourceFields = NonNullable<RuleFields['sources']>[number]

/** The order in which a rule file is written. */
const ORDER = [
  'id', 'title', 'category', 'tier', 'owner', 'languages', 'message', 'sources', 'match', 'unless', 'near', 'check', 'negation', 'hedge', 'question', 'quoted', 'where', 'once',
  'suggest', 'reasons', 'examples',
]
const CONTEXTS = ['negation', 'hedge', 'question', 'quoted'] as const

export type FieldsResult =
  | { readonly ok: true; readonly fields: RuleFields; readonly locate: Locate }
  | { readonly ok: false; readonly problems: readonly PackProblem[] }

/** A rule file's text as fields, or why it is none, with line and column. `file` is what messages call it. Never throws. */
export function readRuleText(source: string, file: string): FieldsResult {
  const read = parseYaml(source, file, LIMITS.ruleFile)
  if (!read.ok) return read
  const checked = shape.safeParse(read.value ?? {}, { reportInput: true })
  if (checked.success) return { ok: true, fields: checked.data, locate: read.locate }
  return { ok: false, problems: issuesOf(checked.error, () => []).map(({ path, reason, fix }) => ({ ...read.locate(path), reason, fix })) }
}

/**
 * Fields as the text of a rule file. With `base`, the text they were read from, only what differs is written anew, so that its comments and its order stay.
 * Reading the result gives the same fields again.
 */
export function writeRuleText(fields: RuleFields, base = ''): string {
  const known = readRuleText(base, '')
  if (base.trim() === '' || !known.ok) return stringify(ordered(fields), { lineWidth: 0 })
  if (same(fields, known.fields)) return base
  const doc = parseDocument(base, { schema: 'core' })
  if (!isMap(doc.contents)) return stringify(ordered(fields), { lineWidth: 0 })
  for (const item of [...doc.contents.items]) {
    const key = isScalar(item.key) ? String(item.key.value) : ''
    if (fields[key] === undefined) doc.delete(key)
  }
  for (const [key, value] of Object.entries(ordered(fields))) if (!same(value, known.fields[key])) doc.set(key, value)
  return doc.toString({ lineWidth: 0 })
}

function ordered(fields: RuleFields): RuleFields {
  const rank = (key: string): number => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length)
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined).sort(([a], [b]) => rank(a) - rank(b)))
}

/** Whether two plain values say the same. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** A finished rule as its author would write it: what is as by default is left out. */
export function fieldsOfRule(rule: Rule): RuleFields {
  const usual = CONTEXT_DEFAULTS[rule.category]
  const { owner, unless, near, where, once, reasons, ...rest } = rule
  const fields: Record<string, unknown> = {
    ...rest,
    ...(owner === rule.category ? {} : { owner }), ...(unless.length > 0 && { unless }), ...(near.length > 0 && { near }), ...(same(where, DEFAULT_WHERE) ? {} : { where }),
    ...(once && { once }), ...(reasons.length > 0 && { reasons }),
  }
  for (const context of CONTEXTS) if (rule[context] === usual[context]) delete fields[context]
  // A copy, so that nobody's rule changes with the form.
  return shape.parse(JSON.parse(JSON.stringify(fields)))
}

export interface RuleCheck {
  /** The finished rule; null while something is wrong. */
  readonly rule: Rule | null
  /** What is wrong, at paths of the fields that were given. */
  readonly issues: readonly PackIssue[]
}

/**
 * Checks fields as a rule file is checked when it is built. Blank lines of lists, and blank fields that may be left out, count as not written.
 * Patterns and examples are not run; `tryRule` does that.
 */
export function checkRuleFields(fields: RuleFields): RuleCheck {
  const { tidy, original } = tidied(fields)
  const checked = ruleFileSchema.safeParse(tidy, { reportInput: true })
  if (checked.success) return { rule: completeRule(checked.data), issues: [] }
  return { rule: null, issues: issuesOf(checked.error, (path) => knownFields('rule', path)).map((issue) => ({ ...issue, path: original(issue.path) })) }
}

/** Fields without their blank lines, and the way back from a path in them to the path in what was given. */
export function tidied(fields: RuleFields): { readonly tidy: RuleFields; readonly original: (path: Path) => Path } {
  const moved = new Map<string, readonly number[]>()
  const tidy = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) {
      const kept = value.flatMap((entry, index) => (isBlank(entry) ? [] : [index]))
      moved.set(path.join('/'), kept)
      return kept.map((index) => tidy(value[index], [...path, index]))
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).filter(([key, each]) => !(isBlank(each) && !NEEDED.has(key))).map(([key, each]) => [key, tidy(each, [...path, key])]))
  }
  const original = (path: Path): Path => {
    const out: (string | number)[] = []
    for (const step of path) out.push(typeof step === 'number' ? (moved.get(out.join('/'))?.[step] ?? step) : step)
    return out
  }
  return { tidy: tidy(fields, []) as RuleFields, original }
}

/** Fields that a blank is wrong in; elsewhere it counts as left out. */
const NEEDED = new Set(['id', 'title', 'category', 'tier', 'message'])

function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isBlank)
}
