import type { Category, DraftKind, Tier } from '../engine/index.ts'
import type { Requirement } from '../policy/index.ts'

/** `fixed`: the words were changed. `kept`: true and allowed, with reason. `dismissed`: a false alarm. */
export type Outcome = 'fixed' | 'kept' | 'dismissed'

export interface Decision {
  readonly fingerprint: string
  readonly rule: string
  readonly category: Category
  readonly tier: Tier
  readonly outcome: Outcome
  /** Required for `kept`; required for a `dismissed` finding of tier `approve` or `block`. */
  readonly reason: string
  /** The flagged words. */
  readonly quote: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface Reviewer { readonly name: string; readonly role: string }

/** How long the words stood before the person, and how long reading them takes at least; milliseconds. A shorter time is noted, never forbidden. */
export interface Reading { readonly ms: number; readonly least: number }

/** An owner's signature that a sign-off rests on. */
export interface GivenApproval { readonly name: string; readonly role: string; readonly signKey: string; readonly areas: readonly string[]; readonly request: string; readonly at: number }

/** What is signed. `digest` binds text, subject and recipients; a change of any of them voids it. */
export interface SignOff {
  readonly reviewer: Reviewer
  readonly at: number
  readonly site: string
  readonly kind: DraftKind
  /** SHA-256 (hex) of the canonical draft, see `digestDraft`. */
  readonly digest: string
  readonly rulesetDigest: string
  readonly policyDigest: string
  readonly requirement: Requirement
  readonly decisions: readonly Decision[]
  readonly reading?: Reading | undefined
  /** Owners' signatures that it rests on; set by the worker. */
  readonly approvals?: readonly GivenApproval[] | undefined
  /** Set where a person let the draft go without the signature it needs. */
  readonly override?: { readonly reason: string } | undefined
}

/** Why a held draft is held; the interface turns it into words. */
export type HoldCause = 'open-findings' | 'must-change' | 'needs-signature' | 'needs-owner' | 'void' | 'not-ready' | 'failed'

export type GateDecision =
  | { readonly kind: 'allow'; readonly because: 'nothing-to-review' | 'signed' | 'overridden' }
  /** `open` are the fingerprints of findings that still need a decision or a change. */
  | { readonly kind: 'hold'; readonly because: HoldCause; readonly open: readonly string[] }

/** What the ledger records. */
export const LEDGER_KINDS = ['held', 'decided', 'signed', 'approved', 'refused', 'overridden', 'sent', 'unreviewed', 'pack', 'policy', 'team', 'key', 'tamper'] as const
export type LedgerKind = (typeof LEDGER_KINDS)[number]

/** One line of the ledger. `digest` covers every other field by canonical JSON, `prev` is the digest of the line before ('' for the first). */
export interface LedgerEntry {
  readonly seq: number
  readonly at: number
  readonly kind: LedgerKind
  readonly body: Readonly<Record<string, unknown>>
  readonly prev: string
  readonly digest: string
}

/** Before and after of a span that a person changed, and the rule it answered. */
export interface Correction {
  readonly rule: string
  readonly category: Category
  readonly before: string
  readonly after: string
  /** The sentence it stood in, before. */
  readonly sentence: string
  readonly site: string
  readonly at: number
  /** The draft it was made in: its session and kind, and the assistant that it came from, '' where nothing named one. Missing in corrections of an older version. */
  readonly session?: string | undefined
  readonly kind?: DraftKind | undefined
  readonly assistant?: string | undefined
  /** `block`: a whole paragraph was put in or taken out. Missing: a stretch within one. */
  readonly level?: 'span' | 'block' | undefined
}
