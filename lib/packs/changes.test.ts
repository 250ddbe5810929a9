import { describe, expect, it } from 'vitest'
import type { Rule, RulePack } from '../engine/index.ts'
import { composePack, highestVersion, installPack, packChanges, suggestedVersion } from './index.ts'

const rule = (id: string, words: string, change: Partial<Rule> = {}): Rule => ({
  id, title: words, category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }], match: [words],
  unless: [], near: [], negation: 'ignores', hedge: 'ignores', question: 'ignores', quoted: 'ignores', where: ['text'], once: false, reasons: [],
  examples: { flagged: [`We say ${words} here.`], clean: ['Nothing of the kind.'] }, ...change,
})
const pack = (rules: readonly Rule[], change: Partial<RulePack> = {}): RulePack =>
  ({ format: 1, id: 'sales', version: '1.0.0', title: 'Sales', description: 'For tests.', owner: 'pricing', lists: {}, rules, ...change })

const ONE = rule('sales/one', 'golden handshake')
const TWO = rule('sales/two', 'bronze medal')
const kinds = (before: RulePack | null, after: RulePack): string[] => packChanges(before, after).map((change) => ('rule' in change ? `${change.kind} ${change.rule}` : change.kind))

describe('what changed in a pack', () => {
  it('is nothing where only the version is other', () => {
    expect(packChanges(pack([ONE, TWO]), pack([TWO, ONE], { version: '2.0.0' }))).toEqual([])
  })

  it('is everything where there was none', () => {
    expect(kinds(null, pack([ONE]))).toEqual(['added sales/one'])
  })

  it.each<[string, Partial<Rule>, string[]]>([
    ['a higher tier', { tier: 'approve' }, ['raised sales/one']],
    ['a lower tier', { tier: 'note' }, ['lowered sales/one']],
    ['another owner', { owner: 'legal' }, ['owner sales/one']],
    ['another pattern', { match: ['silver handshake'] }, ['finds sales/one']],
    ['an exception', { unless: ['no golden handshake'] }, ['finds sales/one']],
    ['another message', { message: 'Ask first.' }, ['says sales/one']],
    ['another example', { examples: { flagged: ['A golden handshake.'], clean: [] } }, ['examples sales/one']],
    ['several at once', { tier: 'block', message: 'Never.' }, ['raised sales/one', 'says sales/one']],
  ])('%s', (_, change, expected) => {
    expect(kinds(pack([ONE]), pack([{ ...ONE, ...change }]))).toEqual(expected)
  })

  it('names lists, suppressions and the pack\'s own words', () => {
    const before = pack([ONE], { lists: { drugs: ['a', 'b'], old: ['x'] } })
    const after = pack([ONE], { lists: { drugs: ['b', 'c', 'd'] }, title: 'Selling', suppressions: [{ rule: 'sales/one', reason: 'x' }] })
    expect(packChanges(before, after)).toEqual([
      { kind: 'list', list: 'drugs', added: 2, removed: 1 }, { kind: 'list', list: 'old', added: 0, removed: 1 }, { kind: 'suppressions', added: 1, removed: 0 }, { kind: 'about' },
    ])
  })

  it('puts what asks for less before everything else', () => {
    expect(kinds(pack([ONE, TWO]), pack([{ ...TWO, tier: 'note', message: 'x' }, rule('sales/three', 'third')]))).toEqual(['removed sales/one', 'lowered sales/two', 'added sales/three', 'says sales/two'])
  })
})

describe('the next version', () => {
  const next = (before: RulePack, after: RulePack): string => suggestedVersion('2.3.4', packChanges(before, after))
  it('is the first number up where less is asked, the second where more or other, the third for words', () => {
    expect(suggestedVersion(null, [])).toBe('1.0.0')
    expect(next(pack([ONE, TWO]), pack([ONE]))).toBe('3.0.0')
    expect(next(pack([ONE]), pack([{ ...ONE, tier: 'note' }]))).toBe('3.0.0')
    expect(next(pack([ONE]), pack([ONE], { suppressions: [{ rule: 'sales/one', reason: 'x' }] }))).toBe('3.0.0')
    expect(next(pack([ONE]), pack([ONE, TWO]))).toBe('2.4.0')
    expect(next(pack([ONE]), pack([{ ...ONE, tier: 'approve' }]))).toBe('2.4.0')
    expect(next(pack([ONE]), pack([{ ...ONE, message: 'Ask.' }]))).toBe('2.3.5')
    expect(highestVersion(['1.9.0', '1.10.0', '1.2.0'])).toBe('1.10.0')
  })
})

describe('a pack made of the version before and one\'s own rules', () => {
  const own = pack([rule('personal/sales-one', 'silver handshake'), rule('personal/new-one', '{list:gifts} for free', { examples: { flagged: ['A pen for free.'], clean: ['A pen.'] } })], { id: 'personal', lists: { gifts: ['pen'] } })
  const compose = (change: Partial<Parameters<typeof composePack>[0]> = {}) => composePack({
    id: 'sales', title: 'Sales', description: 'For tests.', owner: 'pricing', version: '1.1.0', base: pack([ONE, TWO]), without: [], from: own, take: ['sales-one', 'new-one'], ...change,
  })

  it('puts a changed copy in the place of its original and adds what is new with its words', () => {
    const made = compose()
    expect(made.rules.map(({ id, title }) => `${id} ${title}`)).toEqual(['sales/two bronze medal', 'sales/one silver handshake', 'sales/new-one {list:gifts} for free'])
    expect(made.lists).toEqual({ gifts: ['pen'] })
  })

  it('passes the install rules', () => {
    expect(installPack({ json: JSON.stringify(compose()), file: 'a.json', active: { pack: pack([ONE, TWO]), publicKey: null }, trust: { kind: 'local' } })).toMatchObject({ kind: 'activate', pack: { version: '1.1.0' } })
  })

  it('leaves out what goes, and the lists that only it used', () => {
    const base = pack([rule('sales/one', '{list:old} gift'), TWO], { lists: { old: ['x'], spare: ['y'] } })
    const made = compose({ base, without: ['one'], take: [] })
    expect([made.rules.map(({ id }) => id), made.lists]).toEqual([['sales/two'], { spare: ['y'] }])
  })

  it('renames a list whose name is taken by other words', () => {
    const base = pack([rule('sales/one', '{list:gifts} inside')], { lists: { gifts: ['bottle'] } })
    const made = compose({ base, take: ['new-one'] })
    expect(made.lists).toEqual({ gifts: ['bottle'], 'own-gifts': ['pen'] })
    expect(made.rules.at(-1)?.match).toEqual(['{list:own-gifts} for free'])
  })
})
