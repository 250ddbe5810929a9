import type { Category, Tier } from '../../lib/engine/index.ts'
import type { Mode, Policy, PolicyPart, RecipientRules, Refusal, Suppression } from '../../lib/policy/index.ts'
import type { Feature } from '../../lib/store/index.ts'
import type { SiteId } from '../../lib/sites/types.ts'

/** What the page shows and changes, as stored; the policy is laid over the defaults already. */
export interface SettingsData {
  readonly sites: readonly SiteView[]
  readonly reviewer: { readonly name: string; readonly role: string }
  readonly policy: Policy
  /** What was set and not taken, because a stronger layer asks for more. */
  readonly refused: readonly Refusal[]
  readonly teamPolicy: PolicyPart | null
  readonly suppressions: readonly SuppressionView[]
  /** Those that packs in use carry for everybody; they are changed where the pack is made. */
  readonly teamSuppressions: readonly SuppressionView[]
  /** Habits of style are named beside what was seen of origin. */
  readonly styleHints: boolean
  readonly keepTexts: boolean
  /** 0 keeps for ever. */
  readonly retentionDays: number
  readonly retentionCount: number
  /** Fields that the administrator set, as `useLock` asks for them. */
  readonly locked: ReadonlySet<string>
  /** What the administrator took away. */
  readonly featuresOff: readonly Feature[]
}

export interface SiteView { readonly prefix: string; readonly adapter: SiteId; readonly on: boolean; /** The browser lets us look there; undefined until it has said. */ readonly allowed?: boolean | undefined }

/** What is not to be flagged again, as it is listed. */
export type SuppressionView = Suppression

/** The parts of a policy a person can set here. */
export type PolicyChange =
  | { readonly kind: 'drafts'; readonly value: Policy['drafts'] }
  | { readonly kind: 'signPublicAi'; readonly value: boolean }
  | { readonly kind: 'floor'; readonly category: Category; readonly value: Tier }
  | { readonly kind: 'people'; readonly category: Category; readonly value: readonly string[] }
  | { readonly kind: 'vip'; readonly value: readonly string[] }
  | { readonly kind: 'mode'; readonly value: Mode }
  /** Null: as `mode` says. */
  | { readonly kind: 'modeOf'; readonly category: Category; readonly value: Mode | null }
  | { readonly kind: 'recipients'; readonly value: Partial<RecipientRules> }
  | { readonly kind: 'overrides'; readonly value: boolean }
  | { readonly kind: 'unchecked'; readonly value: Policy['unchecked'] }
  | { readonly kind: 'defaults' }

export const RETENTION = [30, 90, 365, 1825, 0] as const
/** Choices of how many reviews and corrections are kept; 0 keeps all. */
export const RETENTION_COUNTS = [0, 1_000_000, 100_000, 10_000] as const

/** The prefix that a written address stands for, or what is wrong with it. Query and hash are left out: they change from page to page. */
export function checkSite(text: string, known: readonly string[]): { readonly ok: true; readonly prefix: string } | { readonly ok: false; readonly problem: 'bad' | 'twice' } {
  const trimmed = text.trim()
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  if (trimmed === '' || !URL.canParse(written)) return { ok: false, problem: 'bad' }
  const url = new URL(written)
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '' || !isHost(url.hostname)) return { ok: false, problem: 'bad' }
  const prefix = `${url.protocol}//${url.host}${url.pathname}`
  return known.includes(prefix) ? { ok: false, problem: 'twice' } : { ok: true, prefix }
}

/** A name with a dot, a loopback name or an address in numbers: not a word someone typed by mistake. */
function isHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname.startsWith('[') || /[^.]\.[^.]/.test(hostname)
}

/** Names from a comma-separated field, each once. */
export function namesIn(text: string): readonly string[] {
  return [...new Set(text.split(',').map((name) => name.trim()).filter(Boolean))]
}

/** Entries from a field with one a line; commas part them too, as people paste lists. */
export function linesIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\n,;]/).map((line) => line.trim().toLowerCase()).filter(Boolean))]
}

/** The stored form of a policy after a change: only what differs from the defaults has to be kept, the rest follows later versions. */
export function changePolicy(own: PolicyPart, change: PolicyChange, current: Policy): PolicyPart {
  switch (change.kind) {
    case 'drafts': return { ...own, drafts: change.value }
    case 'signPublicAi': return { ...own, signPublicAi: change.value }
    case 'floor': return { ...own, floor: { ...own.floor, [change.category]: change.value } }
    case 'people': return { ...own, areas: { ...own.areas, [change.category]: { ...current.areas[change.category], people: [...change.value] } } }
    case 'vip': return { ...own, vip: [...change.value] }
    case 'mode': return { ...own, mode: change.value }
    case 'modeOf': {
      const { [change.category]: _, ...others } = own.modes ?? {}
      return { ...own, modes: change.value === null ? others : { ...others, [change.category]: change.value } }
    }
    case 'recipients': return { ...own, recipients: { ...own.recipients, ...change.value } }
    case 'overrides': return { ...own, overrides: change.value }
    case 'unchecked': return { ...own, unchecked: change.value }
    case 'defaults': return {}
  }
}
