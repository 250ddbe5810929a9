import { atLeast, type Finding, TIERS } from './types.ts'

/** What `checks.ts` says of an amount that is the price book's. */
export const PRICE_BOOK = 'equals the price book'
const equalsPriceBook = ({ evidence }: Finding): boolean => evidence.includes(PRICE_BOOK)

/** How far a tier's findings reach to the right, and whose the furthest is. */
interface Reach { end: number; rule: string }

/**
 * Of two rules of one pack and category that find the same words, or words inside the other's, one is enough: the more serious, of equally serious ones the
 * longer, of equally long ones the first by id. A less serious finding around a more serious one stays, for it marks more. Order is kept; n log n.
 * A price that the price book confirms silences the rules that only ask to check it there.
 */
export function withoutDoubles(findings: readonly Finding[]): Finding[] {
  const order = [...findings].sort((a, b) =>
    a.span.start - b.span.start || b.span.end - a.span.end || TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier) || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0))
  const dropped = new Set<Finding>()
  const reached = new Map<string, Reach[]>()
  for (const finding of order) {
    const key = `${finding.field} ${finding.pack} ${finding.category}`
    let tiers = reached.get(key)
    if (!tiers) reached.set(key, (tiers = TIERS.map(() => ({ end: -1, rule: '' }))))
    const tier = TIERS.indexOf(finding.tier)
    if (tiers.some(({ end, rule }, other) => other >= tier && end >= finding.span.end && rule !== finding.rule)) dropped.add(finding)
    else if (finding.span.end > (tiers[tier] as Reach).end) tiers[tier] = { end: finding.span.end, rule: finding.rule }
  }
  for (const { field, span } of findings.filter(equalsPriceBook)) {
    for (const other of findings) {
      if (other.category === 'pricing' && other.field === field && !atLeast(other.tier, 'approve') && !equalsPriceBook(other) && other.span.start < span.end && span.start < other.span.end) dropped.add(other)
    }
  }
  return dropped.size === 0 ? [...findings] : findings.filter((finding) => !dropped.has(finding))
}
