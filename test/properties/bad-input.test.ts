import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRuleset, createScanner, findEntities, LIMITS, parsePattern, PatternError, sentenceAt } from '../../lib/engine/index.ts'
import { draftOf, packOf, ruleOf } from '../reference/make.ts'

const ruleset = compileRuleset([packOf([
  ruleOf({ id: 'a/free', match: ['free', 'we guarantee', '(a|b) ... {number}', '{money}', '{percent} off'] }),
  ruleOf({ id: 'a/left', match: ['{placeholder}', '{leftover}', '{url}', '{secret}'], negation: 'clears', hedge: 'lowers', quoted: 'lowers', question: 'lowers' }),
])])

/** Scans and checks that every span lies in the text and quotes it. */
function spansOf(text: string): readonly { readonly start: number; readonly end: number; readonly rule: string }[] {
  const { findings } = createScanner(ruleset).scan(draftOf(text))
  for (const { span, quote } of findings) expect(text.slice(span.start, span.end)).toBe(quote)
  return findings.map(({ rule, span }) => ({ rule, ...span }))
}

/** One character of every hundred and twenty-eight code points, which is at least one of every Unicode block, and all of the first two thousand. */
const CHARACTERS = [...Array.from({ length: 2_048 }, (_, code) => code), ...Array.from({ length: (0x110000 - 2_048) / 128 }, (_, i) => 2_048 + i * 128 + (i % 128))].map((code) => String.fromCodePoint(code))
/** Between two words these do not part them, or make them something else. */
const JOINS = /[\p{L}\p{M}\p{N}\p{Cf}_\u034f\u115f\u1160\u17b4\u17b5\u3164\ufe00-\ufe0f\u20e3]/u

describe('bad input', () => {
  it('finds the words around a character of any Unicode block, at their own offsets', () => {
    for (const character of CHARACTERS) {
      const text = `free ${character} free`
      const at = text.length - 4
      const spans = spansOf(text).filter(({ rule }) => rule === 'a/free')
      expect(spans.filter(({ start }) => start === 0), JSON.stringify(character)).toEqual([{ rule: 'a/free', start: 0, end: 4 }])
      expect(spans.filter(({ start }) => start === at), JSON.stringify(character)).toEqual([{ rule: 'a/free', start: at, end: at + 4 }])
      if (!JOINS.test(character) && !'\'’‘ʼ＇´@'.includes(character)) expect(spansOf(`free${character}free`).length, JSON.stringify(character)).toBeGreaterThan(0)
    }
  })

  it.each([
    ['lone high surrogates', '\ud83d'], ['lone low surrogates', '\ude00'], ['surrogates the wrong way round', '\ude00\ud83d'], ['combining marks', 'e\u0301\u0302\u0303'], ['marks alone', '\u0300'],
    ['right-to-left overrides', '\u202eeerf\u202c'], ['zero-width joiners', 'a\u200d'], ['flags', '🇩🇪'], ['families', '👩‍👩‍👧‍👦'], ['NUL', '\0'], ['byte order marks', '\ufeff'], ['Hangul fillers', '\u3164'],
    ['line separators', '\u2028'], ['carriage returns', '\r\n'], ['full width', 'ｆｒｅｅ'], ['ligatures', 'ﬃ'], ['Arabic ligatures of eighteen letters', '\ufdfa'], ['Zalgo', 'z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334'],
  ])('takes a flood of %s and still finds what stands at its end', (_, unit) => {
    const text = `${unit.repeat(20_000)} free`
    expect(spansOf(text).some(({ rule, end }) => rule === 'a/free' && end === text.length)).toBe(true)
    for (const { span } of findEntities(text)) expect(span.end).toBeLessThanOrEqual(text.length)
    expect(sentenceAt(text, text.length - 2).end).toBe(text.length)
  })

  it('sees a phrase through everything that folding takes away, at its own characters', () => {
    const letter = (char: string) => fc.constantFrom(char, char.toUpperCase(), String.fromCharCode(char.charCodeAt(0) - 97 + 0xff41), `${char}\u00ad`, `${char}\u200b`, `${char}\ufe0f`, String.fromCodePoint(0x1d41a + char.charCodeAt(0) - 97))
    const disguised = (word: string) => fc.tuple(...[...word].map(letter)).map((letters) => letters.join(''))
    const space = fc.constantFrom(' ', '\u00a0', '\u202f', '\u3000', '  ', ' \u200b ', '\t', ' * ', ' “')
    const around = fc.string({ unit: fc.constantFrom('x', ' ', '.', '\ud83d', '😀', '\n', 'é', '\u0301', ',', '漢'), maxLength: 12 })
    fc.assert(fc.property(around, disguised('we'), space, disguised('guarantee'), around, (before, we, gap, guarantee, after) => {
      const phrase = `${we}${gap}${guarantee.replace(/[\u00ad\u200b\ufe0f]$/, '')}`
      const text = `${before}, ${phrase} ,${after}`
      const start = before.length + 2
      expect(spansOf(text)).toContainEqual({ rule: 'a/free', start, end: start + phrase.length })
    }), { numRuns: 500 })
  })

  it('refuses what cannot be read as a pattern with a sentence, and never with anything else', () => {
    const pieces = fc.array(fc.constantFrom('(', ')', '[', ']', '{', '}', '|', '...', '...3', '…', 'a', 'b c', ' ', '!', '?', '+', '*', '\\', '.', '{number}', '{list:l}', '{list:', '{nope}', '-', '\'', '"', '\n', '\ud83d', '\u0301', '$', '', '[Your Name]'), { maxLength: 30 })
    const odd = fc.oneof(pieces.map((parts) => parts.join('')), fc.string({ unit: 'binary', maxLength: 40 }))
    fc.assert(fc.property(odd, (source) => {
      try {
        parsePattern(source, { l: ['x'] })
      } catch (error) {
        expect(error).toBeInstanceOf(PatternError)
        expect((error as PatternError).column).toBeLessThanOrEqual(source.length)
        return
      }
      expect(() => createScanner(compileRuleset([packOf([ruleOf({ match: [source] })], { l: ['x'] })])).scan(draftOf(`${source} a b c`))).not.toThrow()
    }), { numRuns: 3_000 })
  })

  it.each([['(', ')'], ['[a ', ']'], ['(a|', ')']])('refuses ten thousand times %j one in another', (open, close) => {
    for (const depth of [LIMITS.patternNesting + 1, 10_000]) {
      expect(() => parsePattern(`${open.repeat(depth)}a${close.repeat(depth)}`, {})).toThrow(PatternError)
    }
  })
})
