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
