import { expect, it } from 'vitest'
import { type Finding, type Tier, withoutDoubles } from './index.ts'

function finding(rule: string, start: number, end: number, tier: Tier = 'review', more: Partial<Finding> = {}): Finding {
  return {
    rule, title: rule, pack: 'p', packVersion: '1.0.0', category: 'pricing', owner: 'pricing', field: 'body', span: { start, end }, quote: '', message: '', suggest: null,
    sources: [], reasons: [], evidence: [], tier, fingerprint: rule, ...more,
  }
}
const kept = (...findings: Finding[]): string[] => withoutDoubles(findings).map(({ rule }) => rule)

it('keeps the first by id of two rules on the same words', () => {
  expect(kept(finding('p/b', 0, 9), finding('p/a', 0, 9))).toEqual(['p/a'])
})

it('keeps the longer where one lies in the other, and both where they only overlap', () => {
  expect(kept(finding('p/a', 2, 9), finding('p/b', 0, 9))).toEqual(['p/b'])
  expect(kept(finding('p/a', 0, 6), finding('p/b', 4, 9))).toEqual(['p/a', 'p/b'])
})

it('never drops the more serious one', () => {
  expect(kept(finding('p/a', 0, 9), finding('p/b', 2, 6, 'approve'))).toEqual(['p/a', 'p/b'])
  expect(kept(finding('p/a', 0, 9), finding('p/b', 0, 9, 'approve'))).toEqual(['p/b'])
  expect(kept(finding('p/a', 0, 9, 'note'), finding('p/b', 0, 9, 'approve'))).toEqual(['p/b'])
})

it('leaves alone other packs, categories and fields, and a rule that finds twice', () => {
  expect(kept(finding('p/a', 0, 9), finding('q/a', 0, 9, 'review', { pack: 'q' }))).toHaveLength(2)
  expect(kept(finding('p/a', 0, 9), finding('p/b', 0, 9, 'review', { category: 'promise' }))).toHaveLength(2)
  expect(kept(finding('p/a', 0, 9), finding('p/b', 0, 9, 'review', { field: 'subject' }))).toHaveLength(2)
  expect(kept(finding('p/a', 0, 9), finding('p/a', 0, 9))).toHaveLength(2)
})
