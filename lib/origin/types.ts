import type { OriginVerdict, Span } from '../engine/index.ts'

/**
 * T1 token people do not type; T2 DOM trace of a chat page in pasted HTML; T3 context; `act` a press on a known assistant's control, then text without typing;
 * T4 a habit of style, shown only to a person who asked for hints, never towards a verdict; `insertion` text without typing, cause unknown; `declared` a person said so; `unseen` what could not be watched, never evidence of anything.
 */
export type EvidenceClass = 'T1' | 'T2' | 'T3' | 'T4' | 'act' | 'insertion' | 'declared' | 'unseen'

/** One thing that was seen. Never a percentage. */
export interface Evidence {
  readonly class: EvidenceClass
  /** Stable id of what was seen, e.g. `chatgpt-data-is-last-node`, `oaicite`, `inserted-untyped`. */
  readonly mark: string
  /** Product name as people know it, e.g. `ChatGPT`; null where the mark does not say. */
  readonly product: string | null
  /** How often it was seen (marks), or how many characters (act, insertion, unseen). */
  readonly count: number
  /** Place in the draft's text, where there is one. */
  readonly span?: Span | undefined
}

/** Paragraphs that follow one another and came the same way. */
export interface Place {
  /** Numbers of the first and the last paragraph that has words, counted from 1. */
  readonly first: number
  readonly last: number
  readonly kind: 'paste' | 'drop' | 'inserted' | 'assistant'
  readonly product: string | null
  /** Share of these paragraphs that was typed over, added or taken out since, 0 to 1. */
  readonly edited: number
}

export interface Origin {
  readonly verdict: OriginVerdict
  readonly evidence: readonly Evidence[]
  /** Where in the draft the text from elsewhere stands; absent where that was not watched. */
  readonly places?: readonly Place[] | undefined
}

/**
 * One way in which text came. Carries mark names, counts and lengths, never the text. `at` is milliseconds since the epoch, `chars` UTF-16 code units.
 * `stood`: was there when the draft was opened. `template`: prepared by people, put in by a control that says so. `trusted`: false where the page, not the browser, sent the event.
 */
export type OriginEvent =
  | { readonly kind: 'paste' | 'drop'; readonly marks: readonly Evidence[]; readonly chars: number; readonly at: number }
  | { readonly kind: 'typed' | 'stood' | 'template'; readonly chars: number; readonly at: number }
  | { readonly kind: 'inserted'; readonly chars: number; readonly trusted: boolean; readonly at: number }
  | { readonly kind: 'assistant'; readonly product: string; readonly chars: number; readonly at: number }
  | { readonly kind: 'declared'; readonly ai: boolean; readonly at: number }

/** An event that brought text. */
export type Arrival = Exclude<OriginEvent, { readonly kind: 'declared' }>

/** What is known of one block of a text, by the digest of its words: enough to know it again in a draft that was closed and reopened. */
export interface KnownBlock {
  /** SHA-256 (hex). */
  readonly digest: string
  readonly arrival: Arrival
  /** Share edited when it was last seen, 0 to 1. */
  readonly edited: number
  /** What the person said of the draft that it stood in. */
  readonly declared?: boolean | undefined
}
