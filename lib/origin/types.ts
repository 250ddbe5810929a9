import type { OriginVerdict, Span } from '../engine/index.ts'

/** T1 token people do not type; T2 DOM trace of a chat page in pasted HTML; T3 context; `insertion` text without typing; `declared` a person said so. */
export type EvidenceClass = 'T1' | 'T2' | 'T3' | 'insertion' | 'declared'

/** One thing that was seen. Never a percentage, never a guess from style. */
export interface Evidence {
  readonly class: EvidenceClass
  /** Stable id of what was seen, e.g. `chatgpt-data-is-last-node`, `oaicite`, `inserted-untyped`. */
  readonly mark: string
  /** Product name as people know it, e.g. `ChatGPT`; null where the mark does not say. */
  readonly product: string | null
  /** How often it was seen (marks), or how many characters (insertion). */
  readonly count: number
  /** Place in the draft's text, where there is one. */
  readonly span?: Span | undefined
}

export interface Origin {
  readonly verdict: OriginVerdict
  readonly evidence: readonly Evidence[]
}

/** What the origin watch reports. Carries mark names, counts and lengths, never the text. `at` is milliseconds since the epoch. */
export type OriginEvent =
  | { readonly kind: 'paste' | 'drop'; readonly marks: readonly Evidence[]; readonly chars: number; readonly at: number }
  | { readonly kind: 'typed'; readonly chars: number; readonly at: number }
  | { readonly kind: 'inserted'; readonly chars: number; readonly trusted: boolean; readonly at: number }
  | { readonly kind: 'declared'; readonly ai: boolean; readonly at: number }
