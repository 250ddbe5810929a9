import { describe, expect, it } from 'vitest'
import type { Finding, Tier } from '../engine/index.ts'
import { applyPolicy, backtest, defaultPolicy, type PastDraft, type Policy } from './index.ts'

const base = defaultPolicy()
const finding = (category: Finding['category'], tier: Tier): Finding => ({
  rule: `${category}/rule`, title: category, pack: category, packVersion: '1.0.0', category, owner: category, tier, field: 'body', span: { start: 0, end: 4 },
  quote: 'text', message: '', suggest: null, sources: [], reasons: [], evidence: [], fingerprint: category,
})
/** As recorded: the findings were seen through the policy of that time. */
const past = (findings: Finding[], under: Policy = base, to: string[] = []): PastDraft => ({
  kind: 'email', site: 'gmail', recipients: to.map((address) => ({ address, name: '', field: 'to' as const })), origin: { verdict: 'ai', evidence: [] }, findings: applyPolicy(findings, under),
})
const review = (): Tier => 'review'

describe('a changed policy over past drafts', () => {
  it('counts what it would have held and let go', () => {
    const drafts = [past([]), past([finding('pricing', 'review')]), past([finding('promise', 'review')]), past([], base, ['all@our.example'])]
    const other: Policy = { ...base, modes: { pricing: 'observe', promise: 'observe' }, recipients: { ...base.recipients, everyone: ['a@x.example'], outside: null } }
    expect(backtest(drafts, base, other, review)).toEqual({ drafts: 4, more: 0, fewer: 3, moreOwners: 0, fewerOwners: 0 })
    expect(backtest(drafts, other, base, review)).toMatchObject({ more: 3, fewer: 0 })
    expect(backtest(drafts, base, base, review)).toMatchObject({ more: 0, fewer: 0, moreOwners: 0, fewerOwners: 0 })
  })

  it('sets a finding that was raised then back to its rule\'s tier', () => {
    const strict: Policy = { ...base, floor: { ...base.floor, pricing: 'approve' } }
    const drafts = [past([finding('pricing', 'review')], strict)]
    expect(drafts[0]?.findings[0]?.tier).toBe('approve')
    expect(backtest(drafts, strict, base, review)).toMatchObject({ fewer: 0, fewerOwners: 1 })
    expect(backtest(drafts, base, strict, review)).toMatchObject({ more: 0, moreOwners: 1 })
  })
})
