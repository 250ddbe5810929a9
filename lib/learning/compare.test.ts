import { describe, expect, it } from 'vitest'
import { draftOf, packOf, ruleOf } from '../../test/reference/make.ts'
import { applyPolicy, defaultPolicy } from '../policy/index.ts'
import { makeDecision, makeFinding } from '../store/draft.fixture.ts'
import { changedRules, createComparison, sumComparisons, type DecidedDraft } from './index.ts'

const wide = packOf([ruleOf({ id: 'test/wide', match: ['price'] }), ruleOf({ id: 'test/stays', match: ['promise'] })])
const narrow = packOf([ruleOf({ id: 'test/wide', match: ['half price'] }), ruleOf({ id: 'test/stays', match: ['promise'] })])
const past = (number: number, text: string, change: Partial<DecidedDraft> = {}): DecidedDraft => ({ number, at: number, draft: draftOf(text), findings: [], decisions: [], origin: { verdict: 'ai', evidence: [] }, ...change })
const policy = defaultPolicy()

describe('a change over past drafts', () => {
  it('looks only at rules that differ', () => {
    const { before, after } = changedRules([wide], [narrow])
    expect([before, after].map((packs) => packs.flatMap(({ rules }) => rules.map(({ id, match }) => [id, ...match])))).toEqual([[['test/wide', 'price']], [['test/wide', 'half price']]])
    expect(changedRules([wide], [wide])).toEqual({ before: [], after: [] })
  })

  it('says what would be found and held, what no longer, and which decisions that contradicts', () => {
    const comparison = createComparison({ ...changedRules([narrow], [wide]), present: policy, other: policy })
    comparison.take(past(1, 'The price is fair.', { decisions: [makeDecision({ rule: 'test/wide', outcome: 'dismissed', quote: 'price' })] }))
    comparison.take(past(2, 'All at half price.'))
    comparison.take(past(3, 'Nothing.'))
    comparison.take(past(4, 'The price, and a promise.', { findings: [makeFinding({ rule: 'test/stays' })] }))
    expect(comparison.result()).toMatchObject({
      looked: 4, foundNow: 1, foundThen: 3, heldNow: 2, heldThen: 3, newlyFound: { count: 2, numbers: [4, 1] }, newlyHeld: { count: 1, numbers: [1] }, noLongerHeld: { count: 0 },
      againstDismissed: { count: 1, numbers: [1] }, againstFixed: { count: 0 },
    })
    const back = createComparison({ ...changedRules([wide], [narrow]), present: policy, other: policy })
    back.take(past(5, 'It is gone.', { decisions: [makeDecision({ rule: 'test/wide', outcome: 'fixed', quote: 'price' })] }))
    back.take(past(6, 'It is gone.', { decisions: [makeDecision({ rule: 'test/wide', outcome: 'fixed', quote: 'half price' })] }))
    expect(back.result().againstFixed).toEqual({ count: 1, numbers: [5] })
  })

  it('compares policies over what was found then', () => {
    const comparison = createComparison({ before: [], after: [], present: policy, other: { ...policy, kinds: { email: 'off' } } })
    comparison.take(past(1, '', { findings: [makeFinding()] }))
    expect(comparison.result()).toMatchObject({ heldNow: 1, heldThen: 0, noLongerHeld: { count: 1, numbers: [1] } })
  })

  it('sets a finding that a policy had raised back to its rule\'s tier, and counts who would wait for an owner', () => {
    const strict = { ...policy, floor: { ...policy.floor, pricing: 'approve' as const } }
    const findings = applyPolicy([makeFinding({ rule: 'test/price', category: 'pricing', tier: 'review' })], strict)
    expect(findings[0]?.tier).toBe('approve')
    const over = (present: typeof policy, other: typeof policy) => {
      const comparison = createComparison({ before: [], after: [], present, other, tiers: { 'test/price': 'review' } })
      comparison.take(past(1, '', { findings }))
      return comparison.result()
    }
    expect(over(strict, policy)).toMatchObject({ heldNow: 1, heldThen: 1, ownedNow: 1, ownedThen: 0 })
    expect(over(policy, strict)).toMatchObject({ heldNow: 1, heldThen: 1, ownedNow: 0, ownedThen: 1 })
  })

  it('gives the same in parts as in one, also of which drafts are named', () => {
    const change = { ...changedRules([narrow], [wide]), present: policy, other: policy }
    const drafts = Array.from({ length: 130 }, (_, index) => past(index + 1, ['The price is fair.', 'Nothing.', 'All at half price.'][index % 3] ?? '', {
      decisions: [makeDecision({ rule: 'test/wide', outcome: index % 2 ? 'dismissed' : 'fixed', quote: 'price' })], findings: index % 5 ? [] : [makeFinding({ rule: 'test/stays' })],
    }))
    const over = (some: readonly DecidedDraft[]) => {
      const comparison = createComparison(change)
      for (const draft of some) comparison.take(draft)
      return comparison.result()
    }
    const whole = over(drafts)
    expect(whole.newlyFound).toMatchObject({ count: 44 })
    expect(over(drafts.slice(0, 120)).againstDismissed.numbers.length).toBeGreaterThan(20)
    for (const cuts of [[10], [65], [1, 2, 129], [40, 80]]) {
      const parts = [0, ...cuts].map((from, index) => over(drafts.slice(from, cuts[index] ?? drafts.length)))
      expect(sumComparisons(parts), String(cuts)).toEqual(whole)
    }
  })
})
