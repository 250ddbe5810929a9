import { refuse, TeamError } from '../outcome.ts'
import type { DriverPorts } from './types.ts'

/** A whole answer. `bytes` counted and cut off at the limit after decompression. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface Ask {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: Uint8Array<ArrayBuffer> | undefined
  /** Bytes; more is `too-large`. */
  readonly maxBytes: number
}

/** What an answer that is no success may say; bytes. */
export const ERROR_LIMIT = 256 * 1024

/** Waits before the next try: 0.25 s, doubled each time, at most 8 s, and any part of it, so that a team's devices do not come back together. Milliseconds. */
export function waitBefore(attempt: number, random: () => number): number {
  return Math.min(8_000, 250 * 2 ** attempt) * (0.25 + 0.75 * random())
}

/** What can be different the next time. */
const PASSING: readonly string[] = ['busy', 'timeout', 'unreachable', 'cut']

/**
 * Does `work` again while what went wrong may pass. Everything that a store is asked may be asked twice with the effect of once.
 * @throws {TeamError} what went wrong the last time
 */
export async function withRetries<T>({ tries, random, sleep }: DriverPorts, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof TeamError) || !PASSING.includes(error.problem.code) || attempt + 1 >= tries) throw error
      await sleep(waitBefore(attempt, random))
    }
  }
}

/**
 * One request and its whole answer. No cookies, no referrer, no cache; a redirect is not followed, so that credentials never reach another host.
 * @throws {TeamError} `timeout`, `unreachable`, `redirected`, `too-large`, `cut`
 */
export async function ask({ fetch: get, timeout }: Pick<DriverPorts, 'fetch' | 'timeout'>, { method, url, headers = {}, body, maxBytes }: Ask): Promise<Answer> {
  const { host } = new URL(url)
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), timeout)
  try {
    const response = await get(url, { method, headers, ...(body ? { body } : {}), cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'manual', signal: abort.signal })
    if (isSentOn(response)) throw refuse('redirected', host)
    return { status: response.status, headers: response.headers, bytes: await readBytes(response, host, response.ok ? maxBytes : Math.max(maxBytes, ERROR_LIMIT), abort.signal) }
  } catch (error) {
    if (error instanceof TeamError) throw error
    if (abort.signal.aborted) throw refuse('timeout', host, String(timeout / 1000))
    throw new TeamError({ code: 'unreachable', params: [host], detail: error instanceof Error ? error.message : undefined }, { cause: error })
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}

/** Of a request with `redirect: 'manual'`: the answer is another address. Which one, browsers do not say. */
export function isSentOn({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)
}

async function readBytes(response: Response, host: string, limit: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = refuse('too-large', String(Math.max(1, Math.round(limit / 1024 / 1024))))
  const declared = Number(response.headers.get('content-length') ?? 0)
  if (declared > limit) throw tooLarge
  const reader = response.body?.getReader()
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for (; reader;) {
      const { done, value } = await reader.read()
      if (done) break
      size += value.byteLength
      if (size > limit) throw tooLarge
      pieces.push(value)
    }
  } catch (error) {
    if (error instanceof TeamError || signal.aborted) throw error
    throw new TeamError({ code: 'cut', params: [host], detail: error instanceof Error ? error.message : undefined }, { cause: error })
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}

/** How far our clock is ahead of the one in an answer's `Date`, milliseconds; null where there is none. `Date` has whole seconds. */
export function aheadOf(headers: Headers, now: number): number | null {
  const date = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? null : now - date
}

/** True for a web page, as login walls give with status 200. */
export function isWebPage({ headers, bytes }: Answer): boolean {
  if (/^\s*(text\/html|application\/xhtml)/i.test(headers.get('content-type') ?? '')) return true
  return /^\s*<(!doctype\s+html|html)\b/i.test(new TextDecoder().decode(bytes.subarray(0, 200)))
}

/** What a status that is no success means, read or write. */
export function failed(host: string, { status }: Pick<Answer, 'status'>, writing: boolean): TeamError {
  if (status === 401) return refuse('login', host)
  if (status === 403 || status === 405) return refuse(writing ? 'read-only' : 'forbidden', host)
  if (status === 507) return refuse('full', host)
  if (status === 408 || status === 409 || status === 423 || status === 425 || status === 429 || status >= 500) return refuse('busy', host, String(status))
  return refuse('http-status', host, String(status))
}
