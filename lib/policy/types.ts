import type { Category, DraftKind, Tier } from '../engine/index.ts'

/** Who decides for an area. */
export interface Area {
  readonly owner: string
  /** Empty: whoever works here alone owns it. */
  readonly people: readonly string[]
  /** The area that decides in its place once the time limit has passed. */
  readonly deputy?: string | undefined
  /** Time limit in hours, after which the deputy may decide. */
  readonly hours?: number | undefined
}

/** How strictly a policy is followed, from least to most. `observe`: marked and recorded, never held. `remind`: held once, then let go. `enforce`: held until settled and signed. */
export const MODES = ['observe', 'remind', 'enforce'] as const
export type Mode = (typeof MODES)[number]

/** What the recipients of a draft ask for. Tiers here end at `approve`: no recipient makes words wrong. */
export interface RecipientRules {
  /** Domains of the own house. Everyone else is outside. While it is empty, nobody is known to be outside. */
  readonly own: readonly string[]
  /** More than `most` outside recipients ask for `tier`. Who shows no address counts as outside. */
  readonly outside: { readonly most: number; readonly tier: Tier } | null
  /** The first mail to a domain asks for this. */
  readonly firstMail: Tier | null
  /** Domains of customers; two of them in one mail ask for `twoCustomers`. */
  readonly customers: readonly string[]
  readonly twoCustomers: Tier | null
  /** Addresses, or the part before the `@`, that reach everybody: such a mail cannot be undone and asks what `irreversible` asks. */
  readonly everyone: readonly string[]
}

/** Data, validated by Zod in `schema.ts`. */
export interface Policy {
  readonly format: 1
  /** Owner per category. */
  readonly areas: Readonly<Record<Category, Area>>
  /** The least a category's findings ask for; a rule may ask for more. A `note`, and what the context lowered, is not lifted. */
  readonly floor: Readonly<Partial<Record<Category, Tier>>>
  /** Which drafts get the full requirement. `ai`: ai and inserted drafts; typed ones, and those of unknown origin, are held only by `block`. `all`: every draft. */
  readonly drafts: 'ai' | 'all'
  /** AI text that goes public needs a signature even without a finding (EU AI Act Art. 50(4)). */
  readonly signPublicAi: boolean
  /** Domains (or addresses) whose mail is one step up. */
  readonly vip: readonly string[]
  readonly mode: Mode
  /** Where a category is followed otherwise than `mode`. */
  readonly modes: Readonly<Partial<Record<Category, Mode>>>
  readonly recipients: RecipientRules
  /** `off`: drafts of this kind are never held. A tier: the least they ask for. Not named: as their findings ask. */
  readonly kinds: Readonly<Partial<Record<DraftKind, KindRule>>>
  /** A draft that waits for an owner may be sent with a reason. What must change never may. */
  readonly overrides: boolean
  /** When the check cannot run: `ask` lets the draft go with a reason, `hold` keeps it until the check runs. */
  readonly unchecked: 'ask' | 'hold'
}

export type KindRule = Tier | 'off'

export const REASON_CODES = ['finding', 'ai-public', 'vip-recipient', 'not-checked', 'outside-count', 'outside-unknown', 'first-mail', 'two-customers', 'to-everyone', 'draft-kind'] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** Why a requirement is what it is; the interface turns it into words. */
export interface Reason {
  readonly code: ReasonCode
  readonly tier: Tier
  /** Rule title, domain, ... whatever the words need. */
  readonly detail: string
  readonly count: number
}

/** What this draft needs before it may go. Tier `note` means: nothing, it goes by itself. */
export interface Requirement {
  readonly tier: Tier
  /** Areas whose owners must sign; empty for `note`, `review` (the author signs) and `block`. */
  readonly owners: readonly string[]
  readonly reasons: readonly Reason[]
}

/** What one layer sets of a policy; everything it does not say is left to the layers below. */
export type PolicyPart = {
  readonly [K in Exclude<keyof Policy, 'format' | 'areas' | 'recipients'>]?: Policy[K] | undefined
} & {
  readonly areas?: Readonly<Partial<Record<Category, Area>>> | undefined
  readonly recipients?: { readonly [K in keyof RecipientRules]?: RecipientRules[K] | undefined } | undefined
}
