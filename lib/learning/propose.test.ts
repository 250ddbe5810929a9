import { describe, expect, it } from 'vitest'
import { ruleOf } from '../../test/reference/make.ts'
import type { Correction } from '../review/index.ts'
import { propose, type Decided, type Experience, type Proposal, type RuleInUse } from './index.ts'
import { flags, scannerFor } from './rule.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 8, 1)
const rule = (change: Partial<Parameters<typeof ruleOf>[0]>) => ({ rule: ruleOf({ id: 'brand/percent', category: 'pricing', tier: 'review', match: ['{percent}'], examples: { flagged: ['Get 20% off.'], clean: ['No number.'] }, ...change }), lists: {}, own: false, since: START }) as RuleInUse
const decisions = (count: number, make: (index: number) => Partial<Decided> = () => ({})): Decided[] => Array.from({ length: count }, (_, index) => ({
  rule: 'brand/percent', tier: 'review', outcome: 'dismissed', quote: '20%', sentence: 'Only 20% of users saw it.', at: START + index * DAY / 2, hasty: false, ...make(index),
}))
const experience = (change: Partial<Experience>): Experience => ({ corrections: [], decided: [], rules: [rule({})], seen: new Set(['brand/percent']), draftsSince: () => 0, history: [], answered: new Set(), now: START + 90 * DAY, ...change })
const kinds = (all: readonly Proposal[]) => all.map(({ kind }) => kind)
const made = (before: string, after: string, sentence: string, index: number, change: Partial<Correction> = {}): Correction => ({ rule: '', category: 'pricing', before, after, sentence, site: 'gmail', at: START + index * DAY, assistant: 'ChatGPT', kind: 'email', ...change })

describe('lowering a tier', () => {
  it('is offered once the interval says that hardly anybody ever changes what a rule finds, with a sample that is still reviewed', () => {
    const [lower] = propose(experience({ decided: decisions(80) }))
    expect(lower).toMatchObject({ kind: 'lower', sample: 0.1, changed: { id: 'personal/brand-percent', tier: 'note' }, evidence: { count: 80, total: 80 } })
    expect(propose(experience({ decided: decisions(60) })).some(({ kind }) => kind === 'lower')).toBe(false)
  })
  it.each<[string, Partial<Experience>]>([
    ['people changed it now and then', { decided: decisions(80, (index) => (index % 20 === 0 ? { outcome: 'fixed' } : {})) }],
    ['they signed without reading', { decided: decisions(80, () => ({ hasty: true })) }],
    ['it was one busy week', { decided: decisions(80, (index) => ({ at: START + (index % 6) * DAY })) }],
    ['somebody could be harmed', { decided: decisions(300), rules: [rule({ category: 'medical' })] }],
    ['an owner signs for it', { decided: decisions(300), rules: [rule({ tier: 'approve' })] }],
  ])('is not offered where %s', (_, change) => {
    expect(kinds(propose(experience(change)))).not.toContain('lower')
  })
})

describe('raising a tier', () => {
  it('is offered for a note whose finds people change', () => {
    const [raise] = propose(experience({ rules: [rule({ tier: 'note' })], decided: decisions(10, (index) => ({ tier: 'note', outcome: index < 7 ? 'fixed' : 'kept' })) }))
    expect(raise).toMatchObject({ kind: 'raise', changed: { tier: 'review' }, evidence: { count: 7, total: 10 } })
    expect(propose(experience({ rules: [rule({ tier: 'note' })], decided: decisions(10, (index) => ({ outcome: index < 3 ? 'fixed' : 'kept' })) }))).toEqual([])
  })
})

describe('an exception', () => {
  const quotes = (index: number): Partial<Decided> => ({ sentence: `${['Only', 'About', 'Some'][index % 3] ?? ''} ${10 + index}% of users saw page ${index}.`, quote: `${10 + index}%` })
  it('is made of words that were always dismissed, with the words beside them, and leaves the rest of the rule', () => {
    const decided = [...decisions(9, quotes), ...decisions(9, (index) => ({ outcome: 'fixed', quote: `${20 + index}%`, sentence: `Get ${20 + index}% off today.` }))]
    const [exception] = propose(experience({ decided }))
    expect(exception).toMatchObject({ kind: 'exception', changed: { unless: ['{percent} of users'] } })
    if (exception?.kind !== 'exception') throw new Error('expected an exception')
    const scanner = scannerFor(exception.changed)
    expect(flags(scanner, 'Only 70% of users saw it.')).toBe(false)
    expect(flags(scanner, 'Now 70% off.')).toBe(true)
  })
  it('is not offered where the same words were changed once, or where it would contradict the rule\'s own examples', () => {
    const once = [...decisions(9, quotes), ...decisions(1, () => ({ outcome: 'fixed', quote: '20%', sentence: 'Then 20% of users saw page 5.' }))]
    expect(kinds(propose(experience({ decided: once })))).not.toContain('exception')
    const contrary = [rule({ examples: { flagged: ['Then 20% of users saw page 5.'], clean: ['No.'] } })]
    expect(kinds(propose(experience({ decided: decisions(9, quotes), rules: contrary })))).not.toContain('exception')
  })
})

describe('a wording that answers whatever a rule finds', () => {
  it('becomes its suggestion', () => {
    const corrections = ['20% off', 'a 30% discount', 'half price at 50%', '10% less', '15% cheaper'].map((before, index) => made(before, 'the price in your quote', `You get ${before} today.`, index, { rule: 'brand/percent' }))
    expect(propose(experience({ corrections })).find(({ kind }) => kind === 'substitution')).toMatchObject({ changed: { suggest: 'the price in your quote' }, evidence: { count: 5, total: 5 } })
  })
})

describe('what an assistant should be told', () => {
  const corrections = ['We utilize lamps.', 'They utilize chairs.', 'Please utilize it.'].map((sentence, index) => made('utilize', 'use', sentence, index, { category: 'brand' }))
  it('is said for each assistant and kind of draft', () => {
    expect(propose(experience({ corrections })).find(({ kind }) => kind === 'prompt')).toMatchObject({ assistant: 'ChatGPT', workflow: 'email', instead: 'utilize', write: 'use', evidence: { count: 3 } })
    const apart = corrections.map((one, index) => ({ ...one, assistant: ['ChatGPT', 'Gemini', 'Claude'][index] }))
    expect(kinds(propose(experience({ corrections: apart })))).not.toContain('prompt')
  })
  it('is a fact where an amount is put right to one value', () => {
    const prices = ['$39', '$49', '$45'].map((before, index) => made(before, '$59', `The basic plan costs ${before} a month${'.!'[index % 2] ?? '.'}`, index))
    expect(propose(experience({ corrections: prices })).find(({ kind }) => kind === 'fact')).toMatchObject({ about: 'The basic plan costs … a month', right: '$59', wrong: ['$39', '$49', '$45'] })
  })
})

describe('a rule of one\'s own that never found anything', () => {
  const own = { ...rule({ id: 'personal/odd' }), own: true }
  it('is asked about after enough drafts and time, and only then', () => {
    expect(propose(experience({ rules: [own], draftsSince: () => 400 }))).toMatchObject([{ kind: 'silent', evidence: { drafts: 400 } }])
    expect(propose(experience({ rules: [own], draftsSince: () => 20 }))).toEqual([])
    expect(propose(experience({ rules: [own], draftsSince: () => 400, seen: new Set(['personal/odd']) }))).toEqual([])
    expect(propose(experience({ rules: [{ ...own, own: false }], draftsSince: () => 400 }))).toEqual([])
  })
})

it('stays answered, whatever the kind', () => {
  const experienced = experience({ decided: decisions(90), corrections: ['We utilize lamps.', 'They utilize chairs.', 'Please utilize it.'].map((sentence, index) => made('utilize', 'use', sentence, index)) })
  const all = propose(experienced)
  expect(all.length).toBeGreaterThan(1)
  expect(propose({ ...experienced, answered: new Set(all.map(({ id }) => id)) })).toEqual([])
})
