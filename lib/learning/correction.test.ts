import { describe, expect, test } from 'vitest'
import { checkRuleFields, tryRule } from '../packs/index.ts'
import type { Correction } from '../review/index.ts'
import { fieldsFromCorrection } from './correction.ts'

const made = (change: Partial<Correction>): Correction => ({
  rule: 'pricing/percent-off', category: 'pricing', before: '30% off', after: '15% off', sentence: 'Sign today and get 30% off.', site: 'gmail', at: Date.UTC(2026, 10, 3), ...change,
})

describe('a rule from a correction', () => {
  test('has the old words as pattern, the new ones as suggestion and the sentence as examples, and can be saved at once', () => {
    const fields = fieldsFromCorrection(made({}))
    expect(fields).toMatchObject({
      suggest: '15% off', category: 'pricing', tier: 'review', examples: { flagged: ['Sign today and get 30% off.'], clean: ['Sign today and get 15% off.'] },
    })
    expect(checkRuleFields(fields).issues).toEqual([])
    expect(tryRule(fields, {}).examples.every(({ ok }) => ok)).toBe(true)
  })

  test('takes the new words as exception where they hold the old ones', () => {
    const fields = fieldsFromCorrection(made({ before: 'free', after: 'free for the first month', sentence: 'The lamp is free.' }))
    expect(fields.unless).toEqual(['free for the first month'])
    expect(tryRule(fields, {}).examples.every(({ ok }) => ok)).toBe(true)
  })

  test('says in its title and message what to write, and is only shown where it is a matter of style', () => {
    expect(fieldsFromCorrection(made({ before: ' 30% off ', after: ' 15% off ', sentence: ' Get  30% off  now. ' }))).toMatchObject({
      id: 'personal/30-off', title: '"15% off", not "30% off"', message: 'Write "15% off" instead of "30% off".', match: ['30% off'], suggest: '15% off', examples: { flagged: ['Get  30% off  now.'], clean: ['Get 15% off now.'] },
    })
    const gone = fieldsFromCorrection(made({ category: 'brand', before: 'Indeed.', after: '', sentence: 'Indeed.' }))
    expect(gone).toMatchObject({ title: 'Without "Indeed."', message: 'Leave out "Indeed.".', tier: 'note', examples: { clean: [] } })
    expect(gone).not.toHaveProperty('unless')
    expect(fieldsFromCorrection(made({ after: 'w'.repeat(300) })).suggest).toBe('w'.repeat(300))
    expect(fieldsFromCorrection(made({ after: 'w'.repeat(301) }))).not.toHaveProperty('suggest')
    expect(fieldsFromCorrection(made({}))).not.toHaveProperty('unless')
  })

  test('has no suggestion where the words were taken out', () => {
    const fields = fieldsFromCorrection(made({ before: 'guaranteed ', after: '', sentence: 'Your guaranteed seat is booked.' }))
    expect(fields).not.toHaveProperty('suggest')
    expect(fields.examples?.clean).toEqual(['Your seat is booked.'])
    expect(tryRule(fields, {}).examples.every(({ ok }) => ok)).toBe(true)
  })

  test.each(['a [b', '{x} (y', '|', '…'])('makes no broken pattern of %j', (before) => {
    expect(tryRule(fieldsFromCorrection(made({ before, sentence: `Well ${before} then.` })), {}).faults).toEqual([])
  })
})
