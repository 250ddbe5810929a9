import type { Rejection, Sharing, StoreAddress, StoredManifest, TeamTrouble } from '../../review/team/index.ts'
import type { TeamStore } from '../store/types.ts'

/** Kinds of objects of which a verified copy is kept here, so that a store that loses or hides them changes nothing. */
export type KeptKind = 'manifest' | 'releases' | 'notes' | 'packs'

/** A verified object, as it lies in the store. */
export interface KeptObject { readonly key: string; readonly kind: KeptKind; readonly text: string }

/** Something that is to go to the store. `hint` is touched after it. */
export interface OutboxItem { readonly key: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly hint: string | null }

/** What this device knows of its team apart from objects. Small, written as a whole. */
export interface TeamState {
  readonly team: string
  readonly name: string
  readonly founder: string
  readonly lead: { readonly name: string; readonly signKey: string }
  readonly store: StoreAddress
  readonly sharing: Sharing
  /** ETags of hints as they were before the last listing that went through. */
  readonly hints: Readonly<Record<string, string | null>>
  /** Looks since everything new was listed. */
  readonly looks: number
  /** When everything was listed last. */
  readonly fullAt: number | null
  /** By pack: the statement that is followed, and the version in use because of it. */
  readonly active: Readonly<Record<string, { readonly number: number; readonly digest: string; readonly version: string } | undefined>>
  readonly packProblems: Readonly<Record<string, TeamTrouble | undefined>>
  readonly checkedAt: number | null
  readonly goodAt: number | null
  readonly problem: TeamTrouble | null
  readonly rejections: readonly (Rejection & { readonly at: number })[]
  readonly missing: readonly string[]
  /** Digest of the manifest that members were last taken from. */
  readonly applied: string | null
  /** Digest of the note that asks for a new key of this device. Missing: none waits. */
  readonly keyNote?: string | undefined
  /** Numbers up to which records of this device are in the store, or in the outbox, and when some were put there last. */
  readonly sent: { readonly ledger: number; readonly corrections: number; readonly at?: number | undefined }
}

/** What a device keeps of its team. Each method is one transaction. */
export interface TeamMemory {
  state(): Promise<TeamState | null>
  /** The state of a team that this device just entered. */
  saveState(state: TeamState): Promise<void>
  /** Writes these fields over what is there at that moment: a look takes long, and a person changes others meanwhile. Does nothing where the team was left since. */
  changeState(change: Partial<TeamState>): Promise<void>
  /** Objects of a kind, but those whose keys are in `known`: nothing that is kept changes. */
  kept(kind: KeptKind, known?: { readonly has: (key: string) => boolean; readonly size: number }): Promise<readonly KeptObject[]>
  keptOne(key: string): Promise<KeptObject | null>
  /** Keeps objects, puts things into the outbox, changes the state and adds names to those that were dealt with, all of it or nothing. Objects and outbox are keyed, so that twice is once. */
  keep(objects: readonly KeptObject[], outbox?: readonly OutboxItem[], change?: Partial<TeamState>, seen?: { readonly folder: string; readonly keys: readonly string[] }): Promise<void>
  outbox(limit: number): Promise<readonly OutboxItem[]>
  outboxSize(): Promise<number>
  sent(keys: readonly string[]): Promise<void>
  /** Names in a folder of the store that need not be looked at again. */
  seen(folder: string): Promise<ReadonlySet<string>>
  /** Adds names; those at or below `below` are forgotten, because nobody lists them any more. */
  addSeen(folder: string, keys: readonly string[], below?: string): Promise<void>
}

/** This device in its team. Its key may change while the worker lives: it is asked for each time. */
export interface TeamSelf {
  readonly signKey: string
  sign(bytes: Uint8Array): Promise<string>
}

/** What becomes of what the sync finds. */
export interface TeamHost {
  /**
   * Puts a signed pack into use, if the install rules take it. `back`: going to an older version is meant.
   * @returns why not, or null
   */
  usePack(text: string, publicKey: string, back: boolean, at: number): Promise<TeamTrouble | null>
  dropPack(id: string): Promise<void>
  /** Takes a sealed code out of the mailbox. @returns why not, or null. `mayAsk` tells members by sign key. */
  takeCode(code: string, kind: 'request' | 'answer', mayAsk: (signKey: string) => boolean, now: number): Promise<string | null>
  /** Whether answers are waited for. */
  waitsForAnswers(now: number): Promise<boolean>
  /** Where the team knows this device by the key that waits here, that one is in use from now on, and `self` signs with it. @returns whether it is so */
  followKey(manifest: StoredManifest, now: number): Promise<boolean>
  /** The team is another: contacts and own areas follow. */
  teamChanged(manifest: StoredManifest, now: number): Promise<void>
  /** Writes what was not taken, or is wrong with the store, into the ledger. Twice is once. */
  note(rejections: readonly Rejection[], now: number): Promise<void>
}

export interface SyncPorts {
  readonly memory: TeamMemory
  readonly store: TeamStore
  readonly self: TeamSelf
  readonly host: TeamHost
  readonly now: () => number
}

