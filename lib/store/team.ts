import type { Card } from '../review/approval/types.ts'
import { memberOf, type Rejection, type TeamManifest } from '../review/team/index.ts'
import { FORMER, removeContact } from './approvals.ts'
import { db, type ContactRow, type TeamObjectRow, type TeamOutboxRow, type TeamSeenRow } from './db.ts'
import { guarded } from './errors.ts'
import { appendWith } from './ledger.ts'

// What the team room keeps here. What the rows mean, `lib/team/sync` knows; this file is only where they lie.

const STATE = 'team'
/** Apart from everything else, so that nothing that shows or exports the team can hold it. */
const CREDENTIALS = 'team-credentials'
/** What a lead read of members' records in the store. */
const LEDGERS = 'team-ledgers'
const CORRECTIONS = 'team-corrections'

export function teamState(): Promise<unknown> {
  return guarded(async () => (await db.meta.get(STATE))?.value ?? null)
}

export async function saveTeamState(state: unknown): Promise<void> {
  await guarded(() => db.meta.put({ key: STATE, value: state }))
}

/** Writes fields of the state over what is there; nothing where there is none any more. */
export async function changeTeamState(change: object): Promise<void> {
  await guarded(() => db.transaction('rw', db.meta, () => mergeState(change)))
}

/**
 * Another store for the same team: its address, what lets this device in, and that nothing was mailed there yet, all or nothing. A worker that ends meanwhile must not come to show
 * one store the login of the other.
 */
export async function changeTeamStore(change: object, credentials: unknown): Promise<void> {
  await guarded(() => db.transaction('rw', db.meta, db.teamSeen, async () => {
    await db.meta.put({ key: CREDENTIALS, value: credentials })
    await mergeSeen('mailed/', [], 'mailed/\uffff')
    // What a lead read is of the old store: nothing of it is hidden because the new one has not got it yet.
    await db.meta.bulkDelete([LEDGERS, CORRECTIONS])
    await mergeState(change)
  }))
}

async function mergeState(change: object): Promise<void> {
  const there = (await db.meta.get(STATE))?.value as object | undefined
  if (there) await db.meta.put({ key: STATE, value: { ...there, ...change } })
}

/** What lets this device into the team's store; null where nothing does. Never exported, never logged. */
export function teamCredentials(): Promise<unknown> {
  return guarded(async () => (await db.meta.get(CREDENTIALS))?.value ?? null)
}

export async function saveTeamCredentials(credentials: unknown): Promise<void> {
  await guarded(() => db.meta.put({ key: CREDENTIALS, value: credentials }))
}

/** The team's ledgers as this lead read them last; null where never. */
export function teamLedgers(): Promise<unknown> {
  return guarded(async () => (await db.meta.get(LEDGERS))?.value ?? null)
}

export async function saveTeamLedgers(ledgers: unknown): Promise<void> {
  await guarded(() => db.meta.put({ key: LEDGERS, value: ledgers }))
}

/** What members' shared corrections came to, as this lead read them last; null where never. */
export function teamCorrections(): Promise<unknown> {
  return guarded(async () => (await db.meta.get(CORRECTIONS))?.value ?? null)
}

export async function saveTeamCorrections(corrections: unknown): Promise<void> {
  await guarded(() => db.meta.put({ key: CORRECTIONS, value: corrections }))
}

/** Kept objects of a kind, but those whose keys are known: texts are read once, and there may be many. */
export function teamObjects(kind: string, known?: { readonly has: (key: string) => boolean; readonly size: number }): Promise<TeamObjectRow[]> {
  return guarded(async () => {
    const all = db.teamObjects.where('kind').equals(kind)
    if (!known?.size) return all.toArray()
    const fresh = (await all.primaryKeys()).filter((key) => !known.has(key))
    return fresh.length === 0 ? [] : (await db.teamObjects.bulkGet(fresh)).filter((row) => row !== undefined)
  })
}

export function teamObject(key: string): Promise<TeamObjectRow | null> {
  return guarded(async () => (await db.teamObjects.get(key)) ?? null)
}

/** Keeps objects, puts things into the outbox, changes the state and adds names to those that were looked at: all of it, or nothing. What is there already stays. */
export async function keepTeamObjects(objects: readonly TeamObjectRow[], outbox: readonly Omit<TeamOutboxRow, 'number'>[], change: object, seen?: TeamSeenRow): Promise<void> {
  await guarded(() => db.transaction('rw', db.meta, db.teamObjects, db.teamOutbox, db.teamSeen, async () => {
    // What was still on its way when the team was left belongs to no team: the next one's store must not get it.
    if (!(await db.meta.get(STATE))) return
    await mergeState(change)
    await db.teamObjects.bulkPut([...objects])
    for (const item of outbox) if ((await db.teamOutbox.where('key').equals(item.key).count()) === 0) await db.teamOutbox.add({ ...item })
    if (seen) await mergeSeen(seen.folder, seen.keys, '')
  }))
}

export function teamOutbox(limit: number): Promise<TeamOutboxRow[]> {
  return guarded(() => db.teamOutbox.orderBy('number').limit(limit).toArray())
}

export function teamOutboxSize(): Promise<number> {
  return guarded(() => db.teamOutbox.count())
}

export async function sentToTeam(keys: readonly string[]): Promise<void> {
  await guarded(() => db.teamOutbox.where('key').anyOf([...keys]).delete())
}

export function teamSeen(folder: string): Promise<readonly string[]> {
  return guarded(async () => (await db.teamSeen.get(folder))?.keys ?? [])
}

/** Adds names to those that were looked at; those at or below `below` are forgotten. */
export async function addTeamSeen(folder: string, keys: readonly string[], below: string): Promise<void> {
  await guarded(() => db.transaction('rw', db.teamSeen, () => mergeSeen(folder, keys, below)))
}

async function mergeSeen(folder: string, keys: readonly string[], below: string): Promise<void> {
  const before = (await db.teamSeen.get(folder))?.keys ?? []
  const all = new Set([...before.filter((key) => key > below), ...keys])
  if (keys.length > 0 || all.size !== before.length) await db.teamSeen.put({ folder, keys: [...all] })
}

/** The team's members who answer for areas become contacts, with the areas that the team gave them; contacts of the team who are none any more go, and their answers with them. */
export async function takeTeamContacts(manifest: TeamManifest, own: string, at: number): Promise<void> {
  const wanted = manifest.members.map(({ card }) => card).filter((card) => card.signKey !== own && (card.areas.length > 0 || card.deputy.length > 0))
  const rows = await guarded(() => db.contacts.toArray())
  const keys = new Set(wanted.map(({ signKey }) => signKey))
  const gone = rows.filter((row) => (row.team && !keys.has(row.signKey)) || (manifest.former.some((former) => former.signKey === row.signKey) && memberOf(manifest, row.signKey) === null))
  await guarded(() => db.contacts.bulkPut(wanted.map((card): ContactRow => ({ ...card, addedAt: rows.find((row) => row.signKey === card.signKey)?.addedAt ?? at, team: true }))))
  for (const { signKey } of gone) await removeContact(signKey)
}

/** This person's card with the areas that their team gave them; without a team as it was. */
export async function withTeamAreas(card: Card): Promise<Card> {
  const areas = (await guarded(async () => (await db.meta.get('team-own'))?.value)) as { readonly areas: readonly string[]; readonly deputy: readonly string[] } | undefined
  return areas ? { ...card, areas: areas.areas, deputy: areas.deputy } : card
}

/** What this person answers for in the team; null where they are in none. */
export async function saveTeamAreas(areas: { readonly areas: readonly string[]; readonly deputy: readonly string[] } | null): Promise<void> {
  await guarded(async () => { await (areas ? db.meta.put({ key: 'team-own', value: areas }) : db.meta.delete('team-own')) })
}

/** Writes what was not taken from the team's store into the ledger, each once. */
export async function noteTeamRejections(rejections: readonly Rejection[], at: number): Promise<void> {
  for (const { key, refusal, detail } of rejections) {
    await appendWith({ kind: 'team', at, body: { what: 'rejected', key, refusal, detail }, once: `team:rejected:${refusal}:${key}:${detail}` }, [], () => Promise.resolve())
  }
}

/** Notes a change of this person's team in the ledger. */
export async function noteTeam(what: string, body: Readonly<Record<string, unknown>>, at: number): Promise<void> {
  await appendWith({ kind: 'team', at, body: { what, ...body }, once: `team:${what}:${JSON.stringify(body)}` }, [], () => Promise.resolve())
}

/** What carries words of drafts, by the place that it has in the store. */
const TEXTS = ['kind=corrections/', 'kind=requests/', 'kind=answers/']

/** Takes out of what waits for the store whatever carries words of drafts. Runs inside the caller's transaction over `teamOutbox`. */
export async function clearUnsentTexts(): Promise<void> {
  await db.teamOutbox.where('key').startsWithAnyOf(TEXTS).delete()
}

/** Forgets the team: its state, its credentials, what was synced, contacts that came with it. */
export async function forgetTeam(): Promise<void> {
  const contacts = await guarded(() => db.contacts.toArray())
  await guarded(() => db.transaction('rw', db.meta, db.teamObjects, db.teamOutbox, db.teamSeen, async () => {
    await Promise.all([db.meta.bulkDelete([STATE, CREDENTIALS, 'team-own', FORMER, LEDGERS, CORRECTIONS]), db.teamObjects.clear(), db.teamOutbox.clear(), db.teamSeen.clear()])
  }))
  for (const { signKey, team } of contacts) if (team) await removeContact(signKey)
}
