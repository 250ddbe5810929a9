import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

/** What goes wrong between a device and its store. All may be changed while it runs. */
export interface Faults {
  /** Takes conditions away before the store sees them. */
  ignoreConditions?: boolean
  /** Milliseconds before each answer, at random up to this. */
  slow?: number
  /** Share of requests whose connection breaks: half of them before the store saw the request, half after it was carried out. */
  lossy?: number
  /** Share of answers that say 500 although the request was carried out. */
  lying500?: number
  /** Listings come as they were so many requests ago. */
  staleListings?: number
  /** Rows of S3 listings come in another order. */
  reorder?: boolean
  /** Keys with this text in them are left out of listings. */
  hide?: string | null
  /** Answers in place of the store's. */
  instead?: 'html' | 'login' | 'redirect' | 'empty' | 'huge' | 'bomb' | 'readonly' | 'cut' | 'hang' | null
  /** Milliseconds that the store's clock is ahead, as its `Date` says. */
  clock?: number
  /** 0 up to 1; seeded by whoever wants the same run again. */
  random?: () => number
}

export interface Proxy {
  readonly url: string
  readonly faults: Faults
  /** Bytes of all requests and answers as they were on the wire, and how many requests. */
  readonly traffic: { requests: number; up: number; down: number }
  close(): Promise<void>
}

const GIGABYTE = 1024 ** 3

/** A proxy before a store that makes faults. The `Host` header is kept, because S3 signs it. */
export async function faultyProxy(upstream: string, faults: Faults = {}): Promise<Proxy> {
  const target = new URL(upstream)
  const listings = new Map<string, Buffer[]>()
  const traffic = { requests: 0, up: 0, down: 0 }
  const server = createServer((request, response) => {
    traffic.requests += 1
    void handle({ request, response, target, faults, listings }).catch(() => response.destroy())
  })
  server.on('connection', (socket) => {
    let [up, down] = [0, 0]
    const count = (): void => {
      traffic.up += socket.bytesRead - up
      traffic.down += socket.bytesWritten - down
      ;[up, down] = [socket.bytesRead, socket.bytesWritten]
    }
    socket.on('close', count)
    const timer = setInterval(count, 20)
    socket.on('close', () => clearInterval(timer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, faults, traffic,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }),
  }
}

interface Passing { readonly request: IncomingMessage; readonly response: ServerResponse; readonly target: URL; readonly faults: Faults; readonly listings: Map<string, Buffer[]> }

async function handle({ request, response, target, faults, listings }: Passing): Promise<void> {
  const random = faults.random ?? Math.random
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  if (faults.slow) await new Promise((resolve) => setTimeout(resolve, random() * (faults.slow ?? 0)))
  if (faults.instead && insteadOf(faults.instead, request, response)) return
  const lost = faults.lossy && random() < faults.lossy ? (random() < 0.5 ? 'before' : 'after') : null
  if (lost === 'before') return void response.destroy()
  const headers = { ...request.headers }
  if (faults.ignoreConditions) {
    delete headers['if-match']
    delete headers['if-none-match']
  }
  const answer = await pass(target, request, headers, Buffer.concat(pieces))
  if (lost === 'after') return void response.destroy()
  if (faults.lying500 && request.method === 'PUT' && random() < faults.lying500) return void response.writeHead(500).end()
  let body = answer.body
  const isListing = request.method === 'PROPFIND' || (request.url ?? '').includes('list-type')
  if (isListing && answer.status < 300) body = changedListing(body, request.url ?? '', faults, listings)
  const out = { ...answer.headers, 'content-length': String(body.length) }
  delete out['transfer-encoding']
  if (faults.clock) out.date = new Date(Date.now() + faults.clock).toUTCString()
  if (answer.status === 304) delete (out as Record<string, unknown>)['content-length']
  response.writeHead(answer.status, out).end(body)
}

function pass(target: URL, { method, url }: IncomingMessage, headers: IncomingMessage['headers'], body: Buffer): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const up = httpRequest({ host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(pieces) }))
      answer.on('error', reject)
    })
    up.on('error', reject)
    up.end(body)
  })
}

/** Answers by ourselves; false where this request is to go on to the store. */
function insteadOf(what: NonNullable<Faults['instead']>, request: IncomingMessage, response: ServerResponse): boolean {
  switch (what) {
    case 'html': response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title><form>'); return true
    case 'login': response.writeHead(401, { 'www-authenticate': 'Basic' }).end(); return true
    case 'redirect': response.writeHead(302, { location: 'https://elsewhere.example/' }).end(); return true
    case 'empty': response.writeHead(200, { 'content-type': 'application/xml' }).end(); return true
    case 'huge': response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(2 * GIGABYTE) }); response.write('x'.repeat(65_536)); return true
    case 'bomb': response.writeHead(200, { 'content-type': 'application/xml', 'content-encoding': 'gzip' }).end(bomb()); return true
    case 'cut': response.writeHead(200, { 'content-type': 'application/xml', 'content-length': '900' }); response.write('<a>'); setTimeout(() => response.destroy(), 20); return true
    case 'hang': return true
    case 'readonly':
      if (request.method === 'GET' || request.method === 'PROPFIND' || request.method === 'HEAD') return false
      response.writeHead(403).end()
      return true
  }
}

let packed: Buffer | null = null
/** 64 MB of zeros in 64 KB. */
function bomb(): Buffer {
  packed ??= gzipSync(Buffer.alloc(64 * 1024 * 1024))
  return packed
}

function changedListing(body: Buffer, url: string, { staleListings = 0, reorder = false, hide = null }: Faults, listings: Map<string, Buffer[]>): Buffer {
  let kept = body
  if (staleListings > 0) {
    const before = [...(listings.get(url) ?? []), body].slice(-staleListings - 1)
    listings.set(url, before)
    kept = before[0] ?? body
  }
  if (!reorder && hide === null) return kept
  const text = kept.toString('utf8')
  const rows = text.match(/<Contents>.*?<\/Contents>|<[A-Za-z]*:?response[ >].*?<\/[A-Za-z]*:?response>/gs) ?? []
  const shown = rows.filter((row) => hide === null || !decodeURIComponent(row).includes(hide))
  if (reorder) shown.reverse()
  const first = rows[0]
  if (first === undefined) return kept
  const head = text.slice(0, text.indexOf(first))
  const last = rows.at(-1) ?? ''
  return Buffer.from(head + shown.join('') + text.slice(text.lastIndexOf(last) + last.length))
}
