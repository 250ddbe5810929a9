import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CATEGORIES, TIERS, type Draft, type Finding, type OriginVerdict, type Recipient } from '../../lib/engine/index.ts'
import { applyPolicy, defaultPolicy, requirementOf, type Policy } from '../../lib/policy/index.ts'
import { decideGate, digestDraft, settles, type Decision, type Outcome, type SignOff } from '../../lib/review/index.ts'

/**
 * A model of one draft under review: its text is a set of risky phrases, each with its finding. Random edits, decisions, signatures and overrides
 * are thrown at it, and after every step the gate's answer is compared with what must never be.
 */
const PHRASES = CATEGORIES.flatMap((category) => TIERS.map((tier) => ({ category, tier, words: `${category} ${tier}` })))

function findingsOf(text: string): Finding[] {
  return PHRASES.filter(({ words }) => text.includes(`<${words}>`)).map(({ category, tier, words }) => ({
    rule: `${category}/${tier}`, title: words, pack: category, packVersion: '1.0.0', category, owner: category, tier, field: 'body',
    span: { start: text.indexOf(words), end: text.indexOf(words) + words.length }, quote: words, message: '', suggest: null, sources: [], reasons: [],
    evidence: [], fingerprint: words,
  }))
}

interface State {
  readonly draft: Draft
  readonly decisions: readonly Decision[]
  readonly signOff: SignOff | null
}

type Step =
  | { readonly do: 'write' | 'remove'; readonly words: string }
  | { readonly do: 'subject' | 'recipient'; readonly value: string }
  | { readonly do: 'decide'; readonly words: string; readonly outcome: Outcome; readonly reason: string }
  | { readonly do: 'sign' }
  | { readonly do: 'override'; readonly reason: string }

const words = fc.constantFrom(...PHRASES.map((phrase) => phrase.words))
const reason = fc.constantFrom('', '  ', 'checked with the price list')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('write' as const, 'remove' as const), words }),
  fc.record({ do: fc.constantFrom('subject' as const, 'recipient' as const), value: fc.string({ maxLength: 8 }) }),
  fc.record({ do: fc.constant('decide' as const), words, outcome: fc.constantFrom<Outcome>('fixed', 'kept', 'dismissed'), reason }),
  fc.constant({ do: 'sign' as const }),
  fc.record({ do: fc.constant('override' as const), reason }),
)

function world(policy: Policy, verdict: OriginVerdict, owns: readonly string[]) {
  const look = ({ draft }: State) => {
    const findings = applyPolicy(findingsOf(draft.text), policy)
    return { findings, requirement: requirementOf({ draft, findings, origin: { verdict, evidence: [] }, policy }), digest: digestDraft(draft) }
  }
  const sign = (state: State, override?: { reason: string }): State => {
    const { requirement, digest } = look(state)
    const signOff: SignOff = {
      reviewer: { name: 'Ann', role: '' }, at: 1, site: 'gmail', kind: state.draft.kind, digest, rulesetDigest: '', policyDigest: '', requirement, decisions: state.decisions, override,
    }
    return { ...state, signOff }
  }
  const apply = (state: State, next: Step): State => {
    const { draft } = state
    switch (next.do) {
      case 'write': return { ...state, draft: { ...draft, text: `${draft.text} <${next.words}>` } }
      case 'remove': return { ...state, draft: { ...draft, text: draft.text.replaceAll(`<${next.words}>`, '') } }
      case 'subject': return { ...state, draft: { ...draft, subject: next.value } }
      case 'recipient': return { ...state, draft: { ...draft, recipients: [...draft.recipients, { address: `${next.value}@x.org`, name: '', field: 'to' }] } }
      case 'decide': {
        const phrase = PHRASES.find((one) => one.words === next.words)
        if (!phrase) return state
        const decision: Decision = {
          fingerprint: next.words, rule: `${phrase.category}/${phrase.tier}`, category: phrase.category, tier: phrase.tier,
          outcome: next.outcome, reason: next.reason, quote: next.words, at: state.decisions.length,
        }
        return { ...state, decisions: [...state.decisions, decision] }
      }
      case 'sign': return sign(state)
      case 'override': return sign(state, { reason: next.reason })
    }
  }
  const gate = (state: State) => {
    const { findings, requirement, digest } = look(state)
    return { findings, requirement, digest, decision: decideGate({ requirement, findings, decisions: state.decisions, signOff: state.signOff, digest, owns }) }
  }
  return { apply, gate, sign }
}

const START: State = { draft: { kind: 'email', site: 'gmail', subject: '', recipients: [], text: '', blocks: [], locale: 'en' }, decisions: [], signOff: null }
const verdicts = fc.constantFrom<OriginVerdict>('ai', 'inserted', 'typed', 'unknown')
const ownership = fc.constantFrom<readonly string[]>([], ['pricing', 'leftover'], CATEGORIES)

describe('the gate, whatever people do', () => {
  it('never lets go with an open block finding, a stale signature or an open finding that counts', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), verdicts, ownership, (steps, verdict, owns) => {
      const { apply, gate } = world(defaultPolicy(), verdict, owns)
      let state = START
      for (const next of steps) {
        state = apply(state, next)
        const { findings, requirement, digest, decision } = gate(state)
        if (decision.kind !== 'allow') continue
        const latest = new Map(state.decisions.filter((one) => one.outcome !== 'fixed').map((one) => [one.fingerprint, one]))
        const open = findings.filter((finding) => !settles(latest.get(finding.fingerprint), finding, owns))
        expect(open.filter((finding) => finding.tier === 'block')).toEqual([])
        if (decision.because === 'nothing-to-review') expect(requirement.tier).toBe('note')
        else expect(state.signOff?.digest).toBe(digest)
        if (decision.because === 'overridden') expect(state.signOff?.override?.reason.trim()).not.toBe('')
        if (decision.because === 'signed' && (verdict === 'ai' || verdict === 'inserted')) {
          expect(open.filter((finding) => finding.tier !== 'note')).toEqual([])
          expect(findings.filter((finding) => finding.tier === 'approve' && !owns.includes(finding.owner))).toEqual([])
        }
      }
    }), { numRuns: 400 })
  })

  it('can always be satisfied: fix what must change, settle the rest, sign as the owner', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 25 }), verdicts, (steps, verdict) => {
      const { apply, gate } = world(defaultPolicy(), verdict, CATEGORIES)
      let state = steps.reduce(apply, START)
      for (const { tier, words: phrase } of PHRASES) {
        state = apply(state, tier === 'block' ? { do: 'remove', words: phrase } : { do: 'decide', words: phrase, outcome: 'kept', reason: 'true and agreed' })
      }
      expect(gate(apply(state, { do: 'sign' })).decision.kind).toBe('allow')
    }), { numRuns: 100 })
  })
})

const recipient: fc.Arbitrary<Recipient> = fc.record({
  address: fc.option(fc.string({ maxLength: 12 }), { nil: null }), name: fc.string({ maxLength: 6 }), field: fc.constantFrom('to', 'cc', 'bcc'),
})
const parts = fc.record({ subject: fc.string({ unit: 'binary', maxLength: 30 }), text: fc.string({ unit: 'binary', maxLength: 80 }), recipients: fc.array(recipient, { maxLength: 4 }) })

describe('what a signature is bound to', () => {
  it('changes with any change of text, subject or recipients', () => {
    const plain = (text: string) => text.replace(/\r\n?/g, '\n')
    const who = (list: readonly Recipient[]) => list.map((one) => JSON.stringify(one.address === null ? [one.field, 0, one.name] : [one.field, 1, one.address])).sort()
    fc.assert(fc.property(parts, parts, fc.constantFrom('subject' as const, 'text' as const, 'recipients' as const), (a, b, field) => {
      const changed = { ...a, [field]: b[field] }
      const same = field === 'recipients' ? JSON.stringify(who(a.recipients)) === JSON.stringify(who(b.recipients)) : plain(a[field]) === plain(b[field])
      expect(digestDraft(changed) === digestDraft(a)).toBe(same)
    }), { numRuns: 300 })
  })

  it('sees a single character put in, taken out or replaced anywhere', () => {
    fc.assert(fc.property(parts, fc.nat(), fc.constantFrom('x', '\u200b', '\u00a0', '\ud800', ' '), (draft, place, sign) => {
      const at = place % (draft.text.length + 1)
      const text = draft.text.slice(0, at) + sign + draft.text.slice(at)
      expect(digestDraft({ ...draft, text })).not.toBe(digestDraft(draft))
    }), { numRuns: 200 })
  })

  it('does not depend on the order of recipients or the kind of line ends', () => {
    const [a, b]: Recipient[] = [{ address: 'a@x.org', name: 'A', field: 'to' }, { address: 'b@x.org', name: 'B', field: 'cc' }]
    if (!a || !b) throw new Error('two recipients')
    expect(digestDraft({ subject: 's', text: 'a\r\nb', recipients: [a, b] })).toBe(digestDraft({ subject: 's', text: 'a\nb', recipients: [b, a] }))
    expect(digestDraft({ subject: 's', text: 't', recipients: [{ ...a, field: 'bcc' }] })).not.toBe(digestDraft({ subject: 's', text: 't', recipients: [a] }))
    expect(digestDraft({ subject: 'st', text: '', recipients: [] })).not.toBe(digestDraft({ subject: 's', text: 't', recipients: [] }))
  })
})
