import type { RulePack } from '../engine/index.ts'
import { installPack, type InstallDecision, type Trust } from '../packs/index.ts'
import {
  activatePack, activePack, getPack, getSubscription, listSubscriptions, PERSONAL_PACK, readAdministrator, removeSubscription, saveSubscription, type ForcedSource, type SubscriptionRow,
} from '../store/index.ts'
import { fetchPack, packAddress, type Fetched } from './fetch-pack.ts'
import type { PackFound, PackOutcome, TeamTrouble } from '../review/team/index.ts'
import { briefOf, problemOf, refuse, TeamError } from './outcome.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What this room is given by whoever starts it. */
export interface TeamPorts {
  readonly builtins: readonly RulePack[]
  /** True when the person has allowed us to reach this address. */
  readonly allowed: (url: URL) => Promise<boolean>
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly fetch?: typeof fetch
}

/** Shared packs: from a file, from an address, on an alarm. One thing at a time, so that two checks never race for one pack. */
export interface SharedPacks {
  /** Installs a pack that the person opened. It may be unsigned, but never replaces a signed one. */
  installFile(text: string): Promise<PackOutcome>
  /** What an address would bring, so that it can be tried before it is in use; nothing is kept. */
  look(address: string): Promise<PackFound>
  /**
   * Takes up an address and fetches its first pack. An address that gives none is not kept. `#sha256-...` behind it pins the content.
   * @param looked digest of what the person looked at before; another first pack than that is refused
   */
  subscribe(address: string, looked?: string): Promise<PackOutcome>
  /** Lets go of an address; the pack that came from it stays. One that the administrator set stays, which is said. */
  unsubscribe(address: string): Promise<PackOutcome>
  /** Checks every subscription now; with `due`, only those whose time has come. */
  check(which: 'all' | 'due'): Promise<readonly PackOutcome[]>
}

export function createSharedPacks(ports: TeamPorts): SharedPacks {
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work, work)
    queue = result.catch(() => undefined)
    return result
  }
  return {
    installFile: (text) => inTurn(() => installFile(ports, text)),
    look: (address) => inTurn(() => look(ports, address)),
    subscribe: (address, looked) => inTurn(() => subscribe(ports, address, looked)),
    unsubscribe: (address) => inTurn(() => unsubscribe(address)),
    check: (which) => inTurn(() => check(ports, which)),
  }
}

async function installFile(ports: TeamPorts, text: string): Promise<PackOutcome> {
  try {
    await ownSources()
    return await take(ports, await decide(ports, text, { kind: 'local' }, 'pack.json', null), text, null)
  } catch (error) {
    return refusedBy(error, null, null)
  }
}

async function look(ports: TeamPorts, address: string): Promise<PackFound> {
  try {
    const { decision } = await fetchFirst(ports, address)
    if (decision.kind === 'activate') {
      const active = await activePack(decision.pack.id, ports.builtins)
      return { kind: 'new', pack: decision.pack, signedBy: decision.signedBy, replaces: active?.pack.version ?? null, digest: decision.digest }
    }
    return decision.kind === 'unchanged' ? { kind: 'in-use' } : { kind: 'refused', problems: decision.problems.map(problemOf) }
  } catch (error) {
    return { kind: 'refused', problems: refusedBy(error, address, null).problems }
  }
}

async function subscribe(ports: TeamPorts, address: string, looked?: string): Promise<PackOutcome> {
  try {
    const url = packAddress(address)
    await ownSources()
    const pinned = pinOf(address)
    const known = await getSubscription(url.href)
    if (known) return await checkOne(ports, pinned === undefined ? known : { ...known, pinned, etag: null }, await forcedSource(known.url))
    const { decision, fetched } = await fetchFirst(ports, address)
    const outcome = await take(ports, expectContent(decision, url.host, looked), fetched.text, url)
    if (outcome.status !== 'refused') await saveSubscription(goodRow({ url: url.href, pinned }, outcome, fetched.etag, ports.now()))
    return outcome
  } catch (error) {
    return refusedBy(error, address, null)
  }
}

/**
 * The first pack of an address, judged but not taken.
 * @throws {TeamError} where the address gives no pack, or another one than it pins
 */
async function fetchFirst(ports: TeamPorts, address: string): Promise<{ readonly decision: InstallDecision; readonly fetched: Extract<Fetched, { kind: 'pack' }> }> {
  const url = packAddress(address)
  await ownSources()
  const fetched = await fetchAllowed(ports, url, null)
  if (fetched.kind === 'unchanged') throw refuse('http-status', url.host, '304')
  return { decision: expectContent(await decide(ports, fetched.text, { kind: 'first-use' }, url.host, null), url.host, pinOf(address)), fetched }
}

async function check(ports: TeamPorts, which: 'all' | 'due'): Promise<readonly PackOutcome[]> {
  const { sources } = await readAdministrator()
  await takeUp(sources)
  const rows = await listSubscriptions()
  const outcomes: PackOutcome[] = []
  for (const row of rows) if (which === 'all' || isDue(row, ports.now())) outcomes.push(await checkOne(ports, row, sources.find(({ url }) => packAddress(url).href === row.url)))
  return outcomes
}

/**
 * Once an hour; after failures later and later, up to a day, so that a dead address is not asked for ever at full pace. Then also up to a quarter
 * later, by chance: a server that comes back must not meet everybody at once.
 */
export function isDue(row: Pick<SubscriptionRow, 'checkedAt' | 'failures'>, now: number): boolean {
  if (row.checkedAt === null || row.checkedAt > now) return true
  const wait = Math.min(DAY, HOUR * 2 ** row.failures)
  // Chance that stands still for one wait: the moment of the last check, in milliseconds, differs from device to device.
  const chance = row.failures === 0 ? 0 : (wait / 4) * ((row.checkedAt % 1_000) / 1_000)
  // The alarm itself comes every hour: asking for exactly an hour would miss every second one.
  return now - row.checkedAt >= wait + chance - HOUR / 10
}

/** The addresses that the administrator set become subscriptions; the first check fetches them. */
async function takeUp(sources: readonly ForcedSource[]): Promise<void> {
  for (const { url } of sources) {
    const { href } = packAddress(url)
    if (!(await getSubscription(href))) await saveSubscription({ url: href, packId: null, etag: null, checkedAt: null, goodAt: null, failures: 0, problems: [] })
  }
}

async function forcedSource(href: string): Promise<ForcedSource | undefined> {
  return (await readAdministrator()).sources.find(({ url }) => packAddress(url).href === href)
}

async function unsubscribe(address: string): Promise<PackOutcome> {
  const gone: PackOutcome = { status: 'unchanged', url: address, pack: null, problems: [] }
  if (await forcedSource(address)) return refusedBy(refuse('locked', address), address, null)
  await removeSubscription(address)
  return gone
}

/** @throws {TeamError} `locked` where the administrator allows only the sources that they set. */
async function ownSources(): Promise<void> {
  if ((await readAdministrator()).off.includes('sources')) throw refuse('locked')
}

/** The digest that an address pins by `#sha256-...`. */
function pinOf(address: string): string | undefined {
  return /#sha256-([0-9a-f]{64})$/i.exec(address)?.[1]?.toLowerCase()
}

/** @throws {TeamError} `other-content` where a pack is not the one that was agreed on. */
function expectContent(decision: InstallDecision, host: string, expected: string | undefined): InstallDecision {
  if (expected !== undefined && decision.kind !== 'keep' && decision.digest !== expected) throw refuse('other-content', host, decision.digest, expected)
  return decision
}

async function checkOne(ports: TeamPorts, row: SubscriptionRow, forced: ForcedSource | undefined): Promise<PackOutcome> {
  const installed = row.packId === null ? null : await getPack(row.packId)
  try {
    const url = packAddress(row.url)
    const trust: Trust = forced?.key === undefined ? { kind: 'first-use' } : { kind: 'pinned', publicKey: forced.key }
    const pinned = forced?.digest ?? row.pinned
    // A pack in use that is not what is agreed on now must not pass as unchanged.
    const settled = installed !== null && (pinned === undefined || installed.digest === pinned) && (forced?.key === undefined || installed.publicKey === forced.key)
    const fetched = await fetchAllowed(ports, url, settled ? row.etag : null)
    if (fetched.kind === 'unchanged') {
      const outcome: PackOutcome = { status: 'unchanged', url: row.url, pack: briefOf(installed?.pack ?? null), problems: [] }
      await saveSubscription(goodRow(row, outcome, row.etag, ports.now()))
      return outcome
    }
    const outcome = await take(ports, expectContent(await decide(ports, fetched.text, trust, url.host, row.packId), url.host, pinned), fetched.text, url)
    // A refused pack's ETag is not kept: it is looked at again, and again refused with its reason, until the publisher mends it.
    await saveSubscription(outcome.status === 'refused' ? badRow(row, outcome.problems, ports.now()) : goodRow(row, outcome, fetched.etag, ports.now()))
    return outcome
  } catch (error) {
    const outcome = refusedBy(error, row.url, installed?.pack ?? null)
    await saveSubscription(badRow(row, outcome.problems, ports.now()))
    return outcome
  }
}

async function fetchAllowed(ports: TeamPorts, url: URL, etag: string | null): Promise<Fetched> {
  if (!(await ports.allowed(url))) throw refuse('no-permission', url.host)
  return fetchPack(url, { etag, ...(ports.fetch ? { fetch: ports.fetch } : {}) })
}

async function decide(ports: TeamPorts, text: string, trust: Trust, file: string, expected: string | null): Promise<InstallDecision> {
  const id = expected ?? idIn(text)
  if (id === PERSONAL_PACK) throw refuse('reserved-id', id)
  return installPack({ json: text, file, active: id === null ? null : await activePack(id, ports.builtins), trust })
}

/** The id a pack says it has, to find what it would replace; the install rules look at the rest. */
function idIn(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    const pack: unknown = typeof value === 'object' && value !== null && 'pack' in value ? value.pack : value
    return typeof pack === 'object' && pack !== null && 'id' in pack && typeof pack.id === 'string' ? pack.id : null
  } catch {
    return null // The install rules say where the JSON is broken.
  }
}

async function take(ports: TeamPorts, decision: InstallDecision, text: string, url: URL | null): Promise<PackOutcome> {
  const address = url?.href ?? null
  if (decision.kind === 'keep') return { status: 'refused', url: address, pack: briefOf(decision.pack), problems: decision.problems.map(problemOf) }
  if (decision.kind === 'unchanged') return { status: 'unchanged', url: address, pack: briefOf(decision.pack), problems: [] }
  const before = await getPack(decision.pack.id)
  await activatePack(decision, { source: url ? 'url' : 'file', url: address, text, at: ports.now() })
  return { status: before ? 'updated' : 'installed', url: address, pack: briefOf(decision.pack), problems: [] }
}

/** A refusal in the interface's terms. What is not about the pack or its address (a full disk) is not ours to word. */
function refusedBy(error: unknown, url: string | null, pack: RulePack | null): PackOutcome {
  if (!(error instanceof TeamError)) throw error
  return { status: 'refused', url, pack: briefOf(pack), problems: [error.problem] }
}

function goodRow({ url, pinned }: Pick<SubscriptionRow, 'url' | 'pinned'>, { pack }: PackOutcome, etag: string | null, now: number): SubscriptionRow {
  return { url, packId: pack?.id ?? null, etag, checkedAt: now, goodAt: now, failures: 0, problems: [], ...(pinned === undefined ? {} : { pinned }) }
}

function badRow(row: SubscriptionRow, problems: readonly TeamTrouble[], now: number): SubscriptionRow {
  return { ...row, checkedAt: now, failures: Math.min(row.failures + 1, 10), problems }
}
