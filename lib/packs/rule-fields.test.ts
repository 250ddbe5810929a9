import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { checkRuleFields, fieldsOfRule, readRuleText, writeRuleText, type RuleFields } from './rule-fields.ts'
import { LIMITS } from './schema.ts'

const GOOD: RuleFields = {
  id: 'acme/half-price', title: 'Half price', category: 'pricing', tier: 'review', message: 'Check the price list.', sources: [{ title: 'House rule' }],
  match: ['half price'], examples: { flagged: ['Half price today.'], clean: ['The price is fair.'] },
}
const TEXT = `# agreed with Pricing in May
id: acme/half-price
title: Half price # what people call it
category: pricing
tier: review
message: Check the price list.
sources: [{ title: House rule }]
match:
  - half price # the usual words
examples:
  flagged: ["Half price today."]
  clean: ["The price is fair."]
`

const read = (text: string): RuleFields => {
  const result = readRuleText(text, 'rule')
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.fields
}

describe('the text of a rule', () => {
  test('and its fields say the same, whatever the fields hold', () => {
    // U+FFFD is what a wrong encoding leaves behind; a text that holds it is refused on purpose, see below.
    const words = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((each) => !each.includes('\uFFFD'))
    const list = fc.array(words, { maxLength: 4 })
    const fields = fc.record({
      id: words, title: words, category: words, message: fc.oneof(words, fc.constantFrom('yes', '- a', '# b', 'a: b', '2026-11-23', '"', '\'', '12', 'null', ' x ', 'a\nb', '\ta', '{percent}')),
      match: list, sources: fc.array(fc.record({ title: words, url: words }), { maxLength: 2 }), once: fc.boolean(), examples: fc.record({ flagged: list, clean: list }), own: words,
    }, { requiredKeys: [] })
    fc.assert(fc.property(fields, (made) => { expect(read(writeRuleText(made))).toEqual(made) }))
    fc.assert(fc.property(fields, (made) => { expect(read(writeRuleText(made, TEXT))).toEqual(made) }))
  })

  test('keeps comments and everything that was not changed', () => {
    const text = writeRuleText({ ...read(TEXT), tier: 'approve', suggest: 'our price' }, TEXT)
    expect(text).toContain('# agreed with Pricing in May')
    expect(text).toContain('title: Half price # what people call it')
    expect(text).toContain('- half price # the usual words')
    expect(read(text)).toEqual({ ...GOOD, tier: 'approve', suggest: 'our price' })
    expect(writeRuleText(read(TEXT), TEXT)).toBe(TEXT)
  })

  test.each([
    ['title: "Half\nmatch: [', 'rule:2:', 'YAML'],
    ['title: Half\nmatch: 30\n', 'rule:2:8', 'a list'],
    ['title: Half\nmatch:\n  - half\n  - 30\n', 'rule:4:5', 'text'],
    ['- a\n- b\n', 'rule:1:1', ''],
    ['a: &x 1\nb: *x\n', 'rule:2:4', 'Aliases'],
  ])('that a form cannot show is refused with its place: %j', (text, place, words) => {
    const result = readRuleText(text, 'rule')
    expect(result.ok).toBe(false)
    const [first] = result.ok ? [] : result.problems
    expect(`rule:${first?.line}:${first?.column}`).toContain(place)
    expect(first?.reason).toContain(words)
    expect(first?.fix).not.toBe('')
  })

  test('is not read at all when it is far too long', () => {
    expect(readRuleText('a'.repeat(LIMITS.ruleFile + 1), 'rule').ok).toBe(false)
    expect(readRuleText('['.repeat(60_000), 'rule').ok).toBe(false)
  })

  test('that holds what a wrong encoding leaves behind is refused with its line', () => {
    expect(readRuleText(writeRuleText({ id: 'a', title: 'x\uFFFD' }), 'rule')).toMatchObject({ ok: false, problems: [{ line: 2 }] })
  })

  test('that is empty is a rule with nothing in it yet', () => {
    expect(read('')).toEqual({})
  })
})

describe('checking fields', () => {
  const issues = (change: RuleFields): string[] => checkRuleFields({ ...GOOD, ...change }).issues.map(({ path, code }) => `${path.join('.')} ${code}`)

  test('gives the finished rule', () => {
    expect(checkRuleFields(GOOD)).toMatchObject({ rule: { id: 'acme/half-price', owner: 'pricing', negation: 'lowers', languages: ['en'] }, issues: [] })
  })

  test.each<[RuleFields, string]>([
    [{ title: ' ' }, 'title empty'],
    [{ title: 'x'.repeat(101) }, 'title too-long'],
    [{ message: undefined }, 'message missing'],
    [{ category: 'prices' }, 'category wrong'],
    [{ match: ['', ' '] }, 'match too-few'],
    [{ examples: { flagged: ['a'], clean: [''] } }, 'examples.clean too-few'],
    [{ sources: [{ title: 'A', url: 'javascript:alert(1)' }] }, 'sources.0.url wrong'],
    [{ sources: [{ title: 'A', checked: 'May' }] }, 'sources.0.checked wrong'],
    [{ tone: 'kind' }, 'tone unknown-field'],
  ])('names the field that is wrong: %j', (change, expected) => {
    expect(issues(change)).toEqual([expected])
  })

  test('blank lines are not written, and the others keep their place', () => {
    expect(issues({ suggest: ' ', reasons: ['', 'Because'], sources: [{}, { title: '', url: '' }, { title: 'House rule', note: '' }] })).toEqual([])
    expect(issues({ match: ['', 'a', '', 'x'.repeat(1_001)] })).toEqual(['match.3 too-long'])
    expect(issues({ sources: [{ title: '' }, { title: 'A', url: 'nowhere' }] })).toEqual(['sources.1.url wrong'])
  })

  test('a finished rule taken apart and checked again is the same rule', () => {
    const { rule } = checkRuleFields({ ...GOOD, once: true, near: ['today'], negation: 'ignores', where: ['text', 'quote'], owner: 'sales', reasons: ['Agreed'] })
    expect(rule && checkRuleFields(fieldsOfRule(rule)).rule).toEqual(rule)
    const plain = checkRuleFields(GOOD).rule
    expect(plain && fieldsOfRule(plain)).toEqual({ ...GOOD, languages: ['en'] })
  })
})
