import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { canonicalDigest, defaultPolicy, type Policy } from '../../policy/index.ts'
import { digestDraft } from '../digest.ts'
import { approvedAreas, bytesToSign, fromBase64Url, isSignedBy, judgeAnswer, keyPhrase, type AnswerContext, type ApprovalAnswer, type ApprovalRequest, type Card, type Signed } from './index.ts'

const seeds = { rep: 1, olga: 2, paul: 3, deputy: 4, stranger: 5 } as const
type Who = keyof typeof seeds
const seedOf = (who: Who): Uint8Array => new Uint8Array(32).fill(seeds[who])
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const keyOf = (who: Who): string => base64(ed25519.getPublicKey(seedOf(who)))
const card = (who: Who, change: Partial<Card> = {}): Card => ({ name: who, role: 'Owner', areas: ['pricing'], deputy: [], signKey: keyOf(who), sealKey: 'x', ...change })
function signed(who: Who, content: ApprovalAnswer): Signed<ApprovalAnswer> {
  return { content, signature: base64(ed25519.sign(bytesToSign('answer', content), seedOf(who))) }
}

const policy: Policy = { ...defaultPolicy(), areas: { ...defaultPolicy().areas, pricing: { owner: 'pricing', people: ['Olga', 'paul'] } } }
const draft = { kind: 'email', subject: 'Your offer', recipients: [{ address: 'a@b.example', name: '', field: 'to' }], text: '20% off until Friday.' } as const
const request: ApprovalRequest = {
  id: 'r1', from: card('rep', { areas: [] }), at: 100, until: 10_000, deputyAfter: 5_000, mode: 'any', asked: [keyOf('olga'), keyOf('paul'), keyOf('deputy')], areas: ['pricing'], session: 's1', site: 'gmail',
  draft, digest: digestDraft(draft), rulesetDigest: 'a'.repeat(64), policyDigest: 'b'.repeat(64), requirement: { tier: 'approve', owners: ['pricing'], reasons: [] }, findings: [], decisions: [],
}
const answer = (who: Who, change: Partial<ApprovalAnswer> = {}): ApprovalAnswer => ({
  request: 'r1', requestDigest: canonicalDigest(request), by: { name: who, role: 'Owner', signKey: keyOf(who) }, verdict: 'approved', areas: ['pricing'], digest: request.digest,
  rulesetDigest: request.rulesetDigest, policyDigest: request.policyDigest, reason: '', edit: null, at: 200, ...change,
})
const context = (change: Partial<AnswerContext> = {}): AnswerContext => ({
  request, revokedAt: null, taken: [], self: { signKey: keyOf('rep'), name: 'Rep' }, policy, now: 300,
  contacts: [card('olga'), card('paul'), card('deputy', { areas: [], deputy: ['pricing'] })], ...change,
})
const judge = (who: Who, change: Partial<ApprovalAnswer> = {}, around: Partial<AnswerContext> = {}) => judgeAnswer(signed(who, answer(who, change)), context(around))

describe('an answer', () => {
  it('counts when an owner who was asked signed it for this request', () => {
    expect(judge('olga')).toBeNull()
    expect(judge('olga', { verdict: 'refused', reason: 'too high' })).toBeNull()
  })

  it('counts with changes for the text that the approver wrote, and no other', () => {
    const edit = { subject: draft.subject, text: '10% off until Friday.' }
    expect(judge('olga', { verdict: 'edited', edit, digest: digestDraft({ ...draft, ...edit }) })).toBeNull()
    expect(judge('olga', { verdict: 'edited', edit })).toBe('other-text')
    expect(judge('olga', { edit, digest: digestDraft({ ...draft, ...edit }) })).toBe('other-text')
  })

  it('is refused, each time for its own reason', () => {
    const good = signed('olga', answer('olga'))
    expect(judgeAnswer({ ...good, content: { ...good.content, at: 201 } }, context())).toBe('altered')
    expect(judgeAnswer(signed('stranger', answer('olga')), context())).toBe('altered')
    expect(judgeAnswer({ ...good, signature: 'no' }, context())).toBe('altered')
    expect(judge('olga', { request: 'r2' })).toBe('unknown-request')
    expect(judge('olga', { requestDigest: 'c'.repeat(64) })).toBe('other-text')
    expect(judge('olga', { digest: 'c'.repeat(64) })).toBe('other-text')
    expect(judge('olga', { policyDigest: 'c'.repeat(64) })).toBe('other-text')
    expect(judge('rep')).toBe('self')
    expect(judge('olga', { by: { name: 'REP ', role: '', signKey: keyOf('olga') } })).toBe('self')
    expect(judge('stranger')).toBe('unknown-key')
    expect(judge('olga', {}, { contacts: [] })).toBe('unknown-key')
    expect(judge('olga', { areas: ['legal'] })).toBe('wrong-role')
    expect(judge('olga', { areas: [] })).toBe('wrong-role')
    expect(judge('olga', {}, { contacts: [card('olga', { name: 'Somebody' })] })).toBe('wrong-role')
    expect(judge('olga', {}, { contacts: [card('olga', { areas: [] })] })).toBe('wrong-role')
    expect(judge('olga', {}, { now: 10_000 })).toBe('expired')
    expect(judge('olga', { at: 10_000 })).toBe('expired')
    expect(judge('olga', {}, { now: request.at - 3_600_000 })).toBe('clock')
    expect(judge('olga', {}, { revokedAt: 250 })).toBe('revoked')
    expect(judge('olga', {}, { taken: [good] })).toBe('replayed')
    expect(judge('deputy')).toBe('too-early')
    expect(judge('deputy', {}, { now: 5_000 })).toBeNull()
  })
})

describe('what answers amount to', () => {
  const rules = { rulesetDigest: request.rulesetDigest, policyDigest: request.policyDigest }
  const taken = (...answers: Signed<ApprovalAnswer>[]) => context({ taken: answers })

  it('covers the area for that text alone, under the same rules alone', () => {
    const one = taken(signed('olga', answer('olga')))
    expect(approvedAreas(request.digest, rules, one).areas).toEqual(['pricing'])
    expect(approvedAreas('d'.repeat(64), rules, one).areas).toEqual([])
    expect(approvedAreas(request.digest, { ...rules, policyDigest: 'e'.repeat(64) }, one).areas).toEqual([])
    expect(approvedAreas(request.digest, { ...rules, rulesetDigest: 'e'.repeat(64) }, one).areas).toEqual([])
    expect(approvedAreas(request.digest, rules, { ...one, now: 10_000 }).areas).toEqual([])
    expect(approvedAreas(request.digest, rules, { ...one, revokedAt: 1 }).areas).toEqual([])
    expect(approvedAreas(request.digest, rules, { ...one, contacts: [] }).areas).toEqual([])
  })

  it('asks everybody where everybody is asked, and a refusal closes', () => {
    const both: ApprovalRequest = { ...request, mode: 'all' }
    const by = (who: Who, change: Partial<ApprovalAnswer> = {}) => signed(who, { ...answer(who, change), requestDigest: canonicalDigest(both) })
    const standing = (...answers: Signed<ApprovalAnswer>[]) => approvedAreas(request.digest, rules, context({ request: both, taken: answers })).areas
    expect(standing(by('olga'))).toEqual([])
    expect(standing(by('olga'), by('paul'))).toEqual(['pricing'])
    const no = signed('paul', answer('paul', { verdict: 'refused', reason: 'no' }))
    expect(approvedAreas(request.digest, rules, taken(signed('olga', answer('olga')), no))).toMatchObject({ areas: [], refused: [{ reason: 'no' }] })
  })
})

describe('keys and signatures', () => {
  it('keeps a signature to its kind', () => {
    const one = signed('olga', answer('olga'))
    expect(isSignedBy('answer', one, keyOf('olga'))).toBe(true)
    expect(isSignedBy('request', one, keyOf('olga'))).toBe(false)
    expect(isSignedBy('answer', one, 'short')).toBe(false)
  })

  it('reads base64url as other readers do', () => {
    for (let length = 0; length < 40; length++) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 89 + length * 7) & 255)
      expect(fromBase64Url(base64(bytes))).toEqual(bytes)
    }
    expect(() => fromBase64Url('a+b')).toThrow(RangeError)
  })

  it('says a key in five words, another for each key', () => {
    expect(keyPhrase(keyOf('olga'))).toMatch(/^([bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]-?){5}$/)
    expect(new Set((Object.keys(seeds) as Who[]).map((who) => keyPhrase(keyOf(who)))).size).toBe(5)
  })
})
