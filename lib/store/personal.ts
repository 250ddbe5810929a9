import type { Rule, RulePack } from '../engine/index.ts'
import { compareVersions, installPack, listsIn, type InstallDecision } from '../packs/index.ts'
import { db } from './db.ts'
import { guarded } from './errors.ts'
import { activatePack, activePack, getPack, PERSONAL_PACK, removePack } from './packs.ts'

/** Result of putting a person's own rule into use. */
export type PersonalResult = Extract<InstallDecision, { kind: 'activate' | 'unchanged' | 'keep' }>

/**
 * Adds or replaces one of the person's own rules; the personal pack becomes a new version, checked with all its examples before it is used.
 * @param rule its id is `personal/name`
 * @param lists word lists that its patterns use, by name; they replace those of the pack. Lists that no rule uses any more go.
 * @returns what the install rules decided; `keep` carries the problems, and nothing has changed then.
 */
export function savePersonalRule(rule: Rule, title: string, at: number, lists: RulePack['lists'] = {}): Promise<PersonalResult> {
  return changePersonal(title, at, (pack) => ({ rules: [...pack.rules.filter((other) => other.id !== rule.id), rule], lists: { ...pack.lists, ...lists } }))
}

/** Takes one of the person's own rules out; with the last one the pack goes. */
export async function removePersonalRule(id: string, title: string, at: number): Promise<PersonalResult | null> {
  const row = await getPack(PERSONAL_PACK)
  if (row && row.pack.rules.every((rule) => rule.id === id)) {
    await removePack(PERSONAL_PACK)
    return null
  }
  return changePersonal(title, at, (pack) => ({ rules: pack.rules.filter((rule) => rule.id !== id), lists: pack.lists }))
}

async function changePersonal(title: string, at: number, change: (pack: RulePack) => Pick<RulePack, 'rules' | 'lists'>): Promise<PersonalResult> {
  const active = await activePack(PERSONAL_PACK, [])
  const base: RulePack = active?.pack ?? { format: 1, id: PERSONAL_PACK, version: '0.0.0', title, description: title, owner: PERSONAL_PACK, lists: {}, rules: [] }
  const { rules, lists } = change(base)
  const used = new Set(rules.flatMap(listsIn))
  const kept = Object.fromEntries(Object.entries(lists).filter(([name]) => used.has(name)))
  const text = JSON.stringify({ ...base, title, version: await nextVersion(base.version), lists: kept, rules })
  const decision = installPack({ json: text, file: `${PERSONAL_PACK}.json`, active, trust: { kind: 'local' } })
  if (decision.kind === 'activate') await activatePack(decision, { source: 'personal', url: null, text, at })
  return decision
}

/** One step up from the highest version ever in use here, so that a version number never means two contents, not even after going back or after the last rule was deleted. */
async function nextVersion(current: string): Promise<string> {
  const noted = await guarded(() => db.ledger.where('kind').equals('pack').toArray())
  const before = (await getPack(PERSONAL_PACK))?.previous?.version ?? current
  const used = noted.filter(({ body }) => body['pack'] === PERSONAL_PACK).map(({ body }) => String(body['version']))
  const highest = [before, ...used].reduce((high, version) => (compareVersions(version, high) > 0 ? version : high), current)
  const [major = 0, minor = 0] = highest.split('.').map(Number)
  return `${major}.${minor + 1}.0`
}
