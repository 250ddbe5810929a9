import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from './chars.ts'
import { SameWords } from './same-words.ts'
import { shortHash } from './spans.ts'

// Few pieces, so that many texts are the same but for one thing.
const said = fc.array(fc.constantFrom('a', 'A', ' ', '  ', '\u00a0', '\n', '’', '\'', 'ﬁ', 'fi', '\u200b', '“', '"'), { maxLength: 4 }).map((parts) => parts.join(''))

describe('the same words of a rule', () => {
  it('are those that fold to the same, whatever stands around them', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(1), said), { maxLength: 40 }), (hits) => {
      const words = new SameWords()
      const numbers = hits.map(([rule, quote]) => words.numberOf(rule, `xx${quote}yy`, 2, 2 + quote.length))
      const keys = hits.map(([rule, quote]) => `${rule} ${foldText(quote)}`)
      for (let i = 0; i < hits.length; i++) for (let j = 0; j < i; j++) expect(numbers[i] === numbers[j]).toBe(keys[i] === keys[j])
      expect(words.count).toBe(new Set(keys).size)
    }), { numRuns: 500 })
  })

  it('keep their numbers however many come, and get new ones after all are forgotten', () => {
    const words = new SameWords()
    const all = Array.from({ length: 5_000 }, (_, i) => `word ${i % 2_500}`)
    expect(all.map((text) => words.numberOf(3, text, 0, text.length))).toEqual(all.map((_, i) => i % 2_500))
    words.clear()
    expect(words.numberOf(3, 'word 9', 0, 6)).toBe(0)
  })

  it('have a fingerprint of rule, folded words and turn, as drafts that were signed before carry it', () => {
    const words = new SameWords()
    const number = words.numberOf(0, 'Risk‑Free', 0, 9)
    expect(words.fingerprint(number, 'promise/no-risk', 'Risk‑Free', 1)).toBe(shortHash('promise/no-risk\0risk-free\u00001'))
  })
})
