import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../engine/index.ts'
import { CorrectionTracker, editBetween, followSpan } from './corrections.ts'

const finding = (quote: string, start: number, fingerprint = quote): Finding => ({
  rule: 'pricing/percent-off', title: 'Percentage discount', pack: 'pricing', packVersion: '1.0.0', category: 'pricing', owner: 'pricing', tier: 'review', field: 'body',
  span: { start, end: start + quote.length }, quote, message: '', suggest: null, sources: [], reasons: [], evidence: [], fingerprint,
})

describe('editBetween', () => {
  it('gives the one stretch that turns one text into the other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const edit = editBetween(before, after)
        if (!edit) return before === after
        return before.slice(0, edit.start) + after.slice(edit.start, edit.newEnd) + before.slice(edit.oldEnd) === after
      }),
    )
  })

  it('does not let prefix and suffix overlap', () => {
    expect(editBetween('aaa', 'aa')).toEqual({ start: 2, oldEnd: 3, newEnd: 2 })
  })
})

describe('followSpan', () => {
  const text = 'Sign today and get 20% off.'
  const span = { start: 19, end: 26 }
  const place = (after: string) => {
    const edit = editBetween(text, after)
    if (!edit) throw new Error('no edit')
    const at = followSpan(span, edit)
    return after.slice(at.start, at.end)
  }

  it('moves with text before it and ignores text after it', () => {
    expect(place('Please sign today and get 20% off.')).toBe('20% off')
    expect(place('Sign today and get 20% off. Thanks!')).toBe('20% off')
  })

  it('holds what was typed inside it', () => {
    expect(place('Sign today and get 20 or 25% off.')).toBe('20 or 25% off')
  })
})

describe('CorrectionTracker', () => {
  it('knows what the person wrote instead, however many keys it took', () => {
    const tracker = new CorrectionTracker()
    const steps = ['You get 20% off.', 'You get 2% off.', 'You get % off.', 'You get  off.', 'You get the list off.', 'You get the list price.']
    const gone = finding('20% off', 8)
    steps.slice(1).forEach((after, at) => tracker.update(steps[at] ?? '', after, at === 0 ? [gone] : [], new Set()))
    expect(tracker.list(steps.at(-1) ?? '')).toEqual([{ finding: gone, sentence: 'You get 20% off.', after: 'the list price' }])
  })

  it('forgets a change that was undone', () => {
    const tracker = new CorrectionTracker()
    tracker.update('Get 20% off.', 'Get off.', [finding('20% off', 4)], new Set())
    tracker.update('Get off.', 'Get 20% off.', [], new Set(['20% off']))
    expect(tracker.list('Get 20% off.')).toEqual([])
  })
})
