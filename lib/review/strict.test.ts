import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Finding, Recipient, Tier } from '../engine/index.ts'
import type { Requirement } from '../policy/index.ts'
import { latestDecisions, settles } from './decisions.ts'
import { digestDraft } from './digest.ts'
import { countedFindings, decideGate, neededOwners, type GateInput } from './gate.ts'
import { appendEntry, createLedgerVerifier, linkTo, verifyLedger, type SignedEntry } from './ledger.ts'
import type { Decision, Outcome, SignOff } from './types.ts'

/** Every condition of gate, decisions, digest and ledger by itself: what each of them alone must hold or refuse. */
const finding = (tier: Tier, fingerprint: string = tier, owner = 'pricing'): Finding => ({
  rule: `r/${fingerprint}`, title: fingerprint, pack: 'p', packVersion: '1.0.0', category: 'pricing', owner, tier, field: 'body', span: { start: 0, end: 1 },
  quote: 'q', message: '', suggest: null, sources: [], reasons: [], evidence: [], fingerprint,
})
const decision = (on: Finding, outcome: Outcome, reason = '', at = 1): Decision => ({ fingerprint: on.fingerprint, rule: on.rule, category: on.category, tier: on.tier, outcome, reason, quote: on.quote, at })
const requires = (tier: Tier, reasons: Requirement['reasons'] = [], owners: readonly string[] = []): Requirement => ({ tier, owners, reasons })
const because = (code: Requirement['reasons'][number]['code'], tier: Tier): Requirement['reasons'][number] => ({ code, tier, detail: '', count: 1 })
const signed = (requirement: Requirement, decisions: readonly Decision[], more: Partial<SignOff> = {}): SignOff => ({
  reviewer: { name: 'Ann', role: '' }, at: 1, site: 'gmail', kind: 'email', digest: 'd', rulesetDigest: '', policyDigest: '', requirement, decisions, ...more,
})
const gate = (input: Partial<GateInput> & Pick<GateInput, 'requirement'>) => decideGate({ findings: [], decisions: [], signOff: null, digest: 'd', owns: [], ...input })

describe('the gate', () => {
  const review = finding('review')
  const requirement = requires('review')

  it('takes an override only for this very text, with a reason, where the policy allows one', () => {
    const open = { requirement, findings: [review] }
    const given = (reason: string, more: Partial<SignOff> = {}): SignOff => signed(requirement, [], { override: { reason }, ...more })
    expect(gate({ ...open, signOff: given('The customer waits.') })).toEqual({ kind: 'allow', because: 'overridden' })
    expect(gate({ ...open, signOff: given('The customer waits.'), overrides: true })).toEqual({ kind: 'allow', because: 'overridden' })
    const held = { kind: 'hold', because: 'open-findings', open: ['review'] }
    expect(gate({ ...open, signOff: given('The customer waits.'), overrides: false })).toEqual(held)
    expect(gate({ ...open, signOff: given('The customer waits.', { digest: 'other' }) })).toEqual(held)
    expect(gate({ ...open, signOff: given('The customer waits.', { requirement: requires('note') }) })).toEqual(held)
    expect(gate({ ...open, signOff: given(' ') })).toEqual(held)
    expect(gate({ ...open, signOff: signed(requirement, []) })).toEqual(held)
  })

  it('asks for a signature where all is settled and only an override without a reason is there', () => {
    const kept = [decision(review, 'kept', 'list price')]
    expect(gate({ requirement, findings: [review], decisions: kept, signOff: signed(requirement, kept, { override: { reason: '' } }) })).toEqual({ kind: 'hold', because: 'needs-signature', open: [] })
  })

  it('holds for the owner of one area though the other has approved, and names no open finding', () => {
    const both = requires('approve', [], ['pricing', 'legal'])
    expect(gate({ requirement: both, owns: ['pricing'] })).toEqual({ kind: 'hold', because: 'needs-owner', open: [] })
    expect(gate({ requirement: both, owns: ['pricing'], approved: ['brand'] })).toMatchObject({ because: 'needs-owner' })
    expect(gate({ requirement: both, owns: ['pricing'], approved: ['legal'] })).toEqual({ kind: 'hold', because: 'needs-signature', open: [] })
    expect(gate({ requirement: both, owns: ['pricing', 'legal'], signOff: signed(both, []) })).toEqual({ kind: 'allow', because: 'signed' })
  })

  it('voids a signature over one of two findings, and over another outcome, reason or finding', () => {
    const other = finding('review', 'other')
    const now = [decision(review, 'kept', 'list price'), decision(other, 'dismissed', 'no')]
    const ready = { requirement, findings: [review, other], decisions: now }
    const voided = { kind: 'hold', because: 'void', open: [] }
    expect(gate({ ...ready, signOff: signed(requirement, now) })).toEqual({ kind: 'allow', because: 'signed' })
    expect(gate({ ...ready, signOff: signed(requirement, now.slice(0, 1)) })).toEqual(voided)
    expect(gate({ ...ready, signOff: signed(requirement, [now[0]!, decision(other, 'kept', 'no')]) })).toEqual(voided)
    expect(gate({ ...ready, signOff: signed(requirement, [now[0]!, decision(other, 'dismissed', 'yes')]) })).toEqual(voided)
    expect(gate({ ...ready, signOff: signed(requirement, [now[0]!, decision(finding('review', 'third'), 'dismissed', 'no')]) })).toEqual(voided)
  })

  it('counts what a requirement speaks of: the lowest tier of its findings, whatever else it names', () => {
    const all = [finding('note'), review, finding('approve'), finding('block')]
    const tiers = (reasons: Requirement['reasons']): Tier[] => countedFindings(requires('block', reasons), all).map(({ tier }) => tier)
    expect(tiers([])).toEqual(['review', 'approve', 'block'])
    expect(tiers([because('finding', 'block')])).toEqual(['block'])
    expect(tiers([because('finding', 'block'), because('finding', 'approve')])).toEqual(['approve', 'block'])
    expect(tiers([because('finding', 'block'), because('not-checked', 'review')])).toEqual(['block'])
    expect(tiers([because('not-checked', 'block')])).toEqual(['review', 'approve', 'block'])
    expect(tiers([because('finding', 'note')])).toEqual(['review', 'approve', 'block'])
  })

  it('needs the owners of the requirement and of approve findings, each once, and of no other finding', () => {
    const findings = [finding('review', 'a', 'brand'), finding('approve', 'b', 'legal'), finding('approve', 'c', 'legal'), finding('block', 'd', 'safety')]
    expect(neededOwners(requires('approve', [], ['pricing']), findings)).toEqual(['pricing', 'legal'])
  })
})

describe('a decision', () => {
  it('counts where it is the newest, and of two in one millisecond the later in the list', () => {
    const on = finding('review')
    const newest = (...made: Decision[]): string | undefined => latestDecisions(made).get('review')?.reason
    expect(newest(decision(on, 'kept', 'old', 1), decision(on, 'kept', 'new', 2))).toBe('new')
    expect(newest(decision(on, 'kept', 'new', 2), decision(on, 'kept', 'old', 1))).toBe('new')
    expect(newest(decision(on, 'kept', 'first', 1), decision(on, 'kept', 'second', 1))).toBe('second')
    expect(newest(decision(on, 'kept', 'kept', 1), decision(on, 'fixed', 'fixed', 2))).toBe('kept')
  })

  it.each<[Tier, Outcome, string, readonly string[], boolean]>([
    ['note', 'fixed', '', [], true],
    ['review', 'fixed', 'reason', [], false], ['approve', 'fixed', 'reason', ['pricing'], false],
    ['review', 'kept', '', [], false], ['review', 'kept', '  ', [], false], ['review', 'kept', 'reason', [], true], ['block', 'kept', 'reason', ['pricing'], false],
    ['review', 'dismissed', '', [], true], ['approve', 'dismissed', '', ['pricing'], false], ['approve', 'dismissed', 'reason', [], true],
    ['block', 'dismissed', '', ['pricing'], false], ['block', 'dismissed', 'reason', [], false], ['block', 'dismissed', 'reason', ['pricing'], true],
  ])('on a finding of tier %s, %s for the reason "%s" by an owner of %j: %s', (tier, outcome, reason, owned, expected) => {
    const on = finding(tier)
    expect(settles(decision(on, outcome, reason), on, owned)).toBe(expected)
  })

  it('settles nothing of another finding or rule, and none settles nothing', () => {
    const on = finding('review')
    expect(settles({ ...decision(on, 'kept', 'r'), rule: 'r/other' }, on, [])).toBe(false)
    expect(settles({ ...decision(on, 'kept', 'r'), fingerprint: 'other' }, on, [])).toBe(false)
    expect([settles(null, on, []), settles(undefined, on, [])]).toEqual([false, false])
    expect(settles(null, finding('note'), [])).toBe(true)
  })
})

describe('the text that is signed', () => {
  const to = (field: Recipient['field'], address: string | null, name = ''): Recipient => ({ field, address, name })
  const of = (recipients: readonly Recipient[], text = 'a\nb', attachments: readonly string[] = []): string => digestDraft({ subject: 's', text, recipients, attachments: [...attachments] })

  it('is the same for all orders of its recipients, and another for another field, address or nameless address', () => {
    const three = [to('to', 'a@x.example'), to('cc', 'b@x.example'), to('to', 'c@x.example')]
    const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].map((order) => of(order.map((at) => three[at]!)))
    expect(new Set(orders).size).toBe(1)
    expect(of([to('cc', 'a@x.example')])).not.toBe(of([to('to', 'a@x.example')]))
    expect(of([to('to', 'a@x.example', 'Ann')])).toBe(of([to('to', 'a@x.example')]))
    expect(of([to('to', null, 'Ann')])).not.toBe(of([to('to', null, 'Bob')]))
    expect(of([to('to', null, 'Ann')])).not.toBe(of([to('cc', null, 'Ann')]))
    expect(of([to('to', null, 'Ann')])).not.toBe(of([to('to', 'Ann')]))
    expect(new Set([[], ['a'], ['b'], ['a', 'b']].map((names) => of([], 'a', names))).size).toBe(4)
    expect(of([], 'a', ['c', 'a', 'b'])).toBe(of([], 'a', ['b', 'c', 'a']))
  })

  it('has one kind of line end, and every other character counts', () => {
    expect(of([], 'a\r\nb\r\n')).toBe(of([], 'a\nb\n'))
    expect(of([], 'a\rb')).toBe(of([], 'a\nb'))
    expect(of([], 'a\n\nb')).not.toBe(of([], 'a\nb'))
    expect(of([], 'a\n b')).not.toBe(of([], 'a\nb'))
  })
})

describe('the ledger', () => {
  const sign = ({ digest }: { readonly digest: string }): string => `by us ${digest}`
  const isSigned = (digest: string, signature: string): boolean => signature === sign({ digest })
  /** `linked`: each names the signature before it, as all do but those of the first version. */
  const chain = (count: number, linked = true): SignedEntry[] => {
    const entries: SignedEntry[] = []
    for (let at = 1; at <= count; at++) {
      const last = entries.at(-1) ?? null
      const entry = appendEntry(last && !linked ? { ...last, signature: undefined } : last, at, 'held', { at })
      entries.push({ ...entry, signature: sign(entry) })
    }
    return entries
  }
  const reasonOf = (entry: unknown): string => {
    const check = verifyLedger([entry])
    return check.ok ? '' : check.reason
  }

  it('names the one before by its digest, and by its signature where it has one', () => {
    expect([linkTo(null), linkTo({ digest: 'd' }), linkTo({ digest: 'd', signature: 's' })]).toEqual(['', 'd', 'd.s'])
  })

  it('says of each thing that is no entry what is wrong with it', () => {
    const good = { ...appendEntry(null, 1, 'held', { a: 1 }) } as Record<string, unknown>
    expect(reasonOf(good)).toBe('')
    for (const none of [null, undefined, 'text', 7, [], [good]]) expect(reasonOf(none)).toBe('This is not a ledger entry.')
    expect(reasonOf({})).toMatch(/this one has none\.$/)
    expect(reasonOf({ ...good, extra: 1 })).toMatch(/^An entry has the fields/)
    const { at: _at, ...less } = good
    expect(reasonOf(less)).toMatch(/^An entry has the fields/)
    expect(reasonOf({ ...good, seq: 2 })).toMatch(/^Entry 1 is expected here; this one says 2\./)
    expect(reasonOf({ ...good, seq: '1' })).toMatch(/something that is no number/)
    for (const at of ['1', NaN, Infinity, null]) expect(reasonOf({ ...good, at })).toBe('The time is not a number.')
    for (const kind of ['other', 7, null]) expect(reasonOf({ ...good, kind })).toBe('The kind of entry is not known.')
    for (const body of [null, [], 'text', 7]) expect(reasonOf({ ...good, body })).toBe('The body is not an object.')
    for (const signature of [7, null, undefined]) expect(reasonOf({ ...good, signature })).toBe('The signature is not a text.')
    expect(reasonOf({ ...good, prev: 'x' })).toBe('The first entry names an entry before it.')
    for (const digest of ['x', 7, '']) expect(reasonOf({ ...good, digest })).toMatch(/^Its content does not match/)
    expect(reasonOf({ ...good, body: { a: NaN } })).toMatch(/^Its content does not match/)
    expect(reasonOf({ ...good, body: { a: NaN }, digest: '' })).toMatch(/^Its content does not match/)
    expect(createLedgerVerifier().next({ ...good, body: { a: NaN }, digest: '' })).toMatchObject({ ok: false, seq: 1 })
  })

  it('has a digest over its content in canonical order', () => {
    const text = '{"at":1,"body":{"a":2,"b":1},"kind":"held","prev":"","seq":1}'
    expect(appendEntry(null, 1, 'held', { b: 1, a: 2 }).digest).toBe(createHash('sha256').update(text).digest('hex'))
  })

  it('must name the signature before it, from its first entry on, where those before it did', () => {
    const [first, second] = chain(2)
    const unbound = { ...first!, signature: undefined }
    const old = appendEntry(unbound, 5, 'held', {})
    expect(old.prev, 'as entries of the first version name one').toBe(first!.digest)
    expect(createLedgerVerifier({ after: first! }).next(old)).toBeNull()
    expect(createLedgerVerifier({ after: first!, signedLinks: true }).next(old)).toMatchObject({ ok: false, seq: 2 })
    expect(createLedgerVerifier({ after: first!, signedLinks: true }).next(second)).toBeNull()
  })

  it('is checked whole or from the middle, counts, and stays broken where it broke', () => {
    const entries = chain(5)
    expect(verifyLedger(entries, { isSigned })).toEqual({ ok: true, count: 5, head: entries[4]!.digest })
    expect(verifyLedger([])).toEqual({ ok: true, count: 0, head: '' })
    expect(verifyLedger(entries.slice(2), { after: entries[1]!, isSigned })).toEqual({ ok: true, count: 3, head: entries[4]!.digest })
    expect(verifyLedger([], { after: entries[1]! })).toEqual({ ok: true, count: 0, head: entries[1]!.digest })
    expect(verifyLedger(entries.slice(2), { after: entries[0]! })).toMatchObject({ ok: false, seq: 2 })
    const verifier = createLedgerVerifier()
    const broken = verifier.next(entries[1])
    expect(broken).toMatchObject({ ok: false, seq: 1 })
    expect(verifier.next(entries[0])).toBe(broken)
    expect(verifier.result()).toBe(broken)
  })

  it('wants a signature of each entry where a key is given, and tells the first that is not by it', () => {
    const entries = chain(4)
    const { signature: _none, ...bare } = entries[3]!
    expect(verifyLedger([...entries.slice(0, 3), bare], { isSigned })).toEqual({ ok: false, seq: 4, reason: 'It has no signature.' })
    expect(verifyLedger([...entries.slice(0, 3), bare])).toMatchObject({ ok: true, count: 4 })
    // Somebody else goes on from the third, with links that fit.
    const strange = entries.slice(0, 2)
    for (const at of [3, 4, 5]) {
      const entry = appendEntry(strange.at(-1)!, at, 'sent', {})
      strange.push({ ...entry, signature: 'by another' })
    }
    const told = verifyLedger(strange, { isSigned })
    expect(told).toMatchObject({ ok: false, seq: 3 })
    expect(told.ok ? '' : told.reason).toMatch(/not signed by this device's key/)
    // An entry that breaks the chain behind them: the stranger came first.
    expect(verifyLedger([...strange, null], { isSigned })).toMatchObject({ ok: false, seq: 3 })
    expect(verifyLedger([...strange, bare], { isSigned })).toMatchObject({ ok: false, seq: 3 })
    expect(verifyLedger([...entries, null], { isSigned })).toMatchObject({ ok: false, seq: 5, reason: 'This is not a ledger entry.' })
  })

  it('looks at each signature that no later entry names', () => {
    const old = chain(4, false)
    expect(verifyLedger(old, { isSigned })).toMatchObject({ ok: true, count: 4 })
    for (const at of [0, 1, 2, 3]) {
      const forged = old.map((entry, index) => index === at ? { ...entry, signature: 'by another' } : entry)
      expect(verifyLedger(forged, { isSigned })).toMatchObject({ ok: false, seq: at + 1 })
    }
    expect(verifyLedger([...old.slice(0, 2), { ...old[2]!, signature: 'x' }, old[3]])).toMatchObject({ ok: true })
  })

  it('once one names the signature before it, takes no later one that does not', () => {
    const entries = chain(3)
    const loose = appendEntry({ ...entries[2]!, signature: undefined }, 4, 'held', {})
    expect(verifyLedger([...entries, { ...loose, signature: sign(loose) }])).toEqual({ ok: false, seq: 4, reason: 'It does not name the digest and signature of the entry before it.' })
    const old = chain(2, false)
    const mixed = appendEntry(old[1]!, 3, 'held', {})
    expect(verifyLedger([...old, { ...mixed, signature: sign(mixed) }], { isSigned })).toMatchObject({ ok: true, count: 3 })
    const exchanged = entries.map((entry, index) => index === 1 ? { ...entry, signature: 'x' } : entry)
    expect(verifyLedger(exchanged)).toMatchObject({ ok: false, seq: 3 })
  })

  it('looks at one signature in some thousand, and at the last', () => {
    const entries = chain(4_100)
    const asked: number[] = []
    const count = (digest: string, signature: string): boolean => {
      asked.push(entries.findIndex((entry) => entry.digest === digest) + 1)
      return isSigned(digest, signature)
    }
    expect(verifyLedger(entries, { isSigned: count })).toMatchObject({ ok: true, count: 4_100 })
    expect(asked).toEqual([4_096, 4_100])
    const verifier = createLedgerVerifier({ isSigned: (digest) => digest !== entries[4_095]!.digest })
    const first = entries.findIndex((entry) => verifier.next(entry) !== null)
    expect(first).toBe(4_095)
  })
})
