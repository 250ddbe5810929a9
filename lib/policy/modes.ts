import type { Category, Finding } from '../engine/index.ts'
import { MODES, type Mode, type Policy } from './types.ts'

/** How strictly this policy follows up a category. */
export function modeOf(category: Category, policy: Pick<Policy, 'mode' | 'modes'>): Mode {
  return policy.modes[category] ?? policy.mode
}

/** True when `a` is at least as strict as `b`. */
export function asStrict(a: Mode, b: Mode): boolean {
  return MODES.indexOf(a) >= MODES.indexOf(b)
}

/** The findings that may hold a draft: those of categories that are followed up at least as strictly as `least`. The others are shown and recorded. */
export function followedUp(findings: readonly Finding[], policy: Pick<Policy, 'mode' | 'modes'>, least: Mode = 'remind'): readonly Finding[] {
  if (Object.keys(policy.modes).length === 0) return asStrict(policy.mode, least) ? findings : []
  return findings.filter((finding) => asStrict(modeOf(finding.category, policy), least))
}

/** The policy with everything enforced: what it would ask for if it were switched on. */
export function enforced(policy: Policy): Policy {
  return { ...policy, mode: 'enforce', modes: {} }
}
