import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BlockScanner } from '../../lib/engine/block.ts'
import { type BlockKind, compileRuleset, createScanner, decodeRuleset, type Draft, encodeRuleset, LIMITS, parsePattern } from '../../lib/engine/index.ts'
import { referenceHits, referenceMatches } from '../reference/matcher.ts'
import { draftOf, packOf, ruleOf } from '../reference/make.ts'
import { sentenceTokens } from '../reference/tokens.ts'

const WORDS = ['ko', 'li', 'mu', 'nu', 'x', 'zo']
const item = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.constantFrom('!', '[mu]', '(ko|li nu)', '(x|zo) ...', '... li', '[x|zo] mu') })
const pattern = fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join(' ').replace(/(\.\.\. )+\.\.\./g, '...').replace(/^\.\.\. | \.\.\.$/g, '')).filter((source) => source !== '' && source !== '...' && source !== '[mu]' && !/^(\[[^\]]*\] ?)+$/.test(source) && !/^(\[[^\]]*\] )*\.\.\.|\.\.\.( \[[^\]]*\])*$/.test(source))
const text = fc.array(fc.constantFrom(...WORDS.map((word) => `${word} `), 'Ko ', 'Li ', '. ', '! ', ', ', '\n'), { maxLength: 30 }).map((pieces) => pieces.join(''))

describe('many rules at once', () => {
  it('find what each finds alone, as rules and as bytes', { timeout: 120_000 }, () => {
    fc.assert(fc.property(fc.array(pattern, { minLength: 25, maxLength: 60 }), fc.array(text, { minLength: 4, maxLength: 4 }), (patterns, texts) => {
      const ruleset = compileRuleset([packOf(patterns.map((source, i) => ruleOf({ id: `p/${i}`, match: [source] })))])
      const scanners = [createScanner(ruleset), createScanner(decodeRuleset(encodeRuleset(ruleset)))]
      for (const input of texts) {
        const tokens = sentenceTokens(input)
        const expected = patterns.flatMap((source, i) => referenceHits(referenceMatches(input, [parsePattern(source, {})], () => []), []).map(({ from, to }) => `p/${i} ${tokens[from]?.start} ${tokens[to - 1]?.end}`))
        for (const scanner of scanners) expect(scanner.scan(draftOf(input)).findings.map(({ rule, span }) => `${rule} ${span.start} ${span.end}`).sort()).toEqual(expected.sort())
      }
    }), { numRuns: 150 })
  })

  it.each([
    ['of the same common words', (i: number) => ['the', 'of', 'to', 'and', 'in', 'for', 'you'].filter((_, bit) => (i >> bit) & 1).concat(['a', String(i)]).slice(0, 2 + (i % 6)).join(' ')],
    ['that share one rare word', (i: number) => `sku ${String(i)}`],
    ['that share one rare word at their end', (i: number) => `n${String(i)} [x] sku`],
    ['that skip words after one word', (i: number) => `sku ...${1 + (i % 20)} n${String(i)}`],
  ])('cost a bounded amount for each token: 20,000 %s', (_, patternOf) => {
    const scanner = new BlockScanner(compileRuleset([packOf(Array.from({ length: 20_000 }, (__, i) => ruleOf({ id: `s/${i}`, match: [patternOf(i)] })))]))
    scanner.scan('sku 1 sku 19999 sku the of to and in for you a 7 sku n5 x sku 30 '.repeat(300), 'text')
    expect(scanner.runner.steps / scanner.tokens.count).toBeLessThan(400)
  })
})

const KINDS: readonly BlockKind[] = ['text', 'heading', 'list', 'quote', 'code']
const block = fc.tuple(fc.constantFrom('we cure ', 'no cure. ', '“cure” 20% off', 'up to 5% off?', 'plain words', '', 'cure'), fc.constantFrom(...KINDS))
/** Where, how many blocks go, what comes. */
const edit = fc.tuple(fc.nat(12), fc.nat(4), fc.array(block, { maxLength: 4 }))

function draftFrom(blocks: readonly (readonly [string, BlockKind])[], subject: string): Draft {
  let at = 0
  return { ...draftOf(blocks.map(([words]) => words).join('\n'), subject), blocks: blocks.map(([words, kind]) => ({ kind, span: { start: at, end: (at += words.length + 1) - 1 } })) }
}

describe('a scanner over edits', () => {
  const packs = [packOf([ruleOf({ id: 'a/cure', match: ['cure'], negation: 'clears', quoted: 'lowers' }), ruleOf({ id: 'a/off', match: ['{percent} off'], hedge: 'lowers', where: ['text', 'list', 'subject'] }), ruleOf({ id: 'a/once', match: ['(cure|off)'], once: true })])]
  const ruleset = compileRuleset(packs)

  it('finds what a fresh one finds, whatever was put in, taken out, moved or brought back', () => {
    fc.assert(fc.property(fc.array(block, { maxLength: 12 }), fc.array(fc.tuple(edit, fc.constantFrom('', 'cure', '5% off')), { maxLength: 8 }), (first, edits) => {
      const scanner = createScanner(ruleset)
      const blocks = [...first]
      const before = draftFrom(blocks, '')
      scanner.scan(before)
      for (const [[at, gone, come], subject] of edits) {
        blocks.splice(Math.min(at, blocks.length), gone, ...come)
        const draft = draftFrom(blocks, subject)
        expect(scanner.scan(draft)).toEqual(createScanner(compileRuleset(packs)).scan(draft))
      }
      expect(scanner.scan(before)).toEqual(createScanner(ruleset).scan(before))
    }), { numRuns: 400 })
  })

  it('counts a rule that is reported once only once, also past the limits', () => {
    const { findings, more } = createScanner(ruleset).scan(draftFrom(Array.from({ length: 300 }, () => ['cure 20% off', 'text'] as const), ''))
    const count = (id: string) => findings.filter(({ rule }) => rule === id).length
    expect([count('a/cure'), count('a/off'), count('a/once'), more]).toEqual([LIMITS.findingsPerRule, LIMITS.findingsPerRule, 1, 200])
  })
})
