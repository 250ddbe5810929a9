import { z } from 'zod'
import type { StoreAddress, StoreCredentials } from '../../review/team/index.ts'
import { refuse } from '../outcome.ts'

/** https, or http on this machine alone: credentials travel in every request. */
const address = z.string().max(2_000).refine((text) => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const loopback = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return (url.protocol === 'https:' || loopback) && url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}, 'not an https:// address')
/** Parts of letters, digits and `. _ - space`, without a slash at either end; '' for the store's own root. */
const folder = z.string().max(500).regex(/^$|^[\p{L}\p{N}._-]([\p{L}\p{N}._ -]*[\p{L}\p{N}._-])?(\/[\p{L}\p{N}._-]([\p{L}\p{N}._ -]*[\p{L}\p{N}._-])?)*$/u).refine((text) => !text.split('/').some((part) => part === '.' || part === '..'))

export const addressSchema: z.ZodType<StoreAddress> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('s3'), endpoint: address, region: z.string().regex(/^[a-z0-9-]{1,60}$/), bucket: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{1,254}$/), pathStyle: z.boolean(), folder }),
  z.strictObject({ kind: z.literal('webdav'), url: address, folder }),
  z.strictObject({ kind: z.literal('memory'), name: z.string().min(1).max(200) }),
])

// A line end in a header would be another header.
const secret = z.string().min(1).max(1_000).regex(/^[^\u0000-\u001f\u007f]*$/)

export const credentialsSchema: z.ZodType<StoreCredentials> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('s3'), accessKeyId: secret, secretAccessKey: secret }),
  z.strictObject({ kind: z.literal('webdav'), user: secret.refine((user) => !user.includes(':'), 'a user name has no colon'), password: secret }),
  z.strictObject({ kind: z.literal('memory') }),
])

/** @throws {TeamError} `bad-store` */
export function checkAddress(value: unknown): StoreAddress {
  const read = addressSchema.safeParse(value)
  if (read.success) return read.data
  throw refuse('bad-store', read.error.issues[0]?.path.join('.') ?? '')
}

/** The addresses that the browser's permission must cover: the store's host, and with S3 in virtual-host style the bucket's. */
export function storeOrigins(store: StoreAddress): readonly string[] {
  switch (store.kind) {
    case 's3': return [store.pathStyle ? store.endpoint : bucketHost(store.endpoint, store.bucket)]
    case 'webdav': return [store.url]
    case 'memory': return []
  }
}

/** `https://s3.example` and `team` give `https://team.s3.example`. */
export function bucketHost(endpoint: string, bucket: string): string {
  const url = new URL(endpoint)
  url.hostname = `${bucket}.${url.hostname}`
  return url.href
}

/** @throws {TeamError} `no-credentials` */
export function checkCredentials(value: unknown): StoreCredentials {
  const read = credentialsSchema.safeParse(value)
  if (read.success) return read.data
  throw refuse('no-credentials')
}
