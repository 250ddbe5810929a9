import type { Capabilities, StoreKind } from '../../review/team/index.ts'

/** One object of a listing. `size` in bytes, null where the store does not say. */
export interface Listed { readonly key: string; readonly size: number | null }

export interface ListOptions {
  /** Only keys above this one, in the order of their UTF-16 code units. */
  readonly startAfter?: string | undefined
  /** No more than so many keys. */
  readonly limit?: number | undefined
}

export type Got =
  | { readonly kind: 'object'; readonly bytes: Uint8Array<ArrayBuffer>; readonly etag: string | null }
  /** The object still has the ETag that was asked with. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'missing' }

export interface GetOptions {
  /** ETag of the copy that is here. */
  readonly etag?: string | null | undefined
  /** More bytes than this, counted after decompression, are refused. */
  readonly maxBytes: number
}

export interface PutOptions {
  /** Replaces what is there. Only hints (`layout.ts`) are ever replaced; everything else is immutable. */
  readonly overwrite?: boolean | undefined
}

/**
 * A folder of immutable objects. Keys are relative to the team's folder, made of `A-Z a-z 0-9 . _ = / -`. Nothing that it gives is trusted: every object is judged by
 * signature and digest by whoever reads it. Every method throws `TeamError` with a code of `outcome.ts`, never anything else for what networks and servers can do.
 */
export interface TeamStore {
  readonly kind: StoreKind
  /** Keys that begin with `prefix` (which ends with a slash, or is ''), ascending, some at a time. A folder that is not there is empty. */
  list(prefix: string, options?: ListOptions): AsyncIterable<readonly Listed[]>
  get(key: string, options: GetOptions): Promise<Got>
  /** Writes an object. `exists`: one of this key is there already and was left (only where the store honours create-only). */
  put(key: string, bytes: Uint8Array<ArrayBuffer>, options?: PutOptions): Promise<'written' | 'exists'>
  /** Tries out what the store does, by writing and removing an object of its own. */
  probe(): Promise<Capabilities>
  /** How far this device's clock is ahead of the store's by its last answer, milliseconds; null where it tells no time. */
  clockAhead(): number | null
}

/** What a driver is given. Tests put others in. */
export interface DriverPorts {
  readonly fetch: typeof fetch
  readonly now: () => number
  /** 0 up to 1, for the jitter of waiting times. */
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Milliseconds for one whole answer. */
  readonly timeout: number
  /** Tries before a failure that may pass is given up. */
  readonly tries: number
}
