import type { Capabilities, StoreAddress, StoreCredentials } from '../../review/team/index.ts'
import { refuse, type TeamError } from '../outcome.ts'
import { aheadOf, ask, ERROR_LIMIT, failed, isWebPage, withRetries, type Answer, type Ask } from './http.ts'
import { tryOut } from './probe.ts'
import type { DriverPorts, GetOptions, Got, Listed, ListOptions, PutOptions, TeamStore } from './types.ts'
import { childrenOf, LISTING_LIMIT, localName, textOf, xmlRoot } from './xml.ts'

const PAGE = 1_000
/** Folders within folders that are looked into: the layout has five. */
const DEPTH = 8
const PROPFIND = '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/></prop></propfind>'

type Address = Extract<StoreAddress, { kind: 'webdav' }>
type Credentials = Extract<StoreCredentials, { kind: 'webdav' }>

/** A WebDAV folder: Nextcloud, ownCloud, Apache, nginx. Listed folder by folder (`Depth: 1`), because many servers refuse `infinity`. */
export function webdavStore(address: Address, credentials: Credentials, ports: DriverPorts): TeamStore {
  return new WebdavStore(address, credentials, ports)
}

class WebdavStore implements TeamStore {
  readonly kind = 'webdav'
  private readonly base: string
  private readonly host: string
  private readonly login: string
  private ahead: number | null = null
  /** Folders that are known to be there. */
  private readonly made = new Set<string>()

  constructor(private readonly address: Address, { user, password }: Credentials, private readonly ports: DriverPorts) {
    this.base = `${address.url.replace(/\/+$/, '')}/${encodePath(address.folder === '' ? '' : `${address.folder}/`)}`
    this.host = new URL(this.base).host
    this.login = `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)))}`
  }

  clockAhead(): number | null {
    return this.ahead
  }

  async *list(prefix: string, { startAfter = '', limit = Infinity }: ListOptions = {}): AsyncGenerator<readonly Listed[], void, undefined> {
    let rows: Listed[] = []
    let left = limit
    for await (const row of this.walk(prefix.slice(0, prefix.lastIndexOf('/') + 1), startAfter, 0)) {
      if (left <= 0) break
      if (!row.key.startsWith(prefix) || row.key <= startAfter) continue
      left -= 1
      rows.push(row)
      if (rows.length < PAGE) continue
      yield rows
      rows = []
    }
    if (rows.length > 0) yield rows
  }

  /** All below a folder, ascending. A folder whose every key is at or below `startAfter` is not opened. */
  private async *walk(folder: string, startAfter: string, depth: number): AsyncGenerator<Listed, void, undefined> {
    if (depth > DEPTH) return
    for (const { key, size, isFolder } of await this.children(folder)) {
      if (!isFolder) yield { key, size }
      else if (startAfter.startsWith(key) || key > startAfter) yield* this.walk(key, startAfter, depth + 1)
    }
  }

  /** What lies in one folder, in the order of keys: a folder counts with the slash at its end. */
  private async children(folder: string): Promise<readonly (Listed & { readonly isFolder: boolean })[]> {
    const answer = await withRetries(this.ports, async () => {
      const body = new TextEncoder().encode(PROPFIND)
      const found = await this.send({ method: 'PROPFIND', url: this.urlOf(folder), headers: { depth: '1', 'content-type': 'application/xml' }, body, maxBytes: LISTING_LIMIT })
      return found.status === 404 ? null : this.good(found, false)
    })
    if (answer === null) return []
    const root = xmlRoot(answer.bytes, this.host)
    if (answer.status !== 207 || localName(root) !== 'multistatus') throw refuse('not-a-store', this.host)
    const rows = childrenOf(root, 'response').flatMap((response) => {
      const key = this.keyOf(textOf(response, 'href') ?? '')
      const name = key?.slice(folder.length).replace(/\/$/, '') ?? ''
      // What is not right below the folder that was asked for is nothing that we asked for.
      if (!key?.startsWith(folder) || name === '' || name.includes('/')) return []
      const props = childrenOf(response, 'propstat').flatMap((stat) => childrenOf(stat, 'prop'))
      const isFolder = key.endsWith('/') || props.some((prop) => childrenOf(prop, 'resourcetype').some((type) => childrenOf(type, 'collection').length > 0))
      const size = Number(props.map((prop) => textOf(prop, 'getcontentlength')).find((text) => text !== null && text !== '') ?? Number.NaN)
      return [{ key: folder + name + (isFolder ? '/' : ''), size: Number.isFinite(size) ? size : null, isFolder }]
    })
    return rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  }

  /** The key that an address of a listing names; null for one outside of our folder. Servers give a path or a whole address. */
  private keyOf(href: string): string | null {
    if (!URL.canParse(href, this.base)) return null
    try {
      const [here, there] = [decodeURIComponent(new URL(this.base).pathname), decodeURIComponent(new URL(href, this.base).pathname)]
      return there.startsWith(here) ? there.slice(here.length) : null
    } catch {
      return null // Broken percent signs: none of ours.
    }
  }

  get(key: string, { etag, maxBytes }: GetOptions): Promise<Got> {
    return withRetries(this.ports, async () => {
      const answer = await this.send({ method: 'GET', url: this.urlOf(key), headers: etag ? { 'if-none-match': etag } : {}, maxBytes })
      if (answer.status === 304) return { kind: 'unchanged' }
      if (answer.status === 404) return { kind: 'missing' }
      return { kind: 'object', bytes: this.good(answer, false).bytes, etag: answer.headers.get('etag') }
    })
  }

  put(key: string, body: Uint8Array<ArrayBuffer>, { overwrite = false }: PutOptions = {}): Promise<'written' | 'exists'> {
    return withRetries(this.ports, async () => {
      await this.makeFolders(key)
      const answer = await this.send({ method: 'PUT', url: this.urlOf(key), body, headers: overwrite ? {} : { 'if-none-match': '*' }, maxBytes: ERROR_LIMIT })
      if (!overwrite && answer.status === 412) return 'exists'
      // The folder went since it was made.
      if (answer.status === 404 || answer.status === 409) this.made.clear()
      if (answer.status === 404) throw refuse('busy', this.host, '404')
      this.good(answer, true)
      return 'written'
    })
  }

  /** Makes the folders of a key that are not known to be there, the outermost first. Two devices may do so at once. */
  private async makeFolders(key: string): Promise<void> {
    const parts = `${this.address.folder === '' ? '' : `${this.address.folder}/`}${key}`.split('/').slice(0, -1)
    const root = this.address.url.replace(/\/+$/, '')
    for (let count = 1; count <= parts.length; count++) {
      const folder = `${parts.slice(0, count).join('/')}/`
      if (this.made.has(folder)) continue
      const make = (): ReturnType<typeof this.send> => this.send({ method: 'MKCOL', url: `${root}/${encodePath(folder)}`, maxBytes: ERROR_LIMIT })
      const first = await make()
      // Apache says 403, as to somebody who may not write, where another device makes the folder at the same moment; asked again, it says that it is there.
      const answer = first.status === 403 ? await make() : first
      // 405: it is there already.
      if (answer.status !== 405) this.good(answer, true)
      this.made.add(folder)
    }
  }

  probe(): Promise<Capabilities> {
    return tryOut(this, {
      conditionalPut: (key, body, headers) => this.statusOf({ method: 'PUT', url: this.urlOf(key), body, headers, maxBytes: ERROR_LIMIT }),
      remove: async (key) => void (await this.statusOf({ method: 'DELETE', url: this.urlOf(key), maxBytes: ERROR_LIMIT })),
    })
  }

  private urlOf(key: string): string {
    return this.base + encodePath(key)
  }

  private statusOf(request: Ask): Promise<number> {
    return withRetries(this.ports, async () => {
      const answer = await this.send(request)
      if (answer.status >= 500) throw failed(this.host, answer, true)
      return answer.status
    })
  }

  private async send(request: Ask): Promise<Answer> {
    const answer = await ask(this.ports, { ...request, headers: { ...request.headers, authorization: this.login } })
    this.ahead = aheadOf(answer.headers, this.ports.now()) ?? this.ahead
    return answer
  }

  private good(answer: Answer, writing: boolean): Answer {
    if (answer.status >= 200 && answer.status < 300) {
      if (isWebPage(answer) && !writing) throw refuse('html-page', this.host)
      return answer
    }
    throw this.problem(answer, writing)
  }

  private problem(answer: Answer, writing: boolean): TeamError {
    return failed(this.host, answer, writing)
  }
}

function encodePath(path: string): string {
  return path.split('/').map((part) => encodeURIComponent(part)).join('/')
}
