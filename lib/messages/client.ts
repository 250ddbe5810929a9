import { CORE_KEY } from '../guard/core.ts'
import { FAILURES, MessageError } from './protocol.ts'
import type { Envelope, Failure, KindName, Reply, RequestOf, ResponseOf, TabAnswer, TabQuestion } from './protocol.ts'

/** A worker that has to start, open its database and answer takes well under a second; this is for one that hangs. */
const ANSWER_WITHIN = 20_000
/** Fetching a slow address is the one thing that may take longer. */
const CHECK_WITHIN = 120_000
/** A worker killed in mid-message is up again after 50 to 125 ms. */
const RETRY_AFTER = 150

/**
 * Asks the worker. Every kind may be sent twice with the effect of one, so an answer that was lost with the worker is asked for once more.
 * @throws {MessageError} `worker-gone` when nobody answers, otherwise the worker's own code.
 */
export async function send<K extends KindName>(kind: K, body: RequestOf<K>): Promise<ResponseOf<K>> {
  const envelope: Envelope<K> = { countersign: 1, kind, body }
  const within = /^(packs|team)\//.test(kind) ? CHECK_WITHIN : ANSWER_WITHIN
  let reply = await attempt(envelope, within)
  if (reply === null) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER))
    reply = await attempt(envelope, within)
  }
  if (reply === null) throw new MessageError('worker-gone', `no answer to ${kind}`)
  if (!reply.ok) throw new MessageError(known(reply.code), reply.message)
  return reply.value
}

/** One try; null when the message may be tried again. */
async function attempt<K extends KindName>(envelope: Envelope<K>, within: number): Promise<Reply<K> | null> {
  if (!alive()) throw new MessageError('worker-gone', 'the extension was updated or removed')
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new MessageError('worker-gone', `no answer to ${envelope.kind} in time`)), within)
  })
  try {
    const reply: unknown = await Promise.race([chrome.runtime.sendMessage(envelope), late])
    return isReply<K>(reply) ? reply : null
  } catch (error) {
    if (error instanceof MessageError) throw error
    if (!alive()) throw new MessageError('worker-gone', 'the extension was updated or removed')
    // "Receiving end does not exist" or "message channel closed": the worker was starting, or was killed before it answered.
    if (isConnection(error)) return null
    throw new MessageError('failed', error instanceof Error ? error.message : 'unknown error')
  } finally {
    clearTimeout(timer)
  }
}

/** False once this script has outlived its extension: the id is gone from the runtime then. */
function alive(): boolean {
  return typeof chrome !== 'undefined' && chrome.runtime?.id !== undefined
}

function isConnection(error: unknown): boolean {
  return error instanceof Error && /receiving end|message (port|channel) (is )?closed|port closed|disconnected/i.test(error.message)
}

function isReply<K extends KindName>(value: unknown): value is Reply<K> {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean'
}

function known(code: unknown): Failure {
  return FAILURES.find((failure) => failure === code) ?? 'failed'
}

/** Whom in a tab a question is for: the page with its frames, or only frames of other sites, where the page's own site is off. */
export type TabPart = 'page' | 'frames'

/** How the page in this tab stands, with the drafts in its frames of other sites; null when no guard is there (site off, tab not reloaded, or a page of the browser's own). */
export function askPage(tabId: number, part: TabPart = 'page'): Promise<TabAnswer | null> {
  return askTab(tabId, part, { countersign: 1, kind: 'page/state' })
}

/** The person's word on a draft in this tab; gives how the page stands then. */
export function declareOnPage(tabId: number, part: TabPart, draft: string, ai: boolean): Promise<TabAnswer | null> {
  return askTab(tabId, part, { countersign: 1, kind: 'page/declare', draft, ai })
}

async function askTab(tabId: number, part: TabPart, question: TabQuestion): Promise<TabAnswer | null> {
  const asked = [...(part === 'page' ? [0] : []), ...(await guardedFrames(tabId))]
  const answers = await Promise.all(asked.map((frameId) => askFrame(tabId, frameId, question)))
  // Where the page itself should answer and does not, that is what has to be said.
  if (!answers[0] && part === 'page') return null
  const there = answers.filter((answer) => answer !== null)
  const [first] = there
  return first ? { ...first, drafts: there.flatMap(({ drafts }) => drafts), failed: there.some(({ failed }) => failed), unseen: there.flatMap(({ unseen }) => unseen) } : null
}

/** Frames of the tab, without its page, that have a guard of their own: those of another site that is on. A frame of the page's own site is in the page's answer. */
export async function guardedFrames(tabId: number): Promise<readonly number[]> {
  try {
    const frames = await chrome.scripting.executeScript({ target: { tabId, allFrames: true }, func: (key: string) => key in globalThis, args: [CORE_KEY] })
    return frames.flatMap(({ frameId, result }) => (result && frameId !== 0 ? [frameId] : []))
  } catch {
    return [] // A page that may not be looked into answers, or does not, for itself.
  }
}

async function askFrame(tabId: number, frameId: number, question: TabQuestion): Promise<TabAnswer | null> {
  try {
    const answer: unknown = await chrome.tabs.sendMessage(tabId, question, { frameId })
    return isPageState(answer) ? answer : null
  } catch (error) {
    if (isConnection(error)) return null
    throw error
  }
}

function isPageState(value: unknown): value is TabAnswer {
  return typeof value === 'object' && value !== null && 'drafts' in value && Array.isArray(value.drafts) && 'site' in value
}
