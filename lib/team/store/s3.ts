import { AwsV4Signer } from 'aws4fetch'
import type { Capabilities, StoreAddress, StoreCredentials } from '../../review/team/index.ts'
import { bytesDigest } from '../layout.ts'
import { refuse, type TeamError } from '../outcome.ts'
import { bucketHost } from './address.ts'
import { aheadOf, ask, ERROR_LIMIT, failed, isWebPage, withRetries, type Answer } from './http.ts'
import { tryOut } from './probe.ts'
import type { DriverPorts, GetOptions, Got, Listed, ListOptions, PutOptions, TeamStore } from './types.ts'
import { childrenOf, LISTING_LIMIT, localName, textOf, xmlRoot } from './xml.ts'

const PAGE = 1_000
/** Stores refuse requests that are 15 minutes off. From half of that on we sign with the store's time. Milliseconds. */
const SKEW = 7 * 60_000

type Address = Extract<StoreAddress, { kind: 's3' }>
type Credentials = Extract<StoreCredentials, { kind: 's3' }>

interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly key: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Record<string, string>
  readonly body?: Uint8Array<ArrayBuffer>
  readonly maxBytes: number
}

/** An S3-compatible bucket: AWS, R2, MinIO, Ceph, Google in S3 mode. Requests are signed by `aws4fetch` (Signature Version 4), with the body's digest in what is signed. */
export function s3Store(address: Address, credentials: Credentials, ports: DriverPorts): TeamStore {
  return new S3Store(address, credentials, ports)
}

class S3Store implements TeamStore {
  readonly kind = 's3'
  private readonly base: string
  private readonly host: string
  private readonly folder: string
  /** Derived signing keys by day, as the library keeps them. */
  private readonly keys = new Map<string, ArrayBuffer>()
  private ahead: number | null = null
  /** False once the store answered that it does not know the condition. */
  private conditions = true

  constructor(private readonly address: Address, private readonly credentials: Credentials, private readonly ports: DriverPorts) {
    const root = address.pathStyle ? address.endpoint : bucketHost(address.endpoint, address.bucket)
    this.base = `${root.replace(/\/+$/, '')}/${address.pathStyle ? `${address.bucket}/` : ''}`
    this.host = new URL(this.base).host
    this.folder = address.folder === '' ? '' : `${address.folder}/`
  }

  clockAhead(): number | null {
    return this.ahead
  }

  async *list(prefix: string, { startAfter, limit = Infinity }: ListOptions = {}): AsyncGenerator<readonly Listed[], void, undefined> {
    let token: string | null = null
    for (let left = limit; left > 0;) {
      const query: Record<string, string> = { 'list-type': '2', 'encoding-type': 'url', 'max-keys': String(Math.min(PAGE, left)), prefix: this.folder + prefix }
      if (token !== null) query['continuation-token'] = token
      else if (startAfter !== undefined) query['start-after'] = this.folder + startAfter
      const answer = await withRetries(this.ports, async () => this.good(await this.send({ method: 'GET', key: '', query, maxBytes: LISTING_LIMIT }), false))
      const page = this.readPage(answer)
      // A store that takes no notice of `start-after` gives everything.
      const rows = page.rows.filter(({ key }) => key.startsWith(prefix) && (startAfter === undefined || key > startAfter)).slice(0, left)
      left -= rows.length
      if (rows.length > 0) yield rows
      if (page.next === null || page.next === token) return
      token = page.next
    }
  }

  private readPage(answer: Answer): { readonly rows: readonly Listed[]; readonly next: string | null } {
    const root = xmlRoot(answer.bytes, this.host)
    if (localName(root) !== 'ListBucketResult') throw refuse('not-a-store', this.host)
    const encoded = textOf(root, 'EncodingType') === 'url'
    const rows = childrenOf(root, 'Contents').flatMap((entry): Listed[] => {
      const key = plainKey(textOf(entry, 'Key') ?? '', encoded)
      const size = Number(textOf(entry, 'Size') ?? Number.NaN)
      return key?.startsWith(this.folder) ? [{ key: key.slice(this.folder.length), size: Number.isFinite(size) ? size : null }] : []
    })
    return { rows, next: textOf(root, 'IsTruncated') === 'true' ? textOf(root, 'NextContinuationToken') : null }
  }

  get(key: string, { etag, maxBytes }: GetOptions): Promise<Got> {
    return withRetries(this.ports, async () => {
      const answer = await this.send({ method: 'GET', key, headers: etag ? { 'if-none-match': etag } : {}, maxBytes })
      if (answer.status === 304) return { kind: 'unchanged' }
      if (answer.status === 404 && this.codeOf(answer) !== 'NoSuchBucket') return { kind: 'missing' }
      return { kind: 'object', bytes: this.good(answer, false).bytes, etag: answer.headers.get('etag') }
    })
  }

  put(key: string, body: Uint8Array<ArrayBuffer>, { overwrite = false }: PutOptions = {}): Promise<'written' | 'exists'> {
    return withRetries(this.ports, async () => {
      const conditional = !overwrite && this.conditions
      const answer = await this.send({ method: 'PUT', key, body, headers: conditional ? { 'if-none-match': '*' } : {}, maxBytes: ERROR_LIMIT })
      if (conditional && answer.status === 412) return 'exists'
      if (conditional && answer.status === 501) {
        this.conditions = false
        return this.put(key, body, { overwrite })
      }
      // A race of writers may end in 500 at some stores: the one who lost sees at the next try what was written.
      this.good(answer, true)
      return 'written'
    })
  }

  probe(): Promise<Capabilities> {
    return tryOut(this, {
      conditionalPut: (key, body, headers) => this.statusOf({ method: 'PUT', key, body, headers, maxBytes: ERROR_LIMIT }),
      remove: async (key) => void (await this.statusOf({ method: 'DELETE', key, maxBytes: ERROR_LIMIT })),
    })
  }

  private statusOf(request: S3Request): Promise<number> {
    return withRetries(this.ports, async () => {
      const answer = await this.send(request)
      if (answer.status >= 500 && answer.status !== 501) throw failed(this.host, answer, true)
      return answer.status
    })
  }

  private async send({ method, key, query = {}, headers = {}, body, maxBytes }: S3Request): Promise<Answer> {
    const url = new URL(this.base + encodeKey(key === '' ? '' : this.folder + key))
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const { now } = this.ports
    const offset = this.ahead !== null && Math.abs(this.ahead) > SKEW ? this.ahead : 0
    const { accessKeyId, secretAccessKey } = this.credentials
    const signer = new AwsV4Signer({
      method, url: url.href, accessKeyId, secretAccessKey, service: 's3', region: this.address.region, cache: this.keys, datetime: new Date(now() - offset).toISOString().replace(/[:-]|\.\d{3}/g, ''),
      headers: { ...headers, 'x-amz-content-sha256': bytesDigest(body ?? new Uint8Array()) },
    })
    const signed = await signer.sign()
    const answer = await ask(this.ports, { method, url: signed.url.href, headers: Object.fromEntries(signed.headers), body, maxBytes })
    const before = this.ahead
    this.ahead = aheadOf(answer.headers, now()) ?? before
    // The first refusal for a wrong clock tells the right time.
    if (answer.status === 403 && this.codeOf(answer) === 'RequestTimeTooSkewed' && before === null && this.ahead !== null) return this.send({ method, key, query, headers, body, maxBytes })
    return answer
  }

  private good(answer: Answer, writing: boolean): Answer {
    if (isWebPage(answer)) throw refuse('html-page', this.host)
    if (answer.status >= 200 && answer.status < 300) return answer
    throw this.problem(answer, writing)
  }

  private problem(answer: Answer, writing: boolean): TeamError {
    switch (this.codeOf(answer)) {
      case 'NoSuchBucket': return refuse('no-place', this.host, this.address.bucket)
      case 'RequestTimeTooSkewed': return refuse('clock', this.host, String(Math.round(Math.abs(this.ahead ?? 0) / 60_000)))
      case 'InvalidAccessKeyId':
      case 'SignatureDoesNotMatch': return refuse('login', this.host)
      case 'QuotaExceeded': return refuse('full', this.host)
      default: return failed(this.host, answer, writing)
    }
  }

  private codeOf({ bytes, headers }: Answer): string | null {
    if (bytes.length === 0 || !/xml/i.test(headers.get('content-type') ?? '')) return null
    try {
      const root = xmlRoot(bytes, this.host)
      return localName(root) === 'Error' ? textOf(root, 'Code') : null
    } catch {
      return null // An answer that is no error of S3: its status says enough.
    }
  }
}

/** A key as the listing has it; null for one that cannot be read, which is none of ours. */
function plainKey(text: string, encoded: boolean): string | null {
  try {
    return encoded ? decodeURIComponent(text.replaceAll('+', ' ')) : text
  } catch {
    return null
  }
}

function encodeKey(key: string): string {
  return key.split('/').map((part) => encodeURIComponent(part)).join('/')
}
