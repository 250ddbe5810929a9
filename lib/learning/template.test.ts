import { describe, expect, it } from 'vitest'
import { sharedFrame, widened, type Place } from './context.ts'
import { foldPhrase, patternOf, piecesOf, templateOf } from './template.ts'

const pattern = (...phrases: string[]) => patternOf(phrases.map(piecesOf))

describe('words are the same', () => {
  it.each([
    ['case', 'Our BEST Price', 'our best price'],
    ['quotation marks', 'It’s ‘fine’, “really”', 'it\'s \'fine\', "really"'],
    ['white space', '  a\u00a0 b\n\tc ', 'a b c'],
    ['invisible signs', 'co\u00adop\u200be\u200drate\u2060\ufeff', 'cooperate'],
    ['forms of letters', 'ﬁne １２', 'fine 12'],
  ])('whatever their %s', (_, text, folded) => {
    expect(foldPhrase(text)).toBe(folded)
  })
})

describe('a phrase', () => {
  it('is cut into words, signs and amounts', () => {
    expect(piecesOf('We’re 20% (or $5) off!').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'word We’re', 'percent 20%', 'sign (', 'word or', 'money $5', 'sign )', 'word off', 'sign !',
    ])
    expect(piecesOf('').map(({ kind }) => kind)).toEqual([])
  })

  it.each([
    ['Pay $5 now', 'pay {money} now'], ['Pay 5 % now', 'pay {percent} now'], ['On 3 May 2026', 'on {date}'], ['Within 3 days', 'within {duration}'], ['Take 20 mg', 'take {dose}'], ['All 1,200 chairs', 'all {number} chairs'],
    ['Write to a@b.example', 'write to a @ b . example'],
  ])('%j is the same as others of the kind %j', (phrase, template) => {
    expect(templateOf(piecesOf(phrase))).toBe(template)
  })
})

describe('the pattern of phrases that are the same', () => {
  it('leaves open only what differs', () => {
    expect(pattern('Half price', 'half  Price')).toBe('half price')
    expect(pattern('20% off for 3 days', '30% off for 3 days')).toBe('{percent} off for 3 days')
    expect(pattern('20% off for 3 days', '20% off for 4 days')).toBe('20% off for {duration}')
    expect(pattern('20% off', '20% off', '30% off')).toBe('{percent} off')
    expect(pattern('now, please')).toBe('now , please')
  })

  it('has four letters or digits beside words that say nothing, two beside an open amount', () => {
    expect([pattern('free'), pattern('fee'), pattern('fee in it'), pattern('fee too'), pattern('he’s'), pattern('that is it')]).toEqual(['free', null, null, 'fee too', null, null])
    expect([pattern('$4999'), pattern('$499'), pattern('$49')]).toEqual(['$4999', null, null])
    expect([pattern('20% ok', '30% ok'), pattern('20% x', '30% x'), pattern('20% of', '30% of'), pattern('20%', '30%')]).toEqual(['{percent} ok', null, null, null])
    expect(pattern('20% !!!!', '30% !!!!')).toBe(null)
  })

  it('is of fourteen pieces at most, and of none without a phrase', () => {
    const words = (count: number) => Array.from({ length: count }, (_, index) => `word${'abcdefghijklmno'[index] ?? ''}`).join(' ')
    expect(pattern(words(14))).toBe(words(14))
    expect(pattern(words(15))).toBe(null)
    expect(patternOf([])).toBe(null)
  })

  it.each(['(', ')', '[', ']', '{', '}', '|', '*', '\\', '^', '…'])('holds no %j, which patterns give a meaning', (sign) => {
    expect(pattern(`lamps ${sign} chairs`)).toBe(null)
  })
})

describe('words beside those that were changed', () => {
  const patterns = (places: readonly Place[], least = 3) => widened(places, (place) => place, least).map(({ pattern: found, cases }) => `${found} x${cases.length}`)
  const places = (before: string, ...sentences: string[]): Place[] => sentences.map((sentence) => ({ sentence, before }))

  it('are taken along, the fewest first, as far as the cases share them', () => {
    expect(patterns(places('$49', 'Plan A costs $49 a month.', 'It is $49 a month, really.', 'Only $49 a month today.'))).toEqual(['$49 a month x3'])
    expect(patterns(places('$49', 'You will pay $49 here.', 'We pay $49 there.', 'They pay $49, then.'))).toEqual(['pay $49 x3'])
    expect(patterns(places('lamps', 'Our lamps are fine.', 'Our lamps are good.', 'Our lamps are here.'))).toEqual(['lamps x3', 'lamps are x3', 'our lamps x3', 'our lamps are x3'])
  })

  it('end at the next sign on either side', () => {
    for (const sign of ['.', '!', '?', ';', ':', ',', '(', ')', '"', '“', '”']) {
      expect(patterns(places('lamps', ...['a', 'b', 'c'].map((one) => `Here ${sign} lamps ${sign} there ${one}`)))).toEqual(['lamps x3'])
    }
    expect(patterns(places('lamps', 'First. Then (see) the lamps shine.', 'Then the lamps shine.', 'Now the lamps shine.')).at(-1)).toBe('the lamps shine x3')
  })

  it('are shared by at least so many cases, and by half of them', () => {
    const three = places('$49', 'It is $49 a month.', 'Just $49 a month.', 'Only $49 a month.')
    const others = places('$49', 'For $49 I go.', 'With $49 we go.', 'From $49 you go.')
    expect(patterns([...three, ...others])).toEqual(['$49 a month x3'])
    expect(patterns([...three, ...others], 4)).toEqual([])
    expect(patterns([...three, ...others, ...places('$49', 'At $49 they go.')])).toEqual([])
  })

  it('give a pattern once, and are none where the words do not stand in the sentence', () => {
    expect(patterns(places('bravo', 'BRAVO bravo BRAVO', 'Bravo bravo Bravo', 'BRAVO bravo Bravo'))).toEqual(['bravo x3', 'bravo bravo x3', 'bravo bravo bravo x3'])
    expect(patterns(places('lamps', 'Our chairs are fine.', 'Our chairs are here.', 'Our chairs are there.'))).toEqual(['lamps x3'])
  })

  it('frame what all sentences share around them', () => {
    expect(sharedFrame(places('$49', 'The Basic plan costs $49 a month.', 'the basic plan costs $49 a year.', 'A basic plan costs $49 a week.'))).toBe('Basic plan costs … a')
    expect(sharedFrame(places('$49', 'Pay $49', 'We pay $49 now'))).toBe('Pay …')
    expect(sharedFrame(places('$49', '$49 now', 'We pay $49 now'))).toBe('… now')
    expect(sharedFrame(places('$49', 'Pay $49 here', 'Take $49 there'))).toBe('')
    expect(sharedFrame([])).toBe('')
  })
})
