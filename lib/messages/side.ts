import type { GateSession } from '../guard/core.ts'
import type { ApprovalTerms, SessionSnapshot, SuppressionReach } from '../guard/types.ts'

/** Name of the line between a frame with drafts and the side panel. */
export const SIDE_LINE = 'countersign-side'
/** Changes of one draft are told at most this often. Milliseconds. */
const TELL_EVERY = 80

/**
 * What a person does in the side panel, by name, and with what. `seen` is the digest of the draft and the rules as the panel shows them (`seenIn`): what binds a person to a text is done
 * only while that very text stands on the page.
 */
export interface SideActs {
  readonly open: { readonly fingerprint: string | null }
  readonly apply: { readonly fingerprint: string; readonly replacement: string }
  readonly keep: { readonly fingerprint: string; readonly reason: string }
  readonly dismiss: { readonly fingerprint: string; readonly reason: string }
  readonly suppress: { readonly fingerprint: string; readonly reach: SuppressionReach }
  /** Takes back the suppression that was made under this name. */
  readonly unsuppress: { readonly made: string }
  readonly reopen: { readonly fingerprint: string }
  readonly declare: { readonly ai: boolean | null }
  readonly sign: { readonly seen: string }
  readonly override: { readonly reason: string; readonly seen: string }
  readonly ask: { readonly terms: ApprovalTerms; readonly seen: string }
}
export type SideAct = keyof SideActs
/** One act, numbered by the panel. */
export type SideCall = { readonly [A in SideAct]: { readonly call: number; readonly draft: string; readonly act: A; readonly body: SideActs[A] } }[SideAct]

/** What a frame says: how its drafts stand, all of them; or what became of an act. `changed`: the draft was no longer what the panel showed, and nothing was done. */
export type SideWord =
  | { readonly drafts: readonly SessionSnapshot[] }
  | { readonly call: number; readonly done: string | null }
  | { readonly call: number; readonly failed: string }

/** What a snapshot shows that a signature would bind, in one word; '' before the first check. */
export function seenIn({ digest }: Pick<SessionSnapshot, 'digest'>): string {
  return digest ? `${digest.text} ${digest.rules}` : ''
}

interface Served {
  sessions(): readonly GateSession[]
  subscribe(listener: () => void): () => void
}

/** Answers the side panel in this frame. Only our own pages can open a line to a content script: a page cannot, and another extension is not heard. */
export function serveSide(core: Served): void {
  chrome.runtime.onConnect.addListener((line) => {
    if (line.name === SIDE_LINE && line.sender?.id === chrome.runtime.id) serve(core, line)
  })
}

function serve(core: Served, line: chrome.runtime.Port): void {
  const followed = new Map<string, () => void>()
  const undos = new Map<number, () => Promise<void>>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let told = -Infinity
  const say = (word: SideWord): void => { line.postMessage(word) }
  const tell = (): void => {
    timer = undefined
    told = performance.now()
    say({ drafts: core.sessions().map((session) => session.snapshot()) })
  }
  const changed = (): void => { timer ??= setTimeout(tell, Math.max(0, told + TELL_EVERY - performance.now())) }
  const follow = (): void => {
    const sessions = core.sessions()
    for (const [id, unfollow] of followed) {
      if (sessions.some((session) => session.id === id)) continue
      unfollow()
      followed.delete(id)
    }
    for (const session of sessions) if (!followed.has(session.id)) followed.set(session.id, session.subscribe(changed))
    changed()
  }
  const unsubscribe = core.subscribe(follow)
  follow()
  line.onMessage.addListener((message: SideCall) => {
    const { call } = message
    const session = core.sessions().find(({ id }) => id === message.draft)
    const work = session ? perform(session, message, undos) : Promise.reject(new Error('gone'))
    work.then((done) => { say({ call, done }) }, (error: unknown) => { say({ call, failed: reasonOf(error) }) }).catch(() => undefined) // The panel was closed meanwhile: nobody listens.
  })
  line.onDisconnect.addListener(() => {
    clearTimeout(timer)
    unsubscribe()
    for (const unfollow of followed.values()) unfollow()
    // What the panel showed comes back to the page: a send that is held must not be held by nobody.
    for (const session of core.sessions()) {
      const { aside, panelOpen } = session.snapshot()
      if (aside && panelOpen) session.openPanel(true)
      else if (aside) session.open(null)
    }
  })
}

async function perform(session: GateSession, { act, call, body }: SideCall, undos: Map<number, () => Promise<void>>): Promise<string | null> {
  switch (act) {
    case 'open': return nothing(session.open(body.fingerprint, true))
    case 'apply': return session.applySuggestion(body.fingerprint, body.replacement)
    case 'keep': return nothing(session.keep(body.fingerprint, body.reason))
    case 'dismiss': return nothing(session.dismiss(body.fingerprint, body.reason))
    case 'suppress': undos.set(call, await session.suppress(body.fingerprint, body.reach)); return String(call)
    case 'unsuppress': return nothing(await undos.get(Number(body.made))?.())
    case 'reopen': return nothing(session.reopen(body.fingerprint))
    case 'declare': return nothing(session.declareOrigin(body.ai))
    case 'sign': return nothing(await asSeen(session, body.seen, () => session.sign()))
    case 'override': return nothing(await asSeen(session, body.seen, () => session.override(body.reason)))
    case 'ask': return nothing(await asSeen(session, body.seen, () => session.askApproval(body.terms)))
  }
}

const nothing = (_: unknown): null => null

/** Does it if the page, read now, still says what the panel showed. Both in one go: nothing can change in between. */
function asSeen(session: GateSession, seen: string, run: () => Promise<void>): Promise<void> {
  session.ask()
  return seenIn(session.snapshot()) === seen ? run() : Promise.reject(new Error('changed'))
}

/** One short word: a code of ours, or `changed` and `gone`; never a text that may hold words of the draft. */
function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error && (error.message === 'changed' || error.message === 'gone') ? error.message : 'failed'
}
