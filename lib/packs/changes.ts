import { TIERS, type Rule, type RulePack, type Tier } from '../engine/index.ts'
import { canonicalJson } from './digest.ts'
import { compareVersions } from './version.ts'

/** One thing that is other in a pack than before. A rule that changed in several ways has one of each; `rule` is its id. */
export type PackChange =
  | { readonly kind: 'added' | 'removed'; readonly rule: string; readonly title: string; readonly tier: Tier }
  | { readonly kind: 'raised' | 'lowered'; readonly rule: string; readonly title: string; readonly from: Tier; readonly to: Tier }
  /** It finds other places: patterns, exceptions, context, checks, languages. */
  | { readonly kind: 'finds'; readonly rule: string; readonly title: string }
  /** Another area signs. */
  | { readonly kind: 'owner'; readonly rule: string; readonly title: string; readonly from: string; readonly to: string }
  /** It says something else: title, message, suggestion, reasons, sources. */
  | { readonly kind: 'says'; readonly rule: string; readonly title: string }
  | { readonly kind: 'examples'; readonly rule: string; readonly title: string }
  /** A word list grew or shrank by so many words. */
  | { readonly kind: 'list'; readonly list: string; readonly added: number; readonly removed: number }
  /** What is not flagged for anybody. */
  | { readonly kind: 'suppressions'; readonly added: number; readonly removed: number }
  | { readonly kind: 'marks' }
  /** Title, description or owner of the pack. */
  | { readonly kind: 'about' }

export type PackChangeKind = PackChange['kind']

const FINDS = ['category', 'languages', 'match', 'unless', 'near', 'negation', 'hedge', 'question', 'quoted', 'where', 'once', 'check'] as const
const SAYS = ['title', 'message', 'sources', 'suggest', 'reasons'] as const

/** What is other in `after` than in `before`, the weightiest first; all of it is added where there was no pack. Pure; equal packs give nothing, whatever their version. */
export function packChanges(before: RulePack | null, after: RulePack): readonly PackChange[] {
  const old = new Map((before?.rules ?? []).map((rule) => [rule.id, rule]))
  const now = new Map(after.rules.map((rule) => [rule.id, rule]))
  const gone = [...old.values()].filter(({ id }) => !now.has(id)).map((rule): PackChange => ({ kind: 'removed', rule: rule.id, title: rule.title, tier: rule.tier }))
  const kept = after.rules.flatMap((rule): PackChange[] => {
    const was = old.get(rule.id)
    return was ? ruleChanges(was, rule) : [{ kind: 'added', rule: rule.id, title: rule.title, tier: rule.tier }]
  })
  const all = [...gone, ...kept, ...(before ? aroundRules(before, after) : [])]
  return all.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

const ORDER: readonly PackChangeKind[] = ['removed', 'lowered', 'raised', 'added', 'owner', 'finds', 'list', 'suppressions', 'marks', 'says', 'examples', 'about']

function ruleChanges(was: Rule, rule: Rule): PackChange[] {
  const { id, title } = rule
  const changes: PackChange[] = []
  const step = TIERS.indexOf(rule.tier) - TIERS.indexOf(was.tier)
  if (step !== 0) changes.push({ kind: step > 0 ? 'raised' : 'lowered', rule: id, title, from: was.tier, to: rule.tier })
  if (was.owner !== rule.owner) changes.push({ kind: 'owner', rule: id, title, from: was.owner, to: rule.owner })
  if (FINDS.some((field) => !same(was[field], rule[field]))) changes.push({ kind: 'finds', rule: id, title })
  if (SAYS.some((field) => !same(was[field], rule[field]))) changes.push({ kind: 'says', rule: id, title })
  if (!same(was.examples, rule.examples)) changes.push({ kind: 'examples', rule: id, title })
  return changes
}

function aroundRules(before: RulePack, after: RulePack): PackChange[] {
  const names = [...new Set([...Object.keys(before.lists), ...Object.keys(after.lists)])].sort()
  const lists = names.flatMap((list): PackChange[] => {
    const { added, removed } = between(before.lists[list] ?? [], after.lists[list] ?? [])
    return added + removed === 0 ? [] : [{ kind: 'list', list, added, removed }]
  })
  const suppressed = between((before.suppressions ?? []).map(canonicalJson), (after.suppressions ?? []).map(canonicalJson))
  const about = (['title', 'description', 'owner'] as const).some((field) => before[field] !== after[field])
  return [
    ...lists,
    ...(suppressed.added + suppressed.removed > 0 ? [{ kind: 'suppressions', ...suppressed } as const] : []),
    ...(same(before.marks, after.marks) ? [] : [{ kind: 'marks' } as const]),
    ...(about ? [{ kind: 'about' } as const] : []),
  ]
}

function between(old: readonly string[], now: readonly string[]): { readonly added: number; readonly removed: number } {
  const [was, is] = [new Set(old), new Set(now)]
  return { added: [...is].filter((word) => !was.has(word)).length, removed: [...was].filter((word) => !is.has(word)).length }
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null)
}

/**
 * The version that fits what changed: a first number where something is no longer asked (a rule removed or lowered, more that is not flagged), a second
 * where more is asked or something else is found, a third for words alone.
 * @param highest of all that were ever published; null where this is the first.
 */
export function suggestedVersion(highest: string | null, changes: readonly PackChange[]): string {
  if (highest === null) return '1.0.0'
  const [major = 0, minor = 0, patch = 0] = highest.split('.').map(Number)
  const less = changes.some((change) => change.kind === 'removed' || change.kind === 'lowered' || (change.kind === 'suppressions' && change.added > 0))
  if (less) return `${major + 1}.0.0`
  const other = changes.some(({ kind }) => !['says', 'examples', 'about'].includes(kind))
  return other ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`
}

/** The highest of some versions, null of none. */
export function highestVersion(versions: readonly string[]): string | null {
  return versions.reduce<string | null>((high, version) => (high === null || compareVersions(version, high) > 0 ? version : high), null)
}
