import { describe, expect, it } from 'vitest'
import { draftOf, packOf, ruleOf } from '../../test/reference/make.ts'
import { compileRuleset, createScanner, LIMITS, parsePattern, PatternError } from './index.ts'

/** The words a one-pattern rule marks in a text. */
function marks(match: string | string[], text: string, parts: Parameters<typeof ruleOf>[0] = {}, lists: Record<string, string[]> = {}): string[] {
  const rule = ruleOf({ match: typeof match === 'string' ? [match] : match, ...parts })
  return createScanner(compileRuleset([packOf([rule], lists)])).scan(draftOf(text)).findings.map(({ quote }) => quote)
}

describe('words', () => {
  it.each([
    ['we guarantee', 'WE  Guarantee it', 'WE  Guarantee'],
    ['we guarantee', 'we\u00a0guarantee', 'we\u00a0guarantee'],
    ['we guarantee', 'we\u202fgua\u00adran\u200btee', 'we\u202fgua\u00adran\u200btee'],
    ['we guarantee', 'we **guarantee** it', 'we **guarantee'],
    ['we guarantee', 'we “guarantee” it', 'we “guarantee'],
    ['risk-free', 'a risk\u2011free trial', 'risk\u2011free'],
    ['risk-free', 'a risk free trial', 'risk free'],
    ['risk free', 'a risk-free trial', 'risk-free'],
    ['don\'t worry', 'don’t worry', 'don’t worry'],
    ['customer', 'the customer’s card', 'customer'],
    ['here\'s a draft', 'Here’s a draft', 'Here’s a draft'],
    ['offre', 'l’offre du jour', 'offre'],
    ['j\'espère que', 'J’espère que oui', 'J’espère que'],
    ['fine', 'all is ﬁne', 'ﬁne'],
    ['fine', 'all is ｆｉｎｅ', 'ｆｉｎｅ'],
    ['guarantee', '𝗴𝘂𝗮𝗿𝗮𝗻𝘁𝗲𝗲!', '𝗴𝘂𝗮𝗿𝗮𝗻𝘁𝗲𝗲'],
    ['résumé', 'my re\u0301sume\u0301', 're\u0301sume\u0301'],
    ['straße', 'HAUPT STRASSE', 'STRASSE'],
    ['soc 2', 'our SOC2 report', 'SOC2'],
    ['24/7', 'open 24/7 for you', '24/7'],
    ['excl. vat', 'price excl. VAT', 'excl. VAT'],
    ['保証', '品質を保証します', '保証'],
    ['proven results', 'proven¹ results', 'proven¹ results'],
    ['ozempic', 'like Ozempic™', 'Ozempic'],
    ['certainly! here is', 'Certainly! Here is it', 'Certainly! Here is'],
    ['(risk|hassle)-free', 'hassle-free', 'hassle-free'],
  ])('%s is found in %s', (pattern, text, found) => {
    expect(marks(pattern, text)).toEqual([found])
  })

  it.each([
    ['cure', 'secure cures'],
    ['resume', 'résumé'],
    ['free trial', 'it is free. Trial'],
    ['free trial', 'it is free, trial users pay'],
    ['free trial', 'free\ntrial'],
    ['free trial', 'see https://example.com/free-trial or www.free.com/free trial@example.com'],
    ['your name', 'Dear [Your Name]'],
    ['here', 'there’s where'],
    ['certainly here', 'Certainly! Here it is'],
  ])('%s is not found in %s', (pattern, text) => {
    expect(marks(pattern, text)).toEqual([])
  })
})

describe('elements', () => {
  it.each([
    ['(cure|heal up) [the] pain', 'we heal up the pain and cure pain', ['heal up the pain', 'cure pain']],
    ['we ... guarantee', 'we will of course always gladly guarantee', ['we will of course always gladly guarantee']],
    ['we ... guarantee', 'we one two three four five six guarantee', []],
    ['we ...2 guarantee', 'we (really, truly) guarantee', ['we (really, truly) guarantee']],
    ['we ... guarantee', 'we left. They guarantee', []],
    ['save [up to] {percent}', 'Save up to 30 % now', ['Save up to 30 %']],
    ['{money} (per|a) month', 'for €1.299,00 a month', ['€1.299,00 a month']],
    ['{number} days', 'in 30 days', ['30 days']],
    ['{duration}', 'a 30-day trial', ['30-day']],
    ['better than {list:drugs}', 'better than wegovy max, better than Ozempic’s', ['better than wegovy max', 'better than Ozempic']],
    ['[very] free', 'very free', ['very free']],
    ['free (|forever)'.replace('(|', '[').replace(')', ']'), 'free forever', ['free forever']],
  ])('%s in %s', (pattern, text, found) => {
    expect(marks(pattern, text, {}, { drugs: ['Ozempic', 'Wegovy Max', 'wegovy'] })).toEqual(found)
  })

  it('goes on behind an entity that reaches over a full stop', () => {
    expect(marks('{percent} off', 'Point 3. -20% off')).toEqual(['3. -20% off'])
  })

  it('keeps the longest of overlapping matches of a rule, and overlapping matches of two rules', () => {
    expect(marks(['full refund', 'refund today', 'a full refund today'], 'get a full refund today')).toEqual(['a full refund today'])
    const two = compileRuleset([packOf([ruleOf({ id: 'a/a', match: ['full refund'] }), ruleOf({ id: 'a/b', match: ['refund today'] })])])
    expect(createScanner(two).scan(draftOf('full refund today')).findings.map(({ rule }) => rule)).toEqual(['a/a', 'a/b'])
  })

  it('drops a match that shares a word with an unless pattern, no other', () => {
    expect(marks('free', 'feel free to take the free one', { unless: ['feel free'] })).toEqual(['free'])
    expect(marks('{percent}', 'Only 20% of users and 30% off', { unless: ['{percent} of users'] })).toEqual(['30%'])
  })

  it('asks near in the same sentence', () => {
    expect(marks('guaranteed', 'Guaranteed returns. It is guaranteed.', { near: ['(return|returns)'] })).toEqual(['Guaranteed'])
  })

  it('takes 50,000 entries and thousands of patterns that share a word', { timeout: 30_000 }, () => {
    const names = Array.from({ length: 50_000 }, (_, i) => `product ${i} pro`)
    expect(marks('buy {list:names}', 'buy Product 49999 Pro or product 50000 pro', {}, { names })).toEqual(['buy Product 49999 Pro'])
    expect(marks(Array.from({ length: 3_000 }, (_, i) => `sku pro ${i} x`), 'our SKU pro 2999 X')).toEqual(['SKU pro 2999 X'])
  })
})

describe('mistakes say where and what to write instead', () => {
  const lists = { drugs: ['a'] }
  it.each([
    ['', 0, 'at least one word'],
    ['[free]', 0, 'at least one word'],
    ['... free', 0, 'begin with'],
    ['free ...', 5, 'end with'],
    ['free ... [now]', 5, 'end with'],
    ['(a|b', 0, 'add ")"'],
    ['a|b', 1, '(a|b)'],
    ['a)', 1, 'too many'],
    ['(a|)', 0, '[a|b]'],
    ['[]', 0, 'empty'],
    ['a ... ...2 b', 12, 'side by side'],
    ['a ...99 b', 2, '1 to 20'],
    ['guarantee(s|d)', 9, 'space before'],
    ['(a|b)s', 5, 'space after'],
    ['(a|b)?', 5, '[words]'],
    ['(a|b)+', 5, 'list the forms'],
    ['guarant*', 7, 'list the forms'],
    ['\\bfree', 0, 'regular expressions'],
    ['{price}', 1, 'money'],
    ['{list:drug}', 6, 'drugs'],
    ['{money', 0, 'add "}"'],
    ['see https://a.com', 4, '{url}'],
    ['stop. Then go', 6, 'two patterns'],
    [`${'('.repeat(1_000)}a`, LIMITS.patternNesting, 'nested'],
    [`${'a '.repeat(5_000)}`, LIMITS.patternLength, 'at most'],
  ])('%s', (source, column, words) => {
    let caught: unknown
    try {
      parsePattern(source, lists)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(PatternError)
    expect(caught).toMatchObject({ column, pattern: source, rule: null })
    expect((caught as PatternError).reason).toContain(words)
  })

  it('lets a gap stand first in an alternative that is not first itself', () => {
    expect(marks('free (... now|later)', 'free and only now, free later')).toEqual(['free and only now', 'free later'])
  })

  it('names the rule when a pack is compiled, and refuses entries without words', () => {
    expect(() => compileRuleset([packOf([ruleOf({ id: 'p/bad', match: ['(a'] })])])).toThrow(/^p\/bad: /)
    expect(() => compileRuleset([packOf([ruleOf({ match: ['{list:l}'] })], { l: ['...'] })])).toThrow(/entry "..."/)
    expect(marks('a [{list:empty}]', 'a', {}, { empty: [] })).toEqual(['a'])
  })
})
