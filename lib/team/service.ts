import type {
  Capabilities, Confirmation, FormerReason, Invitation, LedgersView, PendingNote, ReleaseAction, Sharing, StoreAddress, StoreCredentials, SyncReport, TeamInsights, TeamPackView, TeamResult, TeamSettings, TeamStatus,
} from '../review/team/index.ts'

/**
 * The team, as the worker offers it to our pages: each method is one message `team/...` (`lib/messages/protocol.ts`). What a person can mend comes back as a
 * `TeamResult` with a code of `outcome.ts`; only storage and faults of ours are thrown.
 *
 * What is made here (a manifest, a pack, a release, an answer) is written to this device first and is in force here at once; it goes to the store at once or, where that
 * cannot be reached, with a later check. Nothing is lost where the worker ends between two requests.
 */
export interface TeamService {
  /** Null where this device is in no team. */
  status(): Promise<TeamStatus | null>
  /** Tries a store out before it is used: what it does, or what is wrong. Permission for its host must be granted (`storeOrigins`). */
  probe(store: StoreAddress, credentials: StoreCredentials): Promise<TeamResult<Capabilities>>
  /** Founds a team with this person as lead. `in-a-team`, `no-name`, `teams-off`, `team-forced`, and whatever a probe finds wrong. */
  create(name: string, store: StoreAddress, credentials: StoreCredentials): Promise<TeamResult<TeamStatus>>
  /** A code for others; carries this device's credentials only if asked to. `not-lead`. */
  invite(withCredentials: boolean): Promise<TeamResult<{ readonly code: string; readonly invitation: Invitation }>>
  /** What a pasted invitation says; changes nothing. `bad-invitation`. */
  readInvitation(code: string): Promise<TeamResult<Invitation>>
  /** Asks to join; `credentials` null takes those of the invitation. The phrase is in the status. */
  join(code: string, credentials: StoreCredentials | null): Promise<TeamResult<TeamStatus>>
  /** New credentials for the same store, tried out first. */
  setCredentials(credentials: StoreCredentials): Promise<TeamResult<Capabilities>>
  /**
   * Goes over to another store with the team, once that one was tried out: puts there what counts of the team and what is this device's own. A lead goes first: the
   * team's chain then says where it is, also in the old store, and each member, who is told so there (`TeamStatus.moved`), goes over with a login of their own. `read-only`, and whatever a probe finds wrong.
   */
  move(store: StoreAddress, credentials: StoreCredentials): Promise<TeamResult<TeamStatus>>
  /** Notes that wait for a lead, the oldest first. */
  notes(): Promise<readonly PendingNote[]>
  /** Takes a join (after the phrase was compared), a leave or a rotation. `not-lead`, `gone`. */
  confirm(note: string, as: Confirmation): Promise<TeamResult<TeamStatus>>
  decline(note: string): Promise<TeamResult<TeamStatus>>
  changeMember(signKey: string, as: Confirmation): Promise<TeamResult<TeamStatus>>
  /** Takes a member out: their key counts no more, and with it their open answers. `last-lead`. */
  removeMember(signKey: string, why: Exclude<FormerReason, 'demoted' | 'rotated'>): Promise<TeamResult<TeamStatus>>
  changeSettings(settings: TeamSettings): Promise<TeamResult<TeamStatus>>
  setSharing(sharing: Sharing): Promise<TeamResult<TeamStatus>>
  /**
   * Makes a new key for this device. The team takes it up when another lead confirms it; at once where this person alone may lead. Until then the one in use stays. Pressed again
   * while it waits, nothing more is sent. `no-member`.
   */
  newKey(): Promise<TeamResult<TeamStatus>>
  /** Tells the team that this person leaves, and forgets the team here: credentials, members, what was synced. Packs of the team go out of use. */
  leave(): Promise<TeamResult<null>>
  /**
   * Publishes a pack (canonical or hand-written JSON, unsigned) and says it is for `share` percent. It runs its own examples first; `invalid`, `old-version`, `not-lead`.
   * `text` is the changelog.
   */
  publish(pack: string, text: string, share: number): Promise<TeamResult<TeamPackView>>
  /** Any other statement about a pack; `version` for `release` (more members), `pin` and `roll-back`. `gone`. */
  say(pack: string, action: ReleaseAction, version: string | null, share: number, text: string): Promise<TeamResult<TeamPackView>>
  packs(): Promise<readonly TeamPackView[]>
  /** One version of a pack as it was published, for a diff. `gone`. */
  packText(pack: string, digest: string): Promise<TeamResult<string>>
  /**
   * What members' ledgers in the store hold and what is wrong with them: `known` as it was read last (null where it never was), `new` with what came since, `all` every entry proven anew.
   * `not-lead`, and whatever is wrong with the store.
   */
  ledgers(how: 'known' | 'new' | 'all'): Promise<TeamResult<LedgersView | null>>
  /**
   * The members' ledgers and shared corrections merged, for Insights: `how` as in `ledgers`. `not-lead`, and whatever is wrong with the store.
   */
  insights(how: 'known' | 'new' | 'all'): Promise<TeamResult<TeamInsights | null>>
  /** Looks at the store: `hint` asks only whether something changed, `now` reads all that is new, `all` also what should be known already. */
  check(how: 'hint' | 'now' | 'all'): Promise<SyncReport>
}
