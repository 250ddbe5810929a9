import { beforeEach, describe, expect, it } from 'vitest'
import type { Rule, RulePack } from '../../../lib/engine/index.ts'
import { ruleFromProposal, type ChangeProposal, type RuleProposal } from '../../../lib/learning/index.ts'
import type { TeamPackView, TeamStatus } from '../../../lib/review/team/index.ts'
import { placesFor, publishProposal, takeBackFromTeam, teamWay, type TeamAsk } from './team.ts'

const NEW: RuleProposal = {
  id: 'p1', kind: 'rule', category: 'pricing', match: ['{percent} off'], unless: [], suggest: '15% off', flagged: ['Get 30% off.'], clean: ['Get the lamp.'],
  evidence: { count: 3, before: ['30% off'], rule: '', first: Date.UTC(2026, 10, 1), last: Date.UTC(2026, 10, 20) },
}
const RULE: Rule = ruleFromProposal(NEW)
const NAME = RULE.id.slice(RULE.id.indexOf('/') + 1)
const OTHER: Rule = { ...RULE, id: 'sales/other', title: 'Other', match: ['soon'], examples: { flagged: ['It comes soon.'], clean: ['It comes.'] } }
const SALES: RulePack = { format: 1, id: 'sales', version: '1.0.0', title: 'Sales', description: 'Sales', owner: 'sales', lists: {}, rules: [OTHER] }

/** Stands in for the team's service: keeps what is published, and follows releases as the real one does (`lib/team`). */
class FakeTeam implements TeamAsk {
  readonly texts = new Map<string, string>()
  views: TeamPackView[] = []
  said: string[] = []
  constructor(...packs: readonly RulePack[]) { for (const pack of packs) this.add(pack) }
  private add(pack: RulePack): void {
    const digest = `${pack.id} ${pack.version}`
    this.texts.set(digest, JSON.stringify({ pack }))
    const before = this.views.find(({ id }) => id === pack.id)
    const versions = [{ version: pack.version, digest, signedBy: 'Ana', signedAt: '', text: '' }, ...(before?.versions ?? [])]
    this.views = [...this.views.filter(({ id }) => id !== pack.id), { id: pack.id, title: pack.title, versions, statements: [], target: pack.version, installed: pack.version, standing: 'use', pinned: false, reason: '', problem: null, share: 100, conflicts: [] }]
  }
  status(): Promise<TeamStatus | null> { return Promise.resolve(null) }
  packs(): Promise<readonly TeamPackView[]> { return Promise.resolve(this.views) }
  packText(_pack: string, digest: string) { return Promise.resolve({ ok: true as const, value: this.texts.get(digest) ?? '' }) }
  publish(text: string) {
    const pack = JSON.parse(text) as RulePack
    this.add(pack)
    return Promise.resolve({ ok: true as const, value: this.views.find(({ id }) => id === pack.id) as TeamPackView })
  }
  say(pack: string, action: string, version: string | null) {
    this.said.push(`${pack} ${action} ${version ?? ''}`)
    this.views = this.views.map((view) => (view.id === pack ? { ...view, target: version, standing: action === 'withdraw' ? 'withdrawn' as const : view.standing } : view))
    return Promise.resolve({ ok: true as const, value: this.views[0] as TeamPackView })
  }
  inUse(id: string): RulePack {
    const view = this.views.find((each) => each.id === id)
    return (JSON.parse(this.texts.get(`${id} ${view?.target ?? ''}`) ?? '') as { pack: RulePack }).pack
  }
}
const titles = (pack: RulePack): string[] => pack.rules.map(({ id }) => id)

let team: FakeTeam
beforeEach(() => { team = new FakeTeam(SALES) })

const publish = async (place = { id: 'sales' as string | null, title: 'Sales' }) => {
  const done = await publishProposal(team, NEW, RULE, place, 'New')
  if ('ok' in done) throw new Error(done.problems.join())
  return done
}

describe('a proposal that is accepted for the team', () => {
  it('is the next version of its pack, and taking it back gives everybody the version before', async () => {
    const { team: change, rule } = await publish()
    expect(rule.id).toBe(`sales/${NAME}`)
    expect(change).toMatchObject({ pack: 'sales', version: '1.1.0', before: '1.0.0', name: NAME })
    expect(titles(team.inUse('sales'))).toEqual(['sales/other', `sales/${NAME}`])
    await takeBackFromTeam(team, change, 'Back')
    expect(team.said).toEqual(['sales roll-back 1.0.0'])
    expect(titles(team.inUse('sales'))).toEqual(['sales/other'])
  })

  it('begins a pack where there is none, which goes again when it is taken back', async () => {
    team = new FakeTeam()
    const { team: change } = await publish({ id: null, title: 'Team rules' })
    expect(change).toMatchObject({ pack: 'team-rules', before: null, version: '1.0.0' })
    await takeBackFromTeam(team, change, 'Back')
    expect(team.said).toEqual(['team-rules withdraw '])
  })

  it('that others built upon is taken out alone: what came after stays', async () => {
    const { team: change } = await publish()
    const now = team.inUse('sales')
    await team.publish(JSON.stringify({ ...now, version: '1.2.0', rules: [...now.rules, { ...OTHER, id: 'sales/later' }] }))
    await takeBackFromTeam(team, change, 'Back')
    expect(titles(team.inUse('sales'))).toEqual(['sales/other', 'sales/later'])
    const version = team.inUse('sales').version
    await takeBackFromTeam(team, change, 'Back')
    expect(team.inUse('sales').version).toBe(version)
  })

  it('that changed a rule of the pack puts the one from before back', async () => {
    const changed: Rule = { ...OTHER, id: 'personal/sales-other', match: ['soon', 'shortly'] }
    const proposal: ChangeProposal = { id: 'p2', kind: 'substitution', rule: OTHER, changed, lists: {}, sample: null, evidence: { count: 5, total: 5, interval: { low: 0.5, high: 1 }, quotes: [], first: 0, last: 1 } }
    expect(placesFor(proposal, { packs: team.views }, 'Team rules')).toEqual([{ id: 'sales', title: 'Sales' }])
    const done = await publishProposal(team, proposal, changed, { id: 'sales', title: 'Sales' }, 'New')
    expect(titles(team.inUse('sales'))).toEqual(['sales/other'])
    expect(team.inUse('sales').rules[0]?.match).toEqual(['soon', 'shortly'])
    const now = team.inUse('sales')
    await team.publish(JSON.stringify({ ...now, version: '3.0.0', rules: [...now.rules, { ...OTHER, id: 'sales/later' }] }))
    if ('ok' in done) throw new Error(done.problems.join())
    await takeBackFromTeam(team, done.team, 'Back')
    expect(team.inUse('sales').rules.find(({ id }) => id === 'sales/other')?.match).toEqual(['soon'])
    expect(titles(team.inUse('sales'))).toContain('sales/later')
  })

  it('publishes nothing where its own examples fail', async () => {
    const bad = { ...RULE, examples: { flagged: ['Nothing of the kind.'], clean: [] } }
    expect(await publishProposal(team, NEW, bad, { id: 'sales', title: 'Sales' }, 'New')).toMatchObject({ ok: false })
    expect(team.inUse('sales').version).toBe('1.0.0')
  })
})

describe('where a proposal can go', () => {
  const way = { packs: [] as TeamPackView[] }
  it('is nowhere but with the person for a rule of another pack, and for one that is lowered', () => {
    const lower: ChangeProposal = { id: 'p3', kind: 'lower', rule: OTHER, changed: OTHER, lists: {}, sample: 0.1, evidence: { count: 80, total: 80, interval: { low: 0.9, high: 1 }, quotes: [], first: 0, last: 1 } }
    expect(placesFor(lower, { packs: team.views }, 'x')).toEqual([])
    expect(placesFor({ ...lower, kind: 'substitution', sample: null, rule: { ...OTHER, id: 'pricing/other' } }, { packs: team.views }, 'x')).toEqual([])
    expect(placesFor(NEW, way, 'Team rules')).toEqual([{ id: null, title: 'Team rules' }])
  })

  it('is not asked where there is no team', async () => {
    expect(await teamWay(team)).toBeNull()
  })
})
