import { describe, expect, it } from 'vitest'
import { defaultPolicy, layered } from './index.ts'
import { PolicyFileError, policySchema, readPolicyPart } from './schema.ts'

describe('layers', () => {
  it('lets a person set freely what nobody above has set', () => {
    const { policy, refused } = layered({ person: { floor: { pricing: 'note' }, mode: 'observe', drafts: 'all' } })
    expect([policy.floor.pricing, policy.mode, policy.drafts, refused]).toEqual(['note', 'observe', 'all', []])
    expect(layered({}).policy).toEqual(defaultPolicy())
    expect(policySchema.safeParse(layered({ person: { recipients: { own: ['a.example'] } } }).policy).success).toBe(true)
  })

  it.each([
    ['floor.pricing', { floor: { pricing: 'approve' } }, { floor: { pricing: 'review' } }, { floor: { pricing: 'block' } }],
    ['mode', { mode: 'remind' }, { mode: 'observe' }, { mode: 'enforce' }],
    ['modes.legal', { mode: 'enforce' }, { modes: { legal: 'observe' } }, { modes: { legal: 'enforce' } }],
    ['drafts', { drafts: 'all' }, { drafts: 'ai' }, { drafts: 'all' }],
    ['signPublicAi', { signPublicAi: true }, { signPublicAi: false }, { signPublicAi: true }],
    ['overrides', { overrides: false }, { overrides: true }, { overrides: false }],
    ['unchecked', { unchecked: 'hold' }, { unchecked: 'ask' }, { unchecked: 'hold' }],
    ['kinds.email', { kinds: { email: 'review' } }, { kinds: { email: 'off' } }, { kinds: { email: 'approve' } }],
    ['recipients.outside', { recipients: { outside: { most: 5, tier: 'review' } } }, { recipients: { outside: { most: 9, tier: 'approve' } } }, { recipients: { outside: { most: 3, tier: 'review' } } }],
    ['recipients.firstMail', { recipients: { firstMail: 'review' } }, { recipients: { firstMail: null } }, { recipients: { firstMail: 'approve' } }],
    ['recipients.own', { recipients: { own: ['a.example'] } }, { recipients: { own: ['a.example', 'b.example'] } }, { recipients: { own: ['a.example'] } }],
    ['areas.legal', { areas: { legal: { owner: 'legal', people: ['Ann'] } } }, { areas: { legal: { owner: 'legal', people: ['Me'] } } }, { areas: { legal: { owner: 'legal', people: ['Ann'] } } }],
  ] as const)('%s: a person tightens what the team set and does not loosen it', (field, team, loose, tight) => {
    const lower = layered({ team, person: loose })
    expect(lower.refused).toEqual([{ layer: 'person', field, setBy: 'team' }])
    expect(lower.policy).toEqual(layered({ team }).policy)
    expect(layered({ team, person: tight }).refused).toEqual([])
    expect(layered({ administrator: team, team: loose }).refused).toEqual([{ layer: 'team', field, setBy: 'administrator' }])
  })

  it('does not let a person take a whole policy back by what it does not speak of', () => {
    const { policy, refused } = layered({ team: { floor: { legal: 'approve' } }, person: { mode: 'observe', kinds: { email: 'off' }, floor: { pricing: 'note' } } })
    expect(refused.map(({ field }) => field)).toEqual(['mode', 'kinds.email'])
    expect([policy.mode, policy.kinds.email, policy.floor.pricing]).toEqual(['enforce', undefined, 'note'])
  })

  it('takes a field that is there without a value for one that is not there', () => {
    const { policy, setBy, refused } = layered({ team: { floor: { legal: 'approve' } }, person: { floor: { legal: undefined, pricing: 'review' } } as never })
    expect([policy.floor.legal, policy.floor.pricing, setBy['floor.legal'], refused]).toEqual(['approve', 'review', 'team', []])
  })

  it('starts with nobody who is a very important person', () => {
    expect(layered({}).policy.vip).toEqual([])
  })

  it('joins lists', () => {
    expect(layered({ administrator: { vip: ['a.example'] }, team: { vip: ['b.example'] }, person: { vip: [] } }).policy.vip).toEqual(['a.example', 'b.example'])
  })
})

describe('a policy file that does not fit together', () => {
  const problems = (value: unknown): readonly string[] => {
    try {
      readPolicyPart(value)
      return []
    } catch (error) {
      if (!(error instanceof PolicyFileError)) throw error
      return error.problems.map(({ where, what, todo }) => `${where} ${what} ${todo}`)
    }
  }
  const area = (owner: string, deputy?: string, hours: number | undefined = 8) => ({ owner, people: [], ...(deputy ? { deputy, hours } : {}) })

  it('is refused where its deputies go round in a circle, of any length', () => {
    const circle = (text: string): unknown[] => [expect.stringMatching(`^areas\\.legal\\.deputy The deputies go round in a circle: ${text}\\. Take one of these deputies out\\.$`)]
    expect(problems({ format: 1, areas: { legal: area('legal', 'legal') } })).toEqual(circle('legal > legal'))
    expect(problems({ format: 1, areas: { legal: area('legal', 'medical'), medical: area('medical', 'legal') } })).toEqual(expect.arrayContaining(circle('legal > medical > legal')))
    expect(problems({ format: 1, areas: { legal: area('legal', 'medical'), medical: area('medical', 'safety'), safety: area('safety', 'legal') } })).toEqual(expect.arrayContaining(circle('legal > medical > safety > legal')))
    // Whose deputy stands beside a circle is not named; those in it are.
    expect(problems({ format: 1, areas: { legal: area('legal', 'medical'), medical: area('medical', 'safety'), safety: area('safety', 'medical') } }).map((each) => each.split(' ')[0])).toEqual(['areas.medical.deputy', 'areas.safety.deputy'])
    // A chain that comes to its end is none.
    expect(problems({ format: 1, areas: { legal: area('legal', 'medical'), medical: area('medical', 'safety') } })).toEqual([])
  })

  it('is refused with where, what and what to do', () => {
    expect(problems({ format: 1, areas: { legal: area('legal', 'nobody') } })).toEqual([expect.stringMatching(/^areas\.legal\.deputy No area has the owner "nobody"\. Name one of: pricing/)])
    expect(problems({ format: 1, areas: { legal: { owner: 'legal', people: [], deputy: 'medical' } } }).join()).toContain('no time limit')
    expect(problems({ format: 1, areas: { legal: area('counsel', 'medical'), privacy: area('counsel', 'safety') } }).join()).toContain('another deputy')
    expect(problems({ format: 1, floor: { leftover: 'block' }, mode: 'observe' }).join()).toContain('Set modes.leftover to enforce')
    expect(problems({ format: 1, floor: { pricing: 'maybe' } }).join()).toContain('Write one of: note, review, approve, block.')
    expect(problems({ format: 1, recipients: { vip: [] } })).toEqual(['recipients Unknown: vip. Check the spelling, or take it out.'])
    for (const none of ['text', null, 3]) expect(problems(none).join()).toContain('format: 1')
    expect(problems({ format: 1, areas: { legal: area('counsel', 'medical') } })).toEqual([])
  })
})
