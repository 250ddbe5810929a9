import { describe, expect, test } from 'vitest'
import { formatProblem } from './problem.ts'
import { parsePackFile, parsePackJson, parseRuleFile, readPack } from './read.ts'
import { CONTEXT_DEFAULTS, LIMITS } from './schema.ts'
import { selfTest } from './self-test.ts'

const RULE = `id: acme/percent-off
title: Percentage discount
category: pricing
tier: review
message: Check it against the price list.
sources:
  - { title: House rule }
match:
  - "{percent} off"
examples:
  flagged: ["Get 20% off."]
  clean: ["The battery is at 20%."]
`
const PACK = 'id: acme\nversion: 1.0.0\ntitle: Acme\ndescription: Our own rules.\n'

const problemsOf = (text: string, parse: typeof parseRuleFile | typeof parsePackFile = parseRuleFile) => {
  const read = parse(text, 'file.yaml')
  return read.ok ? [] : read.problems.map(formatProblem)
}

describe('a rule file', () => {
  test('gets its defaults, which depend on the category', () => {
    const read = parseRuleFile(RULE, 'percent-off.yaml')
    expect(read.ok && read.value).toMatchObject({
      owner: 'pricing', languages: ['en'], unless: [], near: [], reasons: [], once: false, ...CONTEXT_DEFAULTS.pricing, where: ['subject', 'text', 'heading', 'list'],
    })
  })

  test('an unknown field is refused at its own place, with the field that was meant', () => {
    expect(problemsOf(RULE.replace('message:', 'mesage:'))).toEqual(expect.arrayContaining([
      'file.yaml:5:1 There is no field "mesage" here. Did you mean "message"?',
      expect.stringContaining('"message" is missing.'),
    ]))
  })

  test.each([
    ['a wrong tier', RULE.replace('tier: review', 'tier: urgent'), 'file.yaml:4:7 "tier" has a value that does not exist. Use note, review, approve or block.'],
    ['a list where text belongs', RULE.replace('title: Percentage discount', 'title: [a]'), 'file.yaml:2:8 "title" should be text. Write a short title, up to 100 characters.'],
    ['an entry that is too long', RULE.replace('"{percent} off"', `"${'off '.repeat(400)}"`), 'file.yaml:9:5 Entry 1 of "match" is longer than 1000 characters. Shorten it, or divide it in two.'],
    ['no sources', RULE.replace('\n  - { title: House rule }', ' []'), 'file.yaml:6:10 "sources" has too few entries.'],
    ['broken YAML', RULE.replace('["Get 20% off."]', '["Get 20% off."'), 'This is not valid YAML'],
    ['the same field twice', `${RULE}tier: note\n`, 'file.yaml:13:1 This is not valid YAML'],
    ['a tag', RULE.replace('title: P', 'title: !!binary P'), 'file.yaml:2:17 The tag !!binary is not allowed'],
    ['a prototype key', `${RULE}__proto__: { tier: block }\n`, 'file.yaml:13:1 The name "__proto__" is not allowed.'],
    ['an empty file', '', 'file.yaml:1:1 The file should be a group of fields.'],
  ])('%s is refused with its place', (_name, text, expected) => {
    expect(problemsOf(text).join('\n')).toContain(expected)
  })

  test('aliases are refused before they are unfolded', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdefghi'[i]},`.repeat(9)}]`).join('\n')}\n`
    expect(problemsOf(bomb)[0]).toContain('Aliases (*name) are not allowed')
  })

  test('deep nesting and size end in a problem, not in an exception', () => {
    expect(problemsOf('['.repeat(30_000)).length).toBeGreaterThan(0)
    expect(problemsOf(`id: ${'['.repeat(40)}${']'.repeat(40)}`).join()).toContain('nested too deeply')
    expect(problemsOf('x'.repeat(LIMITS.ruleFile + 1))[0]).toContain('larger than 64 KB')
  })

  test('a file in the wrong encoding is told by its line', () => {
    expect(problemsOf(RULE.replace('Percentage', 'Prozents\uFFFDtze'))[0]).toMatch(/^file\.yaml:2:1 .* Save it as UTF-8\.$/)
  })
})

describe('a pack file', () => {
  test('a list with duplicates is refused at the second of the two', () => {
    expect(problemsOf(`${PACK}lists:\n  drugs:\n    - aspirin\n    - Aspirin\n`, parsePackFile)).toEqual(['file.yaml:8:7 "Aspirin" is already entry 1 of this list. Remove one of the two.'])
  })

  test('a list of 50,000 entries is fine, one more is not', () => {
    const list = (n: number) => `${PACK}lists:\n  words: [${Array.from({ length: n }, (_, i) => `w${i}`).join(', ')}]\n`
    expect(problemsOf(list(50_000), parsePackFile)).toEqual([])
    expect(problemsOf(list(50_001), parsePackFile)[0]).toContain('more than 50000 entries')
  })

  test('a version is three numbers', () => {
    expect(problemsOf(PACK.replace('1.0.0', '1.0'), parsePackFile)[0]).toBe('file.yaml:2:10 "version" should be text. Write three numbers, such as 1.4.0.')
  })
})

describe('a pack of files', () => {
  const read = (...files: [string, string][]) => readPack(files.map(([file, text]) => ({ file, text })), 'acme')

  test('is put together with rules in the order of their ids', () => {
    const pack = read(['acme/pack.yaml', PACK], ['acme/percent-off.yaml', RULE], ['acme/a.yaml', RULE.replace('percent-off', 'a')])
    expect(pack.ok && pack.value.rules.map((r) => r.id)).toEqual(['acme/a', 'acme/percent-off'])
  })

  test('tells the line of a rule\'s example through the built pack', () => {
    const pack = read(['acme/pack.yaml', PACK], ['acme/percent-off.yaml', RULE])
    expect(pack.ok && pack.locate(['rules', 0, 'examples', 'clean', 0])).toEqual({ file: 'acme/percent-off.yaml', line: 12, column: 11 })
  })

  test.each<[string, [string, string][], string]>([
    ['two rules with one id', [['acme/pack.yaml', PACK], ['acme/percent-off.yaml', RULE], ['acme/percent-off.yml', RULE]], 'Another file already has the id "acme/percent-off"'],
    ['a rule of another pack', [['acme/pack.yaml', PACK], ['acme/percent-off.yaml', RULE.replace('acme/', 'other/')]], 'The rule belongs to "other" but the pack is "acme".'],
    ['a file that is called otherwise', [['acme/pack.yaml', PACK], ['acme/discount.yaml', RULE]], 'The file is called discount and the rule percent-off.'],
    ['no pack.yaml', [['acme/percent-off.yaml', RULE]], 'There is no pack.yaml'],
    ['no rules', [['acme/pack.yaml', PACK]], 'The pack has no rules.'],
  ])('%s is refused', (_name, files, expected) => {
    const pack = read(...files)
    expect(pack.ok ? '' : pack.problems.map(formatProblem).join('\n')).toContain(expected)
  })

  test('reports the problems of every file at once', () => {
    const pack = read(['acme/pack.yaml', PACK.replace('title: Acme\n', '')], ['acme/a.yaml', 'id: acme/a\n'])
    expect(pack.ok ? [] : [...new Set(pack.problems.map((p) => p.file))]).toEqual(['acme/pack.yaml', 'acme/a.yaml'])
  })
})

describe('a built pack', () => {
  const built = () => {
    const pack = readPack([{ file: 'pack.yaml', text: PACK }, { file: 'percent-off.yaml', text: RULE }], 'acme')
    if (!pack.ok) throw new Error('the sample pack is broken')
    return pack.value
  }

  test('comes back from its JSON as it was', () => {
    const read = parsePackJson(JSON.stringify(built()))
    expect(read.ok && read.value).toEqual(built())
  })

  test.each<[string, (json: string) => string, string]>([
    ['a field of tomorrow', (j) => j.replace('"format": 1', '"format": 1,\n "script": "x"'), 'pack.json:3:2 There is no field "script" here.'],
    ['another format', (j) => j.replace('"format": 1', '"format": 2'), 'pack.json:2:13 "format" has a value that does not exist.'],
    ['cut off', (j) => j.slice(0, 200), 'This is not valid JSON.'],
    ['a prototype key', (j) => j.replace('"format": 1', '"format": 1, "__proto__": {"tier": "note"}'), '__proto__'],
    ['a rule of another pack', (j) => j.replace('acme/percent-off', 'other/percent-off'), 'does not belong to the pack "acme"'],
    ['no object', () => '[]', 'The file should be a group of fields.'],
    ['null', () => 'null', 'The file should be a group of fields.'],
  ])('%s is refused', (_name, change, expected) => {
    const read = parsePackJson(change(JSON.stringify(built(), null, 1).replace('\n "format"', '\n  "format"')))
    expect(read.ok ? '' : read.problems.map(formatProblem).join('\n')).toContain(expected)
  })

  test('two rules with one id are refused', () => {
    const pack = built()
    const read = parsePackJson(JSON.stringify({ ...pack, rules: [...pack.rules, ...pack.rules] }))
    expect(read.ok ? '' : read.problems[0]?.reason).toBe('Two rules have the id "acme/percent-off".')
  })
})

describe('suppressions of a team in pack.yaml', () => {
  const TEAM = `${PACK}suppressions:\n  - { rule: promise/refund, words: a full refund, reason: It is in our terms., until: 2027-01-31 }\n`

  test('travel with the pack and its built form', () => {
    const read = readPack([{ file: 'acme/pack.yaml', text: TEAM }, { file: 'acme/percent-off.yaml', text: RULE }], 'acme')
    if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'))
    expect(read.value.suppressions).toEqual([{ rule: 'promise/refund', words: 'a full refund', reason: 'It is in our terms.', until: '2027-01-31' }])
    const built = parsePackJson(JSON.stringify(read.value))
    expect(built.ok && built.value).toEqual(read.value)
  })

  test('need a reason and a rule, and are refused at their place', () => {
    expect(problemsOf(TEAM.replace('reason: It is in our terms., ', ''), parsePackFile).join()).toContain('file.yaml:6:')
    expect(problemsOf(TEAM.replace('until', 'untill'), parsePackFile).join()).toContain('There is no field "untill" here. Did you mean "until"?')
  })
})

describe('a price book in pack.yaml', () => {
  const BOOK = `${PACK}prices:\n  - { product: Team plan, also: [Plan T], amount: 49, currency: EUR, text: "€49 a month", until: 2027-01-31 }\n`
  const rule = { file: 'acme/percent-off.yaml', text: RULE }

  test('becomes one rule a product, which keeps its own examples', () => {
    const read = readPack([{ file: 'acme/pack.yaml', text: BOOK }, rule], 'acme')
    if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'))
    expect(read.value.rules.find(({ id }) => id === 'acme/price-team-plan')).toMatchObject({
      tier: 'approve', category: 'pricing', check: { kind: 'price', amount: 49, currency: 'EUR', text: '€49 a month' }, message: expect.stringContaining('until 2027-01-31') as string,
    })
    expect(selfTest(read.value, read.locate)).toEqual([])
    expect(read.value).not.toHaveProperty('prices')
  })

  test('with one product twice is refused at the second', () => {
    expect(problemsOf(`${BOOK}  - { product: Team Plan, amount: 59, currency: EUR, text: "€59" }\n`, parsePackFile)).toEqual([expect.stringMatching(/^file\.yaml:7:\d+ "Team Plan" has a price already, in line 1 of the price book\. Remove one of the two\.$/)])
  })
})

test('a check of an unknown kind is refused', () => {
  expect(problemsOf(`${RULE}check: { kind: magic }\n`)).not.toEqual([])
  expect(problemsOf(`${RULE}check: { kind: required, anyOf: [APR] }\n`)).toEqual([])
})

describe('marks in pack.yaml', () => {
  const MARKS = `${PACK}marks:
  checked: 2026-12-01
  html:
    - { id: nova-turn, product: Nova, strength: sure, attributes: { data-nova-turn: { is: number } } }
  text:
    - { id: nova-cite, product: Nova, class: T1, contains: ["[nova:#]"] }
  assistants:
    - { product: Nova, labels: ["nova writer"] }
  withdrawn: [chatgpt-table-column]
`

  test('go into the built pack and come back from its JSON', () => {
    const read = readPack([{ file: 'acme/pack.yaml', text: MARKS }, { file: 'acme/percent-off.yaml', text: RULE }], 'acme')
    if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'))
    expect(read.value.marks).toMatchObject({ checked: '2026-12-01', html: [{ id: 'nova-turn' }], withdrawn: ['chatgpt-table-column'] })
    const again = parsePackJson(JSON.stringify(read.value))
    expect(again.ok && again.value).toEqual(read.value)
  })

  test.each([
    ['an unknown field', 'strength: sure', 'strenght: sure', 'file.yaml:8:39 There is no field "strenght" here. Did you mean "strength"?'],
    ['an unknown test', 'is: number', 'is: regex', 'file.yaml:8:'],
    ['no day', '  checked: 2026-12-01\n', '', 'file.yaml:6:3 "checked" is missing.'],
    ['a day that is none', '2026-12-01', 'soon', 'file.yaml:6:12 "checked" is not written as it should be. Write the day a person last checked the source, as 2026-11-23.'],
    ['a mark that fits ordinary pages', '{ data-nova-turn: { is: number } }', '{ id: { is: present } }', 'file.yaml:8:7 The mark "nova-turn" fits ordinary pages. Name an attribute that begins with data-'],
    ['a token that stands in ordinary words', '[nova:#]', 'novas', 'file.yaml:10:61 "novas" could stand in ordinary words.'],
    ['a bare "ai" as a label', 'nova writer', 'ai', 'file.yaml:12:33 The bare word "ai" is in too many other words'],
    ['two marks with one id', '  text:', '    - { id: nova-turn, product: Nova, strength: sure, classes: [nova-answer] }\n  text:', 'file.yaml:9:13 Two marks have the id "nova-turn". Remove one of the two.'],
  ])('with %s are refused at their place', (_name, right, wrong, expected) => {
    expect(MARKS).toContain(right)
    expect(problemsOf(MARKS.replace(right, wrong), parsePackFile).join('\n')).toContain(expected)
  })
})
