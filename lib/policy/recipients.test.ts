import { describe, expect, it } from 'vitest'
import type { Draft, DraftKind, Finding, OriginVerdict, Tier } from '../engine/index.ts'
import { covered } from './recipients.ts'
import { defaultPolicy, enforced, followedUp, modeOf, requirementOf, REVIEW_POINTS, type Policy } from './index.ts'

const base = defaultPolicy()
const draft = (to: readonly string[], kind: DraftKind = 'email'): Draft =>
  ({ kind, site: 'gmail', subject: '', recipients: to.map((address) => ({ address, name: '', field: 'to' as const })), text: 'text', blocks: [], locale: 'en' })
const finding = (category: Finding['category'], tier: Tier): Finding => ({
  rule: `${category}/rule`, title: `${category} rule`, pack: category, packVersion: '1.0.0', category, owner: category, tier, field: 'body', span: { start: 0, end: 4 },
  quote: 'text', message: '', suggest: null, sources: [], reasons: [], evidence: [], fingerprint: category,
})
const by = (recipients: Partial<Policy['recipients']>, more: Partial<Policy> = {}): Policy => ({ ...base, ...more, recipients: { ...base.recipients, ...recipients } })
const asked = (on: Draft, policy: Policy, { findings = [], verdict = 'ai', known = null }: { findings?: Finding[]; verdict?: OriginVerdict; known?: ReadonlySet<string> | null } = {}) =>
  requirementOf({ draft: on, findings, origin: { verdict, evidence: [] }, policy, known })

describe('recipients', () => {
  it('ask for the owner of customers beyond so many outside, and count nobody while the own house is not known', () => {
    const rules = { own: ['our.example'], outside: { most: 2, tier: 'approve' } } as const
    const three = draft(['a@x.example', 'b@x.example', 'c@y.example', 'd@mail.our.example'])
    expect(asked(three, by(rules))).toEqual({ tier: 'approve', owners: ['customer'], reasons: [{ code: 'outside-count', tier: 'approve', detail: '2', count: 3 }] })
    expect(asked(draft(['a@x.example', 'b@x.example', 'd@our.example']), by(rules)).tier).toBe('note')
    expect(asked(three, by({ ...rules, own: [] })).tier).toBe('note')
    expect(asked(draft(['a@x.example', 'b@x.example', 'c@evil-our.example']), by(rules)).tier).toBe('approve')
  })

  it('without an address may be anybody: they count as outside, and are told as unknown where that makes the difference', () => {
    const rules = by({ own: ['our.example'], outside: { most: 1, tier: 'approve' } })
    const and = (...to: readonly (string | null)[]): Draft => ({ ...draft([]), recipients: to.map((address) => ({ address, name: 'Ann', field: 'to' as const })) })
    expect(asked(and('a@x.example', null), rules)).toEqual({ tier: 'approve', owners: ['customer'], reasons: [{ code: 'outside-unknown', tier: 'approve', detail: '1', count: 2 }] })
    expect(asked(and('a@x.example', 'b@x.example', null), rules).reasons).toEqual([{ code: 'outside-count', tier: 'approve', detail: '1', count: 2 }])
    expect(asked(and('a@our.example', null), rules).tier).toBe('note')
    expect(asked(and(null, null), by({ own: [], outside: { most: 1, tier: 'approve' } })).tier).toBe('note')
  })

  it('are nobody special without an address, and an entry without words covers nobody', () => {
    const nameless: Draft = { ...draft([]), recipients: [{ address: null, name: 'Ann', field: 'to' }] }
    expect(covered(nameless.recipients, ['a.example', 'ann@a.example'])).toEqual([])
    expect(covered(draft(['ann@a.example', 'odd@a.example.', 'odd@']).recipients, ['', ' ', '@'])).toEqual([])
  })

  it('ask once for a domain that nobody wrote to, where it is known who was', () => {
    const rules = by({ own: ['our.example'], firstMail: 'review' })
    const to = draft(['a@new.example', 'b@old.example', 'c@our.example'])
    expect(asked(to, rules, { known: new Set(['old.example']) }).reasons).toEqual([{ code: 'first-mail', tier: 'review', detail: 'new.example', count: 1 }])
    expect(asked(to, rules, { known: new Set(['old.example', 'new.example']) }).tier).toBe('note')
    expect(asked(to, rules, { known: null }).tier).toBe('note')
  })

  it('are two customers only where both are on the list; one with two people is one', () => {
    const rules = by({ customers: ['a.example', 'b.example'] })
    expect(asked(draft(['x@a.example', 'y@mail.b.example']), rules)).toMatchObject({ tier: 'approve', owners: ['privacy'], reasons: [{ code: 'two-customers', detail: 'a.example, b.example' }] })
    expect(asked(draft(['x@a.example', 'y@a.example', 'z@c.example']), rules).tier).toBe('note')
  })

  it('that reach everybody cannot be undone: what irreversible asks', () => {
    expect(asked(draft(['Newsletter@our.example']), base)).toMatchObject({ tier: 'review', reasons: [{ code: 'to-everyone', tier: 'review' }] })
    const strict = { ...base, floor: { ...base.floor, irreversible: 'approve' as const } }
    expect(asked(draft(['all@our.example']), strict)).toMatchObject({ tier: 'approve', owners: ['irreversible'] })
    expect(asked(draft(['small@our.example']), strict).tier).toBe('note')
  })

  it('ask nothing of a draft that a person typed, and join what was found', () => {
    expect(asked(draft(['all@our.example']), base, { verdict: 'typed' }).tier).toBe('note')
    const both = asked(draft(['x@a.example', 'y@b.example']), by({ customers: ['a.example', 'b.example'] }), { findings: [finding('legal', 'approve')] })
    expect(both.owners).toEqual(['legal', 'privacy'])
  })
})

describe('kinds of drafts', () => {
  it('are turned off, or ask for the least that is set', () => {
    expect(asked(draft([], 'note'), base, { findings: [finding('leftover', 'block')] }).tier).toBe('note')
    expect(asked(draft([], 'note'), { ...base, kinds: {} }, { findings: [finding('leftover', 'block')] }).tier).toBe('block')
    expect(asked(draft([], 'post'), { ...base, signPublicAi: false, kinds: { post: 'note' } })).toEqual({ tier: 'note', owners: [], reasons: [] })
    expect(asked(draft([], 'post'), { ...base, signPublicAi: false, kinds: { post: 'approve' } })).toMatchObject({ tier: 'approve', reasons: [{ code: 'draft-kind' }] })
  })
})

describe('modes', () => {
  const mixed: Policy = { ...base, mode: 'enforce', modes: { pricing: 'observe', promise: 'remind' } }
  const three = [finding('pricing', 'review'), finding('promise', 'review'), finding('legal', 'approve')]

  it('leave what is observed out of what is asked, block included', () => {
    expect(asked(draft([]), mixed, { findings: three }).reasons.map((reason) => reason.detail)).toEqual(['legal rule', 'promise rule'])
    expect(asked(draft([]), { ...base, mode: 'observe' }, { findings: [finding('leftover', 'block')] }).tier).toBe('note')
    expect(asked(draft([]), enforced({ ...base, mode: 'observe' }), { findings: [finding('leftover', 'block')] }).tier).toBe('block')
  })

  it('tell what is enforced from what is only reminded of', () => {
    expect(followedUp(three, mixed, 'enforce').map((each) => each.category)).toEqual(['legal'])
    expect(followedUp(three, mixed).map((each) => each.category)).toEqual(['promise', 'legal'])
    expect(modeOf('safety', mixed)).toBe('enforce')
  })

  it('of the whole policy stand for what no finding says', () => {
    expect(asked(draft([], 'post'), { ...base, mode: 'observe', modes: { legal: 'enforce' } }, { findings: [finding('legal', 'approve')] }).reasons.map((each) => each.code)).toEqual(['finding'])
  })
})

describe('the founding rule', () => {
  it('is carried out at every review point, each with an owner and a time limit', () => {
    for (const { id, categories } of REVIEW_POINTS) {
      for (const category of categories) {
        expect(base.areas[category], id).toMatchObject({ owner: category, hours: 24 })
        if (category !== 'brand') expect(['review', 'approve'], id).toContain(base.floor[category])
      }
    }
    expect(base.signPublicAi).toBe(true)
  })
})
