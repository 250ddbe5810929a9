import type { RulePack } from '../engine/index.ts'
import type { ActivePack, InstallDecision } from '../packs/index.ts'
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
