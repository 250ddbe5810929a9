import { describe, expect, it } from 'vitest'
import { defaultPolicy, REVIEW_POINTS } from './defaults.ts'
import { layered } from './layers.ts'
import { overDefaults, policyPartSchema, policyProblems } from './schema.ts'
import { freedomOf, POINT_IDS, pointOf, pointSettings, suggested, TEMPLATE_IDS, withPoints, withTier } from './workflow.ts'
import { readWorkflow, writeWorkflow, WORKFLOW_FILE_LIMIT } from './workflow-file.ts'
import { TIERS } from '../engine/index.ts'

const policyWith = (own: object) => layered({ person: own }).policy

describe('workflows', () => {
  it('names the same review points as the founding rule, in its order', () => {
    expect(POINT_IDS).toEqual(REVIEW_POINTS.map(({ id }) => id))
    expect(pointOf('legal')).toBe('sensitive')
    expect(pointOf('statistic')).toBeUndefined()
  })

  it.each(TEMPLATE_IDS)('%s asks for no less than the default policy, and gives a policy that fits together', (template) => {
    const base = defaultPolicy()
    const points = suggested(template, base)
    const own = withPoints({}, points, base)
    expect(policyPartSchema.safeParse(own).success).toBe(true)
    expect(policyProblems(overDefaults(own))).toEqual([])
    const now = pointSettings(base)
    for (const id of POINT_IDS) expect(TIERS.indexOf(points[id].tier), id).toBeGreaterThanOrEqual(TIERS.indexOf(now[id].tier))
  })

  it('gives back, from the policy that it made, what was chosen', () => {
    const base = defaultPolicy()
    const chosen = { ...suggested('newsletter', base), pricing: { tier: 'approve', mode: 'remind', people: ['Mara'] }, brand: { tier: 'note', mode: 'observe', people: [] } } as const
    const own = withPoints({}, chosen, base)
    expect(pointSettings(policyWith(own))).toEqual(chosen)
    expect(own.areas?.pricing).toMatchObject({ owner: 'pricing', people: ['Mara'], hours: 24 })
  })

  it('writes nothing where nothing was chosen', () => {
    const base = defaultPolicy()
    expect(withPoints({ drafts: 'all' }, pointSettings(base), base)).toEqual({ drafts: 'all' })
    const own = { areas: { legal: { owner: 'Counsel', people: ['Ann'] } } }
    expect(withPoints(own, { ...pointSettings(base), pricing: { ...pointSettings(base).pricing, people: ['Mara'] } }, base).areas).toMatchObject({ ...own.areas, pricing: { people: ['Mara'] } })
  })

  it('sets all categories of one point', () => {
    const base = defaultPolicy()
    const now = pointSettings(base)
    expect(withPoints({}, { ...now, sensitive: withTier(now.sensitive, 'block') }, base).floor).toEqual({ medical: 'block', legal: 'block', financial: 'block', safety: 'block' })
  })

  it('lets a mode follow a tier that it would contradict', () => {
    expect(withTier({ tier: 'review', mode: 'remind', people: [] }, 'block').mode).toBe('enforce')
    expect(withTier({ tier: 'review', mode: 'enforce', people: [] }, 'note').mode).toBe('observe')
    expect(withTier({ tier: 'note', mode: 'observe', people: [] }, 'review').mode).toBe('enforce')
    expect(withTier({ tier: 'review', mode: 'remind', people: [] }, 'approve').mode).toBe('remind')
  })

  it('offers only what administrator and team leave', () => {
    expect(freedomOf('pricing', {})).toEqual({ tiers: TIERS, modes: ['observe', 'remind', 'enforce'], people: true, lockedBy: null })
    const team = { floor: { pricing: 'approve' }, areas: { pricing: { owner: 'pricing', people: ['Mara'], hours: 2 } } } as const
    expect(freedomOf('pricing', { team })).toEqual({ tiers: ['approve', 'block'], modes: ['enforce'], people: false, lockedBy: 'team' })
    // Modes belong to the strongest layer that says anything, as `layered` has it; the tier of another point stays free.
    expect(freedomOf('promise', { team })).toMatchObject({ tiers: TIERS, modes: ['enforce'], people: true, lockedBy: 'team' })
    expect(freedomOf('pricing', { administrator: { drafts: 'all' }, team: { floor: { pricing: 'approve' } } }), 'the layer that set this point, not the strongest of all').toMatchObject({ tiers: ['approve', 'block'], lockedBy: 'team' })
    expect(freedomOf('sensitive', { administrator: { floor: { legal: 'block' } }, team })).toMatchObject({ tiers: ['block'], lockedBy: 'administrator' })
  })
})

describe('a workflow file', () => {
  const points = suggested('cms_article', defaultPolicy())
  const workflow = { template: 'cms_article', title: 'Our blog', kind: 'post', steps: [{ actor: 'assistant', title: 'Claude writes' }, { actor: 'check', title: 'Check' }, { actor: 'reader', title: 'Readers' }] } as const
  const file = writeWorkflow({ workflow, points })
  const changed = (change: (value: Record<string, unknown>) => void): string => {
    const value = JSON.parse(file) as Record<string, unknown>
    change(value)
    return JSON.stringify(value)
  }

  it('comes back as it went', () => {
    expect(readWorkflow(file)).toEqual({ ok: true, shared: { workflow, points } })
  })

  it.each([
    ['cut off', file.slice(0, -30), { kind: 'damaged' }],
    ['something else', '{"countersign":"export","format":1}', { kind: 'other' }],
    ['a list', '[]', { kind: 'other' }],
    ['too large', `${file}${' '.repeat(WORKFLOW_FILE_LIMIT)}`, { kind: 'large' }],
    ['newer', changed((value) => { value['format'] = 2 }), { kind: 'newer' }],
    ['an unknown tier', changed((value) => { (value['points'] as Record<string, { tier: string }>)['pricing']!.tier = 'maybe' }), { kind: 'wrong', where: 'points.pricing.tier' }],
    ['a point that is missing', changed((value) => { delete (value['points'] as Record<string, unknown>)['brand'] }), { kind: 'wrong', where: 'points.brand' }],
    ['an unknown field', changed((value) => { value['script'] = 'x' }), { kind: 'wrong', where: '' }],
    ['no check', changed((value) => { value['steps'] = [{ actor: 'assistant', title: 'a' }, { actor: 'reader', title: 'b' }] }), { kind: 'wrong', where: 'steps' }],
    ['a block that is only reminded of', changed((value) => { (value['points'] as Record<string, object>)['pricing'] = { tier: 'block', mode: 'remind', people: [] } }), { kind: 'wrong', where: 'points.pricing' }],
    ['a title without end', changed((value) => { value['title'] = 'x'.repeat(5000) }), { kind: 'wrong', where: 'title' }],
  ])('is refused when it is %s', (_, text, problem) => {
    expect(readWorkflow(text)).toMatchObject({ ok: false, problem })
  })
})
