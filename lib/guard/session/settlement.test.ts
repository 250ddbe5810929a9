import { describe, expect, it } from 'vitest'
import type { Draft, Finding } from '../../engine/index.ts'
import type { Decision } from '../../review/index.ts'
import { Settlement } from './settlement.ts'

const draft = (text: string): Draft => ({ kind: 'email', site: 'gmail', subject: '', recipients: [], text, blocks: [], locale: 'en' })

/** Every occurrence of `quote`, as the engine numbers them. */
function hits(text: string, quote: string): Finding[] {
  const found: Finding[] = []
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    found.push({
      rule: 'r', title: '', pack: 'p', packVersion: '1.0.0', category: 'pricing', owner: 'pricing', tier: 'review', field: 'body', span: { start: at, end: at + quote.length },
      quote, message: '', suggest: null, sources: [], reasons: [], evidence: [], fingerprint: `${quote}#${found.length}`,
    })
  }
  return found
}

function opened(text: string, quote = '20% off', memory = new Map<string, Decision>()) {
  const settlement = new Settlement(memory)
  settlement.update(draft(text), hits(text, quote))
  return { settlement, change: (next: string) => settlement.update(draft(next), hits(next, quote)) }
}

describe('Settlement', () => {
  it('keeps a decision through edits elsewhere', () => {
    const { settlement, change } = opened('We give 20% off.')
    settlement.decide('20% off#0', 'kept', 'on the price list', 1)
    change('Hello Dana,\nWe give 20% off. Best')
    expect(settlement.standing()).toMatchObject([{ outcome: 'kept', fingerprint: '20% off#0' }])
  })

  it('gives the decision to the words it was made on, not to their number', () => {
    const { settlement, change } = opened('First 20% off, then 20% off.')
    settlement.decide('20% off#1', 'kept', 'second one is agreed', 1)
    change('First nothing, then 20% off.')
    expect(settlement.standing()).toMatchObject([{ reason: 'second one is agreed', fingerprint: '20% off#0' }])
  })

  it('does not let a new claim inherit an old decision', () => {
    const { settlement, change } = opened('Then 20% off.')
    settlement.decide('20% off#0', 'kept', 'agreed', 1)
    change('Now 20% off and then 20% off.')
    const [first, second] = settlement.findings
    expect(settlement.decisionOf(first?.fingerprint ?? '')).toBeNull()
    expect(settlement.decisionOf(second?.fingerprint ?? '')?.reason).toBe('agreed')
  })

  it('counts changed words as fixed and says what they became', () => {
    const { settlement, change } = opened('We give 20% off.')
    change('We give a fair price.')
    expect(settlement.fixed(5)).toMatchObject([{ outcome: 'fixed', quote: '20% off' }])
    expect(settlement.corrections('gmail', 5)).toMatchObject([{ before: '20% off', after: 'a fair price', sentence: 'We give 20% off.', site: 'gmail' }])
  })

  it('learns nothing from findings that other rules took away while the words stayed', () => {
    const { settlement } = opened('We give 20% off.')
    settlement.update(draft('We give 20% off.'), [])
    expect(settlement.fixed(5)).toEqual([])
    expect(settlement.corrections('gmail', 5)).toEqual([])
  })

  it('brings a decision back when its words come back by undo', () => {
    const { settlement, change } = opened('We give 20% off.')
    settlement.decide('20% off#0', 'kept', 'agreed', 1)
    change('We give.')
    expect(settlement.standing()).toEqual([])
    change('We give 20% off.')
    expect(settlement.standing()).toMatchObject([{ reason: 'agreed' }])
    expect(settlement.fixed(9)).toEqual([])
  })
})
