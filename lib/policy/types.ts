import type { Category, Tier } from '../engine/index.ts'

/** Who decides for an area. An empty `people` means: whoever works here alone owns it. */
export interface Area { readonly owner: string; readonly people: readonly string[] }

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
}

export type ReasonCode = 'finding' | 'ai-public' | 'vip-recipient' | 'not-checked'

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
