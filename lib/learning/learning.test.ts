import { describe, expect, it } from 'vitest'
import type { Correction } from '../review/index.ts'
import { proposeRules, ruleFromProposal, scoreRules, wilsonInterval } from './index.ts'
import { flags, scannerFor } from './rule.ts'

let clock = Date.UTC(2026, 10, 1)
function correction(sentence: string, before: string, after: string, more: Partial<Correction> = {}): Correction {
  return { rule: 'pricing/percent-off', category: 'pricing', before, after, sentence, site: 'gmail', at: (clock += 60_000), ...more }
}

const discounts = [
  correction('Sign today and get 20% off.', '20% off', 'the price in your quote'),
  correction('You will receive 30% off your first order.', '30% off', 'the price in your quote'),
  correction('As a thank you we give you 15 % off.', '15 % off', 'the price in your quote'),
]

describe('proposeRules', () => {
  it('makes a rule of a correction that was made three times, with the numbers left open', () => {
    const [proposal, ...others] = proposeRules(discounts, [], [])
    expect(others).toEqual([])
    expect(proposal).toMatchObject({
      kind: 'rule', category: 'pricing', match: ['{percent} off'], unless: [], suggest: 'the price in your quote',
      evidence: { count: 3, before: ['20% off', '30% off', '15 % off'], rule: 'pricing/percent-off', first: discounts[0]?.at, last: discounts[2]?.at },
    })
    expect(proposal?.flagged).toContain('Sign today and get 20% off.')
    expect(proposal?.clean).toContain('Sign today and get the price in your quote.')
  })

  it('gives a rule that flags the fourth', () => {
    const [proposal] = proposeRules(discounts, [], [])
    if (!proposal) throw new Error('expected a proposal')
    const rule = ruleFromProposal(proposal)
    const scanner = scannerFor(rule)
    expect(flags(scanner, 'Only this week: 45% off everything.')).toBe(true)
    for (const sentence of rule.examples.flagged) expect(flags(scanner, sentence)).toBe(true)
    for (const sentence of rule.examples.clean) expect(flags(scanner, sentence)).toBe(false)
    expect(rule).toMatchObject({ tier: 'review', category: 'pricing', suggest: 'the price in your quote' })
    expect(rule.id).toMatch(/^personal\/[a-z0-9][a-z0-9-]{0,62}$/)
    expect(rule.sources[0]?.note).toBe('3 corrections from 2026-11-01 to 2026-11-01')
  })

  it('keeps a number that is always the same: it is the mistake', () => {
    const wrong = ['The plan costs $49 a month.', 'It is $49 a month for teams.', 'We offer it at $49 a month.'].map((sentence) => correction(sentence, '$49 a month', '$59 a month'))
    const [proposal] = proposeRules(wrong, [], [])
    expect(proposal?.match).toEqual(['$49 a month'])
    const scanner = scannerFor(ruleFromProposal(proposal ?? (() => { throw new Error('expected a proposal') })()))
    expect(flags(scanner, 'You pay $49 a month.')).toBe(true)
    expect(flags(scanner, 'You pay $39 a month.')).toBe(false)
  })

  it('makes one rule with several patterns where one rule was answered alike', () => {
    const list = ['We guarantee results.', 'Results are guaranteed.', 'You have our word on results.'].map((sentence, index) =>
      correction(sentence, ['guarantee results', 'are guaranteed', 'have our word'][index] ?? '', 'work towards results', { rule: 'promise/guarantee', category: 'promise' }))
    expect(proposeRules(list, [], [])[0]?.match).toEqual(['guarantee results', 'are guaranteed', 'have our word'])
  })

  it('clears its own wording where that contains the words it replaces', () => {
    const list = ['Save 20% today.', 'Save 20% with us.', 'You save 20% now.'].map((sentence) => correction(sentence, sentence.includes('You') ? 'save 20%' : 'Save 20%', 'save 20% on list prices'))
    const [proposal] = proposeRules(list, [], [])
    expect(proposal).toMatchObject({ match: ['save 20%'], unless: ['save 20% on list prices'] })
  })

  it('offers to leave words out that are always taken out', () => {
    const list = ['We are literally the best choice.', 'It is literally ready.', 'They literally grew.'].map((sentence) => correction(sentence, 'literally ', '', { rule: '', category: 'brand' }))
    const [proposal] = proposeRules(list, [], [])
    expect(proposal).toMatchObject({ match: ['literally'], suggest: null })
    expect(proposal?.clean).toContain('It is ready.')
  })

  it.each<[string, Correction[]]>([
    ['two are too few', discounts.slice(0, 2)],
    ['one recorded three times is one', [discounts[0], discounts[0], discounts[0]].flatMap((one) => one ?? [])],
    ['different replacements', discounts.map((one, index) => ({ ...one, after: `other words ${index}` }))],
    ['words that say too little', ['He is in it.', 'This is it.', 'So is she.'].map((sentence) => correction(sentence, 'is', 'was'))],
    ['an entity alone', ['It costs $5.', 'Pay $6 now.', 'Only $7!'].map((sentence, index) => correction(sentence, `$${index + 5}`, 'see the price list'))],
    ['pattern signs', ['See (here) now.', 'Look (here) now.', 'Go (here) now.'].map((sentence) => correction(sentence, '(here)', 'on our site'))],
    ['a sentence that does not hold the words', discounts.map((one) => ({ ...one, sentence: 'Something else.' }))],
    ['nothing', []],
  ])('offers nothing for %s', (_, corrections) => {
    expect(proposeRules(corrections, [], [])).toEqual([])
  })

  it('offers nothing that would flag much that was left alone', () => {
    const others = Array.from({ length: 6 }, (_, index) => correction(`Team ${index} gets 50% off as agreed in contract ${index}.`, `contract ${index}`, `agreement ${index}`, { rule: 'legal/x', category: 'legal' }))
    expect(proposeRules([...discounts, ...others], [], [])).toEqual([])
  })

  it('leaves answered proposals answered, however many cases follow', () => {
    const [proposal] = proposeRules(discounts, [], [])
    const more = [...discounts, correction('Take 70% off now.', '70% off', 'the price in your quote')]
    expect(proposeRules(more, [], [proposal?.id ?? ''])).toEqual([])
    expect(proposeRules(more, [], [])[0]?.id).toBe(proposal?.id)
  })

  it('does not offer what a rule already suggests or already is', () => {
    expect(proposeRules(discounts, [{ id: 'pricing/percent-off', match: [], suggest: 'The price in your quote' }], [])).toEqual([])
    const [proposal] = proposeRules(discounts, [], [])
    if (!proposal) throw new Error('expected a proposal')
    expect(proposeRules(discounts, [ruleFromProposal(proposal)], [])).toEqual([])
  })
})

describe('scores', () => {
  it('gives the interval that the textbook gives', () => {
    const { low, high } = wilsonInterval(8, 10)
    expect(low).toBeCloseTo(0.4902, 3)
    expect(high).toBeCloseTo(0.9433, 3)
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
    expect(wilsonInterval(10, 10).high).toBe(1)
    expect(wilsonInterval(0, 10).low).toBe(0)
  })

  it('counts outcomes by rule and says when there is not enough data', () => {
    const decisions = [...Array.from({ length: 6 }, () => ({ rule: 'a/b', outcome: 'fixed' as const })), { rule: 'a/b', outcome: 'kept' as const }, { rule: 'a/b', outcome: 'dismissed' as const }, { rule: 'c/d', outcome: 'kept' as const }]
    const [many, few] = scoreRules(decisions)
    expect(many).toMatchObject({ rule: 'a/b', total: 8, fixed: 6, kept: 1, dismissed: 1, precision: { value: 0.875 } })
    expect(few).toEqual({ rule: 'c/d', total: 1, fixed: 0, kept: 1, dismissed: 0, precision: null })
  })
})
