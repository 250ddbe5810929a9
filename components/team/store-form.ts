import type { StoreAddress, StoreCredentials } from '../../lib/review/team/index.ts'

/** What a person writes of a store. */
export interface StoreFields {
  readonly kind: 'webdav' | 's3'
  readonly address: string
  readonly folder: string
  readonly user: string
  readonly secret: string
  readonly bucket: string
  readonly region: string
  readonly pathStyle: boolean
}

export const EMPTY_STORE: StoreFields = { kind: 'webdav', address: '', folder: '', user: '', secret: '', bucket: '', region: 'us-east-1', pathStyle: true }

export type StoreField = keyof StoreFields

/** Address and credentials of what was written, or the first field that cannot be right. Whether the store agrees is found out by asking it. */
export function readStore(fields: StoreFields): { readonly ok: true; readonly store: StoreAddress; readonly credentials: StoreCredentials } | { readonly ok: false; readonly field: StoreField } {
  const url = webAddress(fields.address)
  if (url === null) return { ok: false, field: 'address' }
  const folder = fields.folder.trim().replace(/^\/+|\/+$/g, '')
  if (!/^[\p{L}\p{N}._ /-]*$/u.test(folder) || folder.split('/').some((part) => part === '..' || part === '.')) return { ok: false, field: 'folder' }
  const login = wrongInLogin(fields)
  if (login !== null) return { ok: false, field: login }
  if (fields.kind === 'webdav') return { ok: true, store: { kind: 'webdav', url, folder }, credentials: loginOf(fields) }
  if (!/^[a-zA-Z0-9][a-zA-Z0-9._-]{1,254}$/.test(fields.bucket.trim())) return { ok: false, field: 'bucket' }
  if (!/^[a-z0-9-]{1,60}$/.test(fields.region.trim())) return { ok: false, field: 'region' }
  return {
    ok: true, store: { kind: 's3', endpoint: url, region: fields.region.trim(), bucket: fields.bucket.trim(), pathStyle: fields.pathStyle, folder },
    credentials: loginOf(fields),
  }
}

/** The first field of a login that is missing or cannot be right; null where both are there. */
export function wrongInLogin({ kind, user, secret }: StoreFields): 'user' | 'secret' | null {
  if (user.trim() === '' || (kind === 'webdav' && user.includes(':'))) return 'user'
  return secret === '' ? 'secret' : null
}

/** What was written as a login for a store of this kind. */
export function loginOf({ kind, user, secret }: StoreFields): StoreCredentials {
  return kind === 's3' ? { kind, accessKeyId: user.trim(), secretAccessKey: secret } : { kind, user: user.trim(), password: secret }
}

/** https, or http on this machine alone; null for anything else. What a person leaves out in front is https. */
function webAddress(text: string): string | null {
  const trimmed = text.trim()
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  if (trimmed === '' || !URL.canParse(written)) return null
  const url = new URL(written)
  const loopback = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return (url.protocol === 'https:' || loopback) && url.username === '' && url.password === '' && url.search === '' && url.hash === '' ? url.href : null
}
