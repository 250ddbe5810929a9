import { describe, expect, it } from 'vitest'
import { ruleOf } from '../../test/reference/make.ts'
import type { Correction } from '../review/index.ts'
import { proposeExceptions, proposeSubstitutions, proposeTiers } from './rule-changes.ts'
import { wilsonInterval } from './scores.ts'
import type { Decided, RuleInUse } from './types.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 8, 1)
const rule = (change: Partial<Parameters<typeof ruleOf>[0]> = {}): RuleInUse => ({ rule: ruleOf({ id: 'acme/percent', category: 'pricing', tier: 'review', match: ['{percent}'], examples: { flagged: ['Get 20% off.'], clean: ['No number.'] }, ...change }), lists: {}, own: false, since: START })
const decisions = (count: number, make: (index: number) => Partial<Decided> = () => ({})): Decided[] => Array.from({ length: count }, (_, index) => ({
  rule: 'acme/percent', tier: 'review', outcome: 'dismissed', quote: '20%', sentence: 'Only 20% of users saw it.', at: START + (index % 20) * DAY, hasty: false, ...make(index),
}))
const kinds = (rules: readonly RuleInUse[], decided: readonly Decided[]) => proposeTiers(rules, decided).map(({ kind }) => kind)

describe('a rule that could be lowered', () => {
  it('says in its sources why, and of how many decisions on which days', () => {
    const decided = decisions(200, (index) => ({ outcome: index === 0 ? 'fixed' : 'kept', quote: ` ${index % 7}% ` }))
    expect(proposeTiers([rule()], decided)).toEqual([{
      id: expect.stringMatching(/^lower-[0-9a-f]{16}$/) as unknown, kind: 'lower', rule: rule().rule, lists: {}, sample: 0.1,
      evidence: { count: 199, total: 200, interval: wilsonInterval(199, 200), quotes: ['2%', '3%', '4%', '5%', '6%'], first: START, last: START + 19 * DAY },
      changed: { ...rule().rule, id: 'personal/acme-percent', tier: 'note', sources: [...rule().rule.sources, { title: 'House rule', note: 'Left as it was in 199 of 200 decisions', checked: '2026-09-20' }] },
    }])
  })

  it('stays the same rule where it is the person\'s own, and is another proposal than that of another rule', () => {
    const [own] = proposeTiers([rule({ id: 'personal/mine' })], decisions(200, () => ({ rule: 'personal/mine' })))
    expect(own?.changed.id).toBe('personal/mine')
    expect(own?.id).not.toBe(proposeTiers([rule()], decisions(200))[0]?.id)
  })

  it('needs decisions of fourteen days', () => {
    const over = (days: number) => kinds([rule()], decisions(200, (index) => ({ at: START + (index % days) * DAY })))
    expect([over(14), over(13)]).toEqual([['lower'], []])
    expect(proposeTiers([rule()], [])).toEqual([])
  })

  it.each(['medical', 'legal', 'financial', 'safety', 'privacy', 'irreversible'] as const)('is never one of %s', (category) => {
    expect(kinds([rule({ category })], decisions(300))).toEqual([])
  })
})

describe('a note that could be raised', () => {
  const changed = (fixed: number, of: number) => decisions(of, (index) => ({ outcome: index < fixed ? 'fixed' : 'dismissed' }))
  it('needs three changes, and most of what was decided', () => {
    expect(proposeTiers([rule({ tier: 'note' })], changed(3, 3))).toMatchObject([{ kind: 'raise', sample: null, id: expect.stringMatching(/^raise-[0-9a-f]{16}$/) as unknown, changed: { tier: 'review', sources: [{ note: 'Changed in 3 of 3 decisions' }] } }])
    expect([kinds([rule({ tier: 'note' })], changed(2, 2)), kinds([rule({ tier: 'note' })], changed(6, 10)), kinds([rule({ tier: 'note' })], changed(5, 10))]).toEqual([[], ['raise'], []])
  })

  it.each([['a rule that holds', { tier: 'review' }], ['a matter of style', { tier: 'note', category: 'brand' }], ['a leftover', { tier: 'note', category: 'leftover' }]] as const)('is not %s', (_, change) => {
    expect(kinds([rule(change)], changed(10, 10))).toEqual([])
  })
})

describe('an exception', () => {
  const users = (count: number, change: (index: number) => Partial<Decided> = () => ({})) => decisions(count, (index) => ({ sentence: `${['Only', 'About', 'Some'][index % 3] ?? ''} ${10 + index}% of users saw page ${index}.`, quote: `${10 + index}%`, ...change(index) }))

  it('keeps the rule, adds the words and three of their sentences, and says how often', () => {
    const decided = users(9)
    expect(proposeExceptions([rule({ unless: ['{percent} milk'] })], decided)).toEqual([{
      id: expect.stringMatching(/^exception-[0-9a-f]{16}$/) as unknown, kind: 'exception', rule: rule({ unless: ['{percent} milk'] }).rule, lists: {}, sample: null,
      evidence: { count: 9, total: 9, interval: wilsonInterval(9, 9), quotes: ['14%', '15%', '16%', '17%', '18%'], first: START, last: START + 8 * DAY },
      changed: {
        ...rule().rule, id: 'personal/acme-percent', unless: ['{percent} milk', '{percent} of users'], examples: { flagged: ['Get 20% off.'], clean: ['No number.', ...decided.slice(-3).map(({ sentence }) => sentence)] },
        sources: [...rule().rule.sources, { title: 'House rule', note: 'Dismissed in 9 of 9 decisions', checked: '2026-09-09' }],
      },
    }])
  })

  it('needs eight that were dismissed, not left or settled in haste', () => {
    const count = (decided: readonly Decided[]) => proposeExceptions([rule()], decided).length
    expect([count(users(8)), count(users(7))]).toEqual([1, 0])
    expect(count(users(9, (index) => (index < 2 ? { outcome: 'kept' } : {})))).toBe(0)
    expect(count(users(9, (index) => (index < 2 ? { hasty: true } : {})))).toBe(0)
    expect(count(users(9, (index) => (index < 2 ? { rule: 'acme/other' } : {})))).toBe(0)
  })

  it.each<[string, Parameters<typeof ruleOf>[0] | object]>([['of a note', { tier: 'note' }], ['of what an owner signs', { tier: 'approve' }], ['of what must change', { tier: 'block' }], ['where somebody is harmed', { category: 'medical' }]])('is not made %s', (_, change) => {
    expect(proposeExceptions([rule(change)], users(20))).toEqual([])
  })

  it('is not made where one of these words was changed, also among others that were not', () => {
    const fixed = (sentence: string, quote: string) => decisions(1, () => ({ outcome: 'fixed', quote, sentence }))
    expect(proposeExceptions([rule()], [...users(9), ...fixed('Get 30% off.', '30%'), ...fixed('Then 20% of users saw page 5.', '20%')])).toEqual([])
    expect(proposeExceptions([rule()], [...users(9), ...fixed('Get 30% off.', '30%')]).length).toBe(1)
  })

  it('is made without sentences where texts are not kept, and of none that is too long for an example', () => {
    const bare = proposeExceptions([rule({ match: ['{percent} of users'], examples: { flagged: [], clean: [] } })], users(8, (index) => ({ sentence: '', quote: `${10 + index}% of users` })))
    expect(bare).toMatchObject([{ changed: { unless: ['{percent} of users'], examples: { clean: [] } } }])
    const long = (chars: number) => proposeExceptions([rule()], users(8, (index) => ({ sentence: `${10 + index}% of users saw ${'page '.repeat(70)}`.slice(0, chars - 1) + '.' })))[0]?.changed.examples.clean.length
    expect([long(300), long(301)]).toEqual([4, 1])
  })

  it('is not made where it contradicts an example, or where the rule cannot be read', () => {
    expect(proposeExceptions([rule({ examples: { flagged: ['Get 20% off.', 'Then 20% of users saw page 5.'], clean: [] } })], users(9))).toEqual([])
    expect(proposeExceptions([rule({ examples: { flagged: [], clean: ['No number.', 'Yet 5% more.'] } })], users(9))).toEqual([])
    expect(proposeExceptions([rule({ match: ['{nothing}'] })], users(9))).toEqual([])
  })

  it('is told apart by the words it is about', () => {
    const [percent] = proposeExceptions([rule()], users(9))
    const [money] = proposeExceptions([rule({ match: ['{money}'], examples: { flagged: [], clean: [] } })], users(9, (index) => ({ sentence: `${['Only', 'About', 'Some'][index % 3] ?? ''} $${10 + index} of users saw it.`, quote: `$${10 + index}` })))
    expect(money?.changed.unless).toEqual(['{money} of users'])
    expect(money?.id).not.toBe(percent?.id)
  })
})

describe('a wording that answers a rule', () => {
  const answers = ['20% off', 'a 30% discount', 'half price at 50%', '10% less', '15% cheaper', '25% now', '35% then', '45% later', '55% here', '65% there']
  const made = (count: number, after = 'the price in your quote', from = 0): Correction[] => answers.slice(from, from + count).map((before, index) => ({ rule: 'acme/percent', category: 'pricing', before, after, sentence: `You get ${before} today.`, site: 'gmail', at: START + (from + index) * DAY }))
  const suggested = (corrections: readonly Correction[], change: Parameters<typeof rule>[0] = {}) => proposeSubstitutions([rule(change)], corrections).map(({ changed }) => changed.suggest)

  it('becomes its suggestion, as it was last written', () => {
    expect(proposeSubstitutions([rule()], [...made(4), ...made(1, ' The price in your quote ', 4), ...made(2, 'nothing', 5)])).toEqual([{
      id: expect.stringMatching(/^substitution-[0-9a-f]{16}$/) as unknown, kind: 'substitution', rule: rule().rule, lists: {}, sample: null,
      evidence: { count: 5, total: 7, interval: wilsonInterval(5, 7), quotes: answers.slice(0, 5), first: START, last: START + 4 * DAY },
      changed: { ...rule().rule, id: 'personal/acme-percent', suggest: 'The price in your quote', sources: [...rule().rule.sources, { title: 'House rule', note: 'Chosen in 5 of 7 corrections', checked: '2026-09-05' }] },
    }])
  })

  it('needs five cases, three in five of all, and three wordings', () => {
    expect([suggested(made(5)).length, suggested(made(4)).length]).toEqual([1, 0])
    expect([suggested([...made(4, 'x', 6), ...made(6)]).length, suggested([...made(4, 'x', 5), ...made(5)]).length]).toEqual([1, 0])
    const worded = (wordings: number) => suggested(made(6).map((one, index) => ({ ...one, before: answers[index % wordings] ?? '' })))
    expect([worded(3).length, worded(2).length]).toEqual([1, 0])
  })

  it('is none where the words are taken out, where the rule says so already, or where nothing is known of the sentence', () => {
    expect([suggested(made(6, '')), suggested(made(6), { suggest: 'The price in your quote' })]).toEqual([[], []])
    expect(suggested(made(6).map((one) => ({ ...one, sentence: '' })))).toEqual([])
    expect(suggested(made(6).map((one) => ({ ...one, rule: '' })), { id: '' })).toEqual([])
    expect(suggested(made(6), { examples: { flagged: ['No number.'], clean: [] } })).toEqual([])
  })

  it('is another proposal than another wording', () => {
    const id = (after: string) => proposeSubstitutions([rule()], made(5, after))[0]?.id
    expect(id('the list price')).not.toBe(id('the price in your quote'))
    expect(id('The List Price')).toBe(id('the list price'))
  })
})
