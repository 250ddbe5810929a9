import type { Rulebook, ApprovalTerms, DraftApprovals, DraftRecord, Lesson, PageState } from '../guard/types.ts'
import type { SeenBy } from '../guard/unseen/judge.ts'
import type { KnownBlock } from '../origin/types.ts'
import type { SuppressionChoice } from '../policy/suppression.ts'
import type {
  Capabilities, Confirmation, Invitation, LedgersView, PackFound, PackOutcome, PendingNote, ReleaseAction, Sharing, StoreAddress, StoreCredentials, SyncReport, TeamInsights, TeamPackView, TeamResult, TeamSettings, TeamStatus,
} from '../review/team/index.ts'
import type { Correction, Decision, SignOff } from '../review/types.ts'
import type { SendKind, SiteId } from '../sites/types.ts'

export interface LedgerReport {
  readonly ok: boolean
  readonly entries: number
  /** First entry that does not fit, and why. */
  readonly bad: { readonly seq: number; readonly reason: string; readonly since: number | null; readonly after: number | null } | null
}

/** `probe` is an empty `ArrayBuffer`: only where the browser clones messages does it arrive as one, and the answer may be one too. `anew`: what was sent last was damaged. */
export interface RulebookRequest { readonly anew: boolean; readonly probe?: unknown }

/** A rulebook on its way: its ruleset as bytes where the browser clones messages, as base64 where it sends JSON. */
export type SentRulebook = Omit<Rulebook, 'ruleset'> & { readonly ruleset: ArrayBuffer | string }

interface Kind<Request, Response> { readonly request: Request; readonly response: Response }

/** What the page side asks of the worker. Content scripts of ours send these, and our own pages may. */
export interface GuardKinds {
  'rulebook/load': Kind<RulebookRequest, SentRulebook>
  'record/recall': Kind<{ readonly site: string; readonly fingerprints: readonly string[] }, readonly Decision[]>
  /** Where a text came from, by the digest of the body. */
  'origin/remember': Kind<{ readonly site: string; readonly blocks: readonly KnownBlock[] }, null>
  'origin/recall': Kind<{ readonly site: string; readonly digests: readonly string[] }, readonly KnownBlock[]>
  'record/held': Kind<{ readonly record: DraftRecord; readonly kind: SendKind }, null>
  'record/decided': Kind<{ readonly session: string; readonly site: string; readonly decision: Decision }, null>
  'record/reopened': Kind<{ readonly session: string; readonly site: string; readonly fingerprint: string; readonly at: number }, null>
  /** Resolves to the suppression's id. */
  'suppression/add': Kind<SuppressionChoice, string>
  'suppression/remove': Kind<{ readonly id: string }, null>
  'record/corrected': Kind<Correction, null>
  'record/taught': Kind<Lesson, null>
  /** Resolves to the record's number. */
  'record/signed': Kind<{ readonly record: DraftRecord; readonly signOff: SignOff }, number>
  /** The owners' signatures that stand for the draft with this digest. */
  'approval/standing': Kind<{ readonly digest: string }, DraftApprovals>
  /** Makes a request for the owners of what this draft needs, sealed to them; asked again for the same text it is the same request. */
  'approval/ask': Kind<{ readonly record: DraftRecord; readonly terms: ApprovalTerms }, DraftApprovals>
  /** The person lets a draft go that could not be checked; the worker adds who that is. */
  'record/unchecked': Kind<{ readonly record: DraftRecord; readonly reason: string }, null>
  'record/sent': Kind<{ readonly record: DraftRecord; readonly kind: SendKind; readonly signedAs: number | null; readonly seen?: SeenBy | undefined }, number>
  /** Runs `content-scripts/draft.js` in the asking frame. */
  'inject/draft': Kind<null, null>
  /** Runs `content-scripts/review.js` in the asking frame. */
  'inject/review': Kind<null, null>
  /** Opens the browser's side panel beside the asking tab. The browser does so only for a press of the person. */
  'side/open': Kind<null, null>
}

/** What our own pages (popup, dashboard, welcome) ask of the worker. Only an extension page of ours may send these. */
export interface PageKinds {
  /** Turns a site on. The page has asked for the permission before: that needs the person's own click. Resolves to the number of open tabs now watched. */
  'site/enable': Kind<{ readonly prefix: string; readonly adapter: SiteId }, { readonly tabs: number }>
  /** Turns a site off and gives its permission back, unless another site that is on needs it. */
  'site/disable': Kind<{ readonly prefix: string }, null>
  /** Settings or permissions were changed elsewhere: registers what is on, unregisters the rest. */
  'sites/changed': Kind<null, null>
  /** Installs a pack from the text of its file. */
  'packs/install': Kind<{ readonly text: string }, PackOutcome>
  /** What an HTTPS address whose permission is granted would bring; nothing is kept. */
  'packs/look': Kind<{ readonly url: string }, PackFound>
  /** Subscribes to an HTTPS address whose permission is granted. `looked`: digest of the pack that the person was shown before, null where none was. */
  'packs/subscribe': Kind<{ readonly url: string; readonly looked: string | null }, PackOutcome>
  /** Refused for an address that the administrator set. */
  'packs/unsubscribe': Kind<{ readonly url: string }, PackOutcome>
  /** Checks every subscription now. */
  'packs/check': Kind<null, readonly PackOutcome[]>
  /** A pack as a file, signed with this device's key. */
  'packs/export': Kind<{ readonly id: string }, { readonly name: string; readonly text: string }>
  /** Null where this device is in no team. What `team/...` does is said in `lib/team/service.ts`. */
  'team/status': Kind<null, TeamStatus | null>
  'team/probe': Kind<{ readonly store: StoreAddress; readonly credentials: StoreCredentials }, TeamResult<Capabilities>>
  'team/create': Kind<{ readonly name: string; readonly store: StoreAddress; readonly credentials: StoreCredentials }, TeamResult<TeamStatus>>
  'team/invite': Kind<{ readonly withCredentials: boolean }, TeamResult<{ readonly code: string; readonly invitation: Invitation }>>
  'team/read-invitation': Kind<{ readonly code: string }, TeamResult<Invitation>>
  'team/join': Kind<{ readonly code: string; readonly credentials: StoreCredentials | null }, TeamResult<TeamStatus>>
  'team/credentials': Kind<{ readonly credentials: StoreCredentials }, TeamResult<Capabilities>>
  'team/move': Kind<{ readonly store: StoreAddress; readonly credentials: StoreCredentials }, TeamResult<TeamStatus>>
  'team/notes': Kind<null, readonly PendingNote[]>
  'team/confirm': Kind<{ readonly note: string; readonly as: Confirmation }, TeamResult<TeamStatus>>
  'team/decline': Kind<{ readonly note: string }, TeamResult<TeamStatus>>
  'team/change-member': Kind<{ readonly signKey: string; readonly as: Confirmation }, TeamResult<TeamStatus>>
  'team/remove-member': Kind<{ readonly signKey: string; readonly why: 'left' | 'lost' | 'removed' }, TeamResult<TeamStatus>>
  'team/settings': Kind<{ readonly settings: TeamSettings }, TeamResult<TeamStatus>>
  'team/sharing': Kind<{ readonly sharing: Sharing }, TeamResult<TeamStatus>>
  'team/new-key': Kind<null, TeamResult<TeamStatus>>
  'team/leave': Kind<null, TeamResult<null>>
  'team/publish': Kind<{ readonly pack: string; readonly text: string; readonly share: number }, TeamResult<TeamPackView>>
  'team/say': Kind<{ readonly pack: string; readonly action: ReleaseAction; readonly version: string | null; readonly share: number; readonly text: string }, TeamResult<TeamPackView>>
  'team/packs': Kind<null, readonly TeamPackView[]>
  'team/pack-text': Kind<{ readonly pack: string; readonly digest: string }, TeamResult<string>>
  'team/ledgers': Kind<{ readonly how: 'known' | 'new' | 'all' }, TeamResult<LedgersView | null>>
  'team/insights': Kind<{ readonly how: 'known' | 'new' | 'all' }, TeamResult<TeamInsights | null>>
  'team/check': Kind<{ readonly how: 'hint' | 'now' | 'all' }, SyncReport>
  'ledger/verify': Kind<null, LedgerReport>
}

export type Kinds = GuardKinds & PageKinds
export type KindName = keyof Kinds
export type RequestOf<K extends KindName> = Kinds[K]['request']
export type ResponseOf<K extends KindName> = Kinds[K]['response']

/** Who a kind is for: `page` kinds are taken from our own pages alone, `guard` kinds from content scripts and our pages. Total, so that a new kind without an answer does not compile. */
export const SENDERS: { readonly [K in KindName]: K extends keyof GuardKinds ? 'guard' : 'page' } = {
  'rulebook/load': 'guard',
  'record/recall': 'guard',
  'origin/remember': 'guard',
  'origin/recall': 'guard',
  'record/held': 'guard',
  'record/decided': 'guard',
  'record/reopened': 'guard',
  'suppression/add': 'guard',
  'suppression/remove': 'guard',
  'record/corrected': 'guard',
  'record/taught': 'guard',
  'record/signed': 'guard',
  'approval/standing': 'guard',
  'approval/ask': 'guard',
  'record/unchecked': 'guard',
  'record/sent': 'guard',
  'inject/draft': 'guard',
  'inject/review': 'guard',
  'side/open': 'guard',
  'site/enable': 'page',
  'site/disable': 'page',
  'sites/changed': 'page',
  'packs/install': 'page',
  'packs/look': 'page',
  'packs/subscribe': 'page',
  'packs/unsubscribe': 'page',
  'packs/check': 'page',
  'packs/export': 'page',
  'team/status': 'page',
  'team/probe': 'page',
  'team/create': 'page',
  'team/invite': 'page',
  'team/read-invitation': 'page',
  'team/join': 'page',
  'team/credentials': 'page',
  'team/move': 'page',
  'team/notes': 'page',
  'team/confirm': 'page',
  'team/decline': 'page',
  'team/change-member': 'page',
  'team/remove-member': 'page',
  'team/settings': 'page',
  'team/sharing': 'page',
  'team/new-key': 'page',
  'team/leave': 'page',
  'team/publish': 'page',
  'team/say': 'page',
  'team/packs': 'page',
  'team/pack-text': 'page',
  'team/ledgers': 'page',
  'team/insights': 'page',
  'team/check': 'page',
  'ledger/verify': 'page',
}

/** Why a message failed. `worker-gone`: nobody answered (extension updated, worker lost). `refused`: this sender may not ask this. `malformed`: the body is not what the kind asks for. */
export const FAILURES = [
  'worker-gone', 'refused', 'malformed', 'storage-full', 'storage-failed', 'rules-missing', 'not-signable', 'stale-rules', 'no-approver', 'too-large', 'no-permission', 'not-found', 'failed',
] as const
export type Failure = (typeof FAILURES)[number]

export type Envelope<K extends KindName = KindName> = { readonly countersign: 1; readonly kind: K; readonly body: RequestOf<K> }
export type Reply<K extends KindName = KindName> =
  | { readonly ok: true; readonly value: ResponseOf<K> }
  | { readonly ok: false; readonly code: Failure; readonly message: string }

/** What the popup asks a tab's top frame, or tells it: the person's word on where a draft came from. */
export type TabQuestion = { readonly countersign: 1 } & ({ readonly kind: 'page/state' } | { readonly kind: 'page/declare'; readonly draft: string; readonly ai: boolean })
export type TabAnswer = PageState

/** A message that failed; `code` is for the interface's words, `message` for a developer. */
export class MessageError extends Error {
  override readonly name = 'MessageError'
  constructor(readonly code: Failure, message: string) {
    super(message)
  }
}
