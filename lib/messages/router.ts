import { z } from 'zod'
import { MessageError, FAILURES, SENDERS } from './protocol.ts'
import type { Failure, KindName, Reply, RequestOf, ResponseOf } from './protocol.ts'
import { SCHEMAS } from './schemas.ts'

/** Who asked, as the browser says; nothing of it comes from the message. */
export interface Asker {
  /** null for our own pages that are not in a tab. */
  readonly tabId: number | null
  readonly frameId: number | null
  /** Names the document a frame shows; null where the browser does not tell. */
  readonly documentId: string | null
}

/** One answer per kind. What a handler throws becomes a failure: a `code` of ours is kept, anything else is `failed`. */
export type Handlers = { readonly [K in KindName]: (body: RequestOf<K>, from: Asker) => ResponseOf<K> | Promise<ResponseOf<K>> }

export interface RouterOptions {
  /** `chrome.runtime.id`. */
  readonly id: string
  /** `chrome.runtime.getURL('')`: where our own pages are. */
  readonly root: string
}

type Sender = Pick<chrome.runtime.MessageSender, 'id' | 'url' | 'origin' | 'tab' | 'frameId' | 'documentId'>
/** What `runtime.onMessage` takes. True means: the answer comes later. */
export type Listener = (message: unknown, sender: Sender, reply: (reply: Reply) => void) => boolean

const envelopeSchema = z.strictObject({ countersign: z.literal(1), kind: z.string(), body: z.unknown() })

/**
 * The worker's only door. A message is answered when it is ours, from who may send it, and its body is what its kind asks for; everything else is refused
 * before a handler sees it. Every message of ours gets exactly one answer, also when its handler throws.
 */
export function createRouter(handlers: Handlers, options: RouterOptions): Listener {
  return (message, sender, reply) => {
    const envelope = envelopeSchema.safeParse(message)
    if (!envelope.success) {
      // Another listener's message, unless it bears our mark.
      if (typeof message === 'object' && message !== null && 'countersign' in message) reply(failure('malformed', 'not one of our messages'))
      return false
    }
    const { kind, body } = envelope.data
    if (!isKind(kind)) {
      reply(failure('malformed', 'a kind of message that does not exist'))
      return false
    }
    const from = senderOf(sender, options)
    // Our own pages may do all that a page script may: the welcome page reviews its practice draft by the same messages.
    if (from === null || (from === 'guard' && SENDERS[kind] === 'page')) {
      reply(failure('refused', `${kind} is not for this sender`))
      return false
    }
    answer(kind, body, sender, handlers).then(reply, (error: unknown) => reply(failureOf(error)))
    return true
  }
}

async function answer<K extends KindName>(kind: K, body: unknown, sender: Sender, handlers: Handlers): Promise<Reply> {
  const parsed = SCHEMAS[kind].safeParse(body)
  if (!parsed.success) return failure('malformed', z.prettifyError(parsed.error))
  const from: Asker = { tabId: sender.tab?.id ?? null, frameId: sender.frameId ?? null, documentId: sender.documentId ?? null }
  return { ok: true, value: await handlers[kind](parsed.data, from) }
}

/** `page` for our own pages, in a tab or not; `guard` for our content scripts; null for everyone else. */
function senderOf(sender: Sender, { id, root }: RouterOptions): 'guard' | 'page' | null {
  if (sender.id !== id) return null
  if (sender.url?.startsWith(root)) return 'page'
  return sender.tab?.id !== undefined && sender.frameId !== undefined ? 'guard' : null
}

function isKind(kind: string): kind is KindName {
  return Object.hasOwn(SENDERS, kind)
}

function failure(code: Failure, message: string): Reply {
  return { ok: false, code, message }
}

function failureOf(error: unknown): Reply {
  const message = error instanceof Error ? error.message : 'unknown error'
  if (error instanceof MessageError) return failure(error.code, message)
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null
  return failure(FAILURES.find((known) => known === code) ?? 'failed', message)
}
