import { describe, expect, test } from 'vitest'
import type { Finding } from '../engine/index.ts'
import { maySuppress, suppressedWords, withoutSuppressed, type Suppression } from './suppression.ts'

const finding = (change: Partial<Finding> = {}): Finding => ({
  rule: 'promise/refund', title: 'Refund', pack: 'promise', packVersion: '1.0.0', category: 'promise', owner: 'promise', tier: 'review', field: 'body', span: { start: 0, end: 13 },
  quote: 'A full  refund', message: '', suggest: null, sources: [], reasons: [], evidence: [], fingerprint: 'f', ...change,
})
const suppression = (change: Partial<Suppression> = {}): Suppression =>
  ({ id: 's', rule: 'promise/refund', words: 'a full refund', host: null, reason: 'It is in our terms.', by: 'Dana', from: 0, until: null, ...change })
const left = (findings: readonly Finding[], suppressions: readonly Suppression[], now = 10) => withoutSuppressed(findings, suppressions, { host: 'mail.example', now, owns: ['pricing'] })

describe('a suppression', () => {
  test('hides the same words of its rule, however they are spaced and written, and counts them', () => {
    expect(suppressedWords(' A full\u00a0 REFUND')).toBe('a full refund')
    expect(left([finding(), finding({ quote: 'half a refund' }), finding({ rule: 'promise/other' })], [suppression()])).toMatchObject({ suppressed: 1, findings: [{ quote: 'half a refund' }, { rule: 'promise/other' }] })
  })

  test('of a whole rule hides whatever it flags', () => {
    expect(left([finding(), finding({ quote: 'half a refund' })], [suppression({ words: null })])).toEqual({ findings: [], suppressed: 2 })
  })

  test('of one place is for that place alone', () => {
    expect(left([finding()], [suppression({ host: 'mail.example' })]).suppressed).toBe(1)
    expect(left([finding()], [suppression({ host: 'other.example' })]).suppressed).toBe(0)
  })

  test('ends at its end', () => {
    expect(left([finding()], [suppression({ until: 11 })]).suppressed).toBe(1)
    expect(left([finding()], [suppression({ until: 10 })]).suppressed).toBe(0)
  })

  test('never hides what must change, or what another area must sign', () => {
    const all = [suppression({ words: null })]
    expect(left([finding({ tier: 'block' })], all).suppressed).toBe(0)
    expect(left([finding({ tier: 'block', owner: 'pricing' })], all).suppressed).toBe(0)
    expect(left([finding({ tier: 'approve', owner: 'medical' })], all).suppressed).toBe(0)
    expect(left([finding({ tier: 'approve', owner: 'pricing' })], all).suppressed).toBe(1)
    expect(maySuppress(finding({ tier: 'note' }), [])).toBe(true)
  })
})
