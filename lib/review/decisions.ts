import type { Finding } from '../engine/index.ts'
import type { Decision } from './types.ts'

/**
 * The newest decision per fingerprint; of two made in the same millisecond the later in the list. `fixed` ones are left out: they are about words
 * that are gone, and when one of two equal phrases is fixed, the other takes over its fingerprint and must keep its own decision.
 */
export function latestDecisions(decisions: readonly Decision[]): Map<string, Decision> {
  const latest = new Map<string, Decision>()
  for (const decision of decisions) {
    if (decision.outcome === 'fixed') continue
    const known = latest.get(decision.fingerprint)
    if (!known || decision.at >= known.at) latest.set(decision.fingerprint, decision)
  }
  return latest
}

/**
 * True when this decision settles this finding as it stands now. The finding's tier is asked, not the decision's: what was dismissed as a `review`
 * matter needs a reason once it is an `approve` matter.
 * - `note`: always settled.
 * - `fixed` never settles: while the finding is there, its words are there.
 * - `kept` needs a reason, and never settles a `block`.
 * - `dismissed` needs a reason from `approve` on, and for `block` also the owner of its area.
 */
export function settles(decision: Decision | null | undefined, finding: Finding, ownedAreas: readonly string[]): boolean {
  if (finding.tier === 'note') return true
  if (!decision || decision.fingerprint !== finding.fingerprint || decision.rule !== finding.rule) return false
  const reasoned = decision.reason.trim() !== ''
  switch (decision.outcome) {
    case 'fixed': return false
    case 'kept': return reasoned && finding.tier !== 'block'
    case 'dismissed':
      if (finding.tier === 'review') return true
      return reasoned && (finding.tier !== 'block' || owns(ownedAreas, finding.owner))
  }
}

/** True when `area` is among the owned ones. */
export function owns(ownedAreas: readonly string[], area: string): boolean {
  return ownedAreas.includes(area)
}

/**
 * The decisions that still stand after the draft was scanned again: the newest one for each finding that is still there with the same words.
 * Keep the full list elsewhere: what is gone now may come back by undo, and is then asked of that list again.
 */
export function carryDecisions(decisions: readonly Decision[], findings: readonly Finding[]): Decision[] {
  const latest = latestDecisions(decisions)
  const kept: Decision[] = []
  for (const finding of findings) {
    const decision = latest.get(finding.fingerprint)
    if (decision?.rule === finding.rule) kept.push(decision)
  }
  return kept
}
