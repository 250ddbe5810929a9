import { TIERS, atLeast, type Finding, type Tier } from '../engine/index.ts'
import type { Requirement } from '../policy/index.ts'
import { latestDecisions, owns, settles } from './decisions.ts'
import type { Decision, GateDecision, HoldCause, SignOff } from './types.ts'

/** All that the gate looks at. */
export interface GateInput {
  readonly requirement: Requirement
  /** Findings of the draft as it stands, through `applyPolicy`. */
  readonly findings: readonly Finding[]
  readonly decisions: readonly Decision[]
  readonly signOff: SignOff | null
  /** `digestDraft` of the draft as it stands. */
  readonly digest: string
  /** Areas that the person at this device may sign for. */
  readonly owns: readonly string[]
  /** The policy lets a person override; missing: it does. */
  readonly overrides?: boolean | undefined
  /** Areas whose owners have signed for exactly this text on another device, checked by the worker; none where absent. */
  readonly approved?: readonly string[] | undefined
}

/**
 * Whether this exact draft may go. Pure and total; what is asked, in this order:
 * 1. a requirement of `note` needs nothing;
 * 2. an open `block` finding must change, whoever signed or overrode;
 * 3. an override with a reason, given for this exact text, lets go where the policy allows it;
 * 4. every counted finding is settled;
 * 5. the person owns the areas that ask for it or their owners have approved this text, and the person has signed for this exact text, these decisions and no less than what is required now.
 */
export function decideGate(input: GateInput): GateDecision {
  const { requirement, signOff, digest } = input
  if (requirement.tier === 'note') return { kind: 'allow', because: 'nothing-to-review' }

  const counted = countedFindings(requirement, input.findings)
  const decided = latestDecisions(input.decisions)
  const open = counted.filter((finding) => !settles(decided.get(finding.fingerprint), finding, input.owns))
  if (open.some((finding) => finding.tier === 'block')) return hold('must-change', open)

  const fits = signOff !== null && signOff.digest === digest && atLeast(signOff.requirement.tier, requirement.tier)
  if (signOff !== null && fits && input.overrides !== false && hasReason(signOff)) return { kind: 'allow', because: 'overridden' }
  if (open.length > 0) return hold('open-findings', open)
  if (!neededOwners(requirement, counted).every((area) => owns(input.owns, area) || owns(input.approved ?? [], area))) return hold('needs-owner', [])
  if (signOff === null) return hold('needs-signature', [])
  if (!fits || !counted.every((finding) => isSignedFor(signOff, finding, decided))) return hold('void', [])
  return signOff.override ? hold('needs-signature', []) : { kind: 'allow', because: 'signed' }
}

/**
 * The findings that this requirement is about: `review` and above, but in a typed draft, whose requirement speaks of `block` findings only, just those.
 * A requirement that names no finding counts them all, so that a mistake in one holds too much and not too little.
 */
export function countedFindings(requirement: Requirement, findings: readonly Finding[]): Finding[] {
  const tiers = requirement.reasons.filter((reason) => reason.code === 'finding').map((reason) => TIERS.indexOf(reason.tier))
  const least: Tier = TIERS[Math.max(1, tiers.length > 0 ? Math.min(...tiers) : 1)] ?? 'review'
  return findings.filter((finding) => atLeast(finding.tier, least))
}

/** Areas whose owners must sign. Findings are asked as well: a requirement of `block` names no owners, though `approve` findings may stand beside it. */
export function neededOwners(requirement: Requirement, counted: readonly Finding[]): string[] {
  const fromFindings = counted.filter((finding) => finding.tier === 'approve').map((finding) => finding.owner)
  return [...new Set([...requirement.owners, ...fromFindings])]
}

/** The decision that settles a finding must be among those that were signed: a rule that came later, or a change of mind, needs a new signature. */
function isSignedFor(signOff: SignOff, finding: Finding, decided: ReadonlyMap<string, Decision>): boolean {
  const now = decided.get(finding.fingerprint)
  return signOff.decisions.some((signed) => signed.fingerprint === finding.fingerprint && signed.outcome === now?.outcome && signed.reason === now.reason)
}

function hasReason(signOff: SignOff): boolean {
  return (signOff.override?.reason.trim() ?? '') !== ''
}

function hold(because: HoldCause, open: readonly Finding[]): GateDecision {
  return { kind: 'hold', because, open: open.map((finding) => finding.fingerprint) }
}
