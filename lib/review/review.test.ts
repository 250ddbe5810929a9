import { describe, expect, it } from 'vitest'
import type { Finding, Tier } from '../engine/index.ts'
import type { Requirement } from '../policy/index.ts'
import {
  appendEntry, carryDecisions, createLedgerVerifier, decideGate, settles, verifyLedger, wordDiff,
  type Decision, type GateInput, type LedgerEntry, type Outcome, type SignOff,
} from './index.ts'

function finding(tier: Tier, fingerprint = tier as string, owner = 'pricing'): Finding {
  return {
    rule: `r/${fingerprint}`, title: fingerprint, pack: 'p', packVersion: '1.0.0', category: 'pricing', owner, tier, field: 'body', span: { start: 0, end: 1 },
    quote: 'q', message: '', suggest: null, sources: [], reasons: [], evidence: [], fingerprint,
  }
}

function decision(on: Finding, outcome: Outcome, reason = '', at = 1): Decision {
  return { fingerprint: on.fingerprint, rule: on.rule, category: on.category, tier: on.tier, outcome, reason, quote: on.quote, at }
}

function requires(tier: Tier, ...findings: Finding[]): Requirement {
  return { tier, owners: tier === 'approve' ? ['pricing'] : [], reasons: findings.map((one) => ({ code: 'finding', tier: one.tier, detail: one.title, count: 1 })) }
}

function signed(requirement: Requirement, decisions: readonly Decision[] = [], more: Partial<SignOff> = {}): SignOff {
  return { reviewer: { name: 'Ann', role: '' }, at: 1, site: 'gmail', kind: 'email', digest: 'd', rulesetDigest: '', policyDigest: '', requirement, decisions, ...more }
}

function gate(input: Partial<GateInput> & Pick<GateInput, 'requirement'>) {
  return decideGate({ findings: [], decisions: [], signOff: null, digest: 'd', owns: ['pricing'], ...input })
}

const review = finding('review')
const approve = finding('approve')
const block = finding('block')
const kept = decision(review, 'kept', 'list price')

describe('decideGate', () => {
  it('lets go what needs nothing', () => {
    expect(gate({ requirement: requires('note'), findings: [finding('note')] })).toEqual({ kind: 'allow', because: 'nothing-to-review' })
  })

  it('holds open findings, then asks for the signature, then lets go', () => {
    const requirement = requires('review', review)
    expect(gate({ requirement, findings: [review] })).toEqual({ kind: 'hold', because: 'open-findings', open: ['review'] })
    expect(gate({ requirement, findings: [review], decisions: [kept] })).toEqual({ kind: 'hold', because: 'needs-signature', open: [] })
    expect(gate({ requirement, findings: [review], decisions: [kept], signOff: signed(requirement, [kept]) })).toEqual({ kind: 'allow', because: 'signed' })
  })

  it('voids a signature for another text, for other decisions and for less than is required now', () => {
    const requirement = requires('review', review)
    const ready = { requirement, findings: [review], decisions: [kept] }
    expect(gate({ ...ready, signOff: signed(requirement, [kept], { digest: 'other' }) })).toMatchObject({ because: 'void' })
    expect(gate({ ...ready, signOff: signed(requirement, []) })).toMatchObject({ because: 'void' })
    expect(gate({ ...ready, signOff: signed(requirement, [decision(review, 'dismissed')]) })).toMatchObject({ because: 'void' })
    const raised = gate({ ...ready, requirement: requires('approve', review), signOff: signed(requirement, [kept]) })
    expect(raised).toMatchObject({ because: 'void' })
  })

  it('asks the owner where an area must sign, also beside a dismissed block', () => {
    const requirement = requires('approve', approve)
    const decisions = [decision(approve, 'kept', 'agreed')]
    expect(gate({ requirement, findings: [approve], decisions, owns: [] })).toMatchObject({ because: 'needs-owner' })
    expect(gate({ requirement, findings: [approve], decisions, owns: [], signOff: signed(requirement, decisions) })).toMatchObject({ because: 'needs-owner' })
    const legal = finding('approve', 'legal', 'legal')
    const both = [decision(block, 'dismissed', 'a quotation'), decision(legal, 'kept', 'agreed')]
    expect(gate({ requirement: requires('block', block, legal), findings: [block, legal], decisions: both })).toMatchObject({ because: 'needs-owner' })
  })

  it('has one way past a block: the owner dismisses it with a reason', () => {
    const requirement = requires('block', block)
    for (const [made, owned] of [
      [decision(block, 'dismissed', ''), ['pricing']], [decision(block, 'dismissed', 'false alarm'), []], [decision(block, 'kept', 'it is true'), ['pricing']],
    ] as const) {
      expect(gate({ requirement, findings: [block], decisions: [made], owns: owned })).toEqual({ kind: 'hold', because: 'must-change', open: ['block'] })
      expect(gate({ requirement, findings: [block], decisions: [made], owns: owned, signOff: signed(requirement, [made], { override: { reason: 'now!' } }) })).toMatchObject({ because: 'must-change' })
    }
    const dismissed = [decision(block, 'dismissed', 'a quotation')]
    expect(gate({ requirement, findings: [block], decisions: dismissed, signOff: signed(requirement, dismissed) })).toEqual({ kind: 'allow', because: 'signed' })
  })

  it('counts only block findings in a typed draft, and all of them where the requirement names none', () => {
    const dismissed = [decision(block, 'dismissed', 'a quotation')]
    const typed = requires('block', block)
    expect(gate({ requirement: typed, findings: [block, review], decisions: dismissed, signOff: signed(typed, dismissed) })).toMatchObject({ kind: 'allow' })
    expect(gate({ requirement: requires('review'), findings: [review], signOff: signed(requires('review')) })).toMatchObject({ because: 'open-findings' })
  })

  it('takes an override with a reason for this exact text only', () => {
    const requirement = requires('approve', approve)
    const override = { override: { reason: 'customer is on the phone' } }
    const open = { requirement, findings: [approve], owns: [] }
    expect(gate({ ...open, signOff: signed(requirement, [], override) })).toEqual({ kind: 'allow', because: 'overridden' })
    expect(gate({ ...open, signOff: signed(requirement, [], { ...override, digest: 'other' }) })).toMatchObject({ because: 'open-findings' })
    expect(gate({ ...open, signOff: signed(requirement, [], { override: { reason: ' ' } }) })).toMatchObject({ because: 'open-findings' })
  })
})

describe('decisions', () => {
  it('are asked of the finding as it stands', () => {
    expect(settles(decision(review, 'dismissed'), review, [])).toBe(true)
    expect(settles(decision(review, 'dismissed'), { ...approve, fingerprint: 'review', rule: review.rule }, [])).toBe(false)
    expect(settles(decision(review, 'kept'), review, [])).toBe(false)
    expect(settles(decision(review, 'fixed'), review, [])).toBe(false)
    expect(settles(kept, finding('review', 'other'), [])).toBe(false)
    expect(settles(null, finding('note'), [])).toBe(true)
  })

  it('are carried to the findings that stayed, the newest first', () => {
    const later = decision(review, 'dismissed', '', 2)
    expect(carryDecisions([later, kept], [review, approve])).toEqual([later])
    expect(carryDecisions([kept], [approve])).toEqual([])
    expect(carryDecisions([decision(review, 'fixed')], [review])).toEqual([])
  })

  it('stay on the second of two equal phrases when the first was fixed and gave it its fingerprint', () => {
    const fixed = decision(review, 'fixed', '', 9)
    const requirement = requires('review', review)
    expect(gate({ requirement, findings: [review], decisions: [kept, fixed], signOff: signed(requirement, [kept, fixed]) })).toMatchObject({ kind: 'allow' })
    expect(carryDecisions([kept, fixed], [review])).toEqual([kept])
  })
})

describe('ledger', () => {
  const first = appendEntry(null, 10, 'held', { draft: 1, gone: undefined })
  const second = appendEntry(first, 20, 'signed', { draft: 1 })

  it('numbers from one and chains by digest', () => {
    expect([first.seq, first.prev, second.seq, second.prev]).toEqual([1, '', 2, first.digest])
    expect(first.body).toEqual({ draft: 1 })
  })

  it('says which entry is wrong and why', () => {
    const altered: LedgerEntry = { ...first, body: { draft: 2 } }
    expect(verifyLedger([altered, second])).toEqual({ ok: false, seq: 1, reason: 'Its content does not match its digest: the entry was altered.' })
    expect(verifyLedger([second])).toMatchObject({ ok: false, seq: 1 })
    expect(verifyLedger([])).toEqual({ ok: true, count: 0, head: '' })
    expect(verifyLedger([{ ...altered, seq: { toString: null } }])).toEqual({ ok: false, seq: 1, reason: 'Entry 1 is expected here; this one says something that is no number. Entries were removed, added or moved.' })
  })

  it('can be checked from the middle and keeps the first break', () => {
    const verifier = createLedgerVerifier({ after: first })
    expect(verifier.next(second)).toBeNull()
    const broken = verifier.next(first)
    expect(broken).toMatchObject({ ok: false, seq: 3 })
    expect(verifier.next(second)).toBe(broken)
    expect(verifier.result()).toBe(broken)
  })
})

describe('wordDiff', () => {
  const joined = (before: string, after: string, without: 'added' | 'removed') =>
    wordDiff(before, after).filter((part) => part.kind !== without).map((part) => part.text).join('')

  it('shows whole words', () => {
    expect(wordDiff('Save 20% today', 'Save money today')).toEqual([
      { kind: 'same', text: 'Save ' }, { kind: 'removed', text: '20%' }, { kind: 'added', text: 'money' }, { kind: 'same', text: ' today' },
    ])
    expect(wordDiff('', '')).toEqual([])
    expect(wordDiff('same', 'same')).toEqual([{ kind: 'same', text: 'same' }])
    expect(wordDiff('私は東京に行きます', '私は大阪に行きます').some((part) => part.kind === 'same')).toBe(true)
  })

  it('gives both texts back, also where everything changed', () => {
    const before = Array.from({ length: 4_000 }, (_, index) => `a${index}`).join(' ')
    const after = Array.from({ length: 4_000 }, (_, index) => `b${index}`).join('-')
    for (const [a, b] of [['', 'new text'], ['old', ''], ['one two\nthree', 'one  two three'], [before, after]] as const) {
      expect(joined(a, b, 'added')).toBe(a)
      expect(joined(a, b, 'removed')).toBe(b)
    }
  })
})
