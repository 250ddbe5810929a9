import { Dexie, type EntityTable, type Table } from 'dexie'
import type { Category, Draft, DraftKind, Finding, Recipient, Rule, RulePack } from '../engine/index.ts'
import type { DayTally } from '../learning/index.ts'
import type { SeenBy } from '../guard/unseen/judge.ts'
import type { KnownBlock, Origin } from '../origin/index.ts'
import type { Requirement } from '../policy/index.ts'
import type { ApprovalAnswer, ApprovalRequest, Card, Signed, Verdict } from '../review/approval/types.ts'
import type { Correction, Decision, LedgerEntry, Reviewer, SignOff } from '../review/index.ts'
import type { SendKind } from '../sites/types.ts'
import type { TallyRow } from './tally-rows.ts'

/**
 * How a draft stands in the record. `held`: stopped, nothing left. `signed`: signed, not seen leaving. `sent`: left, signed or with nothing to sign for.
 * `overridden`: let go with a reason, without the signature it needed. `unreviewed`: left though it needed a signature (the check was not running).
 */
export const RECORD_OUTCOMES = ['held', 'signed', 'sent', 'overridden', 'unreviewed'] as const
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number]

/** One draft's way from the first hold to the send. A draft that is changed and sent again afterwards (a live post) gets a record of its own. */
export interface ReviewRecord {
  readonly number: number
  readonly session: string
  /** First and latest time that anything was noted; milliseconds since the epoch. */
  readonly at: number
  readonly updated: number
  readonly site: string
  readonly host: string
  readonly kind: DraftKind
  readonly subject: string
  readonly recipients: readonly Recipient[]
  readonly digest: string
  /** UTF-16 code units of the text, kept or not. */
  readonly length: number
  readonly origin: Origin
  readonly requirement: Requirement
  readonly findings: readonly Finding[]
  readonly decisions: readonly Decision[]
  readonly outcome: RecordOutcome
  readonly heldAt: number | null
  readonly signOff: SignOff | null
  /** Who let this draft go although it could not be checked, and why; null for all others. */
  readonly unchecked: { readonly reviewer: Reviewer; readonly reason: string; readonly at: number } | null
  /** `seen`: by what it was known, where it left by a way that the gate does not know. */
  readonly sent: { readonly at: number; readonly kind: SendKind; readonly seen?: SeenBy | undefined } | null
  /** Text and blocks, only where the person chose to keep them. */
  readonly text: string | null
  readonly blocks: Draft['blocks']
  /** What was noted already, as `kind:digest`, so that a message that comes twice counts once. */
  readonly noted: readonly string[]
  readonly categories: readonly Category[]
  readonly rules: readonly string[]
  /** Words that search finds it by. */
  readonly words: readonly string[]
}

/** An entry of the ledger with what the chain does not cover: this device's signature of its digest, and its key against doubling. */
export interface LedgerRow extends LedgerEntry {
  readonly once: string
  /** Ed25519 over the entry's digest (its 64 hex characters as UTF-8), base64url. */
  readonly signature: string
}

/** A decision, findable by where and on which words it was made. */
export interface DecisionRow {
  readonly session: string
  readonly fingerprint: string
  readonly site: string
  /** Document of the page it was made in, where the browser tells. */
  readonly document: string | null
  readonly at: number
  /** The draft has left: its decisions are history, not memory. */
  readonly concluded: 0 | 1
  readonly decision: Decision
}

export interface CorrectionRow extends Correction {
  readonly id: number
}

/** An installed pack. The one before it is kept to go back to. */
export interface PackRow {
  readonly id: string
  readonly version: string
  readonly digest: string
  readonly pack: RulePack
  /** The file as it came, for showing and checking again. */
  readonly text: string
  readonly publicKey: string | null
  readonly signedBy: string | null
  readonly signedAt: string | null
  readonly source: 'file' | 'url' | 'personal' | 'team'
  readonly url: string | null
  readonly activatedAt: number
  readonly previous: Omit<PackRow, 'previous'> | null
}

/** Something that was wrong, as the interface words it. */
export interface StoredProblem {
  readonly code: string
  readonly params: readonly string[]
  readonly detail?: string | undefined
}

/** An address that a pack comes from. */
export interface SubscriptionRow {
  readonly url: string
  readonly packId: string | null
  readonly etag: string | null
  readonly checkedAt: number | null
  /** Last time the address gave a good pack, new or the same. */
  readonly goodAt: number | null
  /** Failed checks in a row; the next ones come later and later. */
  readonly failures: number
  /** Why the last check changed nothing; empty when it went well. */
  readonly problems: readonly StoredProblem[]
  /** The only content that is taken from here, SHA-256 of the pack in hex. Missing: whatever the key signed. */
  readonly pinned?: string | undefined
}

/** What accepting a proposal changed. */
export interface ProposalUndo {
  /** What it was, for people: title of the rule. */
  readonly title: string
  /** Rule that was added to the personal pack, and the one that stood there under the same id. */
  readonly added: string | null
  readonly replaced: Rule | null
  /** Rule that was switched off for it. */
  readonly off: string | null
  /** Where it went into a pack of the team instead. */
  readonly team?: TeamRuleChange | undefined
}

/** A rule that was published in a pack of the team. */
export interface TeamRuleChange {
  /** Id and title of the pack, and the version that brought the rule. */
  readonly pack: string
  readonly title: string
  readonly version: string
  /** The version that was in use before, null where the pack is new. */
  readonly before: string | null
  /** The rule's name inside the pack. */
  readonly name: string
}

/** What a person answered to a proposal. */
export interface ProposalRow {
  readonly id: string
  readonly state: 'accepted' | 'refused'
  readonly at: number
  /** Rule that came of it, where one did. */
  readonly rule: string | null
  /** How to take it back; missing where nothing was changed, or in rows of an older version. */
  readonly undo?: ProposalUndo | undefined
}

/** Somebody's card that this person has taken up. */
export interface ContactRow extends Card { readonly addedAt: number; /** Came with the team, and goes with it. */ readonly team?: boolean | undefined }

/** A request for a second signature that this device sent, with the answers that were taken. */
export interface SentRequestRow {
  readonly id: string
  readonly session: string
  readonly digest: string
  readonly at: number
  readonly request: ApprovalRequest
  /** The code that carries it, to be sent again. */
  readonly code: string
  revokedAt: number | null
  /** When it was first seen to have run out: it stays so, also where the clock is set back afterwards. Missing until then. */
  expiredAt?: number | undefined
  /** How many of its answers the sender has been shown; none where missing. */
  told?: number | undefined
  readonly answers: readonly Signed<ApprovalAnswer>[]
  /** Digests of the texts that answers speak of. */
  readonly answered: readonly string[]
}

/** A request that came to this device, and this person's answer. */
export interface InboxRow {
  readonly id: string
  readonly session: string
  readonly at: number
  readonly request: Signed<ApprovalRequest>
  readonly state: 'open' | Verdict
  readonly answer: Signed<ApprovalAnswer> | null
  readonly code: string | null
  /** When the approver first looked at it. */
  openedAt: number | null
}

/** How one block of text arrived, by site and digest of its words; never the words. */
export interface OriginRow {
  /** `site digest`. */
  readonly key: string
  /** When it was last seen or told of, milliseconds since the epoch. */
  readonly seen: number
  readonly block: KnownBlock
}

/** A verified object of the team's store, by its key there. */
export interface TeamObjectRow { readonly key: string; readonly kind: string; readonly text: string }

/** What is to go to the team's store, in the order of `number`. `hint` is touched after it. */
export interface TeamOutboxRow { readonly number: number; readonly key: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly hint: string | null }

/** Names in one folder of the team's store that were looked at. */
export interface TeamSeenRow { readonly folder: string; readonly keys: readonly string[] }

/** Single things by name. */
export interface MetaRow { readonly key: string; readonly value: unknown }

/** Row of `meta` that says how far `tallies` has counted. */
export const TALLIES_BUILT = 'tallies-built'

/**
 * The database of this device, in the extension's own origin. Never opened in a content script: there it would be the page's.
 * A new version adds a `version(n)` block below the old ones; old blocks are never changed.
 */
export class CountersignDb extends Dexie {
  declare records: EntityTable<ReviewRecord, 'number'>
  declare ledger: EntityTable<LedgerRow, 'seq'>
  declare decisions: Table<DecisionRow, [string, string]>
  declare corrections: EntityTable<CorrectionRow, 'id'>
  declare packs: EntityTable<PackRow, 'id'>
  declare subscriptions: EntityTable<SubscriptionRow, 'url'>
  declare proposals: EntityTable<ProposalRow, 'id'>
  declare contacts: EntityTable<ContactRow, 'signKey'>
  declare requests: EntityTable<SentRequestRow, 'id'>
  declare inbox: EntityTable<InboxRow, 'id'>
  declare meta: EntityTable<MetaRow, 'key'>
  declare origins: EntityTable<OriginRow, 'key'>
  declare tallies: EntityTable<TallyRow | DayTally, 'day'>
  declare teamObjects: EntityTable<TeamObjectRow, 'key'>
  declare teamOutbox: EntityTable<TeamOutboxRow, 'number'>
  declare teamSeen: EntityTable<TeamSeenRow, 'folder'>

  constructor(name = 'countersign') {
    super(name)
    this.version(1).stores({
      records: '++number, session, at, updated, outcome, site, host, *categories, *rules, *words',
      ledger: 'seq, &once, kind, at',
      decisions: '[session+fingerprint], [site+fingerprint], session, at',
      corrections: '++id, &[at+rule+before], rule, category, site, at',
      packs: 'id, url',
      subscriptions: 'url, packId',
      proposals: 'id, state, at',
      meta: 'key',
    })
    this.version(2).stores({
      contacts: 'signKey',
      requests: 'id, session, digest, at, *answered',
      inbox: 'id, session, at, state',
    })
    this.version(3).stores({ origins: 'key, seen' })
    // What the new table counts is counted afterwards, step by step (`buildTallies`): a database of a million rows must not keep the worker waiting, nor be lost where it is stopped.
    this.version(4).stores({ tallies: 'day' })
    this.version(5).stores({ teamObjects: 'key, kind', teamOutbox: '++number, &key', teamSeen: 'folder' })
    this.on('populate', (filling) => void filling.table('meta').add({ key: TALLIES_BUILT, value: { records: Infinity, corrections: Infinity } }))
  }
}

export const db = new CountersignDb()

/** Opens the database while a page is still making its first picture, so that its first question does not wait for that. Whether it failed is said to whoever asks first. */
export function openEarly(): void {
  db.open().catch(() => undefined)
}
