import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './certificate.ts'

/** How a fake store behaves. */
export interface FakeManners {
  /** False: takes conditions and ignores them, as nginx and many S3 servers do. */
  conditions?: boolean
  /** False: ignores `start-after`. */
  startAfter?: boolean
  /** 501 to conditional writes, as Swift does. */
  unsupported?: boolean
  /** Refuses writes. */
  readOnly?: boolean
  /** `user:password` that WebDAV asks for; 401 without it. Missing: nobody is asked. */
  login?: string
}

export interface FakeStore {
  readonly url: string
  /** Every request as `METHOD path`. */
  readonly asked: string[]
  /** Objects by path. */
  readonly objects: Map<string, Buffer>
  /** Bytes of all requests and answers, heads and bodies, as HTTP/1.1 has them. */
  readonly traffic: { bytes: number }
  readonly manners: FakeManners
  /** Shows another certificate from now on, and closes what is open. Only where one was given. */
  present(certificate: Certificate): void
  close(): Promise<void>
}

/**
 * A FAKE store in this process, for tests that must run without a real one: enough of S3 (path style, bucket `team`) and, below `/dav/`, of WebDAV for the drivers.
 * It checks no signatures. `npm run test:team` has the real ones. With a certificate it speaks https, which is all that a browser with the extension takes.
 */
export async function fakeStore(manners: FakeManners = {}, certificate: Certificate | null = null): Promise<FakeStore> {
  const objects = new Shelf()
  const folders = new Set<string>(['/dav/'])
  const making = new Map<string, ServerResponse[]>()
  const asked: string[] = []
  const traffic = { bytes: 0 }
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
    const { socket } = request
    // What came for this request was read when it is here; the one before took note of what was read and written until then.
    response.on('close', () => {
      traffic.bytes += socket.bytesRead + socket.bytesWritten - (counted.get(socket) ?? 0)
      counted.set(socket, socket.bytesRead + socket.bytesWritten)
    })
    // A request that broke off has nobody to answer.
    void body(request).then((bytes) => answer({ request, response, bytes, objects, folders, making, manners }), () => response.destroy())
  }
  const server = certificate ? createSecureServer(certificate, take) : createServer(take)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, objects, traffic, manners,
    present: (other) => {
      ;(server as Server).setSecureContext(other)
      server.closeAllConnections()
    },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }),
  }
}

/** What was counted of each connection. */
const counted = new WeakMap<object, number>()

/** Objects by path, which knows their order: a listing of a hundred thousand takes a hundred pages. */
class Shelf extends Map<string, Buffer> {
  private order: string[] | null = null

  override set(key: string, value: Buffer): this {
    if (!this.has(key)) this.order = null
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    this.order = null
    return super.delete(key)
  }

  override clear(): void {
    this.order = null
    super.clear()
  }

  /** Paths in order that begin with `prefix` and come after `after`; no more than `most`. */
  paths(prefix: string, after: string, most: number): string[] {
    const order = (this.order ??= [...this.keys()].sort((a, b) => (a < b ? -1 : 1)))
    let [low, high] = [0, order.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const path = order[middle] ?? ''
      if (path <= after || path < prefix) low = middle + 1
      else high = middle
    }
    const found: string[] = []
    for (let at = low; at < order.length && found.length < most && order[at]?.startsWith(prefix); at++) found.push(order[at] ?? '')
    return found
  }
}

interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly bytes: Buffer
  readonly objects: Shelf
  readonly folders: Set<string>
  /** Folders that are being made, with who asked for the same meanwhile. */
  readonly making: Map<string, ServerResponse[]>
  readonly manners: FakeManners
}

async function body(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`
const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function answer(asked: Asked): void {
  const { request, response } = asked
  const url = new URL(request.url ?? '/', 'http://fake')
  const path = decodeURIComponent(url.pathname)
  const { login } = asked.manners
  if (login !== undefined && path.startsWith('/dav/') && request.headers.authorization !== `Basic ${Buffer.from(login).toString('base64')}`) return void response.writeHead(401, { 'www-authenticate': 'Basic realm="team"' }).end()
  if (request.method === 'GET' && url.searchParams.has('list-type')) return listing(asked, url)
  switch (request.method) {
    case 'GET': return read(asked, path)
    case 'PUT': return write(asked, path)
    case 'DELETE':
      asked.objects.delete(path)
      return void response.writeHead(204).end()
    case 'MKCOL':
      if (asked.manners.readOnly) return void response.writeHead(403).end()
      if (asked.folders.has(path)) return void response.writeHead(405).end()
      // As Apache does where another makes it at that moment: its own attempt fails because by then it is there.
      if (asked.making.has(path)) return void asked.making.get(path)?.push(response)
      if (!asked.folders.has(path.replace(/[^/]+\/$/, ''))) return void response.writeHead(409).end()
      asked.making.set(path, [])
      return void setTimeout(() => {
        asked.folders.add(path)
        response.writeHead(201).end()
        for (const late of asked.making.get(path) ?? []) late.writeHead(403).end()
        asked.making.delete(path)
      }, 2)
    case 'PROPFIND': return propfind(asked, path)
    default: return void response.writeHead(405).end()
  }
}

function read({ request, response, objects }: Asked, path: string): void {
  const there = objects.get(path)
  if (!there) return void response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code></Error>')
  if (request.headers['if-none-match'] === etagOf(there)) return void response.writeHead(304).end()
  response.writeHead(200, { etag: etagOf(there), 'content-type': 'application/octet-stream' }).end(there)
}

function write({ request, response, bytes, objects, folders, manners }: Asked, path: string): void {
  const conditional = request.headers['if-none-match'] !== undefined || request.headers['if-match'] !== undefined
  if (manners.readOnly) return void response.writeHead(403, { 'content-type': 'application/xml' }).end('<Error><Code>AccessDenied</Code></Error>')
  if (manners.unsupported && conditional) return void response.writeHead(501).end()
  const there = objects.get(path)
  if (manners.conditions !== false) {
    if (request.headers['if-none-match'] === '*' && there) return void response.writeHead(412).end()
    const match = request.headers['if-match']
    if (match !== undefined && (!there || etagOf(there) !== match)) return void response.writeHead(412).end()
  }
  if (path.startsWith('/dav/') && !folders.has(path.replace(/[^/]+$/, ''))) return void response.writeHead(409).end()
  objects.set(path, bytes)
  response.writeHead(200, { etag: etagOf(bytes) }).end()
}

function listing({ response, objects, manners }: Asked, url: URL): void {
  const bucket = url.pathname.replace(/\/?$/, '/')
  if (bucket !== '/team/') return void response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>NoSuchBucket</Code></Error>')
  const prefix = url.searchParams.get('prefix') ?? ''
  const after = url.searchParams.get('continuation-token') ?? (manners.startAfter === false ? '' : (url.searchParams.get('start-after') ?? ''))
  const most = Number(url.searchParams.get('max-keys') ?? 1_000)
  const keys = objects.paths(bucket + prefix, bucket + after, most + 1).map((path) => path.slice(bucket.length))
  const page = keys.slice(0, most)
  const more = keys.length > page.length
  const rows = page.map((key) => `<Contents><Key>${encodeURIComponent(key).replaceAll('%20', '+')}</Key><Size>${objects.get(bucket + key)?.length ?? 0}</Size></Contents>`).join('')
  const next = more ? `<NextContinuationToken>${escapeXml(page.at(-1) ?? '')}</NextContinuationToken>` : ''
  response.writeHead(200, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType><IsTruncated>${String(more)}</IsTruncated>${next}${rows}</ListBucketResult>`)
}

function propfind({ response, objects, folders }: Asked, path: string): void {
  if (!folders.has(path)) return void response.writeHead(404).end()
  const below = (name: string): boolean => name.startsWith(path) && name !== path && !name.slice(path.length).replace(/\/$/, '').includes('/')
  const href = (name: string): string => name.split('/').map(encodeURIComponent).join('/')
  const rows = [
    ...[path, ...[...folders].filter(below)].map((name) => `<D:response><D:href>${href(name)}</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop></D:propstat></D:response>`),
    ...[...objects].filter(([name]) => below(name)).map(([name, bytes]) => `<D:response><D:href>${href(name)}</D:href><D:propstat><D:prop><D:resourcetype/><D:getcontentlength>${bytes.length}</D:getcontentlength></D:prop></D:propstat></D:response>`),
  ]
  response.writeHead(207, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${rows.reverse().join('')}</D:multistatus>`)
}
