import type { Card, Signed } from '../approval/types.ts'
import type { StoreAddress } from './store.ts'

/**
 * What somebody is in a team. `rep` asks and sends; `reviewer` answers for the areas of their card; `lead` also confirms members and publishes packs;
 * `administrator` may do what a lead may and is the one who names leads.
 */
export const TEAM_ROLES = ['rep', 'reviewer', 'lead', 'administrator'] as const
export type TeamRole = (typeof TEAM_ROLES)[number]

/** A member as the manifest has them: their card (`role` of it is their own words for what they do) and what they are in the team. Times are milliseconds since the epoch. */
export interface TeamMember {
  readonly card: Card
  readonly teamRole: TeamRole
  readonly since: number
}

/** Why a key counts no more. `demoted`: its owner is a member still, but may not publish any more. */
export const FORMER_REASONS = ['left', 'lost', 'removed', 'rotated', 'demoted'] as const
export type FormerReason = (typeof FORMER_REASONS)[number]

/**
 * A key that counted once. What it signed counts only where it is kept by digest: a stolen key could otherwise sign something and date it back.
 * `keep` are digests of the releases' objects that stand.
 */
export interface FormerKey {
  readonly signKey: string
  readonly name: string
  readonly at: number
  readonly why: FormerReason
  readonly keep: readonly string[]
  /** The key that came in its place: the same device's, where it was `rotated`; another device's of the same person, where it was `lost`. Null where none did. */
  readonly next: string | null
}

/** One change of a manifest. A manifest is what its changes make of the one before it, so that it can be checked, told in words, and made again where two leads changed at once and the other's was taken. */
export type TeamChange =
  | { readonly kind: 'create'; readonly name: string; readonly founder: TeamMember }
  | { readonly kind: 'add'; readonly member: TeamMember; /** Digest of the note that asked for it. */ readonly note: string | null; /** Key of the lost device whose place this one takes. */ readonly instead?: string | undefined }
  | { readonly kind: 'change'; readonly signKey: string; readonly teamRole: TeamRole; readonly areas: readonly string[]; readonly deputy: readonly string[]; readonly keep: readonly string[] }
  | { readonly kind: 'remove'; readonly signKey: string; readonly why: Exclude<FormerReason, 'demoted' | 'rotated'>; readonly note: string | null; readonly keep: readonly string[] }
  | { readonly kind: 'rotate'; readonly from: string; readonly card: Card; readonly note: string | null; readonly keep: readonly string[] }
  | { readonly kind: 'decline'; readonly note: string }
  | { readonly kind: 'settings'; readonly settings: TeamSettings }
  /** The team went to another store; who still looks at the one before is told so there. */
  | { readonly kind: 'store'; readonly store: StoreAddress }

/** What the team agreed on for all. */
export interface TeamSettings {
  /** The lead asks members to share their masked corrections; each decides for themselves. */
  readonly askCorrections: boolean
}

/**
 * Who is in the team, as one version of a chain. Version 1 is signed by whoever founded the team, each later one by a lead or administrator of the version before.
 * `previous` is the digest of that version's object.
 */
export interface TeamManifest {
  readonly format: 1
  readonly team: string
  readonly name: string
  readonly version: number
  readonly previous: string | null
  readonly at: number
  /** Sign key of whoever signed this version. */
  readonly by: string
  readonly members: readonly TeamMember[]
  readonly former: readonly FormerKey[]
  /** Digests of notes that were answered, so that nobody is asked about them again. The latest 500. */
  readonly answered: readonly string[]
  readonly settings: TeamSettings
  /** Where the team went last; null while it is where it was founded. Whether it is an address at all, `checkAddress` says. */
  readonly store: StoreAddress | null
  readonly changes: readonly TeamChange[]
}

/**
 * One version of a manifest as it is signed and lies in the store: what it changes. Who is in the team is what all changes together make of it, so that the tenth thousand member
 * costs as much as the first.
 */
export type ManifestStep = Pick<TeamManifest, 'format' | 'team' | 'version' | 'previous' | 'at' | 'by' | 'changes'>

/** A signed step as it lies in the store, with the digest of its bytes. */
export interface StoredStep { readonly digest: string; readonly signed: Signed<ManifestStep> }

/** A step that follows the ones before it, with the team that they make. */
export interface StoredManifest extends StoredStep { readonly content: TeamManifest }

/** What a lead says about a pack. */
export const RELEASE_ACTIONS = ['release', 'pin', 'unpin', 'roll-back', 'deprecate', 'withdraw'] as const
export type ReleaseAction = (typeof RELEASE_ACTIONS)[number]

/**
 * One statement about a pack, numbered by pack from 1. The highest number counts.
 * - `release`: this version is for `share` percent of the members, 100 for all.
 * - `pin`: this version, whatever is released later, until `unpin`.
 * - `roll-back`: this older version is in use again, for all.
 * - `deprecate`: who has the pack keeps it and is told why; nobody new gets it.
 * - `withdraw`: the pack goes out of use everywhere.
 */
export interface ReleaseStatement {
  readonly format: 1
  readonly team: string
  readonly pack: string
  readonly number: number
  readonly action: ReleaseAction
  /** Version that it is about, and SHA-256 of the signed pack as it lies in the store; null for `unpin`, `deprecate` and `withdraw`. */
  readonly version: string | null
  readonly digest: string | null
  /** Percent of the members, by a stable hash of their key. 100 for every action but `release`. */
  readonly share: number
  /** Changelog of a release, or the reason of anything else. */
  readonly text: string
  readonly at: number
  readonly by: string
}

export interface StoredRelease { readonly digest: string; readonly signed: Signed<ReleaseStatement> }

/** What somebody says of their own membership; it takes effect when a lead answers it in the manifest. */
export type TeamNote =
  | { readonly format: 1; readonly team: string; readonly kind: 'join'; readonly card: Card; readonly at: number }
  | { readonly format: 1; readonly team: string; readonly kind: 'leave'; readonly signKey: string; readonly at: number }
  /** Signed by the old key; `proof` is the new key's signature of the same content with `proof` ''. */
  | { readonly format: 1; readonly team: string; readonly kind: 'rotate'; readonly signKey: string; readonly card: Card; readonly at: number; readonly proof: string }

export interface StoredNote { readonly digest: string; readonly signed: Signed<TeamNote> }

/** First line of a segment of corrections: whose it is and the proof. Every further line is one correction. */
export interface CorrectionsHead {
  readonly countersign: 'corrections'
  readonly version: 1
  readonly team: string
  readonly device: string
  readonly count: number
  /** SHA-256 of all after this line, hex. */
  readonly digest: string
  readonly at: number
}

/** Why an object of the store was not taken. The interface has a sentence for each. */
export const TEAM_REFUSALS = [
  /** Not JSON, or not of the shape that its place asks for. */
  'malformed',
  /** Its bytes do not have the digest that its name says. */
  'damaged',
  /** Larger than its kind may be. */
  'too-large',
  /** The signature does not fit. */
  'bad-signature',
  /** Signed by a key that is not in the team. */
  'unknown-key',
  /** Signed by a key that was removed, lost, given up or may not publish any more, and not kept. */
  'former-key',
  /** Signed by a member who may not do this. */
  'wrong-role',
  /** Made for another team. */
  'other-team',
  /** Says another number, version, pack or receiver than its name. */
  'wrong-place',
  /** A manifest that does not follow the one it names, or names none that is known to be good. */
  'broken-chain',
  /** A manifest or a statement lost to another of the same number. */
  'conflict',
  /** The pack itself was refused by the install rules. */
  'bad-pack',
  /** A request or an answer was refused; `detail` says why. */
  'bad-code',
  /** A ledger segment that does not continue its device's chain. */
  'broken-ledger',
] as const
export type TeamRefusal = (typeof TEAM_REFUSALS)[number]

/** An object that was not taken. */
export interface Rejection { readonly key: string; readonly refusal: TeamRefusal; readonly detail: string }
