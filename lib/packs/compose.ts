import type { Rule, RulePack } from '../engine/index.ts'
import { listsIn } from './rule-trial.ts'

/** What the next version of a shared pack is made of. */
export interface Composition {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly owner: string
  readonly version: string
  /** The version before; null for a new pack. */
  readonly base: RulePack | null
  /** Names of rules of `base` that go. */
  readonly without: readonly string[]
  /** The pack that new and changed rules come from, and the names of those that are taken. */
  readonly from: RulePack | null
  readonly take: readonly string[]
}

/** The name of a rule inside its pack: `percent-off` of `pricing/percent-off`. */
const nameOf = (rule: Pick<Rule, 'id'>): string => rule.id.slice(rule.id.indexOf('/') + 1)

/**
 * The name that a rule of one's own gets in a shared pack. A copy that was made to change `sales/discount` is called `sales-discount`, and stands in for it.
 */
export function nameInPack(pack: string, rule: Pick<Rule, 'id'>): string {
  const name = nameOf(rule)
  return name.startsWith(`${pack}-`) ? name.slice(pack.length + 1) : name
}

/**
 * The next version of a pack: the one before, without what goes, with what is taken from another pack under this pack's name. Word lists come along with the
 * rules that use them; of two lists of one name with other words the taken one is renamed.
 */
export function composePack({ id, title, description, owner, version, base, without, from, take }: Composition): RulePack {
  const gone = new Set(without)
  const taken = (from?.rules ?? []).filter((rule) => take.includes(nameOf(rule)))
  const names = new Set(taken.map((rule) => nameInPack(id, rule)))
  const kept = (base?.rules ?? []).filter((rule) => !gone.has(nameOf(rule)) && !names.has(nameOf(rule)))
  const dropped = (base?.rules ?? []).filter((rule) => !kept.includes(rule)).flatMap(listsIn)
  const used = new Set(kept.flatMap(listsIn))
  // A list that no rule's patterns name may still serve a check, so only those of rules that went go with them.
  const keptLists = new Set(Object.keys(base?.lists ?? {}).filter((list) => used.has(list) || !dropped.includes(list)))
  const called = new Map([...new Set(taken.flatMap(listsIn))].map((list) => [list, keptLists.has(list) && !sameWords(base?.lists[list], from?.lists[list]) ? freeName(`own-${list}`, keptLists) : list] as const))
  const rules = [...kept, ...taken.map((rule) => renameLists({ ...rule, id: `${id}/${nameInPack(id, rule)}` }, called))]
  const lists = {
    ...Object.fromEntries([...keptLists].map((list) => [list, base?.lists[list] ?? []])),
    ...Object.fromEntries([...called].map(([list, name]) => [name, from?.lists[list] ?? []])),
  }
  return {
    format: 1, id, version, title, description, owner, lists, rules,
    ...(base?.suppressions ? { suppressions: base.suppressions } : {}), ...(base?.marks ? { marks: base.marks } : {}),
  }
}

function sameWords(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted
  for (let count = 2; taken.has(name); count++) name = `${wanted}-${count}`
  return name
}

function renameLists(rule: Rule, called: ReadonlyMap<string, string>): Rule {
  const renamed = (patterns: readonly string[]): string[] => patterns.map((pattern) => pattern.replace(/\{list:([^}]+)\}/g, (_, list: string) => `{list:${called.get(list) ?? list}}`))
  return { ...rule, match: renamed(rule.match), unless: renamed(rule.unless), near: renamed(rule.near) }
}
