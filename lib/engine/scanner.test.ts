import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftOf, packOf, ruleOf } from '../../test/reference/make.ts'
import { compileRuleset, createScanner, type Draft, DraftTooLongError, LIMITS } from './index.ts'

const ruleset = compileRuleset([packOf([
  ruleOf({ id: 'a/free', match: ['free'], where: ['text', 'subject'] }),
  ruleOf({ id: 'a/once', match: ['cheap'], once: true }),
  ruleOf({ id: 'a/left', match: ['{placeholder}'], category: 'leftover', tier: 'block' }),
])])

function draft(lines: readonly string[], subject = ''): Draft {
  const text = lines.join('\n')
  let at = 0
  return { ...draftOf(text, subject), blocks: lines.map((line) => ({ span: { start: at, end: (at += line.length + 1) - 1 }, kind: 'text' as const })) }
}

describe('a scan', () => {
  it('says field, span, quote and pack of each finding, subject first', () => {
    const { findings, more } = createScanner(ruleset).scan(draft(['nothing', 'be free'], 'A free one'))
    expect(more).toBe(0)
    expect(findings).toMatchObject([
      { rule: 'a/free', field: 'subject', span: { start: 2, end: 6 }, quote: 'free', pack: 'test', packVersion: '1.0.0', tier: 'review', owner: 'pricing', suggest: null, evidence: [] },
      { rule: 'a/free', field: 'body', span: { start: 11, end: 15 }, quote: 'free' },
    ])
  })

  it('reads a body without blocks line by line', () => {
    expect(createScanner(ruleset).scan({ ...draftOf('x\n\nfree'), blocks: [] }).findings).toMatchObject([{ span: { start: 3, end: 7 } }])
  })

  it('reports a once rule at its first place', () => {
    expect(createScanner(ruleset).scan(draft(['cheap', 'cheap'])).findings).toMatchObject([{ span: { start: 0, end: 5 } }])
  })

  it('keeps fingerprints across edits elsewhere and tells equal words apart by their turn', () => {
    const scanner = createScanner(ruleset)
    const before = scanner.scan(draft(['free', 'some free'])).findings.map(({ fingerprint }) => fingerprint)
    expect(new Set(before).size).toBe(2)
    expect(before[0]).toMatch(/^[0-9a-f]{16}$/)
    const after = scanner.scan(draft(['new words', 'Free!', 'some other  “free”'])).findings.map(({ fingerprint }) => fingerprint)
    expect(after).toEqual(before)
  })

  it('gives the same finding object while nothing about it changes', () => {
    const scanner = createScanner(ruleset)
    const [first] = scanner.scan(draft(['free', 'x'])).findings
    expect(scanner.scan(draft(['free', 'xy'])).findings[0]).toBe(first)
  })

  it('gives for typing the same object with its place brought up to date, and elsewhere leaves alone what it has given', () => {
    const before = draft(['some cheap', 'a free x'])
    const after = draft(['some very cheap', 'a free x'])
    const live = createScanner(ruleset, { live: true })
    const moved = live.scan(before).findings[1]
    expect(live.scan(after).findings[1]).toBe(moved)
    expect(moved?.span).toEqual({ start: 18, end: 22 })
    const plain = createScanner(ruleset)
    const kept = plain.scan(before).findings
    expect(plain.scan(after).findings[1]).not.toBe(kept[1])
    expect(kept[1]?.span).toEqual({ start: 13, end: 17 })
  })

  it('says for typing, after any edits, what it says from scratch', () => {
    const line = fc.constantFrom('free', 'a free lunch', 'cheap', '[Your Name]', '', 'nothing', 'free and free')
    fc.assert(fc.property(fc.array(fc.array(line, { maxLength: 6 }), { minLength: 2, maxLength: 8 }), fc.constantFrom('', 'free'), (texts, subject) => {
      const live = createScanner(ruleset, { live: true })
      for (const lines of texts) {
        const result = live.scan(draft(lines, subject))
        expect(result).toEqual(createScanner(ruleset).scan(draft(lines, subject)))
        expect(new Set(result.findings.map(({ span }) => span)).size).toBe(result.findings.length)
      }
    }))
  })

  it('counts what is over the limits and keeps the most serious', () => {
    const lines = [...Array.from({ length: 700 }, () => 'free'), '[Your Name]']
    const { findings, more } = createScanner(ruleset).scan(draft(lines))
    expect(findings).toHaveLength(LIMITS.findingsPerRule + 1)
    expect(more).toBe(500)
    expect(findings.at(-1)).toMatchObject({ rule: 'a/left', tier: 'block' })
  })

  it('refuses a draft that is too long, in words', () => {
    expect(() => createScanner(ruleset).scan(draftOf('a'.repeat(10_000_000)))).toThrow(DraftTooLongError)
    expect(createScanner(ruleset).scan(draftOf('a'.repeat(LIMITS.draftLength))).findings).toEqual([])
    expect(createScanner(ruleset).scan(draft(Array.from({ length: 1_000_000 }, () => ''))).findings).toEqual([])
  })
})
