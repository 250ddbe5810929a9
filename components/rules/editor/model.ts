import type { Correction } from '../../../lib/review/index.ts'
import type { ContextEffect, Rule, RulePack } from '../../../lib/engine/index.ts'
import { fieldsFromCorrection, PERSONAL_PACK, slug, type PastDraft } from '../../../lib/learning/index.ts'
import {
  checkRuleFields, fieldsOfRule, listsIn, placeIssues, readRuleText, tryRule, type ExampleTrial, type PackIssue, type PackProblem, type Path, type RuleFields, type RuleTrial, type WordLists,
} from '../../../lib/packs/index.ts'
import { t } from '../../ui/index.ts'

/** A rule that is opened for writing, as it was at that moment. */
export interface Sheet {
  /** What the editor was opened for: `make`, `make:12` (from the correction with this id), or the id of a rule. */
  readonly key: string
  /** `copy`: the rule belongs to a pack that nobody can change here, and its copy goes to the person's own pack. */
  readonly kind: 'new' | 'own' | 'copy'
  /** The rule that is copied, with the title of its pack. */
  readonly from: { readonly rule: Rule; readonly pack: string } | null
  readonly fields: RuleFields
  /** Word lists at hand: those of the own pack, and those that a copied rule brings. */
  readonly lists: WordLists
  /** Ids of the other rules of the own pack. */
  readonly taken: readonly string[]
}

/** Something that keeps the rule from being saved, at its field. `column` is 0-based, inside a pattern. */
export interface FieldIssue { readonly path: Path; readonly words: string }

/** What is known of a rule while it is written. */
export interface Check {
  /** Finished and good in form; its examples may still fail. */
  readonly rule: Rule | null
  readonly issues: readonly FieldIssue[]
  readonly examples: readonly ExampleTrial[]
  readonly scan: RuleTrial['scan']
  readonly explain: RuleTrial['explain']
  /** For the YAML view: the same issues with line and column. Not empty and `readable` false: the text cannot be shown as a form. */
  readonly placed: readonly PackProblem[]
  readonly readable: boolean
}

/** An id like this one that no other rule of the own pack has. */
export function freeId(id: string, taken: readonly string[]): string {
  for (let turn = 1; ; turn++) {
    const end = turn === 1 ? '' : `-${turn}`
    const made = `${id.slice(0, PERSONAL_PACK.length + 1 + 63 - end.length)}${end}`
    if (!taken.includes(made)) return made
  }
}

/** The id that a rule with this title gets. */
export function idOfTitle(title: string, taken: readonly string[]): string {
  return freeId(`${PERSONAL_PACK}/${slug(title)}`, taken)
}

/** The id that the copy of a rule has in the own pack; by it the two find each other again. */
export function copyId(original: string): string {
  return `${PERSONAL_PACK}/${original.replace('/', '-').slice(0, 63)}`
}

/** A new rule: by the house, for review, in English, until its author says otherwise. */
export function newSheet(own: RulePack | null): Sheet {
  const taken = idsOf(own)
  return {
    key: 'make', kind: 'new', from: null, lists: own?.lists ?? {}, taken,
    fields: { id: idOfTitle('', taken), title: '', category: 'promise', tier: 'review', languages: ['en'], message: '', sources: [{ title: 'House rule' }], match: [''], examples: { flagged: [''], clean: [''] } },
  }
}

export function correctionSheet(id: number, correction: Correction, own: RulePack | null): Sheet {
  const fields = fieldsFromCorrection(correction)
  const taken = idsOf(own)
  return { key: `make:${id}`, kind: 'new', from: null, fields: { ...fields, id: freeId(fields.id ?? '', taken) }, lists: own?.lists ?? {}, taken }
}

export function ownSheet(rule: Rule, own: RulePack): Sheet {
  return { key: rule.id, kind: 'own', from: null, fields: fieldsOfRule(rule), lists: own.lists, taken: idsOf(own).filter((id) => id !== rule.id) }
}

/** The copy of a rule. A list that has the name of another one in the own pack gets the pack's name before its own. */
export function copySheet(rule: Rule, pack: RulePack, own: RulePack | null): Sheet {
  const lists: Record<string, readonly string[]> = { ...own?.lists }
  let fields = fieldsOfRule(rule)
  for (const name of listsIn(rule)) {
    const words = pack.lists[name] ?? []
    const mine = own?.lists[name]
    const called = mine === undefined || mine.join('\n') === words.join('\n') ? name : `${pack.id}-${name}`.slice(0, 63)
    lists[called] = words
    if (called !== name) fields = renameList(fields, name, called)
  }
  const taken = idsOf(own)
  return { key: rule.id, kind: 'copy', from: { rule, pack: pack.title }, fields: { ...fields, id: freeId(copyId(rule.id), taken) }, lists, taken }
}

function renameList(fields: RuleFields, from: string, to: string): RuleFields {
  const renamed = (patterns: readonly string[] | undefined): string[] | undefined => patterns?.map((pattern) => pattern.replaceAll(`{list:${from}}`, `{list:${to}}`))
  return { ...fields, match: renamed(fields.match), ...(fields.unless && { unless: renamed(fields.unless) }), ...(fields.near && { near: renamed(fields.near) }) }
}

function idsOf(own: RulePack | null): string[] {
  return own?.rules.map((rule) => rule.id) ?? []
}

/** Checks what is written: the form's fields, or, in the YAML view, the text. Takes milliseconds for the largest rule that may be. */
export function examine(sheet: Sheet, fields: RuleFields, lists: WordLists): Omit<Check, 'placed' | 'readable'> & { readonly raw: readonly PackIssue[] } {
  const { rule, issues } = checkRuleFields(fields)
  const own = idIssues(sheet, fields.id)
  const named = listsIn(fields)
  const trial = tryRule(fields, { ...Object.fromEntries(named.map((name) => [name, []])), ...lists })
  const faults = trial.faults.map(({ path, reason, column }): PackIssue => ({ path, code: 'wrong', reason: `${reason}.`, fix: t('editAtCharacter', column + 1) }))
  const empty = named.filter((name) => (lists[name] ?? []).length === 0).map((name): PackIssue => ({ path: ['list', name], code: 'too-few', reason: t('editListEmpty'), fix: t('editListEmptyFix') }))
  const others = [...own, ...faults, ...empty]
  return {
    rule: others.length > 0 ? null : rule,
    issues: [...issues.map((issue) => ({ path: issue.path, words: issueWords(issue) })), ...others.map(({ path, code, reason, fix }) => ({ path, words: code === 'too-few' ? fix : `${reason} ${fix}` }))],
    examples: trial.examples, scan: trial.scan, explain: trial.explain, raw: [...issues, ...others],
  }
}

/** As `examine`, for the text of the YAML view, with line and column; `fields` are null where it cannot be read. */
export function examineText(sheet: Sheet, text: string, lists: WordLists): Check & { readonly fields: RuleFields | null } {
  const read = readRuleText(text, '')
  if (!read.ok) return { fields: null, rule: null, issues: [], examples: [], scan: () => [], explain: () => null, placed: read.problems, readable: false }
  const { raw, ...check } = examine(sheet, read.fields, lists)
  return { ...check, fields: read.fields, placed: placeIssues(raw, read.locate), readable: true }
}

function idIssues(sheet: Sheet, id: string | undefined): PackIssue[] {
  const issue = (reason: string, fix: string): PackIssue[] => [{ path: ['id'], code: 'wrong', reason, fix }]
  if (id === undefined) return []
  if (sheet.kind === 'own' && id !== sheet.fields.id) return issue(t('editIdFixed'), t('editIdFixedFix', sheet.fields.id ?? ''))
  if (!id.startsWith(`${PERSONAL_PACK}/`)) return issue(t('editIdForeign'), t('editIdForeignFix', PERSONAL_PACK))
  if (sheet.taken.includes(id)) return issue(t('editIdTaken', id), t('editIdTakenFix'))
  return []
}

const FIX = ['title', 'message', 'category', 'tier', 'owner', 'languages', 'sources', 'url', 'checked', 'match', 'flagged', 'clean', 'where', 'id'] as const

/** An issue as the form says it: what is wrong, and what to write. */
function issueWords({ path, code, reason, fix }: PackIssue): string {
  const name = path.findLast((step) => typeof step === 'string')
  const known = FIX.find((each) => each === name)
  switch (code) {
    case 'missing':
    case 'empty':
    case 'too-few': return known ? t(`editFix_${known}`) : `${reason} ${fix}`
    case 'too-long': return t('editTooLong')
    case 'too-many': return t('editTooMany')
    case 'wrong': return known ? t(`editFix_${known}`) : `${reason} ${fix}`
    case 'unknown-field': return `${reason} ${fix}`
  }
}

/** Whether an issue belongs to this field or to something inside it. */
export function isAt(path: Path, field: Path): boolean {
  return field.every((step, index) => path[index] === step)
}

/** The element that shows the field at a path: `rule-match-0`. */
export function fieldId(path: Path): string {
  return `rule-${path.join('-')}`
}

/** Why the rule cannot be saved yet, the first thing to do first. Empty: it can. `path` is where to do it. */
export function reasonsClosed(check: Check): readonly { readonly words: string; readonly path: Path | null }[] {
  if (!check.readable) return check.placed.slice(0, 1).map((problem) => ({ words: t('editClosedYaml', problem.line, problem.column), path: null }))
  const failing = check.examples.filter(({ ok }) => !ok)
  return [
    ...check.issues.map(({ path, words }) => ({ words: `${fieldName(path)}: ${words}`, path })),
    ...failing.map(({ kind, text, path, quote }) => ({ words: kind === 'flagged' ? t('editClosedFlagged', text) : t('editClosedClean', quote ?? '', text), path })),
  ]
}

const NAMES = [
  'id', 'title', 'category', 'tier', 'owner', 'languages', 'message', 'sources', 'match', 'unless', 'near', 'where', 'suggest', 'reasons', 'negation', 'hedge', 'question', 'quoted', 'once', 'examples',
] as const

/** What the form calls the field at a path. */
export function fieldName(path: Path): string {
  if (path[0] === 'list') return t('editListName', String(path[1]))
  const known = NAMES.find((each) => each === path[0])
  if (known === undefined) return String(path[0] ?? '')
  if (known === 'examples') return t(path[1] === 'clean' ? 'rulesMustNot' : 'rulesMustFind')
  return t(`editField_${known}`)
}

export const EFFECTS: readonly ContextEffect[] = ['clears', 'lowers', 'ignores']

/** Drafts of the last month that a rule can be tried on, and how many more there were whose texts were not kept. */
export interface PastDrafts { readonly drafts: readonly PastDraft[]; readonly withoutText: number }
