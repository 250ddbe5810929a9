import 'fake-indexeddb/auto'
import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { Finding, Tier } from '../../lib/engine/index.ts'
import type { DraftRecord, Rulebook } from '../../lib/guard/types.ts'
import { applyPolicy, canonicalDigest, defaultPolicy, ownedAreas, policyDigest, requirementOf, type Policy } from '../../lib/policy/index.ts'
import { bytesToSign, type ApprovalAnswer, type Card, type Signed } from '../../lib/review/approval/index.ts'
import { decideGate, digestDraft, type Decision, type SignOff } from '../../lib/review/index.ts'
import type { SendKind } from '../../lib/sites/types.ts'
import { installFakeChrome } from '../../lib/store/chrome.fixture.ts'
import { makeDraft, makeFinding } from '../../lib/store/draft.fixture.ts'
import { approvalsOf, checkLedger, defaultSettings, ledgerRows, recordHeld, recordSent, recordSigned, removeContact, revokeRequest, saveContact, takeAnswer, StoreError } from '../../lib/store/index.ts'
import { askApproval } from '../../lib/team/approvals/index.ts'
import { db } from '../../lib/store/db.ts'

/**
 * One draft, its sender and its owner, over the real store, ledger and judgement: random edits, decisions, requests, answers in any order and more than once, requests taken back,
 * contacts removed, time, reloads, and sends by every way. Beside it a model that keeps only what was done. `SIGNOFF_RUNS` sets how many runs, `SIGNOFF_SEED` repeats one.
 */
const RUNS = Number(process.env['SIGNOFF_RUNS'] ?? 200)
const SEED = Number(process.env['SIGNOFF_SEED'] ?? Date.now() & 0x7fffffff)
const HOUR = 3_600_000

const policy: Policy = { ...defaultPolicy(), floor: { ...defaultPolicy().floor, pricing: 'approve' }, areas: { ...defaultPolicy().areas, pricing: { owner: 'pricing', people: ['Olga'] } } }
const book: Rulebook = { ruleset: new ArrayBuffer(0), marks: [], suppressions: [], styleHints: false, rulesetDigest: 'a'.repeat(64), policy, policyDigest: policyDigest(policy), reviewer: { name: 'Rhea', role: 'Sales' }, owns: ownedAreas('Rhea', policy) }
const seed = new Uint8Array(32).fill(3)
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const olga: Card = { name: 'Olga', role: '', areas: ['pricing'], deputy: [], signKey: base64(ed25519.getPublicKey(seed)), sealKey: '' }
let sealKey = ''

const FLAGS: readonly { readonly sign: string; readonly tier: Tier; readonly category: 'pricing' | 'promise' | 'leftover' }[] = [
  { sign: '$', tier: 'review', category: 'pricing' }, { sign: '!', tier: 'review', category: 'promise' }, { sign: '#', tier: 'block', category: 'leftover' },
]
function findingsOf(text: string): Finding[] {
  return applyPolicy(FLAGS.filter(({ sign }) => text.includes(sign)).map(({ sign, tier, category }) => makeFinding({
    rule: `${category}/x`, category, owner: category, tier, quote: sign, fingerprint: sign, span: { start: text.indexOf(sign), end: text.indexOf(sign) + 1 },
  })), policy)
}

type Step =
  | { readonly do: 'write' | 'erase'; readonly sign: string }
  | { readonly do: 'settle' | 'sign' | 'ask' | 'revoke' | 'reload' | 'forget' | 'meet' | 'wait' }
  | { readonly do: 'answer'; readonly which: number; readonly verdict: 'approved' | 'refused'; readonly forge: boolean }
  | { readonly do: 'send'; readonly way: SendKind }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('write' as const, 'erase' as const), sign: fc.constantFrom('$', '!', '#', 'a', 'b') }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('settle' as const, 'sign' as const, 'ask' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('revoke' as const, 'reload' as const, 'forget' as const, 'meet' as const, 'wait' as const) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(3), verdict: fc.constantFrom('approved' as const, 'approved' as const, 'approved' as const, 'refused' as const), forge: fc.integer({ min: 0, max: 3 }).map((one) => one === 0) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), way: fc.constantFrom<SendKind>('send', 'schedule', 'archive', 'publish', 'update', 'submit') }) },
)

interface Asked { readonly id: string; readonly text: string; readonly until: number; revoked: boolean; answered: 'approved' | 'refused' | null }

async function run(steps: readonly Step[]): Promise<{ sends: number; holds: number }> {
  let now = 1_000_000
  let text = 'Hello $'
  let decisions: Decision[] = []
  let signOffs = new Map<string, SignOff>()
  const asked: Asked[] = []
  let known = true
  let [sends, holds] = [0, 0]
  const sentTexts: string[] = []
  await Promise.all(db.tables.map((table) => (table.name === 'meta' ? table.where('key').startsWith('ledger').delete() : table.clear())))
  await saveContact({ ...olga, sealKey }, now)

  const look = async () => {
    const draft = makeDraft(text)
    const findings = findingsOf(text)
    const origin = { verdict: 'ai', evidence: [] } as const
    const requirement = requirementOf({ draft, findings, origin, policy })
    const digest = digestDraft(draft)
    const standing = decisions.filter((one) => findings.some((finding) => finding.fingerprint === one.fingerprint))
    const record: DraftRecord = { session: 's1', site: 'gmail', host: 'mail.google.com', draft, digest, origin, requirement, findings, decisions: standing }
    const approved = (await approvalsOf(digest, book, now)).areas
    const gate = decideGate({ requirement, findings, decisions: standing, signOff: signOffs.get(digest) ?? null, digest, owns: book.owns, approved })
    return { record, gate, digest, findings }
  }
  /** The model: what must be true for this text, from what was done alone. */
  const met = (): boolean => {
    if (text.includes('#')) return false
    if (!/[$!]/.test(text)) return true
    const settled = [...text].filter((sign) => '$!'.includes(sign)).every((sign) => decisions.some((one) => one.fingerprint === sign))
    const open = asked.filter((one) => one.text === text && !one.revoked && one.until > now && known)
    const owner = !text.includes('$') || open.some((one) => one.answered === 'approved')
    const signed = signOffs.get(digestDraft(makeDraft(text)))
    return settled && owner && signed !== undefined && [...text].filter((sign) => '$!'.includes(sign)).every((sign) => signed.decisions.some((one) => one.fingerprint === sign))
  }

  for (const next of steps) {
    now += 1_000
    switch (next.do) {
      case 'write': text += next.sign; break
      case 'erase': text = text.replaceAll(next.sign, ''); break
      case 'settle': {
        for (const finding of findingsOf(text)) {
          if (finding.tier === 'block' || decisions.some((one) => one.fingerprint === finding.fingerprint)) continue
          decisions = [...decisions, { fingerprint: finding.fingerprint, rule: finding.rule, category: finding.category, tier: finding.tier, outcome: 'kept', reason: 'agreed', quote: finding.quote, at: now }]
        }
        break
      }
      case 'ask': {
        const { record, gate } = await look()
        if (gate.kind === 'allow' || gate.because !== 'needs-owner' || !known) break
        const row = await askApproval(record, ['pricing'], book, now)
        if (!asked.some((one) => one.id === row.id)) asked.push({ id: row.id, text, until: row.request.until, revoked: false, answered: null })
        break
      }
      case 'answer': {
        const one = asked[next.which % Math.max(1, asked.length)]
        const row = one && (await db.requests.get(one.id))
        if (!one || !row) break
        const { request } = row
        const content: ApprovalAnswer = {
          request: request.id, requestDigest: canonicalDigest(request), by: { name: olga.name, role: '', signKey: olga.signKey }, verdict: next.verdict, areas: ['pricing'], digest: request.digest,
          rulesetDigest: request.rulesetDigest, policyDigest: request.policyDigest, reason: 'because', edit: null, at: now,
        }
        const answer: Signed<ApprovalAnswer> = { content, signature: base64(ed25519.sign(bytesToSign('answer', next.forge ? { ...content, at: now + 1 } : content), seed)) }
        const counts = !next.forge && known && !one.revoked && now < one.until && one.answered === null
        expect('row' in (await takeAnswer(answer, now))).toBe(counts)
        if (counts) one.answered = next.verdict
        break
      }
      case 'sign': {
        const { record, gate, digest } = await look()
        const signOff: SignOff = { reviewer: book.reviewer, at: now, site: 'gmail', kind: 'email', digest, rulesetDigest: book.rulesetDigest, policyDigest: book.policyDigest, requirement: record.requirement, decisions: record.decisions }
        const may = gate.kind === 'hold' && (gate.because === 'needs-signature' || gate.because === 'void')
        try {
          await recordSigned(record, signOff, book, { at: now, keepTexts: false })
          // The worker takes one that adds nothing (signed already, or nothing to sign for) and never one for a draft that is held for more.
          if (may || gate.kind === 'allow') signOffs.set(digest, signOff)
          else expect(gate).toMatchObject({ kind: 'hold', because: 'needs-owner' })
        } catch (error) {
          expect(error).toBeInstanceOf(StoreError)
          expect(may).toBe(false)
        }
        break
      }
      case 'send': {
        const { record, gate } = await look()
        expect(gate.kind === 'allow', `${JSON.stringify(gate)} for ${text}`).toBe(met())
        if (gate.kind === 'hold') {
          await recordHeld(record, next.way, { at: now, keepTexts: false })
          holds++
          break
        }
        const first = await recordSent(record, next.way, null, { at: now, keepTexts: false })
        // The message comes a second time, as after a killed worker.
        expect(await recordSent(record, next.way, null, { at: now + 1, keepTexts: false })).toBe(first)
        sends++
        sentTexts.push(text)
        break
      }
      case 'revoke': for (const one of asked) { one.revoked = true; await revokeRequest(one.id, now) } break
      case 'forget': known = false; await removeContact(olga.signKey); break
      case 'meet': known = true; await saveContact({ ...olga, sealKey }, now); break
      case 'reload': signOffs = new Map(); break
      case 'wait': now += 100 * HOUR; break
    }
  }
  expect(await checkLedger({ whole: true, now })).toMatchObject({ ok: true })
  const kinds: string[] = []
  for await (const row of ledgerRows()) kinds.push(row.kind)
  expect(kinds.filter((kind) => kind === 'sent' || kind === 'unreviewed')).toHaveLength(new Set(sentTexts).size)
  expect(kinds).not.toContain('tamper')
  return { sends, holds }
}

describe('a draft that needs two signatures, whatever happens', () => {
  beforeEach(async () => {
    installFakeChrome().stored['settings'] = { ...defaultSettings(), reviewer: book.reviewer, policy: { floor: { pricing: 'approve' }, areas: { pricing: { owner: 'pricing', people: ['Olga'] } } } }
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
    sealKey = base64(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
  })
  const total = { sends: 0, holds: 0 }
  afterAll(() => { console.log(`sign-off runs: ${RUNS}, seed ${SEED}, sends ${total.sends}, holds ${total.holds}`) })

  it('never leaves unmet, is never held when met, is noted once, and its ledger holds', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const { sends, holds } = await run(steps)
      total.sends += sends
      total.holds += holds
    }), { numRuns: RUNS, seed: SEED })
    expect(total.sends).toBeGreaterThan(0)
    expect(total.holds).toBeGreaterThan(0)
  }, 900_000)
})
