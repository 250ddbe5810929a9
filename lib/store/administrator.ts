import { z } from 'zod'
import { CATEGORIES } from '../engine/index.ts'
import type { PolicyPart } from '../policy/index.ts'
import { overDefaults, policyPartSchema, policyProblems } from '../policy/schema.ts'
import { SITE_IDS } from '../sites/types.ts'
import { prefixField, retentionCountField, retentionDaysField } from './fields.ts'

/** What an administrator can take away: a person's own rules; switching packs and rules off; suppressions; own sources of packs; keeping corrections; teams that the administrator did not name. */
export const FEATURES = ['rules', 'switches', 'suppressions', 'sources', 'corrections', 'teams'] as const
export type Feature = (typeof FEATURES)[number]

/** An address of a pack that everybody has. `key`: only this Ed25519 key is believed; `digest`: only this content, SHA-256 in hex. */
export interface ForcedSource { readonly url: string; readonly key?: string | undefined; readonly digest?: string | undefined }
export interface ForcedSite { readonly prefix: string; readonly adapter: (typeof SITE_IDS)[number] }

/** A value that could not be taken: where in the browser's policy, what is wrong, and what is done instead. */
export interface AdministratorProblem { readonly where: string; readonly what: string; readonly instead: Instead }
/** `leftOut`: as if it were not set. `strict`: nothing is overridden and nothing leaves unchecked. `raised`: findings of the category go to their owner. `enforced`: held until settled. `noTexts`, `noSources`: that is off. */
export type Instead = 'leftOut' | 'strict' | 'raised' | 'enforced' | 'noTexts' | 'noSources'

/** What the browser's administrator set. Each part that is present is forced and locked. */
export interface Administrator {
  readonly policy: PolicyPart | null
  readonly sites: readonly ForcedSite[]
  /** Packs that cannot be switched off, and packs that are off. */
  readonly packs: { readonly on: readonly string[]; readonly off: readonly string[] }
  readonly sources: readonly ForcedSource[]
  readonly keeping: { readonly keepTexts?: boolean | undefined; readonly retentionDays?: number | undefined; readonly retentionCount?: number | undefined }
  /** The invitation to the team that everybody here belongs to. */
  readonly team: string | null
  readonly off: readonly Feature[]
  readonly problems: readonly AdministratorProblem[]
}

const packId = z.string().trim().min(1).max(200)
const siteEntry = z.strictObject({ prefix: prefixField, adapter: z.enum(SITE_IDS).default('generic') })
const sourceEntry = z.strictObject({
  url: z.string().max(2_000).refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:', 'not an https:// address'),
  key: z.string().regex(/^[\w-]{43}$/, 'not a public key of 43 letters and digits').optional(),
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 digest of 64 digits').optional(),
})
const MOST = 1_000

const KEYS = ['policy', 'sites', 'packs', 'sources', 'keeping', 'team', 'features'] as const

/** What is set where nobody administers the browser. */
export const NO_ADMINISTRATOR: Administrator = { policy: null, sites: [], packs: { on: [], off: [] }, sources: [], keeping: {}, team: null, off: [], problems: [] }

/**
 * Reads what the browser handed over from its policies. One value that cannot be read is said and answered on the careful side; all others count. Never throws.
 */
export function administratorFrom(stored: Readonly<Record<string, unknown>>): Administrator {
  const problems: AdministratorProblem[] = []
  const say = (where: string, what: string, instead: Instead): void => { problems.push({ where, what, instead }) }
  for (const key of Object.keys(stored)) if (!KEYS.some((known) => known === key)) say(key, 'This name is not known.', 'leftOut')
  const packs = record(stored['packs'], 'packs', say)
  const features = record(stored['features'], 'features', say)
  const off = entries(features['off'], 'features.off', z.enum(FEATURES), say)
  const read = {
    policy: stored['policy'] === undefined ? null : readPolicy(stored['policy'], say),
    sites: entries(stored['sites'], 'sites', siteEntry, say),
    packs: { on: entries(packs['on'], 'packs.on', packId, say), off: entries(packs['off'], 'packs.off', packId, say) },
    sources: entries(stored['sources'], 'sources', sourceEntry, say, 'noSources'),
    keeping: readKeeping(record(stored['keeping'], 'keeping', say), say),
    team: readTeam(stored['team'], say),
  }
  const closed = problems.some(({ instead }) => instead === 'noSources') ? [...new Set([...off, 'sources' as const])] : off
  return { ...read, off: closed, problems }
}

type Say = (where: string, what: string, instead: Instead) => void

function record(value: unknown, where: string, say: Say): Readonly<Record<string, unknown>> {
  if (value === undefined) return {}
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>
  say(where, 'It is not a group of values.', 'leftOut')
  return {}
}

/** The entries of a list that can be read; each of the others is said by its place, counted from 1 as people do. */
function entries<T>(value: unknown, where: string, entry: z.ZodType<T>, say: Say, instead: Instead = 'leftOut'): T[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    say(where, 'It is not a list.', instead)
    return []
  }
  if (value.length > MOST) say(where, `The list has more than ${MOST} entries; those after are not read.`, instead)
  return value.slice(0, MOST).flatMap((each, index) => {
    const read = entry.safeParse(each)
    if (read.success) return [read.data]
    say(`${where}, entry ${index + 1}`, sentence(read.error), instead)
    return []
  })
}

/** Policy values one by one, so that one misspelt tier does not take the rest with it. */
function readPolicy(value: unknown, say: Say): PolicyPart {
  const part: Record<string, unknown> = {}
  const careful: { strict: boolean; enforced: boolean; raised: string[] } = { strict: false, enforced: false, raised: [] }
  const refuse = (where: string, what: string): void => {
    const [, head = '', name = ''] = where.split('.')
    const raised = head === 'floor' && CATEGORIES.some((category) => category === name)
    const enforced = head === 'mode' || head === 'modes'
    if (raised) careful.raised.push(name)
    else if (enforced) careful.enforced = true
    else careful.strict = true
    say(where, what, raised ? 'raised' : enforced ? 'enforced' : 'strict')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse('policy', 'It is not a group of values.')
  else for (const [head, said] of Object.entries(value)) Object.assign(part, readPolicyField(head, said, refuse))
  const read: PolicyPart = {
    ...(part as PolicyPart),
    ...(careful.raised.length > 0 ? { floor: { ...(part as PolicyPart).floor, ...Object.fromEntries(careful.raised.map((name) => [name, 'approve'] as const)) } } : {}),
    ...(careful.enforced ? { mode: 'enforce' as const } : {}),
    ...(careful.strict ? { overrides: false, unchecked: 'hold' as const } : {}),
  }
  for (const { where, what, todo } of policyProblems(overDefaults(read))) say(`policy.${where}`, `${what} ${todo}`, 'leftOut')
  return read
}

function readPolicyField(head: string, said: unknown, refuse: (where: string, what: string) => void): Record<string, unknown> {
  const whole = policyPartSchema.safeParse({ [head]: said })
  if (whole.success) return { [head]: said }
  const nested = typeof said === 'object' && said !== null && !Array.isArray(said)
  // A name that is not known has nothing inside that could be.
  const known = policyPartSchema.safeParse({ [head]: {} }).success
  if (!nested || !known) {
    refuse(`policy.${head}`, sentence(whole.error))
    return {}
  }
  const good: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(said as Readonly<Record<string, unknown>>)) {
    const one = policyPartSchema.safeParse({ [head]: { [name]: value } })
    if (one.success) good[name] = value
    else refuse(`policy.${head}.${name}`, sentence(one.error))
  }
  return { [head]: good }
}

function readKeeping(stored: Readonly<Record<string, unknown>>, say: Say): Administrator['keeping'] {
  const keeping: { keepTexts?: boolean; retentionDays?: number; retentionCount?: number } = {}
  for (const [name, value] of Object.entries(stored)) {
    const where = `keeping.${name}`
    if (name === 'keepTexts') {
      const read = z.boolean().safeParse(value)
      keeping.keepTexts = read.success && read.data
      if (!read.success) say(where, sentence(read.error), 'noTexts')
    } else if (name === 'retentionDays' || name === 'retentionCount') {
      const read = (name === 'retentionDays' ? retentionDaysField : retentionCountField).safeParse(value)
      // What is removed is gone: a number that cannot be read removes nothing.
      if (read.success) keeping[name] = read.data
      else say(where, sentence(read.error), 'leftOut')
    } else say(where, 'This name is not known.', 'leftOut')
  }
  return keeping
}

function readTeam(value: unknown, say: Say): string | null {
  const read = z.string().trim().min(1).max(20_000).optional().safeParse(value)
  if (!read.success) say('team', sentence(read.error), 'leftOut')
  return read.data ?? null
}

/** What Zod found, as one sentence. */
function sentence({ issues }: z.ZodError): string {
  const [issue] = issues
  if (issue?.code === 'unrecognized_keys') return `Not known: ${issue.keys.join(', ')}.`
  if (issue?.code === 'invalid_value') return `The value is not known. It is one of: ${issue.values.map(String).join(', ')}.`
  const text = issue?.message ?? 'The value cannot be read'
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`
}

/** What the browser's administrator set, by the browser's own means. A browser without an administrator rejects the question, or answers with nothing. */
export async function readAdministrator(): Promise<Administrator> {
  return understood(await askBrowser())
}

/**
 * The same without waiting for a browser that has only begun: then what was set at the last start. For what a draft or the first page of a start would wait for;
 * who uses it hears of the true answer as of a change.
 */
export async function administratorByNow(): Promise<Administrator> {
  const asked = askBrowser()
  if (answers) return understood(await asked)
  const late = new Promise<null>((resolve) => { setTimeout(() => resolve(null), PATIENCE_MS) })
  return understood((await Promise.race([asked, late])) ?? await lastKnown())
}

function understood(stored: Stored): Administrator {
  return Object.keys(stored).length === 0 ? NO_ADMINISTRATOR : administratorFrom(stored)
}

type Stored = Readonly<Record<string, unknown>>

/** In `chrome.storage.local`: what the administrator had set when the browser last answered. A change of it counts as a change by the administrator. */
export const ADMINISTRATOR_KEY = 'administrator'
/** A browser that has just started answers only once its policies are read: two to four seconds in Chromium 156. No draft and no first page waits for that. Milliseconds. */
const PATIENCE_MS = 200
/** The browser has answered here once; from then on it does so at once. */
let answers = false
let known: string | null = null

async function askBrowser(): Promise<Stored> {
  const area = (chrome.storage as { managed?: chrome.storage.StorageArea }).managed
  return area ? remember(await area.get(null).catch((): Stored => ({}))) : {}
}

async function lastKnown(): Promise<Stored> {
  const { [ADMINISTRATOR_KEY]: kept } = await chrome.storage.local.get(ADMINISTRATOR_KEY)
  return typeof kept === 'object' && kept !== null ? kept as Stored : {}
}

/** Keeps an answer for the next start. A failure to keep it is no reason not to follow it. */
async function remember(stored: Stored): Promise<Stored> {
  answers = true
  const text = JSON.stringify(stored)
  if (text === known) return stored
  known = text
  if (text !== JSON.stringify(await lastKnown())) {
    await chrome.storage.local.set({ [ADMINISTRATOR_KEY]: stored }).catch((error: unknown) => console.error('Countersign, the administrator\'s settings:', error instanceof Error ? error.message : 'unknown error'))
  }
  return stored
}

/** The administrator's part of the policy; null where nothing is set. */
export async function managedPolicy(): Promise<PolicyPart | null> {
  return (await readAdministrator()).policy
}
