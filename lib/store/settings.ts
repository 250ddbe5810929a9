import { z } from 'zod'
import { layered, type Layered, type Policy, type PolicyPart, type Suppression, type SuppressionChoice } from '../policy/index.ts'
import { policyPartSchema } from '../policy/schema.ts'
import { workflowSchema } from '../policy/workflow-file.ts'
import { ADMINISTRATOR_KEY, administratorByNow, readAdministrator, type Administrator } from './administrator.ts'
import { retentionCountField, retentionDaysField, siteField } from './fields.ts'
import { guarded, StoreError } from './errors.ts'

/** Key in `chrome.storage.local`. Content scripts read `sites` under it without Zod, so its outline stays as it is. */
const KEY = 'settings'

/** More ways from an assistant to a customer than a person tells apart. */
const MOST_WORKFLOWS = 50

/** Far more than a person keeps an overview of; each is looked at when rules are given to a page. */
const MOST_SUPPRESSIONS = 2_000

const time = z.number().int().min(0).max(8.64e15)
const suppression = z.strictObject({
  id: z.string().min(1).max(100), rule: z.string().min(1).max(200), words: z.string().max(2_000).nullable(), host: z.string().max(1_000).nullable(),
  reason: z.string().trim().min(1).max(1_000), by: z.string().max(200), from: time, until: time.nullable(),
})

const fields = {
  /** Where Countersign is turned on, and which adapter reads the page. */
  sites: z.array(siteField).max(1_000),
  reviewer: z.strictObject({ name: z.string().trim().max(200), role: z.string().trim().max(200) }),
  /** What the person set; everything else is the default policy's. */
  policy: policyPartSchema,
  /** What the team set, from its policy file; null where there is none. Missing in settings of an older version. */
  teamPolicy: policyPartSchema.nullable().default(null),
  /** Whole draft texts are kept in History only if this is on. */
  keepTexts: z.boolean(),
  /** Days after which reviews and corrections are removed; 0 keeps them. */
  retentionDays: retentionDaysField,
  welcomed: z.boolean(),
  /** Habits of style are named beside what was seen of origin. Missing in settings of an older version. */
  styleHints: z.boolean().default(false),
  /** What a person does not want flagged again. Missing in settings of an older version. */
  suppressions: z.array(suppression).max(MOST_SUPPRESSIONS).default([]),
  /** The ways from an assistant to a customer that the person mapped; what their review points ask for is `policy`. Missing in settings of an older version. */
  workflows: z.array(workflowSchema).max(MOST_WORKFLOWS).default([]),
  /** Rules that were lowered, and the share of drafts in which they still ask for a review. Missing in settings of an older version. */
  samples: z.array(z.strictObject({ rule: z.string().max(200), share: z.number().min(0).max(1) })).max(10_000).default([]),
  /** Reviews and corrections are removed beyond so many of each, the oldest first; 0 keeps them. Missing in settings of an older version. */
  retentionCount: retentionCountField.default(0),
  /** Packs and rules that are switched off, by id. */
  off: z.strictObject({ packs: z.array(z.string().max(200)).max(10_000), rules: z.array(z.string().max(200)).max(100_000) }),
}

export const settingsSchema = z.strictObject({ version: z.literal(1), ...fields })
export type Settings = z.infer<typeof settingsSchema>

export function defaultSettings(): Settings {
  return {
    version: 1, sites: [], reviewer: { name: '', role: '' }, policy: {}, teamPolicy: null, keepTexts: false, retentionDays: 365, welcomed: false, styleHints: false, suppressions: [], workflows: [], samples: [], retentionCount: 0, off: { packs: [], rules: [] },
  }
}

/** The settings as they count: the person's, with what the administrator forces. Whatever is missing or cannot be read is as by default. */
export async function loadSettings(): Promise<Settings> {
  const [own, administrator] = await Promise.all([ownSettings(), administratorByNow()])
  return forced(own, administrator)
}

/** The settings as the person made them, without what the administrator forces. */
export async function ownSettings(): Promise<Settings> {
  const stored = await guarded(() => chrome.storage.local.get(KEY))
  return settingsFrom(stored[KEY])
}

/** Settings with what the administrator forces laid over them. The policy has its own layers: see `layeredPolicy`. */
export function forced(own: Settings, { sites, packs, keeping, off }: Administrator): Settings {
  const locked = new Set(sites.map(({ prefix }) => prefix))
  const on = new Set(packs.on)
  const switches = off.includes('switches') ? { packs: [], rules: [] } : own.off
  return {
    ...own,
    sites: [...sites.map((site) => ({ ...site, on: true })), ...own.sites.filter(({ prefix }) => !locked.has(prefix))],
    suppressions: off.includes('suppressions') ? [] : own.suppressions,
    keepTexts: keeping.keepTexts ?? own.keepTexts,
    retentionDays: keeping.retentionDays ?? own.retentionDays,
    retentionCount: keeping.retentionCount ?? own.retentionCount,
    off: {
      packs: [...new Set([...switches.packs, ...packs.off])].filter((id) => !on.has(id)),
      // A rule's id begins with its pack's.
      rules: switches.rules.filter((id) => !on.has(id.slice(0, id.indexOf('/')))),
    },
  }
}

/**
 * Writes the administrator's sites among the person's, where content scripts read them. They stay when the administrator lets go of them, and the person may then turn them off.
 */
export async function keepForcedSites(): Promise<void> {
  const { sites } = await readAdministrator()
  const there = (await ownSettings()).sites
  const missing = sites.filter(({ prefix, adapter }) => !there.some((one) => one.on && one.prefix === prefix && one.adapter === adapter))
  if (missing.length === 0) return
  await changeSettings((own) => ({ ...own, sites: [...own.sites.filter(({ prefix }) => !missing.some((one) => one.prefix === prefix)), ...missing.map((site) => ({ ...site, on: true }))] }))
}

/**
 * Settings as they were stored, by whatever version. One field that cannot be read falls back alone, so that a damaged policy does not turn the sites off.
 */
export function settingsFrom(stored: unknown): Settings {
  if (typeof stored !== 'object' || stored === null) return defaultSettings()
  const whole = settingsSchema.safeParse(stored)
  if (whole.success) return whole.data
  const from = stored as Record<string, unknown>
  const settings = defaultSettings()
  for (const name of Object.keys(fields) as (keyof typeof fields)[]) {
    const read = fields[name].safeParse(from[name])
    if (read.success) Object.assign(settings, { [name]: read.data })
  }
  if (settings.sites.length === 0 && Array.isArray(from['sites'])) {
    settings.sites = from['sites'].flatMap((entry) => siteField.safeParse(entry).data ?? [])
  }
  return settings
}

/**
 * Changes the person's settings, without what the administrator forces, one change at a time across all our pages and the worker.
 * @throws {StoreError} `malformed` when the result is not valid, `storage-full` when it cannot be written; the old settings stay.
 */
export async function changeSettings(change: (settings: Settings) => Settings): Promise<Settings> {
  return oneAtATime(async () => {
    const changed = settingsSchema.safeParse(change(await ownSettings()))
    if (!changed.success) throw new StoreError('malformed', z.prettifyError(changed.error))
    await guarded(() => chrome.storage.local.set({ [KEY]: changed.data }))
    return changed.data
  })
}

/** Sets some fields and leaves the rest. */
export function saveSettings(part: Partial<Omit<Settings, 'version'>>): Promise<Settings> {
  return changeSettings((settings) => ({ ...settings, ...part }))
}

/** Turns a site on or off, adding it if it is new. */
export function setSite(address: string, adapter: Settings['sites'][number]['adapter'], on: boolean): Promise<Settings> {
  return changeSettings((settings) => {
    const known = settings.sites.some((entry) => entry.prefix === address)
    const sites = known
      ? settings.sites.map((entry) => (entry.prefix === address ? { prefix: address, adapter, on } : entry))
      : [...settings.sites, { prefix: address, adapter, on }]
    return { ...settings, sites }
  })
}

/**
 * Adds a suppression under this device's name. One of the same reach is replaced; what has ended is cleared out.
 * @throws {StoreError} `malformed` when there are too many
 */
export function addSuppression(choice: SuppressionChoice, at: number, id: string): Promise<Settings> {
  return changeSettings((settings) => {
    const sameReach = (one: Suppression): boolean => one.rule === choice.rule && one.words === choice.words && one.host === choice.host
    const others = settings.suppressions.filter((one) => !sameReach(one) && (one.until === null || one.until > at))
    return { ...settings, suppressions: [...others, { ...choice, id, by: settings.reviewer.name, from: at }] }
  })
}

export function removeSuppression(id: string): Promise<Settings> {
  return changeSettings((settings) => ({ ...settings, suppressions: settings.suppressions.filter((one) => one.id !== id) }))
}

/** Calls back with the settings as they count after each change, by the person wherever it was made or by the administrator. Returns the undo. */
export function watchSettings(listener: (settings: Settings) => void): () => void {
  let latest = 0
  const onChanged = (changes: Readonly<Record<string, chrome.storage.StorageChange>>, areaName: string): void => {
    if (areaName !== 'managed' && !(areaName === 'local' && (KEY in changes || ADMINISTRATOR_KEY in changes))) return
    const turn = ++latest
    // Read anew, and not from the change: the administrator's part is not in it.
    loadSettings().then((settings) => { if (turn === latest) listener(settings) }, (error: unknown) => console.error('Countersign, new settings:', error instanceof Error ? error.message : 'unknown error'))
  }
  chrome.storage.onChanged.addListener(onChanged)
  return () => chrome.storage.onChanged.removeListener(onChanged)
}

/** The policy in force: what administrator, team and person set, laid over the default; a weaker layer tightens and never loosens. */
export function policyOf(settings: PolicyLayers, administrator: PolicyPart | null = null): Policy {
  return layeredPolicy(settings, administrator).policy
}

/** The same, with which layer set what, and what was not taken. */
export function layeredPolicy({ policy, teamPolicy = null }: PolicyLayers, administrator: PolicyPart | null): Layered {
  return layered({ administrator, team: teamPolicy, person: policy })
}

interface PolicyLayers { readonly policy: Settings['policy']; readonly teamPolicy?: Settings['teamPolicy'] }

let queue: Promise<unknown> = Promise.resolve()

/** Reading, changing and writing must not interleave: not in this context (queue), not with another (Web Locks, where there are any). */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const locks = typeof navigator === 'undefined' ? undefined : (navigator as { locks?: LockManager }).locks
  const run = async (): Promise<T> => (locks ? await locks.request('countersign-settings', work) : await work())
  const result = queue.then(run, run)
  queue = result.catch(() => undefined)
  return result
}
