import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../policy/index.ts'
import { makeDecision, makeDraft, makeFinding, makeRecord, makeRulebook, makeSignOff } from './draft.fixture.ts'
import { checkSignable } from './signable.ts'

const codeOf = (work: () => void): string => {
  try {
    work()
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'other'
  }
  return 'signed'
}

describe('a sign-off checked again in the worker', () => {
  const record = makeRecord()

  it('passes when every finding is settled and text, rules, policy and reviewer are those in force', () => {
    expect(codeOf(() => checkSignable(record, makeSignOff(record), makeRulebook()))).toBe('signed')
  })

  it.each([
    ['text', makeDraft('Sign today and get 30% off.')],
    ['subject', makeDraft(undefined, { subject: 'Another' })],
    ['recipient', makeDraft(undefined, { recipients: [{ address: 'other@kunde.example', name: '', field: 'to' as const }] })],
  ])('refuses a signature whose %s was changed afterwards', (_, draft) => {
    expect(codeOf(() => checkSignable({ ...record, draft }, makeSignOff(record), makeRulebook()))).toBe('not-signable')
  })

  it('refuses an open finding, and one that was kept without a reason', () => {
    const open = makeRecord({ decisions: [] })
    expect(codeOf(() => checkSignable(open, makeSignOff(open), makeRulebook()))).toBe('not-signable')
    const unreasoned = makeRecord({ decisions: [makeDecision({ reason: ' ' })] })
    expect(codeOf(() => checkSignable(unreasoned, makeSignOff(unreasoned), makeRulebook()))).toBe('not-signable')
  })

  it('never lets a block finding be kept or overridden', () => {
    const findings = [makeFinding({ tier: 'block', category: 'leftover', rule: 'leftover/placeholder', owner: 'leftover' })]
    const block = makeRecord({ findings, decisions: [makeDecision({ rule: 'leftover/placeholder', category: 'leftover', tier: 'block' })] })
    expect(codeOf(() => checkSignable(block, makeSignOff(block), makeRulebook()))).toBe('not-signable')
    expect(codeOf(() => checkSignable(block, makeSignOff(block, { override: { reason: 'hurry' } }), makeRulebook()))).toBe('not-signable')
  })

  it('does not take the page\'s word for a requirement lower than the policy asks', () => {
    const open = makeRecord({ decisions: [] })
    const lowered = { ...open, requirement: { tier: 'note' as const, owners: [], reasons: [] } }
    expect(codeOf(() => checkSignable(lowered, makeSignOff(lowered), makeRulebook()))).toBe('not-signable')
  })

  it('asks the owner of the area', () => {
    const policy = { ...defaultPolicy(), areas: { ...defaultPolicy().areas, pricing: { owner: 'pricing', people: ['Osei'] } } }
    const approve = makeRecord({ findings: [makeFinding({ tier: 'approve' })] })
    const rulebook = makeRulebook({ policy, owns: [] })
    expect(codeOf(() => checkSignable(approve, makeSignOff(approve, { policyDigest: rulebook.policyDigest }), rulebook))).toBe('not-signable')
  })

  it('says that the rules are old rather than that the person did wrong', () => {
    expect(codeOf(() => checkSignable(record, makeSignOff(record, { rulesetDigest: 'b'.repeat(64) }), makeRulebook()))).toBe('stale-rules')
    expect(codeOf(() => checkSignable(record, makeSignOff(record, { policyDigest: 'b'.repeat(64) }), makeRulebook()))).toBe('stale-rules')
    expect(codeOf(() => checkSignable(record, makeSignOff(record, { reviewer: { name: 'Osei', role: 'Sales' } }), makeRulebook()))).toBe('stale-rules')
  })
})
