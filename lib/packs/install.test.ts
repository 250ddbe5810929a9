import { ed25519 } from '@noble/curves/ed25519.js'
import { describe, expect, test } from 'vitest'
import type { RulePack } from '../engine/index.ts'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { canonicalJson, digestOf, rulesetDigest } from './digest.ts'
import { installPack, type ActivePack, type InstallRequest } from './install.ts'
import { selfTest } from './self-test.ts'
import { fingerprintOf, signPack, verifySignedPack, type SignedPack } from './signature.ts'
import { compareVersions } from './version.ts'

const rule: RulePack['rules'][number] = {
  id: 'acme/off', title: 'Off', category: 'pricing', tier: 'review', owner: 'pricing', languages: ['en'], message: 'Check it.', sources: [{ title: 'House rule' }],
  match: ['{percent} off'], unless: [], near: [], negation: 'clears', hedge: 'lowers', question: 'lowers', quoted: 'lowers', where: ['subject', 'text'], once: false,
  reasons: [], examples: { flagged: ['Get 20% off.'], clean: ['The battery is at 20%.'] },
}
const pack = (change: Partial<RulePack> = {}): RulePack =>
  ({ format: 1, id: 'acme', version: '1.2.0', title: 'Acme', description: 'Our rules.', owner: 'acme', lists: {}, rules: [rule], ...change })
const place = () => ({ file: 'f.json', line: 1, column: 1 })

// Fixed keys, so that a failing test can be run again.
const keyOf = (n: number) => {
  const secret = new Uint8Array(32).fill(n)
  return { secret, publicKey: ed25519.getPublicKey(secret), name: toBase64Url(ed25519.getPublicKey(secret)) }
}
const team = keyOf(1)
const other = keyOf(2)
const signed = (p: RulePack, key = team): Promise<SignedPack> =>
  signPack(p, { name: 'Acme team', publicKey: key.publicKey, at: Date.UTC(2026, 10, 24) }, async (bytes) => ed25519.sign(bytes, key.secret))

describe('a signature', () => {
  test('holds for the pack, and the pack comes back as it was', async () => {
    const verified = verifySignedPack(JSON.parse(canonicalJson(await signed(pack()))))
    expect(verified).toMatchObject({ ok: true, pack: pack(), publicKey: team.name, signedBy: 'Acme team', signedAt: '2026-11-24T00:00:00.000Z' })
  })

  test.each<[string, (s: SignedPack) => unknown, string]>([
    ['another tier', (s) => ({ ...s, pack: pack({ rules: [{ ...rule, tier: 'note' }] }) }), 'changed after it was signed'],
    ['another tier with its own digest', (s) => ({ ...s, pack: pack({ version: '9.0.0' }), digest: digestOf(pack({ version: '9.0.0' })) }), 'does not fit'],
    ['another name of the signer', (s) => ({ ...s, signedBy: 'Somebody' }), 'does not fit'],
    ['another day', (s) => ({ ...s, signedAt: '2027-01-01T00:00:00.000Z' }), 'does not fit'],
    ['another key', (s) => ({ ...s, publicKey: other.name }), 'does not fit'],
    ['the key that signs everything', (s) => ({ ...s, publicKey: toBase64Url(new Uint8Array(32)), signature: toBase64Url(new Uint8Array(64)) }), 'does not fit'],
    ['spaces that the reader would trim', (s) => ({ ...s, pack: { ...s.pack, title: ' Acme' } }), ''],
    ['a field more', (s) => ({ ...s, note: 'x' }), 'not complete: see note'],
    ['no signature', (s) => ({ pack: s.pack }), 'not complete'],
    ['null', () => null, 'not a signed pack'],
    ['a list', () => [1], 'not a signed pack'],
  ])('does not hold for %s', async (_name, change, expected) => {
    const verified = verifySignedPack(change(await signed(pack())))
    if (expected === '') expect(verified.ok && verified.pack.title).toBe('Acme')
    else expect(verified.ok ? '' : verified.problems[0]?.reason).toContain(expected)
  })

  test('is refused at once where the signer used another key', async () => {
    await expect(signPack(pack(), { name: 'x', publicKey: other.publicKey, at: 0 }, async (bytes) => ed25519.sign(bytes, team.secret))).rejects.toThrow('does not fit')
  })

  test('a fingerprint is five groups of four and differs by key', () => {
    expect(fingerprintOf(team.name)).toMatch(/^([0-9a-f]{4} ){4}[0-9a-f]{4}$/)
    expect(fingerprintOf(team.name)).not.toBe(fingerprintOf(other.name))
    expect(() => fingerprintOf('abc')).toThrow(RangeError)
  })
})

describe('base64url', () => {
  test('is what others write, in both directions', () => {
    for (let n = 0; n < 70; n++) {
      const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 37 + n) & 255)
      expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes)
    }
  })
  test.each(['a', 'ab=', 'a+b/', 'AB\n', 'AB'.replace('B', 'R')])('refuses %j', (text) => {
    expect(fromBase64Url(text)).toBeNull()
  })
})

describe('installing', () => {
  const request = (json: unknown, change: Partial<InstallRequest> = {}): InstallRequest =>
    ({ json: JSON.stringify(json), file: 'new.json', active: null, trust: { kind: 'first-use' }, ...change })
  const active = (change: Partial<RulePack> = {}, key: string | null = team.name): ActivePack => ({ pack: pack(change), publicKey: key })
  const reasonOf = (r: InstallRequest) => {
    const decision = installPack(r)
    return decision.kind === 'keep' ? decision.problems[0]?.reason : decision.kind
  }

  test('activates a signed pack on first use and tells by whom', async () => {
    expect(installPack(request(await signed(pack())))).toMatchObject({ kind: 'activate', digest: digestOf(pack()), publicKey: team.name, signedBy: 'Acme team' })
  })

  test('activates a higher version by the same key, and says unchanged for the same', async () => {
    expect(reasonOf(request(await signed(pack({ version: '1.10.0' })), { active: active() }))).toBe('activate')
    expect(reasonOf(request(await signed(pack()), { active: active() }))).toBe('unchanged')
  })

  test('keeps the last good pack with every refusal', async () => {
    const last = active()
    const decision = installPack(request(await signed(pack({ version: '1.1.9' })), { active: last }))
    expect(decision).toMatchObject({ kind: 'keep', pack: last.pack })
  })

  test('never goes back by itself, but on purpose', async () => {
    const older = await signed(pack({ version: '1.1.9' }))
    expect(reasonOf(request(older, { active: active() }))).toBe('Version 1.1.9 is older than 1.2.0, which is in use.')
    expect(reasonOf(request(older, { active: active(), allowOlder: true }))).toBe('activate')
  })

  test('refuses other content under the same version', async () => {
    expect(reasonOf(request(await signed(pack({ title: 'New' })), { active: active() }))).toBe('Version 1.2.0 is in use with other content.')
  })

  test('refuses a change of key, a missing signature, and a stranger where a key is pinned', async () => {
    const next = pack({ version: '2.0.0' })
    expect(reasonOf(request(await signed(next, other), { active: active() }))).toContain(`was signed with the key ${fingerprintOf(team.name)}`)
    expect(reasonOf(request(next, { active: active() }))).toBe('The pack is not signed.')
    expect(reasonOf(request(next, { active: active(), trust: { kind: 'local' } }))).toContain('is not signed')
    expect(reasonOf(request(await signed(next, other), { trust: { kind: 'pinned', publicKey: team.name } }))).toContain('not with the team\'s')
    expect(reasonOf(request(await signed(next), { active: active({}, other.name), trust: { kind: 'pinned', publicKey: team.name } }))).toBe('activate')
  })

  test('a pack that nobody signed is replaced only by a pinned key or by the person', async () => {
    const next = await signed(pack({ version: '2.0.0' }))
    const mine = active({}, null)
    expect(reasonOf(request(next, { active: mine }))).toContain('no key to compare with')
    expect(reasonOf(request(next, { active: mine, trust: { kind: 'pinned', publicKey: team.name } }))).toBe('activate')
    expect(reasonOf(request(pack({ version: '2.0.0' }), { active: mine, trust: { kind: 'local' } }))).toBe('activate')
  })

  test('fills in what a person left out of a pack written by hand, and what the team publishes must be whole', async () => {
    const { unless: _u, near: _n, negation: _ne, hedge: _h, question: _q, quoted: _qu, where: _w, once: _o, reasons: _r, owner: _ow, ...short } = rule
    const { lists: _l, owner: _po, ...file } = pack()
    const byHand = { ...file, rules: [short] }
    const decision = installPack(request(byHand, { trust: { kind: 'local' } }))
    expect(decision).toMatchObject({ kind: 'activate', pack: { owner: 'acme', lists: {}, rules: [{ owner: 'pricing', negation: 'lowers', hedge: 'lowers', where: ['subject', 'text', 'heading', 'list'], once: false }] } })
    expect(reasonOf(request({ ...byHand, rules: [{ ...short, colour: 'red' }] }, { trust: { kind: 'local' } }))).toContain('colour')
    expect(reasonOf(request(await signed(byHand as unknown as RulePack)))).toContain('missing')
  })

  test('refuses another pack\'s id', async () => {
    const stranger = pack({ id: 'other', rules: [{ ...rule, id: 'other/off' }] })
    expect(reasonOf(request(await signed(stranger), { active: active() }))).toBe('This is the pack "other", not "acme".')
  })

  test('refuses a pack whose examples fail or whose pattern is broken, however well it is signed', async () => {
    const failing = pack({ rules: [{ ...rule, examples: { flagged: ['Nothing here.'], clean: ['We take 5% off.'] } }] })
    const decision = installPack(request(await signed(failing)))
    expect(decision.kind === 'keep' && decision.problems.map((p) => p.reason)).toEqual([
      'acme/off does not find its own example "Nothing here.".', 'acme/off finds "5% off" in the clean example "We take 5% off.".',
    ])
    expect(reasonOf(request(await signed(pack({ rules: [{ ...rule, match: ['(a|b'] }] }))))).toContain('acme/off')
  })

  test.each(['', '{', 'null', '[]', '"x"', '{"pack":1,"signature":2}', '{"format":1}'])('never throws on %j', (json) => {
    expect(installPack({ json, file: 'new.json', active: null, trust: { kind: 'local' } }).kind).toBe('keep')
  })
})

describe('the self-test', () => {
  test('tells every rule whose pattern is broken, not only the first', () => {
    const broken = pack({ rules: [{ ...rule, match: ['(a|b'] }, rule, { ...rule, id: 'acme/x', unless: ['{nothing}'] }].map((r, i) => ({ ...r, id: `acme/r${i}` })) })
    expect(selfTest(broken, place).map((p) => p.reason.split(':')[0])).toEqual(['acme/r0', 'acme/r2'])
  })

  test('runs a rule of the subject in the subject, and examples of several lines by line', () => {
    expect(selfTest(pack({ rules: [{ ...rule, where: ['subject'] }] }), place)).toEqual([])
    expect(selfTest(pack({ rules: [{ ...rule, where: ['list'], examples: { flagged: ['One\nGet 20% off.'], clean: ['We give 20%\noff the record.'] } }] }), place)).toEqual([])
  })
})

describe('versions and digests', () => {
  test('versions are ordered by number, not by letter', () => {
    expect(compareVersions('1.10.0', '1.9.9')).toBeGreaterThan(0)
    expect(compareVersions('0.9.0', '1.0.0')).toBeLessThan(0)
    expect(compareVersions('1.2.3', '1.2.3')).toBe(0)
  })

  test('the ruleset digest ignores the order of packs and sees every change', () => {
    const b = pack({ id: 'b' })
    expect(rulesetDigest([pack(), b])).toBe(rulesetDigest([b, pack()]))
    expect(rulesetDigest([pack(), b])).not.toBe(rulesetDigest([pack({ version: '1.2.1' }), b]))
    expect(rulesetDigest([pack()])).not.toBe(rulesetDigest([pack({ rules: [{ ...rule, tier: 'note' }] })]))
  })
})
