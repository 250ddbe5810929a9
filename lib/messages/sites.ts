import type { MarksUpdate } from '../engine/index.ts'
import type { FactsInUse, SiteId } from '../sites/index.ts'

/** A place where the person has turned Countersign on. */
export interface SiteSetting {
  /** Start of the address: scheme, host, port and, if wanted, a path. `https://mail.google.com/`, `http://127.0.0.1:8123/mail`. */
  readonly prefix: string
  readonly adapter: SiteId
  readonly on: boolean
}

/** Keys in `chrome.storage.local` that content scripts look at; written by lib/store. */
export const SETTINGS_KEY = 'settings'
export const RULEBOOK_KEY = 'rulebook'
export const APPROVALS_KEY = 'approvals'
const MARKS_KEY = 'marks'
const FACTS_KEY = 'siteFacts'

/** The sites as they are set, read without Zod so that every frame can afford it. Whatever is not a site is left out: a frame then is not watched, never watched wrongly. */
export async function readSites(): Promise<readonly SiteSetting[]> {
  const stored = await chrome.storage.local.get(SETTINGS_KEY)
  return sitesIn(stored[SETTINGS_KEY])
}

/** All that a guard needs at once, in one question to the storage: the sites, and the facts of those that are on as the worker laid them down. */
export async function readGuardSettings(): Promise<{ readonly sites: readonly SiteSetting[]; readonly facts: FactsInUse }> {
  const stored = await chrome.storage.local.get([SETTINGS_KEY, FACTS_KEY])
  return { sites: sitesIn(stored[SETTINGS_KEY]), facts: factsIn(stored[FACTS_KEY]) }
}

/** Puts the facts of the sites that are on where guards find them; writes nothing when they are the same. For the worker. */
export async function writeFacts(facts: FactsInUse): Promise<void> {
  const there = (await chrome.storage.local.get(FACTS_KEY))[FACTS_KEY]
  if (JSON.stringify(there) !== JSON.stringify(facts)) await chrome.storage.local.set({ [FACTS_KEY]: facts })
}

/**
 * Marks of AI chat pages that packs carry, for a guard that sees a paste before the rules are there; `lib/packs` has checked them, the worker wrote them.
 * Whatever is no list is none.
 */
export async function readPackMarks(): Promise<readonly MarksUpdate[]> {
  const stored = (await chrome.storage.local.get(MARKS_KEY))[MARKS_KEY]
  return Array.isArray(stored) ? (stored as readonly MarksUpdate[]) : []
}

/** Puts the marks of the packs in use where guards find them; writes nothing when they are the same. For the worker. */
export async function writePackMarks(marks: readonly MarksUpdate[]): Promise<void> {
  if (JSON.stringify(await readPackMarks()) !== JSON.stringify(marks)) await chrome.storage.local.set({ [MARKS_KEY]: marks })
}

/**
 * The match pattern that holds a prefix, for permissions and content scripts: `http://127.0.0.1:8123/mail` gives `http://127.0.0.1/*`. Patterns of content
 * scripts have no port, so the guard itself asks `siteFor` whether it is wanted.
 * @throws {TypeError} where the prefix is not a web address.
 */
export function matchPattern(prefix: string): string {
  const { protocol, hostname } = new URL(prefix)
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError(`not a web address: ${prefix}`)
  return `${protocol}//${hostname}/*`
}

/** Calls back with the sites each time they change. Returns the undo. */
export function watchSites(listener: (sites: readonly SiteSetting[]) => void): () => void {
  return watch((changes) => {
    const change = changes[SETTINGS_KEY]
    if (change && JSON.stringify(sitesIn(change.oldValue)) !== JSON.stringify(sitesIn(change.newValue))) listener(sitesIn(change.newValue))
  })
}

/** Calls back when packs, policy, reviewer or switched-off rules changed: the rulebook in hand is old, `rulebook/load` gives the new one. Returns the undo. */
export function watchRulebook(listener: () => void): () => void {
  return watch((changes) => {
    const settings = changes[SETTINGS_KEY]
    if (RULEBOOK_KEY in changes || (settings && rulesIn(settings.oldValue) !== rulesIn(settings.newValue))) listener()
  })
}

/** Calls back when an approval came, was taken back, or who may approve changed. Returns the undo. */
export function watchApprovals(listener: () => void): () => void {
  return watch((changes) => {
    if (APPROVALS_KEY in changes) listener()
  })
}

/**
 * The site that holds an address: the one that is on with the longest prefix. A prefix ends at a border of the path: `/mail` holds `/mail/u/0` and `/mail?x`, not `/mailing`.
 * @returns null for an address of no site, or one that cannot be parsed.
 */
export function siteFor(address: string, sites: readonly SiteSetting[]): SiteSetting | null {
  const held = sites.filter((site) => site.on && holds(site.prefix, address))
  return held.reduce<SiteSetting | null>((best, site) => (best && best.prefix.length >= site.prefix.length ? best : site), null)
}

function holds(prefix: string, address: string): boolean {
  if (!URL.canParse(prefix) || !URL.canParse(address)) return false
  const [start, url] = [new URL(prefix), new URL(address)]
  if (start.protocol !== url.protocol || start.host !== url.host || !url.pathname.startsWith(start.pathname)) return false
  return start.pathname.endsWith('/') || url.pathname.length === start.pathname.length || url.pathname[start.pathname.length] === '/'
}

type Changes = Readonly<Record<string, chrome.storage.StorageChange>>

function watch(listener: (changes: Changes) => void): () => void {
  const onChanged = (changes: Changes, area: string): void => {
    if (area === 'local') listener(changes)
  }
  chrome.storage.onChanged.addListener(onChanged)
  return () => chrome.storage.onChanged.removeListener(onChanged)
}

function sitesIn(settings: unknown): readonly SiteSetting[] {
  if (typeof settings !== 'object' || settings === null || !('sites' in settings) || !Array.isArray(settings.sites)) return []
  return settings.sites.filter(isSite)
}

/** Damaged facts are none: `generic` then stands in, and says so. What is in them was checked when they came in. */
function factsIn(stored: unknown): FactsInUse {
  if (typeof stored !== 'object' || stored === null) return {}
  return Object.fromEntries(Object.entries(stored as FactsInUse).filter(([id, facts]) => facts === null || (facts.id === id && typeof facts.drafts === 'object')))
}

/** The part of the settings that a rulebook is made of, for comparing. */
function rulesIn(settings: unknown): string {
  if (typeof settings !== 'object' || settings === null) return ''
  const { policy, reviewer, off, suppressions, styleHints } = settings as Readonly<Record<string, unknown>>
  return JSON.stringify([policy, reviewer, off, suppressions, styleHints])
}

function isSite(value: unknown): value is SiteSetting {
  if (typeof value !== 'object' || value === null || !('prefix' in value) || !('adapter' in value) || !('on' in value)) return false
  const { prefix, adapter, on } = value
  // An application that this version does not know is read as any page, which is said.
  return typeof prefix === 'string' && typeof on === 'boolean' && typeof adapter === 'string'
}
