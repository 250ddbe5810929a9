import type { Finding } from '../engine/index.ts'

/** A rule that was lowered to a note, and the share of drafts in which it still asks for a review. */
export interface Sample { readonly rule: string; readonly share: number }

/**
 * Of what now goes out by itself, some is still reviewed, drawn by lot, so that a wrong step is found.
 * @param lot a number in 0..1 drawn once for the draft: it must not change while somebody writes
 */
export function withSamples(findings: readonly Finding[], samples: readonly Sample[], lot: number): readonly Finding[] {
  const drawn = new Set(samples.filter(({ share }) => lot < share).map(({ rule }) => rule))
  return drawn.size === 0 ? findings : findings.map((finding) => (finding.tier === 'note' && drawn.has(finding.rule) ? { ...finding, tier: 'review', evidence: [...finding.evidence, 'raised: sample'] } : finding))
}
