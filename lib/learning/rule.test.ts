import { describe, expect, it } from 'vitest'
import { ruleFromProposal, type RuleProposal } from './index.ts'
import { day, flags, scannerFor, shorten, slug } from './rule.ts'

const proposal: RuleProposal = {
  id: 'rule-0123456789abcdef', kind: 'rule', category: 'pricing', match: ['half price'], unless: ['not half price'], suggest: 'the list price', flagged: ['All at half price.'], clean: ['All at the list price.'],
  evidence: { count: 4, before: ['half price', 'Half price'], rule: '', first: Date.UTC(2026, 10, 2), last: Date.UTC(2026, 10, 9) },
}

describe('the rule of a proposal', () => {
  it('says what it is made of', () => {
    expect(ruleFromProposal(proposal)).toMatchObject({
      id: 'personal/half-price-abcdef', title: '"the list price", not "half price"', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: '"half price" was changed to "the list price" each time.',
      sources: [{ title: 'House rule', note: '4 corrections from 2026-11-02 to 2026-11-09', checked: '2026-11-09' }], match: ['half price'], unless: ['not half price'], near: [], where: ['subject', 'text', 'heading', 'list'], once: false,
      suggest: 'the list price', reasons: [], examples: { flagged: ['All at half price.'], clean: ['All at the list price.'] },
    })
  })

  it('leaves out what people take out, shows only what is brand, and has a name in any case', () => {
    const without = ruleFromProposal({ ...proposal, suggest: null, category: 'brand' })
    expect(without).toMatchObject({ title: 'Without "half price"', message: 'These words were taken out each time: "half price".', tier: 'note' })
    expect(without).not.toHaveProperty('suggest')
    expect(ruleFromProposal({ ...proposal, evidence: { ...proposal.evidence, before: [] } }).id).toBe('personal/wording-abcdef')
    const long = ruleFromProposal({ ...proposal, suggest: 'word'.repeat(200) })
    expect([long.title.length, long.message.length]).toEqual([100, 600])
  })

  it('is tried on whole sentences', () => {
    const scanner = scannerFor(ruleFromProposal(proposal))
    expect([flags(scanner, 'Now half price'), flags(scanner, 'It is not half price.'), flags(scanner, '')]).toEqual([true, false, false])
  })
})

it('names rules by lower-case letters, digits and hyphens, forty at most', () => {
  expect(['Half  Price!', '--20% Off--', 'Äpfel', '', '…'].map(slug)).toEqual(['half-price', '20-off', 'a-pfel', 'wording', 'wording'])
  expect(slug('n'.repeat(50))).toBe('n'.repeat(40))
  expect(slug(`${'n'.repeat(38)} - and`)).toBe(`${'n'.repeat(38)}-a`)
  expect(slug(`${'n'.repeat(39)} and`)).toBe('n'.repeat(39))
})

it('cuts a text to its length with an ellipsis, and leaves what fits', () => {
  expect([shorten('abcdef', 6), shorten('abcdefg', 6), shorten('abcd efg', 6), shorten(' bcdefg', 6)]).toEqual(['abcdef', 'abcde…', 'abcd…', ' bcde…'])
})

it('tells days in UTC', () => {
  expect([day(Date.UTC(2026, 0, 1)), day(Date.UTC(2026, 0, 1) - 1)]).toEqual(['2026-01-01', '2025-12-31'])
})
