import { z } from 'zod'
import { compareVersions, fingerprintOf, parseJson, signatureFault, signatureFields } from '../packs/index.ts'
import { FACTS } from '../sites/catalog.ts'
import { problemsInFacts } from '../sites/check.ts'
import type { FactsInUse, SiteFacts } from '../sites/index.ts'
import { FACT_LIMITS, siteFactsSchema, siteUpdateSchema, versionSchema } from '../sites/schema.ts'
import { SITE_IDS, type SiteId } from '../sites/types.ts'
import { guarded, StoreError } from './errors.ts'
import { listPacks } from './packs.ts'

/** Key in `chrome.storage.local`. */
const KEY = 'siteUpdates'

const signedSchema = z.strictObject({ update: z.unknown(), ...signatureFields })

const row = z.strictObject({
  id: z.enum(SITE_IDS), version: versionSchema, facts: siteFactsSchema.nullable(), reason: z.string().max(500),
  publicKey: signatureFields.publicKey, signedBy: signatureFields.signedBy, signedAt: signatureFields.signedAt, at: z.number().int().min(0).max(8.64e15),
})
const rows = z.array(row.extend({ previous: row.nullable() }))

/** An update in use. `facts` is null where it switches the site off, for `reason`; `at` is when it was installed. */
export type SiteUpdateRow = z.infer<typeof rows>[number]

/** Why an update was refused. The interface has a sentence for each; `where` is a place in the file, the rest is what the sentence names. */
export interface SiteUpdateProblem {
  readonly code: 'tooLarge' | 'json' | 'outline' | 'unsigned' | 'changed' | 'unfit' | 'untrusted' | 'older' | 'same' | 'generic' | 'hosts' | 'selector' | 'pattern'
  readonly where: string
  readonly params: readonly string[]
}

export type SiteUpdateOutcome =
  | { readonly ok: true; readonly row: SiteUpdateRow }
  /** Nothing has changed: what was in use stays. */
  | { readonly ok: false; readonly problems: readonly SiteUpdateProblem[] }

interface Judging {
  /** Public keys that signed a pack in use: whoever is believed for rules is believed for sites. */
  readonly trusted: readonly string[]
  readonly inUse: readonly SiteUpdateRow[]
  /** Whether this browser takes a selector; it must not throw. */
  readonly isSelector: (selector: string) => boolean
  /** Milliseconds since the epoch. */
  readonly at: number
}

const refused = (code: SiteUpdateProblem['code'], where = '', ...params: string[]): SiteUpdateOutcome => ({ ok: false, problems: [{ code, where, params }] })

/** Most problems of one file that are told at once. */
const MOST = 10

/** Decides whether the text of a file becomes a site's update: size, form, signature, key, version, hosts, selectors and patterns, in this order. Never throws. */
export function judgeSiteUpdate(text: string, { trusted, inUse, isSelector, at }: Judging): SiteUpdateOutcome {
  if (text.length > FACT_LIMITS.file) return refused('tooLarge', '', String(FACT_LIMITS.file / 1024))
  const json = parseJson(text, 'update')
  if (!json.ok) return refused('json', json.problems.map(({ line, column }) => `${line}:${column}`)[0])
  const signed = signedSchema.safeParse(json.value)
  if (!signed.success) return typeof json.value === 'object' && json.value !== null && !('signature' in json.value) ? refused('unsigned') : outline(signed.error)
  const read = siteUpdateSchema.safeParse(signed.data.update)
  if (!read.success) return outline(read.error, 'update')
  const fault = signatureFault('site update', read.data, signed.data)
  if (fault) return refused(fault)
  const { publicKey, signedBy, signedAt } = signed.data
  if (!trusted.includes(publicKey)) return refused('untrusted', '', signedBy, fingerprintOf(publicKey))
  const facts = 'facts' in read.data ? read.data.facts : null
  const { id, version } = 'off' in read.data ? read.data.off : read.data.facts
  if (id === 'generic') return refused('generic', 'update')
  const before = inUse.find((one) => one.id === id)
  const newest = [FACTS[id].version, ...(before ? [before.version] : [])].reduce((high, one) => (compareVersions(one, high) > 0 ? one : high))
  const order = compareVersions(version, newest)
  if (order <= 0) return refused(order < 0 ? 'older' : 'same', 'version', version, newest)
  const problems = facts ? problemsOf(facts, isSelector) : []
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, MOST) }
  const { previous: _previous, ...last } = before ?? { previous: null }
  return { ok: true, row: { id, version, facts, reason: 'off' in read.data ? read.data.off.reason : '', publicKey, signedBy, signedAt, at, previous: before ? row.parse(last) : null } }
}

function outline(error: z.ZodError, under = ''): SiteUpdateOutcome {
  // Of a union the deepest complaints are the ones that help.
  const issues = error.issues.flatMap((issue) => (issue.code === 'invalid_union' ? issue.errors.reduce((a, b) => (depth(b) > depth(a) ? b : a)) : [issue]))
  return { ok: false, problems: issues.slice(0, MOST).map(({ path, message }) => ({ code: 'outline', where: [under, ...path.map(String)].filter(Boolean).join('.'), params: [message] })) }
}

const depth = (issues: readonly { readonly path: readonly PropertyKey[] }[]): number => Math.max(...issues.map(({ path }) => path.length))

function problemsOf(facts: SiteFacts, isSelector: (selector: string) => boolean): SiteUpdateProblem[] {
  const known = FACTS[facts.id].hosts
  const wider = facts.hosts.filter((host) => !known.includes(host)).map((host): SiteUpdateProblem => ({ code: 'hosts', where: 'facts.hosts', params: [host] }))
  return [...wider, ...problemsInFacts(facts, isSelector).map(({ where, kind, value, detail }): SiteUpdateProblem => ({ code: kind, where: `facts.${where}`, params: [value, detail] }))]
}

/** The updates that are installed. What cannot be read is left out: the facts that came with this version then hold. */
export async function readSiteUpdates(): Promise<readonly SiteUpdateRow[]> {
  const stored = (await guarded(() => chrome.storage.local.get(KEY)))[KEY]
  return Array.isArray(stored) ? stored.flatMap((one) => rows.safeParse([one]).data ?? []) : []
}

/** Facts that stand in place of those which came with this version. One that a newer version has caught up with counts no more. */
export async function updatesInUse(): Promise<FactsInUse> {
  const newer = (await readSiteUpdates()).filter(({ id, version }) => compareVersions(version, FACTS[id].version) > 0)
  return Object.fromEntries(newer.map(({ id, facts }) => [id, facts]))
}

/**
 * Installs an update from the text of its file. On any refusal what was in use stays.
 * @throws {StoreError} where it cannot be written
 */
export async function installSiteUpdate(text: string, { isSelector, at }: Pick<Judging, 'isSelector' | 'at'>): Promise<SiteUpdateOutcome> {
  const trusted = (await listPacks()).flatMap(({ publicKey }) => publicKey ?? [])
  const inUse = await readSiteUpdates()
  const outcome = judgeSiteUpdate(text, { trusted, inUse, isSelector, at })
  if (outcome.ok) await write([...inUse.filter(({ id }) => id !== outcome.row.id), outcome.row])
  return outcome
}

/**
 * Goes back to what was in use before the last update of a site: the update before it, else the facts that came with this version.
 * @throws {StoreError} `not-found` where there is no update
 */
export async function undoSiteUpdate(id: SiteId): Promise<void> {
  const inUse = await readSiteUpdates()
  const last = inUse.find((one) => one.id === id)
  if (!last) throw new StoreError('not-found', `no update of ${id}`)
  await write([...inUse.filter((one) => one !== last), ...(last.previous ? [{ ...last.previous, previous: null }] : [])])
}

async function write(next: readonly SiteUpdateRow[]): Promise<void> {
  await guarded(() => chrome.storage.local.set({ [KEY]: next }))
}

/** Calls back when an update was installed or undone, wherever that was done. Returns the undo. */
export function watchSiteUpdates(listener: () => void): () => void {
  const onChanged = (changes: Readonly<Record<string, chrome.storage.StorageChange>>, area: string): void => {
    if (area === 'local' && KEY in changes) listener()
  }
  chrome.storage.onChanged.addListener(onChanged)
  return () => chrome.storage.onChanged.removeListener(onChanged)
}
