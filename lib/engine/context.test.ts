import { describe, expect, it } from 'vitest'
import { draftOf, packOf, ruleOf } from '../../test/reference/make.ts'
import { type Block, compileRuleset, createScanner, type Rule } from './index.ts'

const claim = { negation: 'clears', hedge: 'lowers', question: 'lowers', quoted: 'lowers' } as const

/** `tier evidence` of each finding. */
function tiers(text: string, parts: Partial<Rule>, kind: Block['kind'] = 'text'): string[] {
  const scanner = createScanner(compileRuleset([packOf([ruleOf({ ...claim, ...parts })])]))
  return scanner.scan({ ...draftOf(text), blocks: [{ span: { start: 0, end: text.length }, kind }] }).findings.map(({ tier, evidence }) => [tier, ...evidence].join(' '))
}

describe('negation', () => {
  const rule = { match: ['(guarantee|guaranteed)', 'guaranteed results', 'fail', 'lose', 'risk-free', 'no hidden fees', '{percent} off'] }
  it.each([
    'We do not guarantee this.', 'We don’t guarantee it.', 'We can\'t ever fully guarantee it.', 'There is no 20% off here.', 'Results are never guaranteed.', 'We are unable to guarantee it.',
    'This is not risk-free.', 'Neither of us can guarantee it.',
  ])('clears: %s', (text) => expect(tiers(text, rule)).toEqual([]))
  it.each([
    'We not only guarantee it.', 'There is no doubt we guarantee it.', 'You cannot fail.', 'You can\'t lose.', 'Why not get 20% off?'.replace('?', '.'), 'There are no hidden fees.', 'It is risk-free.',
    'We do not charge, but we guarantee it.', 'This is not a draft; we guarantee it.', 'No, we guarantee it.', 'It is not here. We guarantee it.', 'Not one of the many very long words before it guarantee.',
  ])('does not clear: %s', (text) => expect(tiers(text, rule)).toEqual(['review']))
  it('speaks the languages of the rule', () => {
    expect(tiers('Wir garantieren das nicht.', { match: ['garantieren'], languages: ['de'] })).toEqual([])
    expect(tiers('Wir garantieren das und haben keine Sorge, ohne Risiko.', { match: ['garantieren'], languages: ['de'] })).toEqual(['review'])
    expect(tiers('Wir garantieren das nie.', { match: ['garantieren'], languages: ['de'] })).toEqual([])
    expect(tiers('Nicht nur garantieren wir das.', { match: ['garantieren'], languages: ['de'] })).toEqual(['review'])
    expect(tiers('Nous ne garantissons pas cela.', { match: ['garantissons'], languages: ['fr'] })).toEqual([])
    expect(tiers('No garantizamos nada.', { match: ['garantizamos'], languages: ['es'] })).toEqual([])
    expect(tiers('Wir garantieren das nicht.', { match: ['garantieren'], languages: ['en'] })).toEqual(['review'])
  })
})

describe('lowering', () => {
  it.each([
    ['Save up to 20% now.', 'note lowered: hedged'],
    ['You may save 20% now.', 'note lowered: hedged'],
    ['Can we save 20%?', 'note lowered: question'],
    ['Might we save 20%?', 'note lowered: hedged lowered: question'],
    ['He wrote “save 20% now” here.', 'note lowered: quoted'],
    ['You asked whether to save 20% now.', 'note lowered: reported'],
    ['Did you know? Save 20% now.', 'review'],
    ['In May we save 20% now.', 'review'],
    ['Let us talk about your plan: save 20% now.', 'review'],
    ['We plan to save 20% now.', 'note lowered: hedged'],
    ['A 5" pipe. Save 20% now, "he said', 'review'],
  ])('%s', (text, expected) => expect(tiers(text, { match: ['save [up to] {percent}'] })).toEqual([expected]))

  it('goes down by one at most, never under note, and not at all where the rule ignores it', () => {
    expect(tiers('Might we guarantee?', { match: ['guarantee'], tier: 'block' })).toEqual(['approve lowered: hedged lowered: question'])
    expect(tiers('We may guarantee.', { match: ['guarantee'], tier: 'note' })).toEqual(['note lowered: hedged'])
    expect(tiers('We may guarantee.', { match: ['guarantee'], hedge: 'ignores' })).toEqual(['review'])
    expect(tiers('We guarantee?', { match: ['guarantee'], question: 'clears' })).toEqual([])
  })

  it('does not let words around it soften a leftover that must go', () => {
    const leftover = { match: ['{placeholder}'], category: 'leftover', tier: 'block' } as const
    expect(tiers('Maybe not “[Your Name]”?', leftover)).toEqual(['block'])
    expect(tiers('Write `[Your Name]` there.', leftover)).toEqual(['note lowered: quoted in code'])
    expect(tiers('[Your Name]', leftover, 'code')).toEqual(['note lowered: quoted in code'])
    expect(tiers('[Your Name]', leftover, 'quote')).toEqual(['block'])
  })

  it('looks only where the rule looks', () => {
    expect(tiers('We guarantee.', { match: ['guarantee'], where: ['heading'] })).toEqual([])
    expect(tiers('We guarantee.', { match: ['guarantee'], where: ['heading'] }, 'heading')).toEqual(['review'])
    expect(tiers('We guarantee.', { match: ['guarantee'] }, 'quote')).toEqual(['note lowered: quoted'])
  })
})
