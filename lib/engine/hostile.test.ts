import { describe, expect, it } from 'vitest'
import { packOf, ruleOf } from '../../test/reference/make.ts'
import { BlockScanner } from './block.ts'
import { compileRuleset, findEntities } from './index.ts'

const rules = compileRuleset([packOf([
  ruleOf({ id: 'a/gap', match: ['(we|our team) ... (guarantee|promise) ...20 (result|results)', 'a ... a ... a ... a', '(a|b|c|d|e|f|g|h|i|j) ...3 [a] (a|[b] c) ...2 a'] }),
  ruleOf({ id: 'a/ent', match: ['{number} ... {number}', 'save {money}', '{percent} ...20 {percent}', '{placeholder}', '{date} {list:l}'], unless: ['{number} a {number}'], near: ['a', '{number}'] }),
  ruleOf({ id: 'a/signs', match: ['! !', '? ?', ', ,'], negation: 'clears', hedge: 'lowers' }),
], { l: ['a', 'a a', 'a a a a a a a a a a a a', 'a b'] })])

/** Work done for a text: steps of the automaton, and characters looked at besides the one pass. */
function work(text: string): number {
  const scanner = new BlockScanner(rules)
  scanner.scan(text, 'text')
  return scanner.runner.steps + scanner.tokens.looks
}

const UNITS = [
  'a', 'a ', ' ', '\n', 'a\n', '[', '[Your ', '{', '{{', '<', '<<', '@', 'a@', 'a.', '.', ':', 'a:', '::', '1', '1 ', '1-', '1,', '1.', '1/', '1\u00a0', '$', '$1 ', '$1 and ', 'e\u0301\u0301', '\u0301', '\ud83d', '\ude00', '😀', '"', '“', '`',
  'eyJ', 'eyJ.', '-----BEGIN PRIVATE KEY-----', 'www.', 'www.a ', 'http://', 'turn0', 'turn0search0', '\ue200cite', '【', '【1†', '+1 ', '(1', '(', 'two and ', 'thousand ', '\u202e', '\u200b', '%A', '%A%', 'we ', 'we guarantee ', 'DE89 ', 'l\'', 'May ', ':::writing{',
  'DE8eyJ9', '1eyJ9aaaaaaaaaaaa', 'sk-', 'sk-1', 'not ', '1a ', 'A. ', '漢', '\u0e01', '_a', '*|', '${', '1 a 1 ', '20% ', '[a](', '!', '! ', '?a', '?', ',', ', ', '-', '— ', 'a a b c ', '5 to ', '://', 'a://', '@.', '.com', 'a.com ', 'IBAN DE', '0', '0 ', '00 ',
]

describe('hostile input costs no more per character the longer it is', () => {
  it.each(UNITS)('%j over and over', (unit) => {
    const text = (length: number): string => unit.repeat(Math.ceil(length / unit.length))
    const small = work(text(4_000))
    const large = work(text(32_000))
    // Eight times the text: eight times the work, and a bounded amount for each character.
    expect(large).toBeLessThanOrEqual(small * 8.5 + 2_000)
    expect(large / 32_000).toBeLessThan(400)
    for (const { span } of findEntities(text(4_000))) expect(span.end).toBeLessThanOrEqual(text(4_000).length)
  })

  it('does the work of many ways to match only once', () => {
    const nested = Array.from({ length: 10 }).reduce<string>((inner) => `[a] (${inner}|a [a] ...20 a)`, 'a')
    const scanner = new BlockScanner(compileRuleset([packOf([ruleOf({ match: [nested, '[a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] [a] a ... a ...20 a b'] })])]))
    scanner.scan('a '.repeat(5_000), 'text')
    expect(scanner.runner.steps / 5_000).toBeLessThan(20_000)
  })

  it('takes a million characters of one kind', () => {
    for (const unit of ['a', 'a ', '1', '\n', '[', '"', '😀']) expect(() => new BlockScanner(rules).scan(unit.repeat(1_000_000 / unit.length), 'text')).not.toThrow()
  }, 60_000)
})
