import { describe, expect, it } from 'vitest'
import type { Category, Draft, DraftKind, Finding, OriginVerdict, Recipient, Tier } from '../engine/index.ts'
import { applyPolicy, defaultPolicy, ownedAreas, ownerOf, policyDigest, requirementOf, unraised, type Policy } from './index.ts'
import { policySchema, readPolicyFile } from './schema.ts'

const policy = defaultPolicy()

function finding(category: Category, tier: Tier, more: Partial<Finding> = {}): Finding {
  return {
    rule: `${category}/rule`, title: `${category} rule`, pack: category, packVersion: '1.0.0', category, owner: category, tier, field: 'body',
    span: { start: 0, end: 4 }, quote: 'text', message: 'm', suggest: null, sources: [], reasons: [], evidence: [], fingerprint: `${category}-${tier}`, ...more,
  }
}

function draft(kind: DraftKind = 'email', to: readonly string[] = []): Draft {
  const recipients = to.map((address): Recipient => ({ address, name: '', field: 'to' }))
  return { kind, site: 'gmail', subject: 'Hi', recipients, text: 'text', blocks: [], locale: 'en' }
}

function requirement(findings: readonly Finding[], verdict: OriginVerdict, on = draft(), by: Policy = policy) {
  return requirementOf({ draft: on, findings, origin: { verdict, evidence: [] }, policy: by })
}

describe('requirementOf', () => {
  it('asks nothing of a draft without findings', () => {
    expect(requirement([], 'ai')).toEqual({ tier: 'note', owners: [], reasons: [] })
  })

  it.each<[Category, Tier]>([
    ['pricing', 'review'], ['promise', 'review'], ['privacy', 'review'], ['irreversible', 'review'], ['strategy', 'review'],
    ['statistic', 'review'], ['customer', 'review'], ['environment', 'review'], ['brand', 'review'], ['leftover', 'review'],
    ['medical', 'approve'], ['legal', 'approve'], ['financial', 'approve'], ['safety', 'approve'],
  ])('%s in an AI draft asks for %s (founding rule)', (category, tier) => {
    const found = requirement([finding(category, 'review')], 'ai')
    expect(found.tier).toBe(tier)
    expect(found.owners).toEqual(tier === 'approve' ? [category] : [])
  })

  it('leaves a note a note and what the context lowered lowered', () => {
    expect(requirement([finding('medical', 'note')], 'ai').tier).toBe('note')
    expect(requirement([finding('medical', 'review', { evidence: ['lowered: hedged'] })], 'ai').tier).toBe('review')
  })

  it('holds typed drafts and those of unknown origin only for what must change', () => {
    for (const verdict of ['typed', 'unknown'] as const) {
      expect(requirement([finding('legal', 'approve'), finding('pricing', 'review')], verdict).tier).toBe('note')
      const blocked = requirement([finding('legal', 'approve'), finding('leftover', 'block')], verdict)
      expect(blocked.tier).toBe('block')
      expect(blocked.reasons.map((reason) => reason.tier)).toEqual(['block'])
    }
    expect(requirement([finding('pricing', 'review')], 'typed', draft(), { ...policy, drafts: 'all' }).tier).toBe('review')
  })

  it('treats inserted drafts like AI drafts', () => {
    expect(requirement([finding('pricing', 'review')], 'inserted').tier).toBe('review')
  })

  it('never holds an internal note', () => {
    expect(requirement([finding('leftover', 'block')], 'ai', draft('note')).tier).toBe('note')
  })

  it('asks a signature for AI text that goes public, and says why', () => {
    const post = requirement([], 'ai', draft('post'))
    expect(post).toEqual({ tier: 'review', owners: [], reasons: [{ code: 'ai-public', tier: 'review', detail: 'gmail', count: 1 }] })
    expect(requirement([], 'inserted', draft('post')).tier).toBe('note')
    expect(requirement([], 'ai', draft('post'), { ...policy, signPublicAi: false }).tier).toBe('note')
    expect(requirement([finding('medical', 'approve')], 'ai', draft('post')).tier).toBe('approve')
  })

  it('moves review one step up for a VIP, and nothing else', () => {
    const vip = { ...policy, vip: ['Example.com', 'ceo@other.org'] }
    const up = requirement([finding('pricing', 'review')], 'ai', draft('email', ['ann@mail.example.com']), vip)
    expect(up.tier).toBe('approve')
    expect(up.owners).toEqual(['pricing'])
    expect(up.reasons.at(-1)).toEqual({ code: 'vip-recipient', tier: 'approve', detail: 'ann@mail.example.com', count: 1 })
    expect(requirement([finding('pricing', 'review')], 'ai', draft('email', ['ceo@other.org']), vip).tier).toBe('approve')
    for (const other of ['ann@notexample.com', 'x@other.org', 'example.com@evil.org']) {
      expect(requirement([finding('pricing', 'review')], 'ai', draft('email', [other]), vip).tier).toBe('review')
    }
    expect(requirement([], 'ai', draft('email', ['ann@example.com']), vip).tier).toBe('note')
    expect(requirement([], 'ai', draft('post', ['ann@example.com']), vip)).toMatchObject({ tier: 'approve', owners: [policy.areas.customer.owner] })
    expect(requirement([finding('leftover', 'block')], 'ai', draft('email', ['ann@example.com']), vip).tier).toBe('block')
  })

  it('names each owner once and each rule once with its count, the most serious first', () => {
    const found = requirement([finding('pricing', 'review'), finding('legal', 'approve'), finding('legal', 'approve'), finding('medical', 'review')], 'ai')
    expect(found.owners).toEqual(['legal', 'medical'])
    expect(found.reasons.map(({ detail, tier, count }) => [detail, tier, count])).toEqual([
      ['legal rule', 'approve', 2], ['medical rule', 'approve', 1], ['pricing rule', 'review', 1],
    ])
  })
})

describe('applyPolicy', () => {
  it('lifts once, says so, and changes nothing the second time', () => {
    const once = applyPolicy([finding('medical', 'review'), finding('pricing', 'review')], policy)
    expect(once.map((one) => one.tier)).toEqual(['approve', 'review'])
    expect(once[0]?.evidence).toEqual(['raised: policy'])
    expect(applyPolicy(once, policy)).toEqual(once)
  })

  it('is taken back to what the rule said, and what else was noted stays', () => {
    const noted = { ...finding('medical', 'review'), evidence: ['no source'] }
    const [lifted] = applyPolicy([noted], policy)
    expect(lifted?.evidence).toEqual(['no source', 'raised: policy'])
    expect(unraised(lifted!, 'review')).toEqual(noted)
    expect(unraised(lifted!, undefined)).toMatchObject({ tier: 'approve', evidence: ['no source'] })
    expect(unraised(noted, 'block')).toBe(noted)
  })
})

describe('owners', () => {
  const team: Policy = { ...policy, areas: { ...policy.areas, medical: { owner: 'Regulatory', people: ['Dana Ito'] }, legal: { owner: 'Counsel', people: ['Ann Lee', 'Bo'] } } }

  it('follows the policy, a rule\'s own area, and falls back to the category', () => {
    expect(ownerOf({ owner: 'medical', category: 'medical' }, team)).toBe('Regulatory')
    expect(ownerOf({ owner: 'Counsel', category: 'pricing' }, team)).toBe('Counsel')
    expect(ownerOf({ owner: 'legal', category: 'pricing' }, team)).toBe('Counsel')
    expect(ownerOf({ owner: 'nobody knows', category: 'medical' }, team)).toBe('Regulatory')
    expect(ownerOf({ owner: 'toString', category: 'medical' }, team)).toBe('Regulatory')
  })

  it('gives someone alone every area, and named areas to the people named', () => {
    expect(ownedAreas('', policy)).toHaveLength(14)
    expect(ownedAreas('dana ito ', team)).toContain('Regulatory')
    expect(ownedAreas('dana ito', team)).not.toContain('Counsel')
    expect(ownedAreas('Mallory', team)).not.toContain('Regulatory')
  })
})

describe('policy files', () => {
  it('accepts the default and refuses what it does not know', () => {
    expect(policySchema.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy)
    expect(policySchema.safeParse({ ...policy, extra: 1 }).success).toBe(false)
    expect(policySchema.safeParse({ ...policy, floor: { princing: 'review' } }).success).toBe(false)
    expect(policySchema.safeParse({ ...policy, floor: { pricing: 'hold' } }).success).toBe(false)
    const { pricing: _, ...rest } = policy.areas
    expect(policySchema.safeParse({ ...policy, areas: rest }).success).toBe(false)
  })

  it('has a digest that ignores the order of fields and sees every value', () => {
    const { vip, ...others } = policy
    expect(policyDigest({ vip, ...others })).toBe(policyDigest(policy))
    expect(policyDigest({ ...policy, vip: ['a.com'] })).not.toBe(policyDigest(policy))
    expect(policyDigest(policy)).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('readPolicyFile', () => {
  it('fills in what the file does not say', () => {
    const read = readPolicyFile({ format: 1, floor: { pricing: 'approve' }, areas: { legal: { owner: 'counsel', people: ['Ann'] } }, vip: ['a.com'] })
    expect(read.floor).toEqual({ ...policy.floor, pricing: 'approve' })
    expect(read.areas.legal.owner).toBe('counsel')
    expect(read.areas.medical).toEqual(policy.areas.medical)
    expect([read.drafts, read.vip]).toEqual(['ai', ['a.com']])
    expect(() => readPolicyFile({ format: 1, draft: 'all' })).toThrow(/draft/)
    expect(() => readPolicyFile({ format: 2 })).toThrow()
  })
})
