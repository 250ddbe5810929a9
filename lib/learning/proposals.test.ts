import { describe, expect, it } from 'vitest'
import type { Correction } from '../review/index.ts'
import { proposeRules } from './index.ts'

const START = Date.UTC(2026, 10, 1)
const MINUTE = 60_000
const made = (before: string, after: string, sentence: string, minute: number, change: Partial<Correction> = {}): Correction => ({ rule: 'brand/words', category: 'brand', before, after, sentence, site: 'gmail', at: START + minute * MINUTE, ...change })
/** "utilize" in as many sentences as there are answers. */
const utilize = (...answers: readonly string[]) => answers.map((after, index) => made('utilize', after, `We utilize lamp ${'abcdefghijklmnop'[index] ?? ''}.`, index))
const offered = (corrections: readonly Correction[], history: readonly string[] = []) => proposeRules(corrections, [], [], history)
const matches = (corrections: readonly Correction[], history: readonly string[] = []) => offered(corrections, history).map(({ match }) => match)

describe('a rule from corrections', () => {
  it('needs most of them to say the same; of few one may differ', () => {
    expect(matches(utilize('use', 'use', 'take'))).toEqual([['utilize']])
    expect(matches(utilize('use', 'use', 'take', 'apply'))).toEqual([])
    expect(matches(utilize('take', 'use', 'use'))).toEqual([['utilize']])
    expect(offered(utilize('take', 'use', 'use'))[0]).toMatchObject({ suggest: 'use', evidence: { count: 3 } })
    expect(matches(utilize('take', 'use', 'apply'))).toEqual([])
  })

  it('is of one area, and another rule for another wording', () => {
    const apart = utilize('use', 'use', 'use').map((one, index) => (index === 0 ? { ...one, category: 'legal' as const, rule: 'legal/x' } : one))
    expect(offered(apart)).toEqual([])
    const [use] = offered(utilize('use', 'use', 'use'))
    const [take] = offered(utilize('take', 'take', 'take'))
    expect(use?.id).toMatch(/^rule-[0-9a-f]{16}$/)
    expect(take?.id).not.toBe(use?.id)
  })

  it('takes the newest wording, by time and not by place', () => {
    const [one] = offered([made(' utilize ', ' Use ', 'We  utilize  it.', 9), made('utilize', 'use', 'They utilize it.', 1, { rule: 'brand/other' }), made('utilize', 'use', 'You utilize it.', 5)])
    expect(one).toMatchObject({ suggest: 'Use', evidence: { first: START + MINUTE, last: START + 9 * MINUTE, before: ['utilize'], rule: 'brand/words' } })
    expect(one?.flagged[0]).toBe('We  utilize  it.')
    expect(one?.clean[0]).toBe('We Use it.')
    expect(offered(utilize(...Array.from({ length: 3 }, () => 'w'.repeat(400))))[0]?.suggest).toBe('w'.repeat(300))
  })

  it('stands before those with fewer or older cases', () => {
    const of = (word: string, count: number, from: number) => Array.from({ length: count }, (_, index) => made(word, 'x', `We ${word} lamp ${'abcdef'[index] ?? ''}.`, from + index))
    expect(matches([...of('utilize', 3, 0), ...of('leverage', 4, 10), ...of('facilitate', 3, 20)])).toEqual([['leverage'], ['facilitate'], ['utilize']])
    const [same, again] = [matches([...of('utilize', 3, 0), ...of('leverage', 3, 0)]), matches([...of('leverage', 3, 0), ...of('utilize', 3, 0)])]
    expect(again).toEqual(same)
  })

  it.each<[string, Partial<Correction>]>([
    ['nothing', { before: '  ', sentence: 'We   go.' }], ['more than 160 characters', { before: 'w'.repeat(161), sentence: `We ${'w'.repeat(161)} it.` }], ['a sentence of more than 1,000', { sentence: `We utilize ${'it '.repeat(400)}` }],
    ['words that only change their case', { after: 'Utilize' }],
  ])('is not made of %s', (_, change) => {
    expect(offered([0, 1, 2].map((minute) => ({ ...made('utilize', 'use', 'We utilize it.', minute), ...change })))).toEqual([])
  })

  it('is made of up to 160 characters and sentences of 1,000', () => {
    const word = 'w'.repeat(160)
    expect(matches([0, 1, 2].map((minute) => made(word, 'use', `We ${word} it ${'abc'[minute] ?? ''}.`, minute)))).toEqual([[word]])
    expect(matches([0, 1, 2].map((minute) => made('utilize', 'use', `We utilize lamp ${'abc'[minute] ?? ''} ${'n'.repeat(982)}`, minute)))).toEqual([['utilize']])
  })

  it('has ten examples at most, each sentence once, the newest first', () => {
    const many = Array.from({ length: 14 }, (_, index) => made('utilize', 'use', `We utilize lamp ${'abcdefghijklmn'[index] ?? ''}.`, index))
    const [one] = offered([...many, made('utilize', 'apply', 'WE utilize lamp z.', 20), made('utilize', 'use', 'We utilize lamp n.', 30)])
    expect(one?.flagged.length).toBe(10)
    expect(one?.flagged[0]).toBe('We utilize lamp n.')
    expect(one?.flagged.filter((sentence) => sentence.includes('lamp n')).length).toBe(1)
    expect(one?.evidence.count).toBe(16)
    const varied = Array.from({ length: 7 }, (_, index) => made(`${index + 11} items`, 'some items', `Take ${index + 11} items, ${'abcdefg'[index] ?? ''}.`, index))
    expect(offered(varied)[0]?.evidence.before).toEqual(['11 items', '12 items', '13 items', '14 items', '15 items'])
  })

  it('is made of different words that answer one rule alike, and not of what answers none or is taken out', () => {
    const words = ['leverage synergies', 'move the needle', 'boil the ocean']
    const same = (change: Partial<Correction>) => words.map((before, index) => made(before, 'work together', `We ${before} now.`, index, change))
    expect(matches(same({}))).toEqual([words])
    expect(matches(same({ rule: '' }))).toEqual([])
    expect(matches(same({ after: '' }))).toEqual([])
    expect(matches([...same({}), made('it is', 'work together', 'So it is now.', 9)])).toEqual([])
  })

  it('is the same as a rule that there is, whatever the order of its patterns, and another where it suggests something else', () => {
    const words = ['move the needle', 'leverage synergies', 'boil the ocean']
    const same = words.map((before, index) => made(before, 'work together', `We ${before} now.`, index))
    const known = (match: readonly string[], suggest?: string) => proposeRules(same, [{ id: 'personal/x', match, ...(suggest === undefined ? {} : { suggest }) }], []).length
    expect([known(words, 'Work together'), known([...words].reverse(), 'work together'), known(words, 'other words'), known(words), known(words.slice(1), 'work together')]).toEqual([0, 0, 1, 1, 1])
  })

  it('takes words along that the cases share only where the words alone say too little', () => {
    const plan = ['a', 'b', 'c'].map((one, index) => made('$49', '$59', `Plan ${one} costs $49 a month.`, index))
    expect(matches(plan)).toEqual([['costs $49']])
    // Words that stand right elsewhere, too, are told by what stands beside them.
    const seats = ['a', 'b', 'c'].map((one, index) => made('seats', 'chairs', `Team ${one} has wooden seats.`, index))
    expect(matches(seats)).toEqual([['seats']])
    expect(matches(seats, ['Our seats fly.', 'My seats fold.', 'No seats fit.'])).toEqual([['wooden seats']])
  })
})

describe('a rule is tried', () => {
  it('on sentences that were left: three in five of all must have been corrected', () => {
    const left = (count: number) => Array.from({ length: count }, (_, index) => `You utilize ${'abcdef'[index] ?? ''} utilize.`)
    const bare = ['We utilize.', 'They utilize.', 'You utilize!'].map((sentence, index) => made('utilize', 'use', sentence, index))
    expect([offered(bare, left(2)).length, offered(bare, left(3)).length]).toEqual([1, 0])
    // Its own sentences are no counter-examples, and only the newest five hundred are looked at.
    expect(offered(bare, ['We utilize.', 'they UTILIZE.', 'You utilize!', 'We utilize.']).length).toBe(1)
    const filler = Array.from({ length: 500 }, (_, index) => `Nothing ${index}.`)
    expect([offered(bare, [...left(3), ...filler]).length, offered(bare, [...left(3), ...filler.slice(3)]).length]).toEqual([1, 0])
    const corrected = [0, 1, 2].map((index) => made(`seat ${index}`, 'chair', left(3)[index] + ` Take seat ${index}.`, index + 50, { rule: '', category: 'legal' }))
    expect(matches([...corrected, ...bare])).not.toContainEqual(['utilize'])
    const later = filler.map((sentence, index) => made('Nothing', `word ${index}`, sentence, index + 100, { rule: '', category: 'legal' }))
    expect(matches([...corrected, ...bare, ...later])).toContainEqual(['utilize'])
  })

  it('on its own: half of the sentences must be right once corrected', () => {
    // What replaces the words holds them: the guard clears it.
    expect(offered(utilize('utilize well', 'utilize well', 'utilize well'))[0]).toMatchObject({ match: ['utilize'], unless: ['utilize well'] })
    expect(offered(utilize('use', 'use', 'use'))[0]?.unless).toEqual([])
  })

  it('where whole sentences go, by what it finds alone', () => {
    const gone = ['a', 'b', 'c'].map((_, index) => made('I hope this finds you well.', '', 'I hope this finds you well.', index))
    expect(offered(gone)).toMatchObject([{ suggest: null, flagged: ['I hope this finds you well.'], clean: [] }])
    const [one] = offered(gone, ['We hope the lamps arrive.', 'It is late.'])
    expect(one).toMatchObject({ flagged: ['I hope this finds you well.'], clean: ['We hope the lamps arrive.'] })
  })

  it('and keeps three sentences that share a word and are none, the newest, of 300 characters at most', () => {
    const bare = ['We hardly utilize.', 'They hardly utilize.', 'You hardly utilize.'].map((sentence, index) => made('hardly utilize', 'use', sentence, index))
    const alike = (history: readonly string[]) => offered(bare, history)[0]?.clean.slice(3)
    expect(alike(['We utilize a.', 'We utilize b.', 'He, utilize: c.', 'Utilize d!', 'It is blue.'])).toEqual(['We utilize b.', 'He, utilize: c.', 'Utilize d!'])
    expect(alike(['We utilized it.', 'Nothing.'])).toEqual([])
    const long = (chars: number) => `We utilize ${'n'.repeat(chars - 11)}`
    expect([alike([long(300)]), alike([long(301)])]).toEqual([[long(300)], []])
    const short = ['We ban cats.', 'They ban cats.', 'You ban cats.'].map((sentence, index) => made('ban cats', 'keep dogs', sentence, index))
    expect(offered(short, ['He may ban it.', 'Good cats run.'])[0]?.clean.slice(3)).toEqual(['Good cats run.'])
  })
})
