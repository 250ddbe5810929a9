import { describe, expect, it } from 'vitest'
import { foldText, remapSpan, sentenceAt } from './index.ts'

describe('remapSpan', () => {
  const before = 'We guarantee free delivery and free returns.'
  const span = { start: 30 + 1, end: 35 }
  const free = before.slice(span.start, span.end)
  it.each([
    ['We guarantee free delivery and free returns.', 31],
    ['Today we guarantee free delivery and free returns.', 37],
    ['We guarantee free delivery and free returns. And more.', 31],
    ['Today: We guarantee free delivery, free returns.', 35],
    ['We guarantee free delivery and FREE returns.', null],
    ['We guarantee free, free delivery and really free returns!', null],
    ['We guarantee delivery and free returns.', 26],
    ['', null],
  ])('%s', (after, start) => {
    expect(free).toBe('free')
    expect(remapSpan(before, after, span)).toEqual(start === null ? null : { start, end: start + 4 })
  })

  it('refuses spans that are not in the text', () => {
    expect(remapSpan('abc', 'abc', { start: 1, end: 9 })).toBeNull()
    expect(remapSpan('abc', 'abc', { start: 2, end: 2 })).toBeNull()
    expect(remapSpan('abc', 'abc', { start: -1, end: 2 })).toBeNull()
  })
})

describe('sentenceAt', () => {
  const text = 'Hello there.\nDr. Smith paid $5.50, e.g. for tea! “Was it ok?” Yes. Am 3. Mai und so.'
  it.each([[0, 'Hello there.'], [14, 'Dr. Smith paid $5.50, e.g. for tea!'], [45, 'Dr. Smith paid $5.50, e.g. for tea!'], [52, '“Was it ok?”'], [63, 'Yes.'], [78, 'Am 3. Mai und so.'], [999, 'Am 3. Mai und so.']])('at %i', (offset, expected) => {
    const { start, end } = sentenceAt(text, offset)
    expect(text.slice(start, end)).toBe(expected)
  })
  it('is empty where there is no sentence', () => expect(sentenceAt('a\n\nb', 2)).toEqual({ start: 2, end: 2 }))
})

describe('foldText', () => {
  it.each([
    ['  We\u00a0“GUARANTEE”\n it—now ', 'we "guarantee" it-now'],
    ['don’t gua\u00adran\u200btee', 'don\'t guarantee'],
    ['ﬁne ＦＩＮＥ 𝗳𝗶𝗻𝗲', 'fine fine fine'],
    ['Straße', 'strasse'],
  ])('%s', (text, folded) => expect(foldText(text)).toBe(folded))
  it('makes composed and decomposed accents equal', () => expect(foldText('é')).toBe(foldText('e\u0301')))
})
