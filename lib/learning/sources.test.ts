import { describe, expect, it } from 'vitest'
import { ruleOf } from '../../test/reference/make.ts'
import type { Correction } from '../review/index.ts'
import { proposeFacts, proposePrompts, proposeSilent } from './sources.ts'
import type { RuleInUse } from './types.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 8, 1)
const made = (before: string, after: string, sentence: string, day = 0, change: Partial<Correction> = {}): Correction => ({ rule: '', category: 'brand', before, after, sentence, site: 'gmail', at: START + day * DAY, assistant: 'ChatGPT', kind: 'email', ...change })
const utilize = (...days: readonly number[]) => days.map((day, index) => made('utilize', 'use', `We utilize lamp ${'abcdefgh'[index] ?? ''}.`, day))

describe('a line for the prompt', () => {
  it('says what is written, what people make of it, how often and since when', () => {
    const [line, ...others] = proposePrompts([made(' utilize', ' use ', 'They utilize chairs.', 4), made('Utilize', 'Use', 'Utilize it.', 1), made('utilize', 'use', 'We utilize lamps.', 2)])
    expect(others).toEqual([])
    expect(line).toMatchObject({ kind: 'prompt', assistant: 'ChatGPT', workflow: 'email', instead: 'utilize', write: 'use', category: 'brand', evidence: { count: 3, before: ['utilize', 'Utilize'], first: START + DAY, last: START + 4 * DAY } })
    expect(line?.id).toMatch(/^prompt-[0-9a-f]{16}$/)
  })

  it('has an id of its own for what it answers, and keeps it', () => {
    const id = (change: Partial<Correction>) => proposePrompts(utilize(0, 1, 2).map((one) => ({ ...one, ...change })))[0]?.id
    const ids = [id({}), id({ assistant: 'Gemini' }), id({ kind: 'post' }), id({ after: 'take' })]
    expect(new Set(ids).size).toBe(4)
    expect(id({ at: START + 90 * DAY })).toBe(ids[0])
  })

  it('is of what nobody names, too', () => {
    const [line] = proposePrompts(utilize(0, 1, 2).map(({ assistant: _, kind: __, ...one }) => one))
    expect(line).toMatchObject({ assistant: '', workflow: '' })
  })

  it('needs three cases, more than half of them alike, and words of four letters', () => {
    expect(proposePrompts(utilize(0, 1))).toEqual([])
    const others = (count: number) => Array.from({ length: count }, (_, index) => made('utilize', `apply ${index}`, `They utilize seat ${index}.`, 9))
    expect(proposePrompts([...others(2), ...utilize(0, 1, 2)])[0]).toMatchObject({ write: 'use', evidence: { count: 3 } })
    expect(proposePrompts([...others(3), ...utilize(0, 1, 2)])).toEqual([])
    const short = (word: string) => ['a', 'b', 'c'].map((one) => made(word, 'better', `The ${word} ${one}.`))
    expect([proposePrompts(short('deal')).length, proposePrompts(short('top')).length, proposePrompts(short('t-o-p 24')).length]).toEqual([1, 0, 0])
  })

  it('is not offered for words that are left as they are as often', () => {
    const left = (count: number) => Array.from({ length: count }, (_, index) => `Please utilize seat ${index} here.`)
    expect(proposePrompts(utilize(0, 1, 2), left(2)).length).toBe(1)
    expect(proposePrompts(utilize(0, 1, 2), left(3))).toEqual([])
    expect(proposePrompts(utilize(0, 1, 2), ['We utilize lamp a.', 'We utilize lamp b.', 'We utilize lamp c.', 'We utilize lamp a.', 'None.']).length).toBe(1)
    // Only the newest five hundred sentences count.
    const many = Array.from({ length: 500 }, (_, index) => `Nothing ${index}.`)
    expect(proposePrompts(utilize(0, 1, 2), [...left(3), ...many]).length).toBe(1)
    expect(proposePrompts(utilize(0, 1, 2), [...left(3), ...many.slice(3)])).toEqual([])
    const kept = left(3).map((sentence) => made('seat', 'chair', sentence))
    expect(proposePrompts([...kept, ...utilize(0, 1, 2)]).map(({ instead }) => instead)).toEqual(['seat'])
    const later = Array.from({ length: 500 }, (_, index) => index.toString(2).replaceAll('0', 'n').replaceAll('1', 'm')).map((word) => made(`word-${word}`, 'x', `A word-${word} more.`))
    expect(proposePrompts([...kept, ...later, ...utilize()]).map(({ instead }) => instead)).toEqual(['seat'])
    expect(proposePrompts([...kept, ...utilize(0, 1, 2), ...later]).map(({ instead }) => instead)).toEqual(['seat', 'utilize'])
  })

  it('stands first where it was seen most often, with the newest wording', () => {
    const lines = proposePrompts([...['a', 'b', 'c'].map((one) => made('seat', 'chair', `The seat ${one}.`)), ...utilize(7, 1, 2, 3)])
    expect(lines.map(({ instead, evidence }) => [instead, evidence.count])).toEqual([['utilize', 4], ['seat', 3]])
    const worded = [made('utilize', 'USE', 'We utilize a.', 9), made('utilize', 'use', 'We utilize b.', 1), made('utilize', 'Use', 'We utilize c.', 5)]
    expect(proposePrompts(worded)[0]?.write).toBe('USE')
    const six = ['one', 'two', 'three', 'four', 'five', 'six'].map((word, index) => made(`${index + 1} items`, 'some items', `Take ${index + 1} items, ${word}.`, index))
    expect(proposePrompts(six)[0]?.evidence.before).toEqual(['1 items', '2 items', '3 items', '4 items', '5 items'])
  })

  it.each<[string, Partial<Correction>]>([
    ['say nothing', { before: '  ', sentence: 'We   go.' }], ['are too long', { before: 'long'.repeat(41), sentence: 'long'.repeat(41) }], ['become too long', { after: 'long'.repeat(41) }],
    ['do not stand in their sentence', { sentence: 'Other words.' }], ['stay the same but for their case', { after: 'UTILIZE' }],
  ])('is not made of words that %s', (_, change) => {
    expect(proposePrompts([0, 1, 2].map((day) => ({ ...made('utilize', 'use', 'We utilize it.', day), ...change })))).toEqual([])
  })

  it('is made of up to 160 characters', () => {
    const long = 'l'.repeat(160)
    expect(proposePrompts([1, 2, 3].map((day) => made(long, 'm'.repeat(160), `A ${long} ${'bcde'[day] ?? ''}.`, day))).length).toBe(1)
    expect(proposePrompts([1, 2, 3].map((day) => made(`${long}l`, 'm', `A ${long}l ${'bcde'[day] ?? ''}.`, day)))).toEqual([])
    expect(proposePrompts([1, 2, 3].map((day) => made(long, 'm'.repeat(161), `A ${long} ${'bcde'[day] ?? ''}.`, day)))).toEqual([])
  })
})

describe('a fact', () => {
  const price = (before: string, day: number, change: Partial<Correction> = {}) => made(before, '$59', `The basic plan costs ${before} a month, ${'abcdefgh'[day] ?? ''}.`, day, change)

  it('is what several are put right to, with what stood there and the words around it', () => {
    const [fact, ...others] = proposeFacts([price(' $39 ', 1, { after: ' $59 ', sentence: 'The basic plan costs $39 a month, x $39 .' }), price('$49', 0), price('$49', 3)])
    expect(others).toEqual([])
    expect(fact).toMatchObject({ kind: 'fact', right: '$59', wrong: ['$39', '$49'], category: 'brand', evidence: { count: 3, before: ['$39', '$49'], first: START, last: START + 3 * DAY } })
    expect(fact?.id).toMatch(/^fact-[0-9a-f]{16}$/)
    const other = proposeFacts([0, 1, 2].map((day) => ({ ...price('$49', day), after: '$69' })))[0]
    expect(other?.id).toMatch(/^fact-/)
    expect(other?.id).not.toBe(fact?.id)
  })

  it('needs three cases of one value, and sentences that share a word', () => {
    expect(proposeFacts([price('$39', 0), price('$49', 1)])).toEqual([])
    expect(proposeFacts([price('$39', 0), price('$49', 1), { ...price('$49', 2), after: '$69' }])).toEqual([])
    expect(proposeFacts(['Pay $49', 'Only $49', 'At $49'].map((sentence) => made('$49', '$59', sentence)))).toEqual([])
  })

  it.each<[string, string, string]>([['an amount and words', '$49 a month', '$59 a month'], ['words before an amount', 'about $49', 'about $59'], ['other kinds of things', '$49', '20%'], ['an address', 'a@b.example', 'c@d.example'], ['words', 'cheap', 'dear']])('is not made of %s', (_, before, after) => {
    expect(proposeFacts([0, 1, 2].map((day) => made(before, after, `The plan costs ${before} now.`, day)))).toEqual([])
  })

  it.each([['20%', '25%'], ['3 May 2026', '4 May 2026'], ['3 days', '5 days'], ['1,200', '1,400'], ['20 mg', '30 mg']])('is made of %j put right to %j', (before, after) => {
    expect(proposeFacts([0, 1, 2].map((day) => made(before, after, `The plan says ${before} here.`, day)))).toMatchObject([{ right: after, wrong: [before], about: 'The plan says … here' }])
  })

  it('names the five newest of many wrong values', () => {
    const fact = proposeFacts(Array.from({ length: 7 }, (_, index) => price(`$${10 + index}`, index)))[0]
    expect(fact?.wrong).toEqual(['$12', '$13', '$14', '$15', '$16'])
    expect(fact?.evidence.before).toEqual(['$10', '$11', '$12', '$13', '$14'])
  })
})

describe('a rule that found nothing', () => {
  const own = { rule: ruleOf({ id: 'personal/odd' }), lists: {}, own: true, since: START } as RuleInUse
  it('is asked about after thirty days and two hundred drafts since it began', () => {
    const asked = (days: number, drafts: number) => proposeSilent([own], new Set(), (since) => (since === START ? drafts : 0), START + days * DAY)
    expect(asked(30, 200)).toMatchObject([{ kind: 'silent', rule: { id: 'personal/odd' }, evidence: { drafts: 200, since: START } }])
    expect([asked(29.9, 400), asked(40, 199)]).toEqual([[], []])
    const [[first], [again]] = [asked(30, 200), proposeSilent([{ ...own, since: START + 1 }], new Set(), () => 300, START + 31 * DAY)]
    expect(first?.id).toMatch(/^silent-[0-9a-f]{16}$/)
    expect(again?.id).not.toBe(first?.id)
  })
})
