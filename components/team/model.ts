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
  url.hash = ''
  return known.includes(url.href) ? { ok: false, problem: 'twice' } : { ok: true, url: url.href }
}
