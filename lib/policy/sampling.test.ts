import { expect, it } from 'vitest'
import { makeFinding } from '../store/draft.fixture.ts'
import { withSamples } from './index.ts'

it('asks for a review of a lowered rule in the drawn drafts only, and says why', () => {
  const findings = [makeFinding({ rule: 'personal/a', tier: 'note' }), makeFinding({ rule: 'personal/b', tier: 'note' })]
  const samples = [{ rule: 'personal/a', share: 0.1 }]
  expect(withSamples(findings, samples, 0.05).map(({ tier, evidence }) => [tier, evidence])).toEqual([['review', ['raised: sample']], ['note', []]])
  expect(withSamples(findings, samples, 0.1)).toBe(findings)
})
