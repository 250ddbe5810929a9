import type { Rule, RulePack } from '../engine/index.ts'
import { compareVersions, installPack, listsIn, type ActivePack, type InstallDecision } from '../packs/index.ts'
import { db, type PackRow, type SubscriptionRow } from './db.ts'
import { guarded, StoreError } from './errors.ts'
import { appendWith } from './ledger.ts'
import { changeSettings, type Settings } from './settings.ts'

/** Key in `chrome.storage.local` whose change tells the worker and every open page that the rules are new. */
const RULEBOOK_KEY = 'rulebook'

/** The pack that holds a person's own rules. */
export const PERSONAL_PACK = 'personal'

export function listPacks(): Promise<PackRow[]> {
  return guarded(() => db.packs.orderBy('id').toArray())
}

export function getPack(id: string): Promise<PackRow | null> {
  return guarded(async () => (await db.packs.get(id)) ?? null)
}

/** The pack of this id in use, installed or built in, as the install rules ask for it. */
export async function activePack(id: string, builtins: readonly RulePack[]): Promise<ActivePack | null> {
  const row = await getPack(id)
  if (row) return { pack: row.pack, publicKey: row.publicKey }
  const builtin = builtins.find((pack) => pack.id === id)
  return builtin ? { pack: builtin, publicKey: null } : null
}

type Activation = Extract<InstallDecision, { kind: 'activate' }>

/** Where an installed pack came from. */
export interface PackOrigin { readonly source: PackRow['source']; readonly url: string | null; readonly text: string; readonly at: number }

/** Puts a pack that the install rules accepted into use and notes it in the ledger; the one before it is kept to go back to. */
export async function activatePack({ pack, digest, publicKey, signedBy, signedAt }: Activation, origin: PackOrigin): Promise<void> {
  const { source, url, text, at } = origin
  const body = { pack: pack.id, version: pack.version, digest, publicKey, signedBy, source, url }
  await appendWith({ kind: 'pack', at, body, once: `pack:${pack.id}:${digest}:${at}` }, [db.packs], async () => {
    const old = await db.packs.get(pack.id)
    if (old?.digest === digest && old.activatedAt === at) return
    await db.packs.put({
      id: pack.id, version: pack.version, digest, pack, publicKey, signedBy, signedAt, source, url, text, activatedAt: at, previous: old ? withoutPrevious(old) : null,
    })
  })
  await announceRulebook()
}

function withoutPrevious({ previous: _previous, ...row }: PackRow): Omit<PackRow, 'previous'> {
  return row
}

/**
 * Goes back to the version before, because a person asked for it.
 * @throws {StoreError} `not-found` when there is none.
 */
export async function rollBackPack(id: string, at: number): Promise<PackRow> {
  const now = await getPack(id)
  if (!now?.previous) throw new StoreError('not-found', `no earlier version of ${id}`)
  const back: PackRow = { ...now.previous, activatedAt: at, previous: withoutPrevious(now) }
  const body = { pack: id, version: back.version, digest: back.digest, publicKey: back.publicKey, from: now.version }
  await appendWith({ kind: 'pack', at, body, once: `pack:${id}:${back.digest}:${at}` }, [db.packs], () => db.packs.put(back))
  await announceRulebook()
  return back
}

/** Removes an installed pack and its subscription; a built-in one of the same id is in use again. */
export async function removePack(id: string): Promise<void> {
  await guarded(() => db.transaction('rw', db.packs, db.subscriptions, async () => {
    await db.packs.delete(id)
    await db.subscriptions.where('packId').equals(id).delete()
  }))
  await announceRulebook()
}

export function listSubscriptions(): Promise<SubscriptionRow[]> {
  return guarded(() => db.subscriptions.orderBy('url').toArray())
}

export function getSubscription(url: string): Promise<SubscriptionRow | null> {
  return guarded(async () => (await db.subscriptions.get(url)) ?? null)
}

export async function saveSubscription(row: SubscriptionRow): Promise<void> {
  await guarded(() => db.subscriptions.put(row))
}

/** Stops checking an address; the pack that came from it stays as it is. */
export async function removeSubscription(url: string): Promise<void> {
  await guarded(() => db.subscriptions.delete(url))
}

export function setPackOn(id: string, on: boolean): Promise<Settings> {
  return changeSettings((settings) => ({ ...settings, off: { ...settings.off, packs: toggled(settings.off.packs, id, on) } }))
}

export function setRuleOn(id: string, on: boolean): Promise<Settings> {
  return changeSettings((settings) => ({ ...settings, off: { ...settings.off, rules: toggled(settings.off.rules, id, on) } }))
}

function toggled(off: readonly string[], id: string, on: boolean): string[] {
  const others = off.filter((other) => other !== id)
  return on ? others : [...others, id]
}

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

/** Tells the worker and open pages that the rules are new. */
export async function announceRulebook(): Promise<void> {
  await guarded(() => chrome.storage.local.set({ [RULEBOOK_KEY]: crypto.randomUUID() }))
}

/** Mark of the packs in use; changes with each of them. */
export async function rulebookMark(): Promise<string> {
  const stored = await guarded(() => chrome.storage.local.get(RULEBOOK_KEY))
  const mark: unknown = stored[RULEBOOK_KEY]
  return typeof mark === 'string' ? mark : ''
}
