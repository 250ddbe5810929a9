import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { ruleFromProposal, type ChangeProposal, type RuleProposal } from '../learning/index.ts'
import { installFakeChrome } from './chrome.fixture.ts'
import { db } from './db.ts'
import { getPack } from './packs.ts'
import { savePersonalRule } from './personal.ts'
import { answeredProposals } from './answers.ts'
import { acceptProposal, undoProposal } from './proposals.ts'
import { loadSettings } from './settings.ts'

const proposal: RuleProposal = {
  id: 'rule-1', kind: 'rule', category: 'pricing', match: ['half price'], unless: [], suggest: 'list price', flagged: ['All at half price.'], clean: ['All at list price.'],
  evidence: { count: 3, before: ['half price'], rule: '', first: 0, last: 86_400_000 },
}
const rule = ruleFromProposal(proposal)
const builtin = { ...rule, id: 'brand/half', title: 'Half' }
const lower: ChangeProposal = {
  id: 'lower-1', kind: 'lower', rule: builtin, changed: { ...builtin, id: 'personal/brand-half', tier: 'note' }, lists: {}, sample: 0.1,
  evidence: { count: 80, total: 80, interval: { low: 0.95, high: 1 }, quotes: [], first: 0, last: 1 },
}
const rulesNow = async () => (await getPack('personal'))?.pack.rules.map(({ id, tier }) => [id, tier])

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()))
  installFakeChrome()
})

describe('an accepted proposal', () => {
  it('is a new version of the personal pack, and as if it had never been once it is taken back', async () => {
    expect(await acceptProposal(proposal, rule, 'Mine', 5)).toMatchObject({ ok: true })
    expect(await rulesNow()).toEqual([[rule.id, 'review']])
    expect((await answeredProposals()).get('rule-1')).toMatchObject({ state: 'accepted', rule: rule.id })
    await undoProposal('rule-1', 'Mine', 6)
    expect(await getPack('personal')).toBeNull()
    expect((await answeredProposals()).size).toBe(0)
  })

  it('puts a changed rule in place of a built-in one, with its sample, and gives that back', async () => {
    await acceptProposal(lower, lower.changed, 'Mine', 5)
    expect(await rulesNow()).toEqual([['personal/brand-half', 'note']])
    expect(await loadSettings()).toMatchObject({ off: { rules: ['brand/half'] }, samples: [{ rule: 'personal/brand-half', share: 0.1 }] })
    await undoProposal('lower-1', 'Mine', 6)
    expect(await loadSettings()).toMatchObject({ off: { rules: [] }, samples: [] })
    expect(await getPack('personal')).toBeNull()
  })

  it('gives back the rule of one\'s own that it changed', async () => {
    await savePersonalRule(rule, 'Mine', 1)
    const changed = { ...rule, tier: 'note' as const }
    await acceptProposal({ ...lower, rule, changed }, changed, 'Mine', 5)
    expect(await rulesNow()).toEqual([[rule.id, 'note']])
    await undoProposal('lower-1', 'Mine', 6)
    expect(await rulesNow()).toEqual([[rule.id, 'review']])
  })

  it('changes nothing where its rule cannot be used', async () => {
    expect(await acceptProposal(proposal, { ...rule, match: ['other words'] }, 'Mine', 5)).toMatchObject({ ok: false })
    expect([await getPack('personal'), (await answeredProposals()).size]).toEqual([null, 0])
    await expect(undoProposal('rule-1', 'Mine', 6)).rejects.toMatchObject({ code: 'not-found' })
  })
})
