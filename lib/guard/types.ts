import type { Draft, Finding, Rule } from '../engine/index.ts'
import type { ReplaceResult } from '../editors/index.ts'
import type { KnownBlock, Origin, MarksUpdate } from '../origin/index.ts'
import type { Mode, Policy, Requirement, Sample, Suppression, SuppressionChoice } from '../policy/index.ts'
import type { ApprovalMode } from '../review/approval/types.ts'
import type { Correction, Decision, GateDecision, GivenApproval, Reviewer, SignOff } from '../review/index.ts'
import type { SendKind } from '../sites/index.ts'
import type { Coverage } from './coverage.ts'
import type { SeenBy } from './unseen/judge.ts'
import type { UnseenSend } from './unseen/report.ts'

/** How one finding stands in the open draft. */
export interface FindingState {
  readonly finding: Finding
  readonly decision: Decision | null
  /** This person may sign for the finding's area. */
  readonly owned: boolean
}

/**
 * `checking` rules are loading; `clear` nothing to settle, no signature needed; `open` findings to settle; `ready` all settled, signature needed;
 * `held` a send was stopped; `signed` signed for this exact text; `press-again` signed but the page did not react; `sent`; `failed` the check is not running; `lost` the extension was updated or its worker is gone.
 */
export type SessionPhase = 'checking' | 'clear' | 'open' | 'ready' | 'held' | 'signed' | 'press-again' | 'sent' | 'failed' | 'lost'

/** One immutable view of a draft under review; the interface renders this and nothing else. */
export interface SessionSnapshot {
  readonly id: string
  /** Grows with every change. */
  readonly revision: number
  readonly phase: SessionPhase
  readonly draft: Draft
  readonly states: readonly FindingState[]
  /** Decisions on words that are gone (fixed), newest last. */
  readonly fixed: readonly Decision[]
  readonly more: number
  /** Findings that a person's own suppressions hide here. */
  readonly suppressed: number
  readonly origin: Origin
  readonly requirement: Requirement
  readonly gate: GateDecision
  /** How strictly this draft is followed up: `observe` never holds it, `remind` holds it once. Missing: `enforce`. */
  readonly mode?: Mode | undefined
  /** What the policy lets a person do without the signature or the check, and whether words may be asked not to be flagged again. Missing: all of it. */
  readonly may?: { readonly override: boolean; readonly unchecked: boolean; readonly suppress: boolean } | undefined
  /** The way out that is being held, null when none is. */
  readonly held: SendKind | null
  /** How often a send was stopped: each time the person is to look at the panel, open or not. */
  readonly holds: number
  /** Set when a sign-off was voided by a change: how many places are new. */
  readonly voided: { readonly fresh: number; readonly settled: number } | null
  /** How the owners' signature stands, once asked of the worker; absent while nothing is known. */
  readonly approval?: DraftApprovals | undefined
  /** Fingerprint of the finding whose card is open. */
  readonly active: string | null
  readonly panelOpen: boolean
  /** What is open of it is shown in the browser's side panel, not on the page. */
  readonly aside?: boolean | undefined
  readonly coverage: Coverage
  readonly reviewer: Reviewer
  /** SHA-256 (hex) of what a signature would bind: the draft and the rules. Shown in short form beside it; absent before the first check. */
  readonly digest?: { readonly text: string; readonly rules: string } | undefined
  /** Who stands behind the packs that did not come with us. */
  readonly packs?: readonly PackProvenance[] | undefined
  /** Number of the record once sent. */
  readonly record: number | null
  /** One short code of what went wrong last, for a sentence in the interface; null when all is well. */
  readonly trouble: 'worker-gone' | 'rules-missing' | 'storage-full' | 'replace-dirty' | 'replace-failed' | 'unreadable' | 'too-long' | 'check-failed' | null
}

/** What the review interface may do. Every method that decides or signs is called only from a trusted press in our own surface. */
export interface ReviewSession {
  readonly id: string
  subscribe(listener: () => void): () => void
  snapshot(): SessionSnapshot
  /** Client rectangles of a finding in the top frame's viewport, one a line; empty when it is not on screen. */
  rects(fingerprint: string): readonly DOMRect[]
  /** Rectangle of the draft's root (compose window, editor) in the top frame's viewport. */
  frameRect(): DOMRect
  /** Background colour of the editor, for the theme: CSS colour string. */
  editorBackground(): string
  /** Scrolls the finding into view inside its editor. */
  reveal(fingerprint: string): void
  focusEditor(): void
  /** `aside`: it is shown in the browser's side panel. */
  open(fingerprint: string | null, aside?: boolean): void
  openPanel(open: boolean, aside?: boolean): void
  applySuggestion(fingerprint: string, replacement: string): Promise<ReplaceResult>
  keep(fingerprint: string, reason: string): void
  dismiss(fingerprint: string, reason: string): void
  /** Dismisses the finding and does not flag its like again; gives how to take that back. Rejects when it was not kept. */
  suppress(fingerprint: string, reach: SuppressionReach): Promise<() => Promise<void>>
  reopen(fingerprint: string): void
  /** The person's word on where the text came from; null takes it back. */
  declareOrigin(ai: boolean | null): void
  /** Signs the exact text and releases the held send, if one is held. Rejects when it could not be recorded. */
  sign(): Promise<void>
  override(reason: string): Promise<void>
  /** Asks the owners for their signature: the snapshot is frozen, sealed to them, and its code stands in the next snapshot. Rejects with `code` where it cannot be made. */
  askApproval(terms: ApprovalTerms): Promise<void>
}

/** How the owners are asked: whose answer is enough, and after how many hours a deputy's counts; null: never. */
export interface ApprovalTerms { readonly mode: ApprovalMode; readonly deputyHours: number | null }

/** How far a suppression goes: these words or all its rule flags, this site or everywhere, and until when (milliseconds since the epoch). */
export interface SuppressionReach { readonly words: boolean; readonly site: boolean; readonly until: number | null; readonly reason: string }

/** Where a pack came from that did not come with us. `signedAt` in milliseconds since the epoch; null, like the name, for one that nobody signed. */
export interface PackProvenance {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly signedBy: string | null
  readonly signedAt: number | null
  /** It is the team's: signed by one who leads it. */
  readonly team: boolean
}

/** All that the page side is given to check drafts with. Comes from the background, already validated. */
export interface Rulebook {
  /** The packs, compiled: bytes for `decodeRuleset`. No frame sees a pack. */
  readonly ruleset: ArrayBuffer
  readonly rulesetDigest: string
  readonly policy: Policy
  readonly policyDigest: string
  readonly suppressions: readonly Suppression[]
  /** The administrator lets nobody ask for words not to be flagged again; missing: everybody may. */
  readonly suppressingOff?: boolean | undefined
  /** Domains that were written to before; missing where the policy does not ask. */
  readonly known?: readonly string[] | undefined
  /** Marks of AI chat pages and assistants that the packs in use carry. */
  readonly marks: readonly MarksUpdate[]
  /** Rules that were lowered, and the share of drafts in which they still ask for a review; missing: none. */
  readonly samples?: readonly Sample[] | undefined
  /** Who stands behind the packs that did not come with us; missing: none. */
  readonly packs?: readonly PackProvenance[] | undefined
  /** The person asked to be shown habits of style, too. */
  readonly styleHints: boolean
  readonly reviewer: Reviewer
  /** Areas this person owns and may sign for. */
  readonly owns: readonly string[]
}

/** A held, sent or signed draft as it is recorded. Text only where the person chose to keep it; `keepText` is decided by the background. */
export interface DraftRecord {
  readonly session: string
  readonly site: string
  readonly host: string
  readonly draft: Draft
  readonly digest: string
  readonly origin: Origin
  readonly requirement: Requirement
  readonly findings: readonly Finding[]
  readonly decisions: readonly Decision[]
  /** How strictly the policy followed it up; missing: `enforce`. */
  readonly mode?: Mode | undefined
}

/** What a person made of a draft, for learning: answers to findings, and the assistant's paragraphs that were changed, as they came and as they are now. */
export interface Lesson {
  readonly session: string
  readonly site: string
  readonly kind: Draft['kind']
  /** Product that the draft came from, '' where nothing named one. */
  readonly assistant: string
  readonly at: number
  readonly corrections: readonly Pick<Correction, 'rule' | 'category' | 'before' | 'after' | 'sentence'>[]
  readonly wrote: readonly string[]
  readonly left: readonly string[]
  /** Names and addresses of recipients, only so that they can be masked. */
  readonly people: readonly string[]
}

/** How a draft's second signature stands, as the worker says. */
export interface DraftApprovals {
  /** Areas whose owners have signed for exactly this text, under the rules in force. */
  readonly areas: readonly string[]
  readonly given: readonly GivenApproval[]
  /** Names of those whose answer is awaited. */
  readonly waiting: readonly string[]
  readonly refused: { readonly name: string; readonly reason: string } | null
  /** The code to send on, while an answer is awaited. */
  readonly code: string | null
}

/** What the guard needs from the extension's background; an entry point wires it to messages. Each rejects when the worker cannot be reached. */
export interface GuardPort {
  /** `anew`: the bytes of the last answer were no ruleset. */
  loadRulebook(anew?: boolean): Promise<Rulebook>
  /** Decisions made earlier on a draft with the same site and fingerprints (after a reload). */
  recall(site: string, fingerprints: readonly string[]): Promise<readonly Decision[]>
  /** Where blocks of text came from, by their digests, for the same words in another window or in a draft that is opened again. */
  rememberOrigin(site: string, blocks: readonly KnownBlock[]): Promise<void>
  recallOrigin(site: string, digests: readonly string[]): Promise<readonly KnownBlock[]>
  held(record: DraftRecord, kind: SendKind): Promise<void>
  decided(record: Pick<DraftRecord, 'session' | 'site'>, decision: Decision): Promise<void>
  /** A decision was taken back. */
  reopened(record: Pick<DraftRecord, 'session' | 'site'>, fingerprint: string, at: number): Promise<void>
  /** Resolves to the suppression's id. */
  suppressed(choice: SuppressionChoice): Promise<string>
  unsuppressed(id: string): Promise<void>
  /** A person's word on where a draft came from. */
  corrected(correction: Correction): Promise<void>
  /** What a person made of a draft that was signed or has left. */
  taught(lesson: Lesson): Promise<void>
  /** Resolves to the record's number. */
  signed(record: DraftRecord, signOff: SignOff): Promise<number>
  /** The owners' signatures that stand for the draft with this digest. */
  approvals(digest: string): Promise<DraftApprovals>
  /** Makes a request to the owners; rejects with `no-approver` where nobody is known who may sign. */
  askApproval(record: DraftRecord, terms: ApprovalTerms): Promise<DraftApprovals>
  /** Notes why a draft goes out though it could not be checked. */
  unchecked(record: DraftRecord, reason: string): Promise<void>
  /** `seen`: by what it was known, where it left by a way that the gate does not know. */
  sent(record: DraftRecord, kind: SendKind, signedAs: number | null, seen?: SeenBy): Promise<number>
  /** Injects the review interface into this frame. */
  loadReview(): Promise<void>
}

export type { Rule }

/** Our interface's host element and closed root, told to the guard so that it can keep the page's listeners away from our keys. */
export interface Surface { readonly host: HTMLElement; readonly root: ShadowRoot }

/** The meeting point of the guard, the draft script and the review interface in one frame's isolated world. */
export interface SessionRegistry {
  sessions(): readonly ReviewSession[]
  /** Drafts of this page that seem to have left past the gate, newest last. */
  unseen(): readonly UnseenSend[]
  /** Tells of one, or of one of them anew: once it has a number on record, once its report is made. */
  noteUnseen(send: UnseenSend): void
  /** Called when a session is added or removed, or a send past the gate was noticed; not on every change inside a session. */
  subscribe(listener: () => void): () => void
  /**
   * From now on keys and input events aimed at `surface.host` are stopped before the page's listeners and sent on, as copies, to the focused element inside `surface.root`.
   * Browser default actions (typing, Enter on a button) still happen. Returns the undo.
   */
  mountSurface(surface: Surface): () => void
  /** True for a trusted event and for the guard's copy of one. Signing and deciding ask this first: a page cannot press for a person. */
  isPersonal(event: Event): boolean
}

/** How a page stands, for the popup. */
export interface PageState {
  readonly site: string
  readonly adapter: string
  /** The site that is on here, where its facts are missing or switched off: the page is read as any other. */
  readonly insteadOf?: string | undefined
  /** False when the guard was not there before the page's own scripts (tab opened before the site was turned on). */
  readonly early: boolean
  readonly drafts: readonly {
    /** Of the session, to speak of this draft again. */
    readonly id: string
    readonly subject: string
    /** Known to come from an AI, by what was seen or by the person's word. */
    readonly ai: boolean
    readonly phase: SessionPhase
    readonly open: number
    readonly coverage: Coverage
    readonly trouble: SessionSnapshot['trouble']
    /** What it needs and why, while it is not signed. */
    readonly requirement?: Requirement | undefined
    readonly mode?: Mode | undefined
    readonly may?: SessionSnapshot['may']
  }[]
  /** The check could not be loaded. */
  readonly failed: boolean
  readonly unseen: readonly Omit<UnseenSend, 'traces'>[]
}
