import { describe, expect, test } from 'vitest'
import { LIMITS as ENGINE } from '../engine/index.ts'
import { listsIn, tryRule } from './rule-trial.ts'

const draft = (text: string) => ({ kind: 'email', site: '', subject: '', recipients: [], text, blocks: [{ span: { start: 0, end: text.length }, kind: 'text' }], locale: '' }) as const

describe('trying a rule', () => {
  test('runs its examples before it is finished', () => {
    const trial = tryRule({ match: ['{percent} off'], examples: { flagged: ['Get 20% off.', 'Half price.'], clean: ['The battery is at 20%.', 'Not 5% off.'] } }, {})
    expect(trial.faults).toEqual([])
    expect(trial.examples.map(({ path, ok, quote }) => [path.join('.'), ok, quote])).toEqual([
      ['examples.flagged.0', true, '20% off'], ['examples.flagged.1', false, null], ['examples.clean.0', true, null], ['examples.clean.1', false, '5% off'],
    ])
    expect(trial.scan(draft('Now 10% off.')).map((finding) => finding.quote)).toEqual(['10% off'])
  })

  test('names the pattern that cannot be read, with the character, and goes on with the others', () => {
    const trial = tryRule({ match: ['', 'half (price', 'half price'], unless: ['{banana}'], examples: { flagged: ['', 'Half price.'], clean: [] } }, {})
    expect(trial.faults.map(({ path }) => path.join('.'))).toEqual(['match.1', 'unless.0'])
    expect(trial.faults[1]?.reason).toContain('There is no entity "banana"')
    expect(trial.examples).toMatchObject([{ path: ['examples', 'flagged', 1], ok: true }])
  })

  test('knows the word lists it is given and asks for others', () => {
    const fields = { match: ['our {list:things}', 'a {list:other} {list:things}'], examples: { flagged: ['Our lamp.'], clean: ['Our hat.'] } }
    expect(listsIn(fields)).toEqual(['things', 'other'])
    expect(tryRule(fields, { things: ['lamp'] })).toMatchObject({ faults: [{ path: ['match', 1] }], examples: [{ ok: true }, { ok: true }] })
  })

  test('refuses a bomb of nested alternatives instead of unfolding it', () => {
    const bomb = `${'(a|'.repeat(300)}b${')'.repeat(300)}`
    expect(tryRule({ match: [bomb, '(a|b|c|d|e) '.repeat(80).trim()], examples: { flagged: ['a'] } }, {}).faults[0]?.path).toEqual(['match', 0])
    const wide = `(${'a|b|c d e f|'.repeat(60)}z) `.repeat(5).trim().slice(0, ENGINE.patternLength)
    expect(tryRule({ match: Array.from({ length: 50 }, () => wide) }, {}).faults.length).toBeGreaterThanOrEqual(0)
  })

  test('looks at more than words where the rule says so', () => {
    const fields = { match: ['a new lamp'], check: { kind: 'required', anyOf: ['terms apply'] }, examples: { flagged: ['Take a new lamp.'], clean: ['Take a new lamp, terms apply.'] } }
    expect(tryRule(fields, {}).examples.map(({ ok }) => ok)).toEqual([true, true])
    expect(tryRule({ ...fields, check: { kind: 'moon' } }, {}).examples.map(({ ok }) => ok)).toEqual([true, false])
  })

  test('values that do not exist are stood in for, so that the words still run', () => {
    expect(tryRule({ match: ['half price'], category: 'prices', tier: 'loud', where: ['moon'], examples: { flagged: ['Half price.'] } }, {}).examples).toMatchObject([{ ok: true }])
  })
})
