import { createStore } from 'zustand/vanilla'
import type { ReviewSession, SessionRegistry, SessionSnapshot, UnseenSend } from '../../lib/guard/index.ts'
import { reportOf, type Traces } from '../../lib/guard/unseen/report.ts'
import { structureOf } from '../../lib/guard/unseen/structure.ts'
import { lookOf, signState, type Look } from './model.ts'

/** What the finding card shows: the finding, or one of its small forms. */
export type CardMode = 'look' | 'keep' | 'dismiss' | 'edit' | 'suppress'

/** What just happened, for six seconds. `undo` takes it back. */
export interface Toast {
  readonly key: number
  readonly strong: string
  readonly text: string
  readonly mark: 'signed' | 'check' | 'warning'
  readonly undo: (() => void) | null
}

export interface ReviewState {
  readonly sessions: readonly ReviewSession[]
  readonly snapshots: Readonly<Record<string, SessionSnapshot>>
  /** Session whose card or panel is shown; null when neither is. */
  readonly current: string | null
  readonly mode: CardMode
  /** What was last seen in the panel of each session, once it was closed. */
  readonly looks: Readonly<Record<string, Look>>
  /** Session whose origin view is open. */
  readonly originOf: string | null
  readonly help: boolean
  readonly overriding: boolean
  readonly busy: 'sign' | 'override' | 'ask' | 'apply' | 'suppress' | null
  /** The last sign or override was not recorded; `changed`: nothing was done, because the draft was no longer what the side panel showed; `refused`: the policy does not allow it. */
  readonly failed: 'sign' | 'override' | 'ask' | 'nobody' | 'changed' | 'refused' | null
  readonly toast: Toast | null
  /** A draft that seems to have left past the gate, while the notice is open. */
  readonly unseen: UnseenSend | null
  /** Notices that were closed. */
  readonly closed: readonly string[]
  /** Time (of `now`) since when the sign button has been open in an open panel; null while it is not. */
  readonly openSince: number | null
  /** Grows when focus should move into the card or panel. */
  readonly focusTurn: number
}

export type ReviewStore = ReturnType<typeof createReviewStore>

/** Sign keys are ignored for this long after the panel or its button opens, so that a repeated send key cannot sign. Milliseconds. */
export const SIGN_GUARD_MS = 400

export interface StoreOptions {
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** True when the last thing the person did on the page was to press a pointer: then a card that opens leaves focus in the text. */
  readonly pointed: () => boolean
  /** The sign block is in view whatever is open: the side panel's. */
  readonly pinned?: boolean
  /** A draft was sent: the caller says so. */
  readonly onSent: (snapshot: SessionSnapshot) => void
}

/** State of the interface in one frame: mirrors every session's snapshot and keeps what is only ours (open form, toast). `dispose` ends it. */
export function createReviewStore(registry: SessionRegistry, options: StoreOptions) {
  const store = createStore<ReviewState>(() => ({
    sessions: [], snapshots: {}, looks: {}, current: null, mode: 'look', originOf: null, help: false, overriding: false,
    busy: null, failed: null, toast: null, unseen: null, closed: [], openSince: null, focusTurn: 0,
  }))
  const undos = new Map<string, () => void>()

  const take = (session: ReviewSession): void => {
    const next = onPage(session.snapshot(), options)
    store.setState((state) => advance(state, next, options))
    if (next.phase === 'sent' && previousPhase.get(next.id) !== 'sent') options.onSent(next)
    previousPhase.set(next.id, next.phase)
  }
  const previousPhase = new Map<string, SessionSnapshot['phase']>()

  const follow = (): void => {
    const sessions = registry.sessions()
    for (const [id, undo] of undos) {
      if (sessions.some((session) => session.id === id)) continue
      undo()
      undos.delete(id)
      previousPhase.delete(id)
      store.setState((state) => forget(state, id))
    }
    for (const send of registry.unseen()) if (send.traces) report(send, send.traces)
    store.setState(({ closed }) => ({ sessions, unseen: registry.unseen().findLast(({ id, needed }) => needed && !closed.includes(id)) ?? null }))
    for (const session of sessions) {
      if (undos.has(session.id)) continue
      undos.set(session.id, session.subscribe(() => { take(session) }))
      take(session)
    }
  }
  const report = (send: UnseenSend, traces: Traces): void => {
    registry.noteUnseen({ ...send, report: reportOf(send, traces, structureOf(traces.root, traces.pressed)), traces: null })
  }
  const unfollow = registry.subscribe(follow)
  follow()

  return {
    ...store,
    dispose(): void {
      unfollow()
      for (const undo of undos.values()) undo()
      undos.clear()
    },
  }
}

/** The next state when a session's snapshot has changed. */
function advance(state: ReviewState, next: SessionSnapshot, options: StoreOptions): Partial<ReviewState> {
  const before = state.snapshots[next.id]
  const snapshots = { ...state.snapshots, [next.id]: next }
  const shown = next.active !== null || next.panelOpen
  const opened = shown && (before?.active !== next.active || before.panelOpen !== next.panelOpen || before.holds !== next.holds)
  const current = opened ? next.id : state.current === next.id && !shown ? other(snapshots) : state.current
  const looks = before?.panelOpen && !next.panelOpen ? { ...state.looks, [next.id]: lookOf(before) } : state.looks
  const base = { snapshots, looks, current, openSince: openSince(state, snapshots, current, options) }
  if (!opened) return { ...base, ...(current === null ? { mode: 'look', help: false, overriding: false, failed: null } : {}) }
  const byPointer = next.active !== null && before?.active !== next.active && options.pointed()
  return { ...base, mode: 'look', help: false, overriding: false, failed: null, originOf: null, focusTurn: byPointer ? state.focusTurn : state.focusTurn + 1 }
}

function forget(state: ReviewState, id: string): Partial<ReviewState> {
  const { [id]: _, ...snapshots } = state.snapshots
  const { [id]: _seen, ...looks } = state.looks
  const gone = state.current === id
  return {
    snapshots, looks, current: gone ? other(snapshots) : state.current, originOf: state.originOf === id ? null : state.originOf,
    ...(gone ? { mode: 'look', overriding: false, help: false, openSince: null, failed: null } : {}),
  }
}

function other(snapshots: ReviewState['snapshots']): string | null {
  return Object.values(snapshots).find((snapshot) => snapshot.active !== null || snapshot.panelOpen)?.id ?? null
}

/** What the side panel shows is not shown on the page as well. */
function onPage(snapshot: SessionSnapshot, { pinned }: StoreOptions): SessionSnapshot {
  return snapshot.aside && !pinned ? { ...snapshot, active: null, panelOpen: false } : snapshot
}

function openSince(state: ReviewState, snapshots: ReviewState['snapshots'], current: string | null, { now, pinned }: StoreOptions): number | null {
  const snapshot = current === null ? undefined : snapshots[current]
  if (!snapshot?.panelOpen || (snapshot.active !== null && !pinned) || signState(snapshot) !== 'can') return null
  return current === state.current ? state.openSince ?? now() : now()
}

/** The session that is shown now with its snapshot, or null. */
export function currentOf(state: ReviewState): { readonly session: ReviewSession; readonly snapshot: SessionSnapshot } | null {
  const session = state.sessions.find(({ id }) => id === state.current)
  const snapshot = state.current === null ? undefined : state.snapshots[state.current]
  return session && snapshot ? { session, snapshot } : null
}
