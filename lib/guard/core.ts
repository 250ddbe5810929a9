import type { SiteAdapter, SendKind } from '../sites/index.ts'
import type { Decision, GateDecision, SignOff } from '../review/index.ts'
import type { InputLog, KnownBlock, MarksUpdate, Transfer } from '../origin/index.ts'
import type { ReviewSession, SessionRegistry } from './types.ts'
import type { Said } from './unseen/judge.ts'

/** A send that was stopped and can be let go by doing the person's own act again. */
export interface HeldAction {
  readonly kind: SendKind
  /** Replays the act on the page. False when the thing acted on is gone. */
  replay(): boolean
}

/** The side of a session that the gate sees. */
export interface GateSession extends ReviewSession {
  readonly root: Element
  /** Reads the page now and decides, synchronously, inside the event. */
  ask(): GateDecision
  hold(action: HeldAction): void
  /** An allowed way out was taken. */
  passed(kind: SendKind): void
  /** Resolves when the first check is done, whatever came of it. */
  readonly ready: Promise<void>
  dispose(): void
}

/** What one page remembers across nodes that a site rebuilds (undo send, pop-out, re-render): never the text itself. */
export interface PageMemory {
  /** By finding fingerprint. */
  readonly decisions: Map<string, Decision>
  /** By draft digest. */
  readonly signOffs: Map<string, SignOff>
  /** How blocks of text arrived, by the digest of the block. */
  readonly origins: Map<string, KnownBlock>
}

/** The guard of one frame tree, shared by our scripts in one isolated world. */
export interface GuardCore extends SessionRegistry {
  readonly window: Window
  readonly site: SiteAdapter
  readonly host: string
  /** False when the guard came after the page's own scripts. */
  readonly early: boolean
  readonly memory: PageMemory
  /** The draft script's arrival: opens what waits and everything later. */
  attach(open: (root: Element, core: GuardCore) => GateSession): void
  /** The session of this root, opened if need be; null while the draft script is still on its way. */
  ensure(root: Element): GateSession | null
  drop(session: GateSession): void
  inputLog(element: Element): InputLog
  /** Pastes and drops into elements of this draft that are no longer on the page: block editors put others in their place. */
  strayTransfers(root: Element): readonly Transfer[]
  /** Marks that packs carry, for what is pasted and pressed from now on. */
  readonly useMarks: (updates: readonly MarksUpdate[]) => void
  /** Something of ours failed where a draft may be, and none could be opened: what could send is held and asked about. */
  broken(): boolean
  /** The gate's listeners on another window of the tree; adding them twice is harmless. */
  arm(win: Window): void
  /** True while our interface is on the page: bringing its script again would only be memory that no one gives back. */
  surfaceShown(): boolean
  /** Tells the person, where our interface cannot be brought, that a send was stopped and why. */
  tellLost(): void
  /** What a press on this path says that it does, in the page's words. */
  readonly saidAt: (path: readonly EventTarget[]) => { readonly said: Said; readonly control: Element | null }
  /** Aborted when the guard has ended: site turned off, or another guard took over. What was put into the page for it goes too. */
  readonly ended: AbortSignal
  /** False when this frame's site turned out to be off; a frame inside then stands alone. */
  readonly started: Promise<boolean>
  dispose(): void
}

/** Key under which the core stands on the isolated world's global; the page cannot see it. */
export const CORE_KEY = '__countersign'

/** The core of this frame tree, if a guard has started. */
export function coreOf(win: Window): GuardCore | null {
  return (win as unknown as Record<string, GuardCore | undefined>)[CORE_KEY] ?? null
}
