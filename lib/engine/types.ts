import type { MarksUpdate } from './mark-types.ts'

/**
 * The ground floor's words. Every other room speaks these; DESIGN.md's table of words is their definition.
 * All offsets in this project are UTF-16 code units, all spans half-open.
 */

/** From least to most serious. `note` is shown and sent; `review` the author signs; `approve` the area's owner signs; `block` must change. */
export const TIERS = ['note', 'review', 'approve', 'block'] as const
export type Tier = (typeof TIERS)[number]

export const CATEGORIES = [
  'pricing', 'promise', 'medical', 'legal', 'financial', 'safety', 'customer',
  'brand', 'privacy', 'strategy', 'irreversible', 'statistic', 'leftover', 'environment',
] as const
export type Category = (typeof CATEGORIES)[number]

/** Half-open `{start, end}` in UTF-16 code units. */
export interface Span { readonly start: number; readonly end: number }

/** Which text a span points into: `Draft.subject` or `Draft.text`. */
export type Field = 'subject' | 'body'

export type BlockKind = 'text' | 'heading' | 'list' | 'quote' | 'signature' | 'code'

/** Where a text is known to have come from. `unknown` means nothing was seen, not that nothing happened. */
export type OriginVerdict = 'ai' | 'inserted' | 'typed' | 'unknown'

/** One paragraph, list item, heading or line of the body. Blocks are joined in `Draft.text` by a single `\n`. */
export interface Block {
  readonly span: Span
  readonly kind: BlockKind
}

export interface Recipient {
  /** The address, lower-cased; null where the page shows only a name. */
  readonly address: string | null
  readonly name: string
  readonly field: 'to' | 'cc' | 'bcc'
}

export type DraftKind = 'email' | 'reply' | 'note' | 'post'

/** An immutable snapshot of what would be sent. Quoted history and signature are not in `text`. */
export interface Draft {
  readonly kind: DraftKind
  readonly site: string
  readonly subject: string
  readonly recipients: readonly Recipient[]
  readonly text: string
  readonly blocks: readonly Block[]
  /** Names of attached files, where the page shows them. */
  readonly attachments?: readonly string[] | undefined
  /** BCP 47 tag, or '' where not known. */
  readonly locale: string
}

export interface RuleSource {
  readonly title: string
  readonly note?: string | undefined
  readonly url?: string | undefined
  /** ISO date on which a person last checked the source. */
  readonly checked?: string | undefined
}

/** `clears`: no finding. `lowers`: one tier down. `ignores`: no effect. */
export type ContextEffect = 'clears' | 'lowers' | 'ignores'

/** What a rule does with its hits besides reporting them; `checks.ts`. */
export type RuleCheck =
  /** Price book: the amount must be this one. `text` is how it is written. */
  | {
    readonly kind: 'price'; readonly amount: number; readonly currency: string; readonly text: string
    /** First and last day on which the price holds, ISO; unlimited where not given. */
    readonly from?: string | undefined
    readonly until?: string | undefined
  }
  /** The hit stands only where none of these phrases is in the draft. */
  | { readonly kind: 'required'; readonly anyOf: readonly string[] }
  /** Weekday and date, percentage and two prices, amounts and their total, two prices of one thing do not fit. */
  | { readonly kind: 'weekday' | 'percent-of-prices' | 'sum' | 'two-prices' }
  /** The name after a greeting is none of the recipients'. */
  | { readonly kind: 'greeting' }

/** A rule as the engine takes it: validated, defaults filled in. Patterns are in the language of `lib/engine/README.md`. */
export interface Rule {
  /** `pack/name`. */
  readonly id: string
  readonly title: string
  readonly category: Category
  readonly tier: Tier
  /** Area whose owner signs `approve`; by default the category. */
  readonly owner: string
  readonly languages: readonly string[]
  readonly message: string
  readonly sources: readonly RuleSource[]
  readonly match: readonly string[]
  readonly unless: readonly string[]
  /** If not empty, one of these must be in the same sentence. */
  readonly near: readonly string[]
  readonly negation: ContextEffect
  readonly hedge: ContextEffect
  readonly question: ContextEffect
  readonly quoted: ContextEffect
  /** Fields and block kinds where the rule looks. */
  readonly where: readonly (BlockKind | 'subject')[]
  /** Reported once a draft, at its first place. */
  readonly once: boolean
  readonly suggest?: string | undefined
  readonly check?: RuleCheck | undefined
  /** Ready-made reasons for `kept`. */
  readonly reasons: readonly string[]
  readonly examples: { readonly flagged: readonly string[]; readonly clean: readonly string[] }
}

/** What a team does not want flagged: these words of a rule, or all it flags. `lib/policy` applies it. */
export interface PackSuppression {
  readonly rule: string
  readonly words?: string | undefined
  /** Host of the page; left out: everywhere. */
  readonly host?: string | undefined
  readonly reason: string
  /** ISO date, the last day on which it holds, in UTC. */
  readonly until?: string | undefined
}

export interface RulePack {
  readonly format: 1
  readonly id: string
  readonly version: string
  readonly title: string
  readonly description: string
  readonly owner: string
  readonly lists: Readonly<Record<string, readonly string[]>>
  readonly rules: readonly Rule[]
  readonly suppressions?: readonly PackSuppression[] | undefined
  /** Marks of chat pages and assistants that are newer than the built-in ones. */
  readonly marks?: MarksUpdate | undefined
}

/** A rule hit. */
export interface Finding {
  readonly rule: string
  readonly title: string
  readonly pack: string
  readonly packVersion: string
  readonly category: Category
  readonly owner: string
  /** After context has moved it. */
  readonly tier: Tier
  readonly field: Field
  readonly span: Span
  /** The exact characters at `span`. */
  readonly quote: string
  readonly message: string
  readonly suggest: string | null
  readonly sources: readonly RuleSource[]
  readonly reasons: readonly string[]
  /** What moved the tier, e.g. `lowered: hedged`; empty when nothing did. */
  readonly evidence: readonly string[]
  /** Same rule, same words, same turn among equals: survives edits elsewhere in the draft. */
  readonly fingerprint: string
}

export const ENTITY_KINDS = [
  'money', 'percent', 'number', 'date', 'duration', 'phone', 'email', 'url', 'ip', 'card', 'iban', 'ssn',
  'dose', 'secret', 'placeholder', 'leftover', 'id',
] as const
/** `id`: a national number other than a US social security number. `placeholder`: an unfilled field such as `[Your Name]`. `leftover`: a token an assistant left, such as `turn0search1`. */
export type EntityKind = (typeof ENTITY_KINDS)[number]

export interface Entity { readonly kind: EntityKind; readonly span: Span }

export interface ScanResult {
  /** Sorted by field (subject first), then start. */
  readonly findings: readonly Finding[]
  /** Findings beyond the limit that are not in `findings`: shown as "and N more", never silently dropped. */
  readonly more: number
}

/** A pattern or rule that cannot be compiled: says which, where and why. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
  constructor(
    /** What is wrong and what to write instead, one sentence. */
    readonly reason: string,
    readonly pattern: string,
    /** 0-based UTF-16 offset into `pattern`. */
    readonly column: number,
    readonly rule: string | null = null,
  ) {
    super(`${rule ? `${rule}: ` : ''}${reason} (pattern "${pattern}", column ${column + 1})`)
  }
}

/** The more serious of two tiers. */
export function maxTier(a: Tier, b: Tier): Tier {
  return TIERS.indexOf(a) >= TIERS.indexOf(b) ? a : b
}

/** True when `a` is at least as serious as `b`. */
export function atLeast(a: Tier, b: Tier): boolean {
  return TIERS.indexOf(a) >= TIERS.indexOf(b)
}
