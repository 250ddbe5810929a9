import type { RulePack } from '../../engine/index.ts'
import type { Card } from '../approval/types.ts'
import type { Correction } from '../types.ts'
import type { LedgerCounts, LedgerFault } from './ledgers.ts'
import type { Capabilities, StoreAddress } from './store.ts'
import type { FormerKey, Rejection, ReleaseAction, TeamChange, TeamMember, TeamRole, TeamSettings } from './types.ts'

/** Something that went wrong, as a code that the interface has a sentence for, with what the sentence names. */
export interface TeamTrouble { readonly code: string; readonly params: readonly string[]; readonly detail?: string | undefined }

/** What becomes of something a person asked for. */
export type TeamResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: TeamTrouble }

/** What became of one pack, from a file or an address. On `refused` nothing has changed: the last good version stays in use. */
export interface PackOutcome {
  readonly status: 'installed' | 'updated' | 'unchanged' | 'refused'
  /** Null where it came as a file. */
  readonly url: string | null
  /** The pack in use now; null when there is none. */
  readonly pack: { readonly id: string; readonly title: string; readonly version: string } | null
  /** Why it was refused; empty otherwise. */
  readonly problems: readonly TeamTrouble[]
}

/** What an address would bring before it is taken up: a pack that is new here, the very pack that is in use, or nothing that may be used. */
export type PackFound =
  | { readonly kind: 'new'; readonly pack: RulePack; readonly signedBy: string | null; readonly replaces: string | null; readonly digest: string }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'refused'; readonly problems: readonly TeamTrouble[] }

/** What an invitation says, before anybody joined. */
export interface Invitation {
  readonly team: string
  readonly name: string
  readonly store: StoreAddress
  /** Sign key of whoever founded the team: what the chain of manifests is anchored in. */
  readonly founder: string
  /** Name and sign key of whoever invites: with them the short phrase is compared. */
  readonly lead: { readonly name: string; readonly signKey: string }
  /** The lead chose to send along what lets one into the store. */
  readonly withCredentials: boolean
}

/** `waiting`: asked to join, not confirmed. `former`: was a member, is none any more. */
export type Membership = 'waiting' | 'member' | 'former'

/** How this device stands with its team's store. */
export interface SyncStatus {
  /** Milliseconds since the epoch; null where never. */
  readonly checkedAt: number | null
  /** Last time that everything could be read. */
  readonly goodAt: number | null
  /** Why the last check did not go through; the last good state is in use. */
  readonly problem: TeamTrouble | null
  /** Things of this device that are not in the store yet. */
  readonly waiting: number
  /** Latest objects that were not taken, the newest first, 50 at most. */
  readonly rejections: readonly (Rejection & { readonly at: number })[]
  /** Numbers of statements or versions that the store does not show though later ones are there. */
  readonly missing: readonly string[]
}

export interface TeamStatus {
  readonly team: string
  readonly name: string
  readonly membership: Membership
  /** This device's member; null unless `membership` is `member`. */
  readonly own: TeamMember | null
  readonly members: readonly TeamMember[]
  readonly former: readonly FormerKey[]
  readonly settings: TeamSettings
  readonly version: number
  /** What was changed last, the newest first, with who changed it. 100 at most. */
  readonly history: readonly { readonly version: number; readonly at: number; readonly by: string; readonly changes: readonly TeamChange[] }[]
  /** Versions that lost to another of the same number. */
  readonly conflicts: readonly { readonly version: number; readonly by: string }[]
  readonly store: StoreAddress
  /** Where a lead says that the team went, and when, while this device still looks at another store; null where it is with the team. */
  readonly moved: { readonly store: StoreAddress; readonly by: string; readonly at: number } | null
  /** False where this device has no credentials for the store. */
  readonly credentials: boolean
  readonly capabilities: Capabilities | null
  /** Words to compare with the lead while waiting; null otherwise. */
  readonly phrase: string | null
  /** This device's key is to change: words to compare with each who may confirm it; null where it stays. */
  readonly newKey: readonly { readonly name: string; readonly phrase: string }[] | null
  /** What this device sends to the store. */
  readonly sharing: Sharing
  readonly sync: SyncStatus
}

/** What this device uploads of its records. */
export interface Sharing {
  /** Ledger segments: digests, rule ids, people, reasons; no draft text. */
  readonly ledger: boolean
  /** Masked corrections. Only if the person turned it on. */
  readonly corrections: boolean
}

/** A note that waits for a lead. */
export interface PendingNote {
  /** Digest of the note. */
  readonly id: string
  readonly kind: 'join' | 'leave' | 'rotate'
  readonly at: number
  readonly card: Card | null
  readonly signKey: string
  /** Words to compare before confirming a `join` or a `rotate`. */
  readonly phrase: string | null
}

/** A pack of the team. */
export interface TeamPackView {
  readonly id: string
  /** Title of the version in use here, else of the latest. */
  readonly title: string
  /** Every version that was published, the newest first. */
  readonly versions: readonly { readonly version: string; readonly digest: string; readonly signedBy: string; readonly signedAt: string; readonly text: string }[]
  /** Every statement, the newest first. */
  readonly statements: readonly { readonly number: number; readonly action: ReleaseAction; readonly version: string | null; readonly share: number; readonly text: string; readonly at: number; readonly by: string }[]
  /** What this device should have, and what it has. */
  readonly target: string | null
  readonly installed: string | null
  readonly standing: 'use' | 'deprecated' | 'withdrawn' | 'none'
  readonly pinned: boolean
  readonly reason: string
  /** Why the target is not in use. */
  readonly problem: TeamTrouble | null
  /** Share of the members that the latest release is for. */
  readonly share: number
  /** Versions of which there were two, or statements that lost to another of the same number. */
  readonly conflicts: readonly string[]
}

/** What one look at the store did. */
export interface SyncReport {
  /** `unchanged`: nothing was new. `partly`: something could not be read or written. */
  readonly outcome: 'unchanged' | 'changed' | 'partly' | 'failed' | 'no-team'
  readonly problem: TeamTrouble | null
  readonly packs: readonly { readonly id: string; readonly version: string }[]
  readonly requests: number
  readonly answers: number
  readonly rejected: readonly Rejection[]
}

/** The team's ledgers as a lead's page shows them, one line a device. Times are milliseconds since the epoch. */
export interface LedgersView {
  readonly at: number
  readonly devices: readonly {
    readonly signKey: string
    readonly name: string
    /** The device is in the team no more. */
    readonly gone: boolean
    /** Entries that were proven, and the time that the last of them says; null where there is none. */
    readonly entries: number
    readonly lastAt: number | null
    readonly counts: LedgerCounts
    readonly faults: readonly LedgerFault[]
  }[]
  /** Segments of devices that were never in the team. */
  readonly strangers: number
}

/** A correction that was made more than once in the team, masked. Times are milliseconds since the epoch. */
export interface RepeatedCorrection extends Pick<Correction, 'rule' | 'category' | 'before' | 'after' | 'sentence' | 'site'> {
  readonly times: number
  /** Devices that made it. */
  readonly members: number
  readonly first: number
  readonly last: number
}

/** The members' ledgers and shared corrections, merged, as a lead's Insights shows them. */
export interface TeamInsights {
  /** When they were read. */
  readonly at: number
  /** Counts by day, in the form of `DayTally` in `lib/learning/tally.ts`. */
  readonly days: readonly { readonly day: string; readonly cells: Readonly<Record<string, readonly number[]>> }[]
  /** Devices of which entries were proven, and those that share corrections. */
  readonly devices: number
  readonly sharing: number
  /** Names of those of whom something could not be read or proven. */
  readonly partly: readonly string[]
  /** Segments of corrections that were not taken. */
  readonly unread: number
  /** The most frequent, 200 at most. */
  readonly repeated: readonly RepeatedCorrection[]
}

/** What a lead confirms somebody as. */
export interface Confirmation {
  readonly teamRole: TeamRole
  readonly areas: readonly string[]
  readonly deputy: readonly string[]
  /** For who asks to join: key of the lost device whose place this one takes. It counts no more from then on. */
  readonly instead?: string | undefined
}
