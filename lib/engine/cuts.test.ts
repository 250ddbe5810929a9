import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { draftOf, packOf, ruleOf } from '../../test/reference/make.ts'
import { BlockScanner } from './block.ts'
import { Blocks } from './blocks.ts'
import { compileRuleset, createScanner, LIMITS } from './index.ts'

const ruleset = compileRuleset([packOf([
  ruleOf({ id: 'a/free', match: ['free'], unless: ['feel free'], negation: 'clears', hedge: 'lowers', quoted: 'lowers', question: 'lowers' }),
  ruleOf({ id: 'a/across', match: ['sure! here is', 'free ... price'], near: ['offer'] }),
  ruleOf({ id: 'a/phone', match: ['{phone}', '{percent} off', '{placeholder}', '{url}'] }),
])])
const SENTENCES = ['This is a free offer of something. ', 'We cannot say that it is free. ', 'Call our telephone. ', '555 123 4567 is the number. ', 'Please do feel free. ', 'Sure! Here is the offer. ', 'It may be free, reasonably. ', '“It is free, absolutely. ',
  'He said so.” ', 'A `free thing. ', 'Ticks` here certainly. ', 'He says «Free things here. ', 'See https://example.com/free.Something for details. ', '[Your Name. Definitely] ', 'Get 20% off the price, immediately. ', 'Free for everybody? ', 'And\nfree lines, generally.\n', 'corp. Approx. Free etc. ', 'x', ' ', '"Free" inches 5" wide, actually. ']
const sentences = (least: number): fc.Arbitrary<string> => fc.array(fc.constantFrom(...SENTENCES), { minLength: least, maxLength: least * 2 }).map((parts) => parts.join(''))

const scanner = new BlockScanner(ruleset)
const inOne = (text: string, at = 0) => scanner.scan(text, 'text').map((hit) => ({ ...hit, start: at + hit.start, end: at + hit.end }))
const inOrder = (hits: ReturnType<typeof inOne>) => hits.sort((a, b) => a.start - b.start || b.end - a.end || a.rule - b.rule)

function inPieces(text: string) {
  const pieces = new Blocks()
  pieces.take(draftOf(text))
  expect(pieces.count).toBeGreaterThan(0)
  return inOrder(Array.from({ length: pieces.count }, (_, i) => inOne(text.slice(pieces.start[i], pieces.end[i]), pieces.start[i])).flat())
}

describe('a long block', () => {
  afterEach(() => { vi.restoreAllMocks() })

  it('has the findings that it has in one piece', { timeout: 60_000 }, () => {
    fc.assert(fc.property(sentences(500), (text) => {
      expect(inPieces(text)).toEqual(inOrder(inOne(text)))
    }), { numRuns: 40 })
  })

  it('has after any edits the findings that it has from scratch', { timeout: 60_000 }, () => {
    fc.assert(fc.property(sentences(600), fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(30), fc.constantFrom(...SENTENCES, '”', '`', 'e')), { minLength: 4, maxLength: 4 }), (start, edits) => {
      const scanner = createScanner(ruleset)
      let text = start
      scanner.scan(draftOf(text))
      for (const [where, gone, come] of edits) {
        const at = Math.floor(where * text.length)
        text = text.slice(0, at) + come + text.slice(at + gone)
        expect(scanner.scan(draftOf(text))).toEqual(createScanner(ruleset).scan(draftOf(text)))
      }
    }), { numRuns: 20 })
  })

  it('is cut, and neither in a quotation nor before a number that its words may name', () => {
    const plain = 'Nothing in here is of any interest whatsoever. '
    const count = (text: string): number => {
      const pieces = new Blocks()
      pieces.take(draftOf(text))
      return pieces.count
    }
    expect(count(plain.repeat(1_000))).toBeGreaterThan(8)
    const quoted = `“${plain.repeat(40)}”`
    const starts = (text: string): readonly number[] => {
      const pieces = new Blocks()
      pieces.take(draftOf(text))
      return [...pieces.start.subarray(0, pieces.count)]
    }
    expect(quoted.length).toBeLessThan(LIMITS.quotation)
    const open = plain.repeat(84)
    // A piece could end here, were it not for the quotation.
    expect(starts(`${open}${plain.repeat(400)}`)[1]).toBeLessThan(open.length + quoted.length)
    expect(starts(`${open}${quoted} ${plain.repeat(400)}`)[1]).toBeGreaterThan(open.length + quoted.length)
    expect(count(plain.replace('Nothing', '55512 Nothing').repeat(1_000))).toBe(1)
    expect(count(plain.repeat(100))).toBe(1)
  })

  it('is cut behind a quotation mark or backtick that nothing closes, and what stands far from its mark is not quoted', () => {
    const plain = 'Nothing in here is of any interest whatsoever. '
    for (const mark of ['“', '„', '«', '"', '`']) {
      const pieces = new Blocks()
      pieces.take(draftOf(`${mark}${plain.repeat(1_000)}`))
      expect(pieces.count).toBeGreaterThan(8)
    }
    const tier = (between: number): readonly string[] => {
      const before = 'Here is something else entirely. '.repeat(100).slice(0, between - 20)
      return inOne(`“${before}. Some are free now.${' '.repeat(2)}”`).map((hit) => hit.tier)
    }
    expect(tier(LIMITS.quotation - 3)).toEqual(['note'])
    expect(tier(LIMITS.quotation - 2)).toEqual(['review'])
  })

  it('of a million characters is read at a key only where the key is', () => {
    const text = 'Nothing in here is of any interest whatsoever. '.repeat(21_000)
    const scanner = createScanner(ruleset)
    scanner.scan(draftOf(text))
    const read = vi.spyOn(BlockScanner.prototype, 'scan')
    for (const at of [10, 500_000, 980_000]) scanner.scan(draftOf(`${text.slice(0, at)}e${text.slice(at)}`))
    // From key to key two places change.
    expect(read.mock.calls.reduce((sum, [one]) => sum + one.length, 0)).toBeLessThan(6 * 15_000)
    expect(read.mock.calls.length).toBeGreaterThan(0)
  })
})
