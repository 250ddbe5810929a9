/** What kinds of store there are; each has a driver in `lib/team/store`. */
export const STORE_KINDS = ['s3', 'webdav', 'memory'] as const
export type StoreKind = (typeof STORE_KINDS)[number]

/** Where a store is, without what lets one in: this may stand in an invitation. `folder` is '' or a path without slashes at its ends. */
export type StoreAddress =
  | { readonly kind: 's3'; readonly endpoint: string; readonly region: string; readonly bucket: string; readonly pathStyle: boolean; readonly folder: string }
  | { readonly kind: 'webdav'; readonly url: string; readonly folder: string }
  /** A stand-in in this process's memory, for tests. */
  | { readonly kind: 'memory'; readonly name: string }

/** What lets this device into the store. Kept on this device alone; never logged, never exported. */
export type StoreCredentials =
  | { readonly kind: 's3'; readonly accessKeyId: string; readonly secretAccessKey: string }
  | { readonly kind: 'webdav'; readonly user: string; readonly password: string }
  | { readonly kind: 'memory' }

/** What a store was seen to do. None of it is relied on for what may go into use: it saves requests, and tells a person what is missing. */
export interface Capabilities {
  readonly read: boolean
  readonly write: boolean
  /** Refuses to write over an object when asked so (`If-None-Match: *`). Many stores take the condition and ignore it. */
  readonly createOnly: boolean
  /** Refuses a write with a stale `If-Match`. */
  readonly ifMatch: boolean
  /** Lists from a key on; where it does not, more is listed than needed. */
  readonly startAfter: boolean
  /** How far the device's clock is ahead of the store's, milliseconds; null where the store tells no time. */
  readonly clockAhead: number | null
}
