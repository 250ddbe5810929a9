import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftOf, packOf, ruleOf } from '../../../test/reference/make.ts'
import { AMBIGUOUS, EVIL, HONEST } from '../../../test/reference/regexes.ts'
import { compileRuleset, createScanner, decodeRuleset, encodeRuleset, parsePattern, PatternError } from '../index.ts'
import { readRegex } from './read.ts'
import { RegexRunner } from './run.ts'

function reasonFor(pattern: string): string {
  try {
    parsePattern(pattern, {})
    return ''
  } catch (error) {
    expect(error).toBeInstanceOf(PatternError)
    return (error as PatternError).reason
  }
}

const found = (pattern: string, text: string, over = {}): string[] =>
  createScanner(decodeRuleset(encodeRuleset(compileRuleset([packOf([ruleOf({ match: [pattern], ...over })])])))).scan(draftOf(text)).findings.map(({ quote }) => quote)

describe('regular expressions', () => {
  it.each(EVIL)('%s of the literature is refused', (pattern) => {
    expect(reasonFor(pattern)).not.toBe('')
  })

  it('has two hundred honest ones, all different', () => {
    expect(new Set(HONEST).size).toBe(HONEST.length)
    expect(HONEST.length).toBeGreaterThanOrEqual(200)
  })

  it('lets honest ones in, nearly all with a fixed text to look for', () => {
    expect(HONEST.map((pattern) => [pattern, reasonFor(pattern)]).filter(([, reason]) => reason !== '')).toEqual([])
    expect(HONEST.filter((pattern) => readRegex(pattern).literals.length === 0).length).toBeLessThan(HONEST.length / 8)
  })

  it('refuses what divides one text in many ways, and takes what says the same in one', () => {
    for (const [refused, taken] of AMBIGUOUS) expect([reasonFor(refused), reasonFor(taken)]).toEqual([expect.stringMatching(/for ever|steps/), ''])
  })

  it('are refused with a text that would make them slow', () => {
    expect(reasonFor('/offer (a+)+!/')).toMatch(/take for ever: "offer a+" and so on/)
    expect(reasonFor('/x\\w+\\w+\\w+!/')).toMatch(/steps for a character.*: "x/)
  })

  it.each([
    ['/(a/', /no regular expression/], ['/a\\1/', /no regular expression|reference back/], ['/(a)\\1/', /reference back/], ['/a/g', /Of the flags/], ['/\\p{Script=Greek}x/', /not known here/],
    ['/a?/', /nothing at all/], ['/(?:ab){900}{3}/', /no regular expression/], ['/(?:offer [a-z]{0,500},){9}/', /9063 characters/], ['/(?=.{200}b)a/', /look ahead/], [`/${'a'.repeat(2_000)}/`, /at most/], [`/${'('.repeat(400)}a${')'.repeat(400)}/`, /nested/],
  ])('%s is refused in words', (pattern, reason) => {
    expect(reasonFor(pattern)).toMatch(reason)
  })

  it('find what they find in the whole text, in whole words, and obey context and exceptions', () => {
    expect(found('/SKU-\\d{4}/', 'Order SKU-1234 and sku-9999, not SKU-12.')).toEqual(['SKU-1234'])
    expect(found('/sku-\\d{4}/i', 'Order SKU-1234 and ſKU-9999.')).toEqual(['SKU-1234', 'ſKU-9999'])
    expect(found('/arant/', 'We guarantee it.')).toEqual(['guarantee'])
    expect(found('/“/', 'A “quote” here.')).toEqual([])
    expect(found('/^Dear [A-Z]\\w+/', 'Dear Dana, dear Dear Osei')).toEqual(['Dear Dana'])
    expect(found('/refund$/', 'A refund is a refund')).toEqual(['refund'])
    expect(found('/off \\d+/', 'We never take off 20. We take off 30.', { negation: 'clears' })).toEqual(['off 30'])
    expect(found('/code \\w+/', 'Use code ABC. Use code XYZ.', { unless: ['code abc'] })).toEqual(['code XYZ'])
  })

  it('stand under match only, and few of a pack may lack a fixed text', () => {
    const compile = (rule: object) => () => compileRuleset([packOf([ruleOf(rule)])])
    expect(compile({ match: ['a'], unless: ['/b/'] })).toThrow(/under "match" only/)
    expect(compile({ match: ['/\\w\\d\\w/', '/\\d\\w\\d/', '/[xyz]\\d/'] })).not.toThrow()
    expect(compile({ match: ['/\\w\\d\\w/', '/\\d\\w\\d/', '/[xyz]\\d/', '/[abc]\\d/'] })).toThrow(/without any fixed text/)
  })

  it('find in their windows exactly what they find in the whole text', () => {
    const words = fc.constantFrom('guarantee', 'refund', ' ', ' ', '.', '$', '20', '%', 'off', 'we', 'SKU-1234', 'the', '\n', '😀', 'K', '€', '1,000', 'discount', 'result', 'kr', 'x'.repeat(70), ' '.repeat(30))
    fc.assert(fc.property(fc.array(words, { maxLength: 60 }), fc.uniqueArray(fc.nat(HONEST.length - 1), { minLength: 1, maxLength: 12 }), (parts, chosen) => {
      const text = parts.join('')
      const regexes = chosen.map((at, rule) => ({ rule, ...readRegex(HONEST[at] as string) }))
      const expected = regexes.flatMap(({ rule, source, flags }) => [...text.matchAll(new RegExp(source, flags))].map((match) => [rule, match.index, match.index + match[0].length].join()))
      const got: string[] = []
      new RegexRunner(regexes).run(text, (...match) => got.push(match.join()))
      expect(got.sort()).toEqual(expected.sort())
    }), { numRuns: 2_000 })
  })
})
