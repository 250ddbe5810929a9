import { atLeast } from '../engine/index.ts'
import type { DraftRecord, Rulebook } from '../guard/types.ts'
import { applyPolicy, followedUp, requirementOf } from '../policy/index.ts'
import { decideGate, digestDraft, type SignOff } from '../review/index.ts'
import { StoreError } from './errors.ts'

/**
 * Checks once more, away from the page, that this sign-off lets this very draft go by the rules and the policy in force now.
 * `approved`: areas whose owners have signed for this text, as the database says, not the page.
 * @throws {StoreError} `stale-rules` when it was checked by other rules than those in force, `not-signable` otherwise.
 */
export function checkSignable(record: DraftRecord, signOff: SignOff, rulebook: Rulebook, approved: readonly string[] = []): void {
  const refuse = (why: string): never => { throw new StoreError('not-signable', why) }
  const digest = digestDraft(record.draft)
  if (record.digest !== digest || signOff.digest !== digest) refuse('the signature is for another text, subject or recipients')
  if (signOff.site !== record.site || signOff.kind !== record.draft.kind) refuse('the signature is for another site or kind of draft')
  if (signOff.rulesetDigest !== rulebook.rulesetDigest) throw new StoreError('stale-rules', 'the draft was checked by other rules than those in force')
  if (signOff.policyDigest !== rulebook.policyDigest) throw new StoreError('stale-rules', 'the draft was checked by another policy than the one in force')
  const { name, role } = rulebook.reviewer
  if (signOff.reviewer.name !== name || signOff.reviewer.role !== role) throw new StoreError('stale-rules', 'the signature names another reviewer than this device')

  const findings = applyPolicy(record.findings, rulebook.policy)
  const least = requirementOf({ draft: record.draft, findings, origin: record.origin, policy: rulebook.policy })
  const requirement = atLeast(record.requirement.tier, least.tier) ? record.requirement : least
  const gate = decideGate({ requirement, overrides: rulebook.policy.overrides, findings: followedUp(findings, rulebook.policy), decisions: record.decisions, signOff, digest, owns: rulebook.owns, approved })
  if (gate.kind === 'hold') refuse(`the draft is held: ${gate.because}`)
}
