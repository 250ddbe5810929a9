import type { Finding, RulePack } from '../engine/index.ts'

/** "Do not flag this again": a person's standing word on findings that are right to find and no issue here. It hides no `block` finding, ever. */
export interface Suppression {
  readonly id: string
  readonly rule: string
  /** The flagged words, as `suppressedWords` writes them; null: whatever the rule flags. */
  readonly words: string | null
  /** Host of the page; null: everywhere. */
  readonly host: string | null
  readonly reason: string
  /** Name of the person; '' where none is set. */
  readonly by: string
  /** Milliseconds since the epoch. `until` null: until it is taken back. */
  readonly from: number
  readonly until: number | null
}

/** What a person chooses of a suppression; the rest is known. */
export type SuppressionChoice = Pick<Suppression, 'rule' | 'words' | 'host' | 'reason' | 'until'>

/** Words without regard to case and kinds of spaces, so that "A full  refund" is "a full refund". */
export function suppressedWords(quote: string): string {
  return quote.toLowerCase().replace(/\s+/g, ' ').trim()
}

/** True when this person may suppress the finding: what another area's owner must sign, and what must change, is not theirs to hide. */
export function maySuppress(finding: Pick<Finding, 'tier' | 'owner'>, owns: readonly string[]): boolean {
  return finding.tier === 'note' || finding.tier === 'review' || (finding.tier === 'approve' && owns.includes(finding.owner))
}

/** The suppressions that packs carry for everybody who uses them, by the name of their pack. */
export function teamSuppressions(packs: readonly RulePack[]): readonly Suppression[] {
  return packs.flatMap((pack) => (pack.suppressions ?? []).map(({ rule, words, host, reason, until }, index): Suppression => ({
    id: `${pack.id}#${index}`, rule, words: words === undefined ? null : suppressedWords(words), host: host ?? null, reason, by: pack.title, from: 0,
    until: until === undefined ? null : Date.parse(until) + DAY_MS,
  })))
}

const DAY_MS = 86_400_000

/**
 * Findings without those that a suppression in force covers, and how many these were. Asked with findings as the policy sees them, so that a stricter
 * policy brings back what its owner must decide.
 * @param now milliseconds since the epoch; a suppression ends at its `until`
 */
export function withoutSuppressed(
  findings: readonly Finding[], suppressions: readonly Suppression[], { host, now, owns }: { readonly host: string; readonly now: number; readonly owns: readonly string[] },
): { readonly findings: readonly Finding[]; readonly suppressed: number } {
  const byRule = new Map<string, Suppression[]>()
  for (const one of suppressions) {
    if ((one.until === null || now < one.until) && (one.host === null || one.host === host)) byRule.set(one.rule, [...(byRule.get(one.rule) ?? []), one])
  }
  if (byRule.size === 0) return { findings, suppressed: 0 }
  const left = findings.filter((finding) => {
    const own = byRule.get(finding.rule)
    return !own || !maySuppress(finding, owns) || !own.some(({ words }) => words === null || words === suppressedWords(finding.quote))
  })
  return { findings: left, suppressed: findings.length - left.length }
}
