import { describe, expect, test } from 'vitest'
import type { Finding, RulePack } from '../engine/index.ts'
import { maySuppress, suppressedWords, teamSuppressions, withoutSuppressed, type Suppression } from './suppression.ts'

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

  test('beside others of its rule hides its own words, and so do they', () => {
    expect(left([finding(), finding({ quote: 'half a refund' }), finding({ quote: 'no refund' })], [suppression(), suppression({ words: 'half a refund' })])).toMatchObject({ suppressed: 2, findings: [{ quote: 'no refund' }] })
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

describe('suppressions of a team', () => {
  const pack = (suppressions: RulePack['suppressions']): RulePack => ({ format: 1, id: 'acme', version: '1.0.0', title: 'Acme rules', description: '', owner: 'acme', lists: {}, rules: [], suppressions })
  const team = teamSuppressions([pack([{ rule: 'promise/refund', words: 'A  full refund', reason: 'It is in our terms.', until: '2026-11-30' }]), { ...pack(undefined), id: 'other' }])

  test('hide the words for everybody to the end of their last day, by the name of their pack', () => {
    expect(team).toMatchObject([{ words: 'a full refund', host: null, by: 'Acme rules' }])
    expect(left([finding()], team, Date.UTC(2026, 10, 30, 23, 59)).suppressed).toBe(1)
    expect(left([finding()], team, Date.UTC(2026, 11, 1)).suppressed).toBe(0)
  })

  test('hide no more than a person may: not what must change, not what another area signs', () => {
    expect(left([finding({ tier: 'block' }), finding({ tier: 'approve' })], team).suppressed).toBe(0)
  })
})
