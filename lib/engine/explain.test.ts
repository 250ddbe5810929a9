import { describe, expect, it } from 'vitest'
import { packOf, ruleOf } from '../../test/reference/make.ts'
import { createExplainer, withOutcome } from './index.ts'

const explain = createExplainer([packOf([
  ruleOf({ id: 'a/off', match: ['{percent} (off|discount)'], unless: ['{percent} off target'], negation: 'clears', hedge: 'lowers' }),
  ruleOf({ id: 'a/promise', match: ['we [really] (guarantee|promise) ... results'], near: ['customers'] }),
  ruleOf({ id: 'a/title', match: ['urgent'], where: ['subject'] }),
  ruleOf({ id: 'a/cure', match: ['{list:drugs} cures'] }),
], { drugs: ['vitamin c', 'aspirin'] })])
const words = (text: string, spans: readonly { start: number; end: number }[]) => spans.map(({ start, end }) => text.slice(start, end))

describe('an explanation', () => {
  it('shows tokens, sentences, entities and what was found', () => {
    const text = 'Up to 20% off. Call us!'
    const { tokens, entities, found, dropped } = explain(text, 'text')
    expect(words(text, tokens)).toEqual(['Up', 'to', '20', '%', 'off', 'Call', 'us', '!'])
    expect(tokens.map(({ sentence }) => sentence)).toEqual([0, 0, 0, 0, 0, 1, 1, 1])
    expect(entities.map(({ kind }) => kind).sort()).toEqual(['number', 'percent'])
    expect(found).toEqual([{ rule: 'a/off', start: 6, end: 13, evidence: ['lowered: hedged'] }])
    expect(dropped).toEqual([])
  })

  it.each([
    ['This is 20% off target.', 'a/off', '20% off', 'unless'], ['There is no 20% discount.', 'a/off', '20% discount', 'negated'],
    ['We guarantee good results.', 'a/promise', 'We guarantee good results', 'near'], ['This is urgent.', 'a/title', 'urgent', 'where'],
  ])('says what suppressed a match: %s', (text, rule, quote, because) => {
    const { found, dropped } = explain(text, 'text')
    expect(found).toEqual([])
    expect(dropped.map((one) => [one.rule, text.slice(one.start, one.end), one.because])).toEqual([[rule, quote, because]])
  })

  it('names the rule that came nearest, and what it lacked', () => {
    expect(explain('We promise a reply.', 'text').nearest).toEqual([{ rule: 'a/promise', pattern: 'we [really] (guarantee|promise) ... results', has: ['we', 'guarantee|promise'], missing: ['results'] }])
    expect(explain('A discount of 20%.', 'text').nearest).toEqual([{ rule: 'a/off', pattern: '{percent} (off|discount)', has: ['{percent}', 'off|discount'], missing: [] }])
    expect(explain('We ship aspirin.', 'text').nearest[0]).toEqual({ rule: 'a/cure', pattern: '{list:drugs} cures', has: ['{list:drugs}'], missing: ['cures'] })
    expect(explain('Hello there.', 'text').nearest).toEqual([])
    expect(explain('', 'text')).toEqual({ tokens: [], entities: [], found: [], dropped: [], nearest: [] })
  })

  it('asks of alternatives of several words for all the words of one of them', () => {
    const why = createExplainer([packOf([ruleOf({ id: 'a/safe', match: ['(crash-proof|fail-safe guarantee|{number} for {number}) [now]'] })])])
    expect(why('This guarantee is safe.', 'text').nearest).toEqual([{ rule: 'a/safe', pattern: '(crash-proof|fail-safe guarantee|{number} for {number}) [now]', has: ['safe', 'guarantee'], missing: ['fail'] }])
    expect(why('Buy 3.', 'text').nearest).toMatchObject([{ has: ['{number}', '{number}'], missing: ['for'] }])
  })

  it('names no rule of another language than the text is in', () => {
    const packs = [packOf([ruleOf({ id: 'a/es', languages: ['es'], match: ['oferta final'] }), ruleOf({ id: 'a/all', languages: ['mul'], match: ['oferta nueva'] })])]
    expect(createExplainer(packs, () => 'en')('The oferta.', 'text').nearest.map(({ rule }) => rule)).toEqual(['a/all'])
    expect(createExplainer(packs, () => null)('The oferta.', 'text').nearest).toHaveLength(2)
  })

  it('tells what a pattern found from what became of it in the draft', () => {
    const explanation = explain('Get 20% off or 30% off.', 'text')
    const second = { rule: 'a/off', field: 'body' as const, span: { start: 115, end: 122 } }
    expect(withOutcome(explanation, 'body', 100, [second], 'check')).toMatchObject({ found: [{ start: 15 }], dropped: [{ rule: 'a/off', start: 4, end: 11, because: 'check' }] })
    for (const other of [{ ...second, rule: 'a/cure' }, { ...second, field: 'subject' as const }, { ...second, span: { start: 15, end: 22 } }]) expect(withOutcome(explanation, 'body', 100, [other], 'check').found).toEqual([])
  })
})
