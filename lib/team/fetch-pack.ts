import { refuse, TeamError } from './outcome.ts'
import { isSentOn } from './store/http.ts'

/** A pack of 50,000 entries is about 2 MB. Counted after decompression, so that a small answer cannot unfold into a large one. */
export const SIZE_LIMIT = 5 * 1024 * 1024
const TIMEOUT = 30_000

export type Fetched =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'pack'; readonly text: string; readonly etag: string | null }

export interface FetchOptions {
  /** The ETag of the pack in use, null to ask for it in any case. */
  readonly etag: string | null
  readonly fetch?: typeof fetch
  /** Milliseconds for the whole answer. */
  readonly timeout?: number
}

/**
 * The address a pack may come from, in one spelling: https, or http on this machine alone.
 * @throws {TeamError} `bad-address`
 */
export function packAddress(text: string): URL {
  if (!URL.canParse(text)) throw refuse('bad-address', text)
  const url = new URL(text)
  const loopback = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if ((url.protocol !== 'https:' && !loopback) || url.username !== '' || url.password !== '') throw refuse('bad-address', text)
  url.hash = ''
  return url
}

/**
 * Asks an address for its pack; a pack that has not changed costs one conditional request. No cookies and no referrer are sent,
 * and no other address is asked, wherever the answer points.
 * @throws {TeamError} with the reason; never anything else for what a network or a server can do.
 */
export async function fetchPack(url: URL, { etag, fetch: get = fetch, timeout = TIMEOUT }: FetchOptions): Promise<Fetched> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), timeout)
  try {
    const response = await get(url, {
      headers: { accept: 'application/json', ...(etag === null ? {} : { 'if-none-match': etag }) },
      cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'manual', signal: abort.signal,
    })
    return await readAnswer(url, response, etag)
  } catch (error) {
    if (error instanceof TeamError) throw error
    if (abort.signal.aborted) throw refuse('timeout', url.host, String(timeout / 1000))
    throw new TeamError({ code: 'unreachable', params: [url.host], detail: error instanceof Error ? error.message : undefined }, { cause: error })
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}

async function readAnswer(url: URL, response: Response, etag: string | null): Promise<Fetched> {
  if (isSentOn(response)) throw refuse('redirected', url.host)
  if (response.status === 304 && etag !== null) return { kind: 'unchanged' }
  if (response.status !== 200) throw refuse('http-status', url.host, String(response.status))
  const text = await readText(response)
  const html = /^\s*(text\/html|application\/xhtml)/i.test(response.headers.get('content-type') ?? '') || /^\s*</.test(text)
  if (html) throw refuse('html-page', url.host)
  if (text.trim() === '') throw refuse('empty')
  return { kind: 'pack', text, etag: response.headers.get('etag') }
}

async function readText(response: Response): Promise<string> {
  const tooLarge = refuse('too-large', String(SIZE_LIMIT / 1024 / 1024))
  if (Number(response.headers.get('content-length') ?? 0) > SIZE_LIMIT) throw tooLarge
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  for (let size = 0; ;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.byteLength
    if (size > SIZE_LIMIT) throw tooLarge
    text += decoder.decode(value, { stream: true })
  }
}
