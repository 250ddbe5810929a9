import { describe, expect, it } from 'vitest'
import { draftOf, packOf, ruleOf } from '../../test/reference/make.ts'
import { compileRuleset, createScanner, decodeRuleset, encodeRuleset, RulesetError } from './index.ts'

const packs = [packOf([
  ruleOf({ id: 'a/off', match: ['(save|get) [up to] {percent} ... off', '{money}', 'sure! here is'], unless: ['{percent} of users'], hedge: 'lowers', suggest: 'see "the quote" — ü😀' }),
  ruleOf({ id: 'a/drug', match: ['{list:drugs} (cures|heals)'], near: ['patients'], languages: ['de'], where: ['text'], once: true, reasons: ['checked'] }),
], { drugs: ['aspirin', 'vitamin c'] })]
const ruleset = compileRuleset(packs)
const TEXT = 'Save up to 20% or more off. It is $5. Sure! Here is. Vitamin C heals patients. Aspirin cures, vitamin c heals patients.'

describe('a ruleset as bytes', () => {
  it('scans as the ruleset that it was made of, at once and after having been copied', () => {
    const bytes = encodeRuleset(ruleset)
    const expected = createScanner(ruleset).scan(draftOf(TEXT, 'Get 5% of users off'))
    expect(expected.findings.map(({ rule }) => rule)).toEqual(['a/off', 'a/off', 'a/off', 'a/drug'])
    for (const copy of [bytes, structuredClone(bytes)]) expect(createScanner(decodeRuleset(copy)).scan(draftOf(TEXT, 'Get 5% of users off'))).toEqual(expected)
  })

  it('carries a ruleset without rules', () => {
    expect(createScanner(decodeRuleset(encodeRuleset(compileRuleset([])))).scan(draftOf(TEXT)).findings).toEqual([])
  })

  it('can be made of what it became', () => {
    const bytes = encodeRuleset(ruleset)
    expect(new Uint8Array(encodeRuleset(decodeRuleset(bytes)))).toEqual(new Uint8Array(bytes))
  })

  it('is refused when any byte is damaged', () => {
    const bytes = new Uint8Array(encodeRuleset(ruleset))
    for (let at = 0; at < bytes.length; at += 97) {
      const damaged = bytes.slice()
      damaged[at] = (damaged[at] as number) ^ 16
      expect(() => decodeRuleset(damaged.buffer), `byte ${at}`).toThrow(RulesetError)
    }
  })

  it('is refused when it is cut short, empty or something else', () => {
    const bytes = encodeRuleset(ruleset)
    for (const wrong of [new ArrayBuffer(0), new ArrayBuffer(64), bytes.slice(0, bytes.byteLength - 8), bytes.slice(0, 13)]) expect(() => decodeRuleset(wrong)).toThrow(RulesetError)
  })

  it('says so when it has another format', () => {
    const bytes = encodeRuleset(ruleset)
    new Int32Array(bytes)[1] = 999
    expect(() => decodeRuleset(bytes)).toThrow('format 999')
  })
})
