import type { RulePack } from '../../lib/engine/index.ts'

/** `current`: the newest version is in use. `refused`: the newest one was not accepted, the last good one is in use. `waiting`: never fetched. */
export type SubscriptionState = 'current' | 'refused' | 'unreachable' | 'waiting'

export interface SubscriptionView {
  readonly url: string
  /** Null until a pack was fetched. */
  readonly title: string | null
  readonly version: string | null
  readonly state: SubscriptionState
  /** Why the last version was refused or not reached, in sentences. */
  readonly problems: readonly string[]
  /** Milliseconds since the epoch, null where never. */
  readonly checkedAt: number | null
  readonly fingerprint: string | null
}

/** A pack that may be given to others. */
export interface OwnPack { readonly id: string; readonly title: string; readonly version: string }

/** A pack that an address would bring, before it is in use. */
export interface FoundPack {
  readonly kind: 'found'
  readonly pack: RulePack
  readonly signedBy: string | null
  /** The version that it takes the place of, null for a new pack. */
  readonly replaces: string | null
  /** What was looked at: only that is taken into use. */
  readonly digest: string
}

/** What became of subscribing. */
export type SubscribeResult =
  | { readonly kind: 'added'; readonly title: string; readonly version: string }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }
  | { readonly kind: 'denied'; readonly host: string }

/** The address as it will be fetched, or what is wrong with it. */
export function checkAddress(text: string, known: readonly string[]): { readonly ok: true; readonly url: string } | { readonly ok: false; readonly problem: 'bad' | 'twice' } {
  const trimmed = text.trim()
  if (!URL.canParse(trimmed)) return { ok: false, problem: 'bad' }
  const url = new URL(trimmed)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return { ok: false, problem: 'bad' }
  // What follows # says which content the address stands for; it is no part of what is fetched.
  const pin = /^#sha256-[0-9a-f]{64}$/i.test(url.hash) ? url.hash : ''
  url.hash = ''
  return known.includes(url.href) ? { ok: false, problem: 'twice' } : { ok: true, url: url.href + pin }
}
