import type { RulePack } from '../engine/index.ts'
import { checkPackValue, parseJson, type ReadResult } from '../packs/index.ts'
import { checkHandWrittenPack } from '../packs/read.ts'
import { mayLead, type StoreCredentials, type TeamManifest, type TeamMember, type TeamResult } from '../review/team/index.ts'
import { deviceKey, listInbox, listRequests, readAdministrator, saveTeamCredentials, teamCredentials, toBase64Url } from '../store/index.ts'
import { hostOf, readInvitation } from './invitation.ts'
import { deviceMemory } from './memory.ts'
import { refuse } from './outcome.ts'
import { credentialsSchema } from './store/address.ts'
import { openStore, storeOrigins, type DriverPorts, type TeamStore } from './store/index.ts'
import { makeMail } from './sync/make.ts'
import type { OutboxItem, TeamMemory, TeamSelf, TeamState } from './sync/ports.ts'
import { troubleOf } from './sync/sync.ts'

/** What the worker hands in. */
export interface TeamPortsIn {
  readonly builtins: readonly RulePack[]
  readonly now: () => number
  /** True when the browser lets us reach this address. */
  readonly allowed: (url: URL) => Promise<boolean>
  readonly drivers?: DriverPorts | undefined
}

/** What lets this device into the team's store; null where nothing is kept, or what is kept is damaged or for another kind of store: the person gives it again. */
export async function usableCredentials({ store: { kind } }: Pick<TeamState, 'store'>): Promise<StoreCredentials | null> {
  const read = credentialsSchema.safeParse(await teamCredentials())
  return read.success && read.data.kind === kind ? read.data : null
}

/** The same where nothing can go on without. @throws {TeamError} `no-credentials` */
export async function mustCredentials(state: TeamState): Promise<StoreCredentials> {
  const credentials = await usableCredentials(state)
  if (!credentials) throw refuse('no-credentials')
  return credentials
}

/** This device in its team; `renew` reads the key anew, once it has changed. */
export type OwnSelf = TeamSelf & { readonly renew: () => Promise<void> }

/** The key that is in use on this device, as the team's parts sign with it. */
export async function ownSelf(): Promise<OwnSelf> {
  let key = await deviceKey()
  return { get signKey() { return toBase64Url(key.publicKey) }, sign: async (bytes) => toBase64Url(await key.sign(bytes)), renew: async () => { key = await deviceKey() } }
}

/** Keeps on this device that it is in this team, of which nothing is known yet, and what lets it into the store. */
export async function enterTeam({ team, name, founder, lead, store }: Pick<TeamState, 'team' | 'name' | 'founder' | 'lead' | 'store'>, credentials: StoreCredentials): Promise<void> {
  await saveTeamCredentials(credentials)
  await deviceMemory.saveState({
    team, name, founder, lead, store, sharing: { ledger: true, corrections: false }, hints: {}, looks: 0, fullAt: null, active: {}, packProblems: {}, checkedAt: null, goodAt: null, problem: null, rejections: [], missing: [],
    applied: null, sent: { ledger: 0, corrections: 0 },
  })
}

/**
 * Asked wherever a team is entered: pages offer only what is allowed, but the worker does not take their word for it. `team`: the one that is joined; null: a new one.
 * @throws {TeamError} `teams-off`, `team-forced`, or `bad-invitation` where the administrator's own cannot be read
 */
export async function checkAllowed(team: string | null): Promise<void> {
  const { team: forced, off } = await readAdministrator()
  if (forced === null && off.includes('teams')) throw refuse('teams-off')
  if (forced !== null && (await readInvitation(forced)).invitation.team !== team) throw refuse('team-forced')
}

/** Runs work one after the other; what fails does not stop what comes after it. */
export function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => undefined) // Whoever asked for it is told.
    return done
  }
}

/** The store as the team uses it: below a folder of its own, and only while the browser lets us. Without credentials it answers `no-credentials` to everything: what is kept here stays in use. */
export function inFolder({ team, store: address }: TeamState, credentials: StoreCredentials | null, { allowed, drivers }: Pick<TeamPortsIn, 'allowed' | 'drivers'>): TeamStore {
  if (!credentials) return closedStore(address.kind)
  const folder = `team=${team}`
  const below = address.kind === 'memory' ? address : { ...address, folder: address.folder === '' ? folder : `${address.folder}/${folder}` }
  const store = openStore(below, credentials, drivers)
  const checked = async (): Promise<void> => {
    for (const origin of storeOrigins(address)) if (!(await allowed(new URL(origin)))) throw refuse('no-permission', hostOf(address))
  }
  return {
    kind: store.kind, clockAhead: () => store.clockAhead(), probe: () => store.probe(),
    list: async function* (prefix, options) { await checked(); yield* store.list(prefix, options) },
    get: async (key, options) => { await checked(); return store.get(key, options) },
    put: async (key, bytes, options) => { await checked(); return store.put(key, bytes, options) },
  }
}

function closedStore(kind: TeamStore['kind']): TeamStore {
  const none = (): Promise<never> => Promise.reject(refuse('no-credentials'))
  return { kind, clockAhead: () => null, probe: none, get: none, put: none, list: async function* () { await none() } }
}

/** Requests and answers of this device that are not in the outbox yet go there, one for each who is to read it. */
export async function mailWaiting(now: number, memory: Pick<TeamMemory, 'seen' | 'state' | 'keep'> = deviceMemory): Promise<void> {
  const done = await memory.seen('mailed/')
  const state = await memory.state()
  // In one: where the worker ended between the two, the same would be sent again under another name, because names tell the time.
  const mail = (name: string, items: readonly OutboxItem[]): Promise<void> => memory.keep([], items, {}, { folder: 'mailed/', keys: [name] })
  if (!state) return
  for (const { id, request, code, revokedAt } of await listRequests()) {
    if (done.has(`mailed/${id}`) || revokedAt !== null || request.until <= now) continue
    await mail(`mailed/${id}`, request.asked.map((to) => makeMail('request', to, code, now)))
  }
  for (const { id, code, answer, request } of await listInbox()) {
    if (!answer || code === null || done.has(`mailed/answer ${id}`)) continue
    await mail(`mailed/answer ${id}`, [makeMail('answer', request.content.from.signKey, code, now)])
  }
}

/** A pack from its canonical or its hand-written JSON. */
export function readUnsigned(text: string): ReadResult<RulePack> {
  const json = parseJson(text, 'pack.json')
  if (!json.ok) return json
  const built = checkPackValue(json.value, 'pack.json')
  return built.ok ? built : checkHandWrittenPack(json.value, 'pack.json')
}

/** Whether a new key of this device waits for a lead. */
export function isWaiting({ keyNote }: Pick<TeamState, 'keyNote'>, manifest: TeamManifest): boolean {
  return keyNote !== undefined && !manifest.answered.includes(keyNote)
}

/** Somebody else who may change the team, the longest in it first. */
export function otherLead({ members }: TeamManifest, signKey: string): TeamMember | undefined {
  return members.find(({ card, teamRole }) => mayLead(teamRole) && card.signKey !== signKey)
}

/** The number of the next statement about a pack. */
export function nextNumber(statements: readonly { readonly signed: { readonly content: { readonly number: number } } }[]): number {
  return (statements.at(-1)?.signed.content.number ?? 0) + 1
}

/** What a person can mend comes back as a code; everything else is thrown. */
export async function result<T>(work: () => Promise<T>): Promise<TeamResult<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, problem: troubleOf(error) }
  }
}
