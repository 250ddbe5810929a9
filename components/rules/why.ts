import { withOutcome, type Explanation, type Finding } from '../../lib/engine/index.ts'

/** A match that is no finding, in one block. `check`: its words matched, and what the rule looks at besides is in order. */
export interface Left { readonly rule: string; readonly quote: string; readonly because: string }

/** One block, as "why" shows it. */
export interface WhyBlock {
  /** The block cut into what the engine reads: words, and signs that part them; with the kind of entity that begins there. */
  readonly tokens: readonly { readonly text: string; readonly entities: readonly { readonly kind: string; readonly text: string }[] }[]
  readonly found: readonly { readonly rule: string; readonly quote: string; readonly evidence: readonly string[] }[]
  readonly left: readonly Left[]
  readonly nearest: Explanation['nearest']
}

/**
 * What an explanation says of one block, in the order of its text. What the patterns matched and the scan did not report was let go by the rule's check,
 * or was reported once already.
 * @param findings of the whole draft; `from` is where the block begins in it
 */
export function whyOf(text: string, from: number, explanation: Explanation, findings: readonly Finding[]): WhyBlock {
  const cut = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end)
  const { tokens, entities, found, dropped } = withOutcome(explanation, 'body', from, findings, 'check')
  const evidenceOf = (one: Explanation['found'][number]): readonly string[] => findings.find(({ rule, field, span }) => rule === one.rule && field === 'body' && span.start < from + one.end && span.end > from + one.start)?.evidence ?? []
  return {
    tokens: tokens.map((token) => ({ text: cut(token), entities: entities.filter(({ start }) => start === token.start).map((entity) => ({ kind: entity.kind, text: cut(entity) })) })),
    found: found.map((one) => ({ rule: one.rule, quote: cut(one), evidence: evidenceOf(one) })),
    left: dropped.map((one) => ({ rule: one.rule, quote: cut(one), because: one.because })),
    nearest: explanation.nearest,
  }
}
