import type { Draft, Finding } from '../engine/index.ts'
import type { DraftRecord, Rulebook } from '../guard/types.ts'
import { defaultPolicy, ownedAreas, policyDigest, requirementOf } from '../policy/index.ts'
import { digestDraft, type Decision, type SignOff } from '../review/index.ts'

// For tests: a mail with one risky place, as the page side would send it.

export const RULES_DIGEST = 'a'.repeat(64)

export function makeRulebook(change: Partial<Rulebook> = {}): Rulebook {
  const policy = change.policy ?? defaultPolicy()
  return {
    ruleset: new ArrayBuffer(0), marks: [], suppressions: [], styleHints: false, rulesetDigest: RULES_DIGEST, policy, policyDigest: policyDigest(policy), reviewer: { name: 'Dana', role: 'Sales' }, owns: ownedAreas('Dana', policy), ...change,
  }
}

export function makeDraft(text = 'Sign today and get 20% off.', change: Partial<Draft> = {}): Draft {
  return {
    kind: 'email', site: 'gmail', subject: 'Your café offer', recipients: [{ address: 'ines@kunde.example', name: 'Inès Roy', field: 'to' }],
    text, blocks: [{ span: { start: 0, end: text.length }, kind: 'text' }], locale: 'en', ...change,
  }
}

export function makeFinding(change: Partial<Finding> = {}): Finding {
  return {
    rule: 'pricing/percent-off', title: 'Percentage discount', pack: 'pricing', packVersion: '1.0.0', category: 'pricing', owner: 'pricing', tier: 'review', field: 'body',
    span: { start: 19, end: 26 }, quote: '20% off', message: 'A discount is a commitment.', suggest: null, sources: [], reasons: [], evidence: [], fingerprint: 'f1', ...change,
  }
}

export function makeDecision(change: Partial<Decision> = {}): Decision {
  return { fingerprint: 'f1', rule: 'pricing/percent-off', category: 'pricing', tier: 'review', outcome: 'kept', reason: 'in the price list', quote: '20% off', at: 1_000, ...change }
}

export function makeRecord(change: Partial<DraftRecord> = {}): DraftRecord {
  const draft = change.draft ?? makeDraft()
  const findings = change.findings ?? [makeFinding()]
  const origin = change.origin ?? { verdict: 'ai', evidence: [{ class: 'T2', mark: 'chatgpt-data-start', product: 'ChatGPT', count: 3 }] }
  const requirement = requirementOf({ draft, findings, origin, policy: makeRulebook().policy })
  return { session: 's1', site: 'gmail', host: 'mail.google.com', draft, digest: digestDraft(draft), origin, requirement, findings, decisions: [makeDecision()], ...change }
}

export function makeSignOff(record: DraftRecord, change: Partial<SignOff> = {}): SignOff {
  const { rulesetDigest, policyDigest: policy, reviewer } = makeRulebook()
  return {
    reviewer, at: 2_000, site: record.site, kind: record.draft.kind, digest: record.digest, rulesetDigest, policyDigest: policy, requirement: record.requirement,
    decisions: record.decisions, ...change,
  }
}

