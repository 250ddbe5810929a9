import type { ReviewSession, SessionRegistry, SessionSnapshot } from '../guard/types.ts'
import { guardedFrames } from './client.ts'
import { SIDE_LINE, seenIn, type SideAct, type SideActs, type SideWord } from './side.ts'
import { sideWordSchema } from './side-schema.ts'

/** The drafts of one tab, seen from the side panel: the same sessions as on the page, each asked through the frame that it is in. */
export interface SideRegistry extends SessionRegistry {
  /** Opens lines to the frames of a tab until as many drafts are known as it is said to have; leaves the tab that was followed before. Null: no tab. */
  follow(tab: number | null, drafts: number): Promise<void>
  dispose(): void
}

/** An act that was not done. `code`: the worker's own, or `changed`: the draft is no longer what was shown. */
export class SideError extends Error {
  override readonly name = 'SideError'
  constructor(readonly code: string) {
    super(`not done: ${code}`)
  }
}

interface Frame {
  readonly tab: number
  readonly sessions: Map<string, RemoteSession>
  close(): void
}

interface RemoteSession extends ReviewSession {
  take(snapshot: SessionSnapshot): void
}

/** Drafts of no tab yet. Our own page's presses are the person's: no site can reach into it. */
export function createSideRegistry(): SideRegistry {
  const frames = new Map<number, Frame>()
  const listeners = new Set<() => void>()
  const changed = (): void => { for (const listener of [...listeners]) listener() }
  const leave = (): void => {
    for (const frame of frames.values()) frame.close()
    frames.clear()
    changed()
  }
  const known = (): readonly ReviewSession[] => [...frames.values()].flatMap((frame) => [...frame.sessions.values()])
  let followed: number | null = null
  return {
    async follow(tab, drafts) {
      if (tab !== followed) leave()
      followed = tab
      if (tab === null || known().length >= drafts) return
      const wanted = [0, ...(await guardedFrames(tab))]
      if (followed !== tab) return // Another tab came in front meanwhile.
      for (const id of wanted) {
        if (frames.has(id)) continue
        const frame = openLine(tab, id, changed, () => {
          if (frames.get(id) === frame) frames.delete(id)
          changed()
        })
        frames.set(id, frame)
      }
    },
    sessions: known,
    unseen: () => [],
    noteUnseen: () => undefined,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    mountSurface: () => () => undefined,
    isPersonal: (event) => event.isTrusted,
    dispose: leave,
  }
}

function openLine(tab: number, frameId: number, changed: () => void, closed: () => void): Frame {
  const line = chrome.tabs.connect(tab, { name: SIDE_LINE, frameId })
  const sessions = new Map<string, RemoteSession>()
  const calls = new Map<number, { readonly done: (value: string | null) => void; readonly failed: (error: SideError) => void }>()
  let count = 0
  const act: Act = (draft, name, body) => new Promise((done, failed) => {
    const call = ++count
    calls.set(call, { done, failed })
    try {
      line.postMessage({ call, draft, act: name, body })
    } catch {
      calls.delete(call)
      failed(new SideError('gone')) // The frame went away; the list says so in the same moment.
    }
  })
  const end = (): void => {
    for (const { failed } of calls.values()) failed(new SideError('gone'))
    calls.clear()
    sessions.clear()
  }
  const hear = (word: SideWord): void => {
    if (!('drafts' in word)) {
      const waiting = calls.get(word.call)
      calls.delete(word.call)
      if ('failed' in word) waiting?.failed(new SideError(word.failed))
      else waiting?.done(word.done)
      return
    }
    const there = new Set(word.drafts.map(({ id }) => id))
    const fresh = word.drafts.filter(({ id }) => !sessions.has(id))
    const gone = [...sessions.keys()].filter((id) => !there.has(id))
    for (const id of gone) sessions.delete(id)
    for (const snapshot of word.drafts) sessions.get(snapshot.id)?.take(snapshot)
    for (const snapshot of fresh) sessions.set(snapshot.id, remoteSession(snapshot, act))
    if (fresh.length > 0 || gone.length > 0) changed()
  }
  line.onMessage.addListener((message: unknown) => {
    const word = sideWordSchema.safeParse(message)
    if (word.success) hear(word.data)
    else console.error('Countersign: a frame said what the side panel does not know', word.error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).slice(0, 5))
  })
  line.onDisconnect.addListener(() => {
    void chrome.runtime.lastError // No draft script in that frame yet: asked again when it has drafts.
    end()
    closed()
  })
  return {
    tab, sessions,
    close() {
      line.disconnect()
      end()
    },
  }
}

type Act = <A extends SideAct>(draft: string, act: A, body: SideActs[A]) => Promise<string | null>

/** A session of the page. Its panel counts as open: the side panel is one. What binds a person is asked for with what was shown to them. */
function remoteSession(first: SessionSnapshot, act: Act): RemoteSession {
  const { id } = first
  const listeners = new Set<() => void>()
  let snapshot = shown(first)
  /** What is not waited for shows in the next snapshot, or does not: then nothing was done. */
  const tell = <A extends SideAct>(name: A, body: SideActs[A]): void => { act(id, name, body).catch((error: unknown) => { console.warn('Countersign:', name, error instanceof Error ? error.message : 'failed') }) }
  const seen = (): string => seenIn(snapshot)
  /** What was opened here and the page has not heard of yet: the next key is meant for it, and not for what the page still shows. */
  let opening: { readonly fingerprint: string | null } | null = null
  const show = (next: SessionSnapshot): void => {
    snapshot = shown(next)
    for (const listener of [...listeners]) listener()
  }
  return {
    id,
    take(next) {
      if (next.revision === snapshot.revision) return
      show(opening ? { ...next, active: opening.fingerprint } : next)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    snapshot: () => snapshot,
    rects: () => [],
    frameRect: () => new DOMRect(),
    editorBackground: () => '',
    reveal: () => undefined, // Opening does it.
    focusEditor: () => undefined,
    open(fingerprint) {
      const now = { fingerprint }
      opening = now
      const done = (): void => { if (opening === now) opening = null }
      act(id, 'open', now).then(done, done)
      show({ ...snapshot, active: fingerprint })
    },
    openPanel: () => undefined,
    async applySuggestion(fingerprint, replacement) {
      const result = await act(id, 'apply', { fingerprint, replacement })
      return result === 'done' || result === 'dirty' ? result : 'unchanged'
    },
    keep: (fingerprint, reason) => { tell('keep', { fingerprint, reason }) },
    dismiss: (fingerprint, reason) => { tell('dismiss', { fingerprint, reason }) },
    async suppress(fingerprint, reach) {
      const made = (await act(id, 'suppress', { fingerprint, reach })) ?? ''
      return async () => { await act(id, 'unsuppress', { made }) }
    },
    reopen: (fingerprint) => { tell('reopen', { fingerprint }) },
    declareOrigin: (ai) => { tell('declare', { ai }) },
    async sign() { await act(id, 'sign', { seen: seen() }) },
    async override(reason) { await act(id, 'override', { reason, seen: seen() }) },
    async askApproval(terms) { await act(id, 'ask', { terms, seen: seen() }) },
  }
}

function shown(snapshot: SessionSnapshot): SessionSnapshot {
  return { ...snapshot, panelOpen: true }
}
