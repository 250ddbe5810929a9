import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { draftOf, packOf, ruleOf } from '../../test/reference/make.ts'
import { compileRuleset, createScanner, type Draft, DraftTooLongError, type Finding, LIMITS, parsePattern, PatternError, type Rule, type ScanResult } from './index.ts'
import { readRegex } from './regex/read.ts'

const scan = (rules: readonly Partial<Rule>[], draft: Draft | string, lists = {}): ScanResult => createScanner(compileRuleset([packOf(rules.map(ruleOf), lists)])).scan(typeof draft === 'string' ? draftOf(draft) : draft)
const found = (match: string, text: string, over: Partial<Rule> = {}): number => scan([{ match: [match], ...over }], text).findings.length
const refused = (pattern: string, reason: RegExp): void => expect(() => parsePattern(pattern, {})).toThrow(expect.objectContaining({ name: PatternError.name, message: expect.stringMatching(reason) as string }) as Error)
const taken = (pattern: string): void => expect(() => parsePattern(pattern, {})).not.toThrow()
const words = (count: number, word = 'x'): string => Array.from({ length: count }, () => word).join(' ')
const letters = 'abcdefghijklmnopqrstuvwxyz'

/** Each limit is tried at its number and one past it. */
const TRIES: Readonly<Record<keyof typeof LIMITS, () => void>> = {
  draftLength: () => {
    expect(scan([{ match: ['free'] }], `${'a '.repeat(LIMITS.draftLength / 2 - 2)}free`).findings).toHaveLength(1)
    expect(() => scan([], 'a'.repeat(LIMITS.draftLength + 1))).toThrow(DraftTooLongError)
    // The subject counts.
    expect(() => scan([], draftOf('a'.repeat(LIMITS.draftLength), 'b'))).toThrow(DraftTooLongError)
  },
  findingsPerRule: () => {
    const { findings, more } = scan([{ match: ['free'] }], words(LIMITS.findingsPerRule + 3, 'free'))
    expect([findings.length, more]).toEqual([LIMITS.findingsPerRule, 3])
  },
  findingsPerDraft: () => {
    const rules = [...letters.slice(0, 6)].map((letter, i): Partial<Rule> => ({ id: `test/${letter}`, match: [`${letter}${letter}`], tier: i === 5 ? 'block' : 'note' }))
    const { findings, more } = scan(rules, words(LIMITS.findingsPerRule, 'aa bb cc dd ee ff'))
    expect([findings.length, more]).toEqual([LIMITS.findingsPerDraft, 6 * LIMITS.findingsPerRule - LIMITS.findingsPerDraft])
    // The most serious are kept, though they come last.
    expect(findings.filter(({ tier }: Finding) => tier === 'block')).toHaveLength(LIMITS.findingsPerRule)
  },
  quotation: () => {
    const quoted = (length: number): number => found('free', `“free ${'x'.repeat(length - 6)}”`, { quoted: 'clears' })
    expect([quoted(LIMITS.quotation), quoted(LIMITS.quotation + 1)]).toEqual([0, 1])
  },
  patternLength: () => {
    taken('a'.repeat(LIMITS.patternLength))
    refused('a'.repeat(LIMITS.patternLength + 1), /at most 4000/)
  },
  patternNesting: () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}a|b${')'.repeat(depth)}`
    taken(nested(LIMITS.patternNesting))
    refused(nested(LIMITS.patternNesting + 1), /nested/)
  },
  gap: () => {
    expect([found(`a ...${LIMITS.gap} b`, `a ${words(LIMITS.gap)} b`), found(`a ...${LIMITS.gap} b`, `a ${words(LIMITS.gap + 1)} b`)]).toEqual([1, 0])
    refused(`a ...${LIMITS.gap + 1} b`, /1 to 20/)
  },
  defaultGap: () => {
    expect([found('a ... b', `a ${words(LIMITS.defaultGap)} b`), found('a ... b', `a ${words(LIMITS.defaultGap + 1)} b`)]).toEqual([1, 0])
  },
  listEntries: () => {
    const compile = (count: number): unknown => compileRuleset([packOf([ruleOf({ match: ['{list:all}'] })], { all: Array.from({ length: count }, (_, i) => `e${i}`) })])
    expect(() => compile(LIMITS.listEntries)).not.toThrow()
    expect(() => compile(LIMITS.listEntries + 1)).toThrow(/at most 100000/)
  },
  entryWords: () => {
    const compile = (count: number): ScanResult => scan([{ match: ['{list:all}'] }], words(count), { all: [words(count)] })
    expect(compile(LIMITS.entryWords).findings).toHaveLength(1)
    expect(() => compile(LIMITS.entryWords + 1)).toThrow(/write 1 to 12/)
  },
  regexLength: () => {
    const long = (length: number): string => `/x[${'a'.repeat(length - 3)}]/`
    taken(long(LIMITS.regexLength))
    refused(long(LIMITS.regexLength + 1), /at most 1000 characters/)
  },
  regexMatch: () => {
    const long = (count: number): string => `/(?:${'a'.repeat(20)}){${count / 20}}/`
    taken(long(LIMITS.regexMatch))
    refused(long(LIMITS.regexMatch + 20), /at most 2000 are allowed/)
  },
  regexLook: () => {
    taken(`/a(?=b{${LIMITS.regexLook}})/`)
    refused(`/a(?=b{${LIMITS.regexLook + 1}})/`, /at most 100 characters/)
  },
  regexRepeat: () => {
    expect(readRegex('/x[ab]+/').source).toBe(`x[ab]{1,${LIMITS.regexRepeat}}`)
    expect(found('/x,[ab]+,/', `x,${'a'.repeat(LIMITS.regexRepeat)},`)).toBe(1)
    expect(found('/x,[ab]+,/', `x,${'a'.repeat(LIMITS.regexRepeat + 1)},`)).toBe(0)
  },
  regexSpaces: () => {
    expect(found('/x\\s+y/', `x${' '.repeat(LIMITS.regexSpaces)}y`)).toBe(1)
    expect(found('/x\\s+y/', `x${' '.repeat(LIMITS.regexSpaces + 1)}y`)).toBe(0)
  },
  regexSteps: () => {
    taken('/x\\w{0,60}\\w{0,60}!/')
    refused('/x\\w{0,99}\\w{0,99}!/', /at most 5000 are allowed/)
  },
  looseRegexes: () => {
    const compile = (count: number): unknown => compileRuleset([packOf([ruleOf({ match: [...letters.slice(0, count)].map((letter) => `/[${letter}1]\\d/`) })])])
    expect(() => compile(LIMITS.looseRegexes)).not.toThrow()
    expect(() => compile(LIMITS.looseRegexes + 1)).toThrow(/without any fixed text/)
  },
  states: () => {
    // Four million take seconds to reach: the same refusal at a lower number.
    const limits = LIMITS as { states: number }
    const { states } = limits
    const compile = (count: number): unknown => compileRuleset([packOf(Array.from({ length: count }, (_, i) => ruleOf({ id: `test/r${i}`, match: [`a${i} ...20 b`] })))])
    try {
      limits.states = 1_000
      expect(() => compile(10)).not.toThrow()
      expect(() => compile(40)).toThrow(/more than 1000 states/)
    } finally {
      limits.states = states
    }
  },
}

describe('limits', () => {
  it.each(Object.entries(TRIES))('%s holds', (_, tried) => tried())

  it('stand in the page of the engine, each with its number', () => {
    const page = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
    const rows = [...page.matchAll(/^\| `(\w+)` \| ([\d,]+) \|/gm)].map(([, name = '', number = '']) => [name, Number(number.replaceAll(',', ''))])
    expect(Object.fromEntries(rows)).toEqual(LIMITS)
  })
})
