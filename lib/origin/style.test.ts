import { describe, expect, it } from 'vitest'
import type { Span } from '../engine/index.ts'
import { styleIn, styleMarks, type StyleMark } from './index.ts'

const OPENING: StyleMark = { id: 'opening', phrases: ['i hope you\'re well', 'i wanted to reach out'], least: 1 }
const DASH: StyleMark = { id: 'dash', character: '\u2014', least: 1 }
const counts = (text: string, mark: StyleMark, ...aside: Span[]) => styleIn(text, aside, [mark]).map(({ count }) => count)
/** Words around so many dashes, as long as that altogether. */
const dashes = (count: number, chars: number) => 'a \u2014 b '.repeat(count).padEnd(chars, 'x')

describe('phrases', () => {
  it('are habits in any case and with typographic apostrophes, and count once each', () => {
    expect(styleIn('I HOPE you\u2019re well.', [], [OPENING])).toEqual([{ class: 'T4', mark: 'opening', product: null, count: 1 }])
    expect(counts('I hope you\u02bcre well. I hope you\'re well. I wanted to reach out.', OPENING)).toEqual([2])
    expect(counts('I hope you are well.', OPENING)).toEqual([])
  })

  it('may have to be several', () => {
    const both = { ...OPENING, least: 2 }
    expect(counts('I wanted to reach out.', both)).toEqual([])
    expect(counts('I wanted to reach out. I hope you\'re well.', both)).toEqual([2])
  })

  it('say nothing of other words, such as the name of a value that is not there', () => {
    expect(counts('The value is undefined here, and undefined there.', OPENING)).toEqual([])
    expect(styleIn('The value is undefined here.', [], styleMarks([]))).toEqual([])
  })

  it('are looked for in two hundred thousand characters', () => {
    const phrase = 'i wanted to reach out'
    expect(counts('x'.repeat(200_000 - phrase.length) + phrase, OPENING)).toEqual([1])
    expect(counts('x'.repeat(200_001 - phrase.length) + phrase, OPENING)).toEqual([])
  })
})

describe('a character between words', () => {
  it.each([['so\u2014and'], ['so \u2014 and'], ['so\u2014 and'], ['so \u2014and'], ['a\u2014b'], ['é\u2014ü']])('is a habit in %j', (text) => { expect(counts(text, DASH)).toEqual([1]) })

  it.each([
    ['So! \u2014 and'], ['So.\u2014and'], ['so \u2014 !and'], ['so\u2014!'], ['so  \u2014 and'], ['so \u2014  and'], ['3\u20145'], ['\u2014 and'], ['so \u2014'], ['a. \u2014 b'], ['so \u2014 7a'],
  ])('is none in %j', (text) => { expect(counts(text, DASH)).toEqual([]) })

  it('counts each time', () => {
    expect(counts('a\u2014b\u2014c \u2014 d', DASH)).toEqual([3])
    expect(counts('a\u2014b\u2014c', { ...DASH, least: 3 })).toEqual([])
  })

  it('may have to stand so often in a thousand characters, blanks at either end not counted', () => {
    const often = { ...DASH, per1000: 2 }
    expect(counts(dashes(4, 2_000), often)).toEqual([4])
    expect(counts(dashes(4, 2_001), often)).toEqual([])
    expect(counts(`\n\n${dashes(4, 2_000)}  \n`, often)).toEqual([4])
  })
})

describe('what is quoted, signed or code', () => {
  const text = 'I wanted to reach out. Hi. I hope you\'re well. Bye \u2014 Dana'
  const of = (words: string): Span => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length })

  it('has no habits of the person', () => {
    const [first, second] = [of('I wanted to reach out.'), of('I hope you\'re well.')]
    expect(counts(text, OPENING)).toEqual([2])
    expect(counts(text, OPENING, first)).toEqual([1])
    expect(counts(text, OPENING, first, second)).toEqual([])
    expect(counts(text, DASH, first, second)).toEqual([1])
    expect(counts(text, DASH, of('Bye \u2014 Dana'))).toEqual([])
  })

  it('may overlap', () => {
    const whole = { start: 0, end: of(' Bye').start }
    expect(counts(text, OPENING, whole, of('Hi.'))).toEqual([])
    expect(counts(text, DASH, whole, of('Hi.'))).toEqual([1])
  })

  it('does not count for how often a character stands', () => {
    const often = { ...DASH, per1000: 2 }
    const quoted = 'x'.repeat(500)
    const all = `${dashes(4, 2_000)}${quoted}`
    expect(counts(all, often)).toEqual([])
    expect(counts(all, often, { start: 2_000, end: 2_500 })).toEqual([4])
  })
})
