import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { Dexie } from 'dexie'
import { ed25519 } from '@noble/curves/ed25519.js'
import { canonicalDigest } from '../../policy/index.ts'
import { digestDraft } from '../../review/index.ts'
import { bytesToSign, type ApprovalAnswer, type ApprovalRequest } from '../../review/approval/index.ts'
import { approvalsOf, defaultSettings, listRequests, markTold, removeContact, takeAnswer, untoldRequests } from '../../store/index.ts'
import { installFakeChrome } from '../../store/chrome.fixture.ts'
import { db } from '../../store/db.ts'
import { makeFinding, makeRecord, makeRulebook } from '../../store/draft.fixture.ts'
import { CodeError, fold, fromCode, toCode, unfold, type CodeKind } from './code.ts'
import { openSealed, sealFor } from './envelope.ts'
import { acceptCard, AskError, askApproval, ownCardCode, takeCode } from './exchange.ts'

const bytes = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, (_, at) => (at * 37) & 255)
const base64 = (of: Uint8Array): string => Buffer.from(of).toString('base64url')
function refusalOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof CodeError) return error.refusal
    throw error
  }
  return 'none'
}

describe('a code', () => {
  it('comes back from a chat: quoted, broken into lines, with words around it', () => {
    for (const kind of ['card', 'request', 'answer'] satisfies CodeKind[]) {
      for (const length of [0, 1, 2, 300]) {
        const code = toCode(kind, bytes(length))
        const pasted = `Hi,\n> please: ${code.replace(/(.{40})/g, '$1\n> ')}\nThanks`
        expect(fromCode(pasted)).toEqual({ kind, bytes: bytes(length) })
      }
    }
  })

  it('is refused cut anywhere, changed anywhere, doubled, newer, or not there', () => {
    const code = toCode('request', bytes(60))
    for (let at = 0; at < code.length; at++) expect(['cut', 'not-a-code'], `cut at ${at}`).toContain(refusalOf(() => fromCode(code.slice(0, at))))
    for (let at = 0; at < code.length; at++) {
      const other = code[at] === 'x' ? 'y' : 'x'
      expect(refusalOf(() => fromCode(code.slice(0, at) + other + code.slice(at + 1))), `changed at ${at}`).not.toBe('none')
    }
    expect(refusalOf(() => fromCode(`${code} ${code}`))).toBe('doubled')
    expect(refusalOf(() => fromCode(code.replace('CS1', 'CS2')))).toBe('newer')
    expect(refusalOf(() => fromCode('Good morning'))).toBe('not-a-code')
  })

  it('is refused when it is too large, before and after it is unfolded', async () => {
    expect(refusalOf(() => fromCode('CS1.Q.'.padEnd(10 * 1024 * 1024, 'A')))).toBe('too-large')
    const bomb = await fold('a'.repeat(10 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(20_000)
    await expect(unfold(bomb)).rejects.toMatchObject({ refusal: 'too-large' })
    await expect(unfold(bytes(40))).rejects.toMatchObject({ refusal: 'altered' })
    expect(await unfold(await fold('Zürich — 20 %'))).toBe('Zürich — 20 %')
  })
})

const pair = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits', 'deriveKey'])
const rawOf = async (of: CryptoKeyPair): Promise<string> => base64(new Uint8Array(await crypto.subtle.exportKey('raw', of.publicKey)))

describe('an envelope', () => {
  it('is opened by those it is for, and by nobody else', async () => {
    const [a, b, c] = await Promise.all([pair(), pair(), pair()])
    const sealed = new Uint8Array(await sealFor([await rawOf(a), await rawOf(b)], 'The price is 40.'))
    expect(await openSealed(sealed, a)).toBe('The price is 40.')
    expect(await openSealed(sealed, b)).toBe('The price is 40.')
    await expect(openSealed(sealed, c)).rejects.toMatchObject({ refusal: 'not-for-us' })
    expect(Buffer.from(sealed).includes('The price')).toBe(false)
  })

  it('says so wherever a byte of it was changed or is missing', async () => {
    const a = await pair()
    const sealed = new Uint8Array(await sealFor([await rawOf(a)], 'The price is 40.'))
    for (let at = 0; at < sealed.length; at += 3) {
      const changed = sealed.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      await expect(openSealed(changed, a), `byte ${at}`).rejects.toBeInstanceOf(CodeError)
    }
    for (const length of [0, 3, 10, sealed.length - 1]) await expect(openSealed(sealed.slice(0, length), a)).rejects.toBeInstanceOf(CodeError)
  })
})

describe('asking', () => {
  const other = new Uint8Array(32).fill(9)
  const legal = makeFinding({ tier: 'approve', owner: 'pricing' })
  const record = makeRecord({ findings: [legal], requirement: { tier: 'approve', owners: ['pricing'], reasons: [] } })

  beforeEach(() => { installFakeChrome().stored['settings'] = { ...defaultSettings(), reviewer: { name: 'Rhea', role: 'Sales' } } })

  it('reads a card, keeps it when a person says so, and makes one request for one text', async () => {
    await expect(askApproval(record, ['pricing'], makeRulebook(), 1_000)).rejects.toBeInstanceOf(AskError)
    const card = { name: 'Olga', role: '', areas: ['pricing'], deputy: [], signKey: base64(ed25519.getPublicKey(other)), sealKey: await rawOf(await pair()) }
    const code = toCode('card', await fold(JSON.stringify({ content: card, signature: base64(ed25519.sign(bytesToSign('card', card), other)) })))
    const taken = await takeCode(code, 1_000)
    expect(taken).toMatchObject({ kind: 'card', card, known: null })
    await expect(askApproval(record, ['pricing'], makeRulebook(), 1_000)).rejects.toBeInstanceOf(AskError)
    await acceptCard(card, false, 1_000)
    const first = await askApproval(record, ['pricing'], makeRulebook(), 1_000)
    const second = await askApproval(record, ['pricing'], makeRulebook(), 2_000)
    expect(second.id).toBe(first.id)
    expect(await listRequests()).toHaveLength(1)
    expect(await approvalsOf(record.digest, makeRulebook(), 2_000)).toMatchObject({ areas: [], waiting: ['Olga'], code: first.code })
    // Sealed to Olga: this device cannot open its own request, and a request pasted back opens nothing.
    expect(await takeCode(first.code, 3_000)).toEqual({ kind: 'refused', refusal: 'not-for-us' })
    expect((await approvalsOf('f'.repeat(64), makeRulebook(), 2_000)).code).toBeNull()
  })

  it('freezes the terms it was asked on: everybody, and no deputy before the time is over', async () => {
    const card = { name: 'Olga', role: '', areas: ['pricing'], deputy: [], signKey: base64(ed25519.getPublicKey(other)), sealKey: await rawOf(await pair()) }
    await acceptCard(card, false, 1_000)
    const usual = await askApproval({ ...record, session: 'usual' }, ['pricing'], makeRulebook(), 1_000)
    expect(usual.request).toMatchObject({ mode: 'any', deputyAfter: 1_000 + 4 * 3_600_000 })
    const strict = await askApproval({ ...record, session: 'strict' }, ['pricing'], makeRulebook(), 1_000, { mode: 'all', deputyHours: null })
    expect(strict.request.mode).toBe('all')
    expect(strict.request.deputyAfter).toBe(strict.request.until)
  })

  /** Olga's card, and her answer to a request, as her own device makes it. */
  const olga = async () => ({ name: 'Olga', role: '', areas: ['pricing'], deputy: [], signKey: base64(ed25519.getPublicKey(other)), sealKey: await rawOf(await pair()) })
  const answered = (request: ApprovalRequest, verdict: ApprovalAnswer['verdict'], at: number) => {
    const content: ApprovalAnswer = {
      request: request.id, requestDigest: canonicalDigest(request), by: { name: 'Olga', role: '', signKey: base64(ed25519.getPublicKey(other)) }, verdict, areas: ['pricing'], digest: request.digest,
      rulesetDigest: request.rulesetDigest, policyDigest: request.policyDigest, reason: verdict === 'refused' ? 'too high' : '', edit: null, at,
    }
    return { content, signature: base64(ed25519.sign(bytesToSign('answer', content), other)) }
  }
  const rules = makeRulebook()
  /** A text of its own for each test: what was asked for a text stays with it. */
  const recordOf = (sign: string) => {
    const draft = { ...record.draft, subject: `Offer ${sign}` }
    return { ...record, session: sign, draft, digest: digestDraft(draft) }
  }

  it('asks anew after a refusal, and the new answer counts', async () => {
    await acceptCard(await olga(), false, 1_000)
    const mine = recordOf('1')
    const first = await askApproval(mine, ['pricing'], rules, 1_000)
    expect(await takeAnswer(answered(first.request, 'refused', 2_000), 2_000)).toMatchObject({ row: { id: first.id } })
    expect(await approvalsOf(mine.digest, rules, 2_500)).toMatchObject({ areas: [], refused: { name: 'Olga', reason: 'too high' }, code: null })
    const second = await askApproval(mine, ['pricing'], rules, 3_000)
    expect(second.id).not.toBe(first.id)
    expect(await approvalsOf(mine.digest, rules, 3_500)).toMatchObject({ areas: [], refused: null, waiting: ['Olga'], code: second.code })
    expect((await askApproval(mine, ['pricing'], rules, 3_600)).id).toBe(second.id)
    expect(await takeAnswer(answered(second.request, 'approved', 4_000), 4_000)).toMatchObject({ row: { id: second.id } })
    expect(await approvalsOf(mine.digest, rules, 4_500)).toMatchObject({ areas: ['pricing'], refused: null })
  })

  it('knows which answers the sender has not been shown yet', async () => {
    await acceptCard(await olga(), false, 1_000)
    await markTold()
    const { id, request } = await askApproval(recordOf('5'), ['pricing'], rules, 1_000)
    expect(await untoldRequests()).toEqual([])
    await takeAnswer(answered(request, 'approved', 2_000), 2_000)
    expect((await untoldRequests()).map((row) => row.id)).toEqual([id])
    await markTold()
    expect(await untoldRequests()).toEqual([])
  })

  it('is looked at without writing while nothing has run out: whoever signs waits for it', async () => {
    await acceptCard(await olga(), false, 1_000)
    const { digest } = recordOf('6')
    const { request } = await askApproval(recordOf('6'), ['pricing'], rules, 1_000)
    const readOnly = (now: number) => db.transaction('r', db.tables, () => Dexie.waitFor(approvalsOf(digest, rules, now)))
    expect(await readOnly(2_000)).toMatchObject({ waiting: ['Olga'] })
    await expect(readOnly(request.until)).rejects.toThrow(/read-?only/i)
  })

  it('stays expired once it was seen to be, also where the clock is set back', async () => {
    await acceptCard(await olga(), false, 1_000)
    const mine = recordOf('2')
    const first = await askApproval(mine, ['pricing'], rules, 1_000)
    expect((await approvalsOf(mine.digest, rules, first.request.until)).code).toBeNull()
    expect(await approvalsOf(mine.digest, rules, 2_000)).toMatchObject({ code: null, waiting: [] })
    expect(await takeAnswer(answered(first.request, 'approved', 2_000), 2_000)).toEqual({ refusal: 'expired' })
    expect((await askApproval(mine, ['pricing'], rules, 2_000)).id).not.toBe(first.id)

    const approved = await askApproval(recordOf('3'), ['pricing'], rules, 1_000)
    await takeAnswer(answered(approved.request, 'approved', 2_000), 2_000)
    expect((await approvalsOf(recordOf('3').digest, rules, 3_000)).areas).toEqual(['pricing'])
    expect((await approvalsOf(recordOf('3').digest, rules, approved.request.until)).areas).toEqual([])
    expect((await approvalsOf(recordOf('3').digest, rules, 3_000)).areas).toEqual([])
  })

  it('refuses a code from another team: a request sealed to others, an answer to a request that is not ours, an answer by somebody who is no contact', async () => {
    const strangers = toCode('request', new Uint8Array(await sealFor([await rawOf(await pair())], JSON.stringify({ content: {}, signature: 'x' }))))
    expect(await takeCode(strangers, 1_000)).toEqual({ kind: 'refused', refusal: 'not-for-us' })
    await acceptCard(await olga(), false, 1_000)
    const { request } = await askApproval(recordOf('4'), ['pricing'], rules, 1_000)
    expect(await takeAnswer(answered({ ...request, id: 'theirs' }, 'approved', 2_000), 2_000)).toEqual({ refusal: 'unknown-request' })
    expect(await takeAnswer(answered({ ...request, from: { ...request.from, name: 'Their rep' } }, 'approved', 2_000), 2_000)).toEqual({ refusal: 'other-text' })
    await removeContact(base64(ed25519.getPublicKey(other)))
    expect(await takeAnswer(answered(request, 'approved', 2_000), 2_000)).toEqual({ refusal: 'unknown-key' })
    expect(await approvalsOf(recordOf('4').digest, rules, 2_000)).toMatchObject({ areas: [], given: [] })
  })

  it('refuses the own card, a card that somebody changed, and what is no code', async () => {
    expect(await takeCode(await ownCardCode(), 1)).toEqual({ kind: 'refused', refusal: 'self' })
    const card = { name: 'Mallory', role: '', areas: ['pricing'], deputy: [], signKey: base64(ed25519.getPublicKey(other)), sealKey: await rawOf(await pair()) }
    const signature = base64(ed25519.sign(bytesToSign('card', { ...card, areas: [] }), other))
    expect(await takeCode(toCode('card', await fold(JSON.stringify({ content: card, signature }))), 1)).toEqual({ kind: 'refused', refusal: 'altered' })
    expect(await takeCode(toCode('card', await fold('{}')), 1)).toEqual({ kind: 'refused', refusal: 'altered' })
    expect(await takeCode('hello', 1)).toEqual({ kind: 'refused', refusal: 'not-a-code' })
  })
})
