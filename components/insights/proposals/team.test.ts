import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Rule, RulePack } from '../../../lib/engine/index.ts'
import { ruleFromProposal, type ChangeProposal, type RuleProposal } from '../../../lib/learning/index.ts'
import type { TeamResult } from '../../../lib/review/team/index.ts'
import { installFakeChrome } from '../../../lib/store/chrome.fixture.ts'
import { db } from '../../../lib/store/db.ts'
import { changeSettings, getPack } from '../../../lib/store/index.ts'
import { createTeam, type TeamService } from '../../../lib/team/index.ts'
import { memoryStore } from '../../../lib/team/store/memory.ts'
import { placesFor, publishProposal, takeBackFromTeam, teamWay } from './team.ts'

const NEW: RuleProposal = {
  id: 'p1', kind: 'rule', category: 'pricing', match: ['{percent} off'], unless: [], suggest: '15% off', flagged: ['Get 30% off.'], clean: ['Get the lamp.'],
  evidence: { count: 3, before: ['30% off'], rule: '', first: Date.UTC(2026, 10, 1), last: Date.UTC(2026, 10, 20) },
}
const RULE: Rule = ruleFromProposal(NEW)
const NAME = RULE.id.slice(RULE.id.indexOf('/') + 1)
const OTHER: Rule = { ...RULE, id: 'sales/other', title: 'Other', match: ['soon'], examples: { flagged: ['It comes soon.'], clean: ['It comes.'] } }
const SALES: RulePack = { format: 1, id: 'sales', version: '1.0.0', title: 'Sales', description: 'Sales', owner: 'sales', lists: {}, rules: [OTHER] }

const { objects } = memoryStore('proposals')
let clock = Date.UTC(2026, 10, 27)
/** The team's own service over a store in memory; everything else is as it is in the worker. */
let team: TeamService

const good = <T>(result: TeamResult<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
const publishPack = async (pack: RulePack): Promise<unknown> => good(await team.publish(JSON.stringify(pack), 'For tests', 100))
/** What every member has in use: here, this one. */
const inUse = async (id: string): Promise<RulePack> => {
  const row = await getPack(id)
  if (!row) throw new Error(`${id} is not in use`)
  return row.pack
}
const titles = (pack: RulePack): string[] => pack.rules.map(({ id }) => id)

beforeEach(async () => {
  installFakeChrome()
  objects.clear()
  await Promise.all(db.tables.map((table) => table.clear()))
  await changeSettings((settings) => ({ ...settings, reviewer: { name: 'Ana', role: '' } }))
  team = createTeam({ builtins: [], now: () => (clock += 1_000), allowed: () => Promise.resolve(true) })
  good(await team.create('Sales Europe', { kind: 'memory', name: 'proposals' }, { kind: 'memory' }))
})

const publish = async (place = { id: 'sales' as string | null, title: 'Sales' }) => {
  const done = await publishProposal(team, NEW, RULE, place, 'New')
  if ('ok' in done) throw new Error(done.problems.join())
  return done
}

describe('a proposal that is accepted for the team', () => {
  it('is the next version of its pack, and taking it back gives everybody the version before', async () => {
    await publishPack(SALES)
    const { team: change, rule } = await publish()
    expect(rule.id).toBe(`sales/${NAME}`)
    expect(change).toMatchObject({ pack: 'sales', version: '1.1.0', before: '1.0.0', name: NAME })
    expect(titles(await inUse('sales'))).toEqual(['sales/other', `sales/${NAME}`])
    await takeBackFromTeam(team, change, 'Back')
    expect(titles(await inUse('sales'))).toEqual(['sales/other'])
    expect((await team.packs())[0]).toMatchObject({ target: '1.0.0', standing: 'use' })
  })

  it('begins a pack where there is none, which goes again when it is taken back, and can begin once more', async () => {
    const { team: change } = await publish({ id: null, title: 'Team rules' })
    expect(change).toMatchObject({ pack: 'team-rules', before: null, version: '1.0.0' })
    expect(titles(await inUse('team-rules'))).toEqual([`team-rules/${NAME}`])
    await takeBackFromTeam(team, change, 'Back')
    expect(await getPack('team-rules')).toBeNull()
    // A pack that went is no place; one of its name is its next version.
    expect((await teamWay(team))?.packs).toEqual([])
    expect((await publish({ id: null, title: 'Team rules' })).team).toMatchObject({ pack: 'team-rules', before: null })
    expect(titles(await inUse('team-rules'))).toEqual([`team-rules/${NAME}`])
  })

  it('that others built upon is taken out alone: what came after stays', async () => {
    await publishPack(SALES)
    const { team: change } = await publish()
    const now = await inUse('sales')
    await publishPack({ ...now, version: '1.2.0', rules: [...now.rules, { ...OTHER, id: 'sales/later' }] })
    await takeBackFromTeam(team, change, 'Back')
    expect(titles(await inUse('sales'))).toEqual(['sales/other', 'sales/later'])
    const { version } = await inUse('sales')
    await takeBackFromTeam(team, change, 'Back')
    expect((await inUse('sales')).version).toBe(version)
  })

  it('that changed a rule of the pack puts the one from before back', async () => {
    await publishPack(SALES)
    const changed: Rule = { ...OTHER, id: 'personal/sales-other', match: ['soon', 'shortly'] }
    const proposal: ChangeProposal = { id: 'p2', kind: 'substitution', rule: OTHER, changed, lists: {}, sample: null, evidence: { count: 5, total: 5, interval: { low: 0.5, high: 1 }, quotes: [], first: 0, last: 1 } }
    expect(placesFor(proposal, { packs: await team.packs() }, 'Team rules')).toEqual([{ id: 'sales', title: 'Sales' }])
    const done = await publishProposal(team, proposal, changed, { id: 'sales', title: 'Sales' }, 'New')
    if ('ok' in done) throw new Error(done.problems.join())
    const now = await inUse('sales')
    expect(now.rules.map(({ id, match }) => [id, ...match])).toEqual([['sales/other', 'soon', 'shortly']])
    await publishPack({ ...now, version: '3.0.0', rules: [...now.rules, { ...OTHER, id: 'sales/later' }] })
    await takeBackFromTeam(team, done.team, 'Back')
    expect((await inUse('sales')).rules.find(({ id }) => id === 'sales/other')?.match).toEqual(['soon'])
    expect(titles(await inUse('sales'))).toContain('sales/later')
  })

  it('publishes nothing where its own examples fail', async () => {
    await publishPack(SALES)
    const bad = { ...RULE, examples: { flagged: ['Nothing of the kind.'], clean: [] } }
    expect(await publishProposal(team, NEW, bad, { id: 'sales', title: 'Sales' }, 'New')).toMatchObject({ ok: false })
    expect((await inUse('sales')).version).toBe('1.0.0')
  })
})

describe('where a proposal can go', () => {
  it('is nowhere but with the person for a rule of another pack, and for one that is lowered', async () => {
    await publishPack(SALES)
    const packs = await team.packs()
    const lower: ChangeProposal = { id: 'p3', kind: 'lower', rule: OTHER, changed: OTHER, lists: {}, sample: 0.1, evidence: { count: 80, total: 80, interval: { low: 0.9, high: 1 }, quotes: [], first: 0, last: 1 } }
    expect(placesFor(lower, { packs }, 'x')).toEqual([])
    expect(placesFor({ ...lower, kind: 'substitution', sample: null, rule: { ...OTHER, id: 'pricing/other' } }, { packs }, 'x')).toEqual([])
    expect(placesFor(NEW, { packs: [] }, 'Team rules')).toEqual([{ id: null, title: 'Team rules' }])
  })

  it('is known with who leads the team; without a team there is none', async () => {
    expect(await teamWay(team)).toMatchObject({ leads: true, who: ['Ana'], packs: [] })
    await team.leave()
    expect(await teamWay(team)).toBeNull()
  })
})
