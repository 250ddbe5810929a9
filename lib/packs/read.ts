import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml'
import type { z } from 'zod'
import type { Rule, RulePack } from '../engine/index.ts'
import { fileProblem, issuesOf, placeIssues, type Locate, type PackProblem, type Path } from './problem.ts'
import { builtPackSchema, completePack, completeRule, handWrittenPackSchema, knownFields, LIMITS, packFileSchema, ruleFileSchema, type PackFile } from './schema.ts'

export type ReadResult<T> = { readonly ok: true; readonly value: T; readonly locate: Locate } | { readonly ok: false; readonly problems: readonly PackProblem[] }

/** A text file of a pack folder. */
export interface PackSource { readonly file: string; readonly text: string }

/** What to do about the mistakes people make most, by the parser's code. */
const YAML_FIX: Readonly<Record<string, string>> = {
  MISSING_CHAR: 'Look for a quote, ] or } that is missing.',
  BAD_INDENT: 'Begin lines that belong together in the same column, and close what was opened with [ or {.',
  TAB_AS_INDENT: 'Indent with spaces, not with tabs.',
  DUPLICATE_KEY: 'Remove one of the two.',
  MULTILINE_IMPLICIT_KEY: 'Put a colon after the name of the field, or the text in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'Put a text that holds a colon in quotes.',
}

/** Keys that would reach an object's prototype instead of its fields. */
const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype']

const fail = (...problems: PackProblem[]): { ok: false; problems: PackProblem[] } => ({ ok: false, problems })

/** Finds places in a parsed document; a missing value is shown at what should contain it. */
function locator(doc: Document, lines: LineCounter, file: string): Locate {
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const start = (node: unknown) => (isNode(node) && node.range ? node.range[0] : 0)
  const keyOffset = (path: Path, key: string): number | null => {
    const holder = path.length > 1 ? doc.getIn(path.slice(0, -1), true) : doc.contents
    const pair = isMap(holder) ? holder.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined
    return pair ? start(pair.key) : null
  }
  return (path, key) => {
    if (key !== undefined) {
      const offset = keyOffset(path, key)
      if (offset !== null) return at(offset)
    }
    for (let depth = path.length; depth > 0; depth--) {
      const node = doc.getIn(path.slice(0, depth), true)
      if (isNode(node)) return at(start(node))
    }
    return at(start(doc.contents))
  }
}

/** A pattern that refers to itself or others by alias could unfold to gigabytes, so aliases, tags and odd keys are refused before anything is unfolded. */
function unsafeNodes(doc: Document, lines: LineCounter, file: string): PackProblem[] {
  const problems: PackProblem[] = []
  const add = (node: Node, reason: string, fix: string) => {
    const { line, col } = lines.linePos(node.range?.[0] ?? 0)
    problems.push({ file, line, column: col, reason, fix })
  }
  visit(doc, {
    Node: (_key, node, path) => {
      if (isAlias(node)) add(node, 'Aliases (*name) are not allowed in pack files.', 'Write the value out.')
      else if (node.tag !== undefined) add(node, `The tag ${node.tag.replace('tag:yaml.org,2002:', '!!')} is not allowed in pack files.`, 'Write plain text, lists and fields only.')
      else if (path.length > LIMITS.depth * 2) {
        add(node, 'This is nested too deeply.', 'Pack files need only a few levels.')
        return visit.BREAK
      }
      return undefined
    },
    Pair: (_key, pair) => {
      if (isScalar(pair.key) && FORBIDDEN_KEYS.includes(String(pair.key.value))) add(pair.key, `The name "${String(pair.key.value)}" is not allowed.`, 'Choose another name.')
    },
  })
  return problems
}

/** YAML (or JSON, which is YAML) to plain values with their places. `limit` in UTF-16 code units. Never throws. */
export function parseYaml(text: string, file: string, limit: number): ReadResult<unknown> {
  if (text.length > limit) return fail(fileProblem(file, `The file is larger than ${Math.floor(limit / 1024)} KB.`, 'Split it, or move long word lists into pack.yaml.'))
  if (text.includes('\uFFFD')) {
    const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length
    return fail({ ...fileProblem(file, 'The file contains characters that could not be read.', 'Save it as UTF-8.'), line })
  }
  const lines = new LineCounter()
  try {
    const doc = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, schema: 'core', merge: false, uniqueKeys: true, prettyErrors: false, logLevel: 'silent' })
    const errors = doc.errors.slice(0, LIMITS.problems).map((e) => {
      const { line, col } = lines.linePos(e.pos[0])
      return { file, line: Math.max(1, line), column: Math.max(1, col), reason: `This is not valid YAML: ${e.message.split('\n')[0] ?? ''}.`.replace(/\.\.$/, '.'), fix: YAML_FIX[e.code] ?? 'Check the indentation and the quotes on this line.' }
    })
    if (errors.length > 0) return fail(...errors)
    const unsafe = unsafeNodes(doc, lines, file)
    if (unsafe.length > 0) return fail(...unsafe)
    return { ok: true, value: doc.toJS({ maxAliasCount: 0 }) as unknown, locate: locator(doc, lines, file) }
  } catch (error) {
    // The parser recurses, so thousands of opening brackets end in a RangeError here and nowhere else.
    return fail(fileProblem(file, `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`, 'Pack files need only a few levels of nesting.'))
  }
}

function validate<S extends z.ZodType>(schema: S, kind: 'rule' | 'pack' | 'built', read: ReadResult<unknown>): ReadResult<z.output<S>> {
  if (!read.ok) return read
  const checked = schema.safeParse(read.value, { reportInput: true })
  if (checked.success) return { ok: true, value: checked.data, locate: read.locate }
  return fail(...placeIssues(issuesOf(checked.error, (path) => knownFields(kind, path)), read.locate))
}

/** One rule file. `file` is its name for messages. Never throws. */
export function parseRuleFile(text: string, file: string): ReadResult<Rule> {
  const read = validate(ruleFileSchema, 'rule', parseYaml(text, file, LIMITS.ruleFile))
  return read.ok ? { ok: true, value: completeRule(read.value), locate: read.locate } : read
}

/** `pack.yaml`. Never throws. */
export function parsePackFile(text: string, file: string): ReadResult<PackFile> {
  return validate(packFileSchema, 'pack', parseYaml(text, file, LIMITS.packFile))
}

const baseName = (file: string) => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)

/**
 * A whole pack from its files: one `pack.yaml` and one file a rule. Never throws; every problem of every file is reported.
 * `locate` takes paths of the built pack, such as `['rules', 3, 'match', 0]`.
 */
export function readPack(sources: readonly PackSource[], folder: string): ReadResult<RulePack> {
  const main = sources.find((s) => baseName(s.file) === 'pack.yaml')
  if (!main) return fail(fileProblem(folder, 'There is no pack.yaml in this folder.', 'Add one with id, version, title and description.'))
  const pack = parsePackFile(main.text, main.file)
  const problems: PackProblem[] = pack.ok ? [] : [...pack.problems]
  const rules = new Map<string, { rule: Rule; locate: Locate }>()
  for (const source of sources.filter((s) => s !== main)) {
    const read = parseRuleFile(source.text, source.file)
    if (!read.ok) {
      problems.push(...read.problems)
      continue
    }
    const rule = read.value
    const expected = baseName(source.file).replace(/\.ya?ml$/, '')
    const [packId, name] = rule.id.split('/')
    const twin = rules.get(rule.id)
    if (pack.ok && packId !== pack.value.id) problems.push({ ...read.locate(['id']), reason: `The rule belongs to "${packId}" but the pack is "${pack.value.id}".`, fix: `Write id: ${pack.value.id}/${name}.` })
    else if (twin) problems.push({ ...read.locate(['id']), reason: `Another file already has the id "${rule.id}": ${twin.locate([]).file}.`, fix: 'Give one of the two another id.' })
    else if (name !== expected) problems.push({ ...read.locate(['id']), reason: `The file is called ${expected} and the rule ${name}.`, fix: `Rename one of the two; the id should be ${packId}/${expected}.` })
    else rules.set(rule.id, { rule, locate: read.locate })
  }
  if (pack.ok && sources.length === 1) problems.push(fileProblem(main.file, 'The pack has no rules.', 'Add one YAML file a rule beside pack.yaml.'))
  if (rules.size > LIMITS.rules) problems.push(fileProblem(main.file, `The pack has more than ${LIMITS.rules} rules.`, 'Split it into two packs.'))
  if (!pack.ok || problems.length > 0) return fail(...problems)
  const value = completePack(pack.value, [...rules.values()].map((r) => r.rule))
  const locate: Locate = (path, key) => {
    const id = path[0] === 'rules' && typeof path[1] === 'number' ? value.rules[path[1]]?.id : undefined
    const rule = id === undefined ? undefined : rules.get(id)
    return rule ? rule.locate(path.slice(2), key) : pack.locate(path, key)
  }
  return { ok: true, value, locate }
}

/** Depth of nested values, stopping at the limit. */
function tooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((v) => tooDeep(v, left - 1))
}

function hasForbiddenKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, v]) => (!Array.isArray(value) && FORBIDDEN_KEYS.includes(key)) || hasForbiddenKey(v))
}

function checkRuleIds(pack: RulePack, locate: Locate): PackProblem[] {
  const seen = new Set<string>()
  return pack.rules.flatMap((rule, i) => {
    const place = locate(['rules', i, 'id'])
    if (!rule.id.startsWith(`${pack.id}/`)) return [{ ...place, reason: `The rule "${rule.id}" does not belong to the pack "${pack.id}".`, fix: `Start its id with ${pack.id}/.` }]
    if (seen.has(rule.id)) return [{ ...place, reason: `Two rules have the id "${rule.id}".`, fix: 'Give one of the two another id.' }]
    seen.add(rule.id)
    return []
  })
}

/**
 * A built pack from parsed JSON. Never throws.
 * @param locate where the values stand, if the caller knows; by default every problem is shown at the top of `file`
 */
export function checkPackValue(value: unknown, file: string, locate: Locate = () => ({ file, line: 1, column: 1 })): ReadResult<RulePack> {
  const unsafe = unsafeValue(value, file)
  if (unsafe) return unsafe
  const read = validate(builtPackSchema, 'built', { ok: true, value, locate })
  return read.ok ? withCheckedIds(read) : read
}

/** A pack from parsed JSON that a person may have written by hand: every field a rule file may leave out may be left out here. Never throws. */
export function checkHandWrittenPack(value: unknown, file: string): ReadResult<RulePack> {
  const unsafe = unsafeValue(value, file)
  if (unsafe) return unsafe
  const read = validate(handWrittenPackSchema, 'built', { ok: true, value, locate: () => ({ file, line: 1, column: 1 }) })
  if (!read.ok) return read
  const { format: _, rules, ...pack } = read.value
  return withCheckedIds({ ...read, value: completePack(pack, rules.map(completeRule)) })
}

function unsafeValue(value: unknown, file: string): ReturnType<typeof fail> | null {
  if (tooDeep(value, LIMITS.depth)) return fail(fileProblem(file, 'This is nested too deeply.', 'Pack files need only a few levels.'))
  if (hasForbiddenKey(value)) return fail(fileProblem(file, `One of the names ${FORBIDDEN_KEYS.join(', ')} is used as a field.`, 'Choose another name.'))
  return null
}

function withCheckedIds(read: Extract<ReadResult<RulePack>, { ok: true }>): ReadResult<RulePack> {
  const ids = checkRuleIds(read.value, read.locate)
  return ids.length > 0 ? fail(...ids) : read
}

/** Reads JSON text with a size limit. Never throws. */
export function parseJson(text: string, file: string): ReadResult<unknown> {
  if (text.length > LIMITS.packJson) return fail(fileProblem(file, `The file is larger than ${LIMITS.packJson / 1024 / 1024} MB.`, 'Split the pack.'))
  try {
    return { ok: true, value: JSON.parse(text) as unknown, locate: () => ({ file, line: 1, column: 1 }) }
  } catch (error) {
    const offset = Number(/position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? 0)
    const before = text.slice(0, offset).split('\n')
    return fail({ file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, reason: 'This is not valid JSON.', fix: 'Build the pack again with the packs command instead of editing it by hand.' })
  }
}

/** A built pack from JSON text (the pack itself, without a signature around it). Never throws. */
export function parsePackJson(text: string, file = 'pack.json'): ReadResult<RulePack> {
  const json = parseJson(text, file)
  if (!json.ok) return json
  const plain = checkPackValue(json.value, file)
  if (plain.ok || text.length > LIMITS.packFile / 4) return plain
  // Only a refused pack pays for the slower parser, which knows lines.
  const placed = parseYaml(text, file, LIMITS.packJson)
  return placed.ok ? checkPackValue(json.value, file, placed.locate) : plain
}
