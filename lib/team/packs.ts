import type { RulePack } from '../engine/index.ts'
import { installPack, type InstallDecision, type Trust } from '../packs/index.ts'
import {
  activatePack, activePack, getPack, getSubscription, listSubscriptions, PERSONAL_PACK, saveSubscription, type SubscriptionRow,
} from '../store/index.ts'
import { fetchPack, packAddress, type Fetched } from './fetch-pack.ts'
import { briefOf, problemOf, refuse, TeamError, type PackOutcome, type TeamProblem } from './outcome.ts'

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
  /** Takes up an address and fetches its first pack. An address that gives none is not kept. */
  subscribe(address: string): Promise<PackOutcome>
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
    subscribe: (address) => inTurn(() => subscribe(ports, address)),
    check: (which) => inTurn(() => check(ports, which)),
  }
}

async function installFile(ports: TeamPorts, text: string): Promise<PackOutcome> {
  try {
    return await take(ports, await decide(ports, text, { kind: 'local' }, 'pack.json', null), text, null)
  } catch (error) {
    return refusedBy(error, null, null)
  }
}

async function subscribe(ports: TeamPorts, address: string): Promise<PackOutcome> {
  let url: URL
  try {
    url = packAddress(address)
  } catch (error) {
    return refusedBy(error, address, null)
  }
  const known = await getSubscription(url.href)
  if (known) return checkOne(ports, known)
  try {
    const fetched = await fetchAllowed(ports, url, null)
    if (fetched.kind === 'unchanged') throw refuse('http-status', url.host, '304')
    const outcome = await take(ports, await decide(ports, fetched.text, { kind: 'first-use' }, url.host, null), fetched.text, url)
    if (outcome.status !== 'refused') await saveSubscription(goodRow(url.href, outcome, fetched.etag, ports.now()))
    return outcome
  } catch (error) {
    return refusedBy(error, url.href, null)
  }
}

async function check(ports: TeamPorts, which: 'all' | 'due'): Promise<readonly PackOutcome[]> {
  const rows = await listSubscriptions()
  const outcomes: PackOutcome[] = []
  for (const row of rows) if (which === 'all' || isDue(row, ports.now())) outcomes.push(await checkOne(ports, row))
  return outcomes
}

/** Once an hour; after failures later and later, up to a day, so that a dead address is not asked for ever at full pace. */
export function isDue(row: Pick<SubscriptionRow, 'checkedAt' | 'failures'>, now: number): boolean {
  if (row.checkedAt === null || row.checkedAt > now) return true
  // The alarm itself comes every hour: asking for exactly an hour would miss every second one.
  return now - row.checkedAt >= Math.min(DAY, HOUR * 2 ** row.failures) - HOUR / 10
}

async function checkOne(ports: TeamPorts, row: SubscriptionRow): Promise<PackOutcome> {
  const installed = row.packId === null ? null : await getPack(row.packId)
  try {
    const url = packAddress(row.url)
    const fetched = await fetchAllowed(ports, url, installed === null ? null : row.etag)
    if (fetched.kind === 'unchanged') {
      const outcome: PackOutcome = { status: 'unchanged', url: row.url, pack: briefOf(installed?.pack ?? null), problems: [] }
      await saveSubscription(goodRow(row.url, outcome, row.etag, ports.now()))
      return outcome
    }
    const outcome = await take(ports, await decide(ports, fetched.text, { kind: 'first-use' }, url.host, row.packId), fetched.text, url)
    // A refused pack's ETag is not kept: it is looked at again, and again refused with its reason, until the publisher mends it.
    await saveSubscription(outcome.status === 'refused' ? badRow(row, outcome.problems, ports.now()) : goodRow(row.url, outcome, fetched.etag, ports.now()))
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

function goodRow(url: string, { pack }: PackOutcome, etag: string | null, now: number): SubscriptionRow {
  return { url, packId: pack?.id ?? null, etag, checkedAt: now, goodAt: now, failures: 0, problems: [] }
}

function badRow(row: SubscriptionRow, problems: readonly TeamProblem[], now: number): SubscriptionRow {
  return { ...row, checkedAt: now, failures: Math.min(row.failures + 1, 10), problems }
}
