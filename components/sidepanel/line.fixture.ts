import { serveSide } from '../../lib/messages/index.ts'
import type { FakeRegistry, FakeSession } from '../review/fixtures/fake-session.ts'

type Heard = (message: unknown) => void

/** One end of a FAKE line: what is said at one end is heard at the other a moment later, cloned as the browser does. */
function ends(): readonly [chrome.runtime.Port, chrome.runtime.Port] {
  const heard: [Heard[], Heard[]] = [[], []]
  const closed: [(() => void)[], (() => void)[]] = [[], []]
  let open = true
  const end = (here: 0 | 1): chrome.runtime.Port => {
    const there = here === 0 ? 1 : 0
    return {
      name: 'countersign-side', sender: { id: 'us' },
      postMessage(message: unknown) {
        if (!open) throw new Error('Attempting to use a disconnected port object')
        const copy = structuredClone(message)
        queueMicrotask(() => { for (const hear of heard[there]) hear(copy) })
      },
      disconnect() {
        open = false
        for (const tell of closed[there]) tell()
      },
      onMessage: { addListener: (hear: Heard) => { heard[here].push(hear) } },
      onDisconnect: { addListener: (tell: () => void) => { closed[here].push(tell) } },
    } as unknown as chrome.runtime.Port
  }
  return [end(0), end(1)]
}

export interface FakeTab {
  /** Closes what is open, as when the side panel is shut. */
  readonly hangUp: () => void
}

/** A FAKE browser with one tab, whose page has these sessions: the real two ends of the line talk through it. */
export function fakeTab(registry: FakeRegistry, sessions: readonly FakeSession[]): FakeTab {
  const connect: ((line: chrome.runtime.Port) => void)[] = []
  const lines: chrome.runtime.Port[] = []
  const { chrome: before } = globalThis
  Object.assign(globalThis, {
    chrome: {
      ...before,
      runtime: { ...before.runtime, id: 'us', onConnect: { addListener: (listener: (line: chrome.runtime.Port) => void) => { connect.push(listener) } } },
      scripting: { executeScript: () => Promise.resolve([{ frameId: 0, result: true }]) },
      tabs: {
        connect: () => {
          const [ours, theirs] = ends()
          lines.push(ours)
          for (const listen of connect) listen(theirs)
          return ours
        },
      },
    },
  })
  // `ask` reads the page; a fake session has none to read.
  serveSide({ sessions: () => sessions.map((session) => Object.assign(session, { ask: () => session.snapshot().gate })) as never, subscribe: (listener) => registry.subscribe(listener) })
  return { hangUp: () => { for (const line of lines) line.disconnect() } }
}
