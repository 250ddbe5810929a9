import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Correction } from '../review/index.ts'
import { addToDay, sumTallies, tallyKey, tallyOfCorrection, tallyOfDraft, tallyPlace, type Contribution, type CountedDraft, type DayTally } from './index.ts'

const at = Date.UTC(2026, 10, 24, 9)
const finding = (rule: string, tier: 'note' | 'review' | 'approve', fingerprint: string, category: 'pricing' | 'promise' = 'pricing') => ({ rule, tier, category, fingerprint })

function draft(change: Partial<CountedDraft> = {}): CountedDraft {
  return {
    at, site: 'gmail', kind: 'email', origin: { verdict: 'ai', evidence: [{ class: 'T2', mark: 'm', product: 'ChatGPT', count: 1 }] }, requirement: { tier: 'review', owners: [], reasons: [] },
    findings: [finding('pricing/percent-off', 'review', 'a'), finding('promise/always', 'note', 'b', 'promise')],
    decisions: [{ ...finding('pricing/percent-off', 'review', 'a'), outcome: 'kept' }, { ...finding('pricing/percent-off', 'approve', 'gone'), outcome: 'fixed' }],
    outcome: 'sent', heldAt: at, signOff: { at: at + 30_000, reading: { ms: 21_000, least: 5_000 } }, ...change,
  }
}
const daysOf = (...all: readonly Contribution[]): DayTally[] => {
  const days = new Map<string, DayTally>()
  for (const one of all) days.set(one.day, addToDay(days.get(one.day) ?? null, one))
  return [...days.values()]
}

describe('what a draft counts for', () => {
  it('is one draft, one draft of each of its categories, and each finding of its rules, also those whose words are gone', () => {
    const days = daysOf(tallyOfDraft(draft()))
    expect(sumTallies(days, { of: 'drafts', by: ['week', 'assistant'] })).toMatchObject([{
      at: ['2026-11-23', 'ChatGPT'], counts: { seen: 1, review: 1, note: 0, held: 1, signed: 1, sent: 1, fixed: 1, kept: 1, dismissed: 0, open: 1, reviewMs: 21_000, holdMs: 30_000 },
    }])
    expect(sumTallies(days, { of: 'categories', by: ['category'] })).toMatchObject([
      { at: ['pricing'], counts: { seen: 1, approve: 1, fixed: 1, kept: 1, open: 0, reviewMs: 14_000 } }, { at: ['promise'], counts: { seen: 1, note: 1, open: 1, reviewMs: 7_000 } },
    ])
    expect(sumTallies(days, { of: 'rules', by: ['rule'] })).toMatchObject([
      { at: ['pricing/percent-off'], counts: { seen: 2, review: 1, approve: 1, fixed: 1, kept: 1, reviewMs: 14_000 } }, { at: ['promise/always'], counts: { seen: 1, note: 1, open: 1 } },
    ])
  })

  it('takes a break for an hour at most, and no time where nobody signed', () => {
    const [long] = sumTallies(daysOf(tallyOfDraft(draft({ signOff: { at: at + 9 * 3_600_000 } }))), { of: 'drafts', by: [] })
    expect(long?.counts).toMatchObject({ reviewMs: 3_600_000, holdMs: 3_600_000 })
    const [none] = sumTallies(daysOf(tallyOfDraft(draft({ signOff: null, outcome: 'unreviewed' }))), { of: 'drafts', by: [] })
    expect(none?.counts).toMatchObject({ reviewMs: 0, holdMs: 0, signed: 0, unreviewed: 1 })
  })

  it('is no signature where it was let go with a reason', () => {
    const [one] = sumTallies(daysOf(tallyOfDraft(draft({ outcome: 'overridden' }))), { of: 'drafts', by: [] })
    expect(one?.counts).toMatchObject({ overridden: 1, signed: 0 })
  })
})

describe('what a correction counts for', () => {
  const made: Correction = { rule: '', category: 'brand', before: 'a', after: 'b', sentence: 'a c.', site: 'gmail', at, kind: 'email', assistant: 'ChatGPT' }
  it('is one, for its drafts and its category, beside the draft itself', () => {
    const days = daysOf(tallyOfDraft(draft()), tallyOfCorrection(made), tallyOfCorrection({ ...made, rule: 'pricing/percent-off', category: 'pricing' }))
    expect(sumTallies(days, { of: 'drafts', by: ['assistant'] })).toMatchObject([{ at: ['ChatGPT'], counts: { seen: 1, corrected: 2 } }])
    expect(sumTallies(days, { of: 'categories', by: ['category'], where: { category: 'brand' } })).toMatchObject([{ counts: { seen: 0, corrected: 1 } }])
    expect(sumTallies(days, { of: 'rules', by: [] })).toMatchObject([{ counts: { corrected: 1 } }])
  })
  it('is nothing for a word on origin', () => {
    expect(tallyOfCorrection({ ...made, sentence: '' }).cells).toEqual({})
  })
})

describe('a day', () => {
  const contribution = fc.record({
    tier: fc.constantFrom('note' as const, 'review' as const, 'approve' as const), site: fc.constantFrom('gmail', 'outlook'), ms: fc.nat(100_000),
    outcome: fc.constantFrom('held' as const, 'sent' as const, 'overridden' as const, 'unreviewed' as const), findings: fc.nat(7),
  }).map(({ tier, site, ms, outcome, findings }) => tallyOfDraft(draft({
    site, outcome, requirement: { tier, owners: [], reasons: [] }, decisions: [], signOff: { at: at + ms, reading: { ms, least: 1 } },
    findings: Array.from({ length: findings }, (_, index) => finding(`pricing/r${index % 3}`, tier, String(index))),
  })))

  it('is as it was once everything that was added is taken out, in whatever order', () => {
    fc.assert(fc.property(fc.array(contribution, { maxLength: 12 }), fc.array(contribution, { maxLength: 6 }), (kept, others) => {
      const only = kept.reduce<DayTally | null>((day, one) => addToDay(day, one), null)
      const all = [...others, ...kept].reduce<DayTally | null>((day, one) => addToDay(day, one), null)
      const left = [...others].reverse().reduce<DayTally | null>((day, one) => addToDay(day, one, -1), all)
      expect(left?.cells ?? {}).toEqual(only?.cells ?? {})
    }))
  })

  it('keeps places under names that give them back', () => {
    const place = { site: 'wordpress', kind: 'post', assistant: 'Gemini', category: 'legal', rule: 'legal/x' } as const
    expect(tallyPlace(tallyKey(place))).toEqual(place)
  })
})
