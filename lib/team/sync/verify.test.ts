import { ed25519 } from '@noble/curves/ed25519.js'
import { afterEach, expect, it, vi } from 'vitest'
import { bytesToSign, isSignedBy, type Signed } from '../../review/approval/index.ts'
import type { ReleaseStatement, TeamNote } from '../../review/team/index.ts'
import { isObjectSigned } from './verify.ts'

const base64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const secret = ed25519.utils.randomSecretKey()
const by = base64Url(ed25519.getPublicKey(secret))
const statement = (key = by): ReleaseStatement => ({ format: 1, team: 'verifytest000000', pack: 'sales', number: 1, action: 'release', version: '1.0.0', digest: 'a'.repeat(64), share: 100, text: '', at: 1, by: key })
const signed = <T>(kind: 'release' | 'note', content: T, key = secret): Signed<T> => ({ content, signature: base64Url(ed25519.sign(bytesToSign(kind, content), key)) })

afterEach(() => vi.restoreAllMocks())

it('takes what is signed, by the browser\'s own Ed25519, and nothing that was altered or signed by another', async () => {
  const verify = vi.spyOn(crypto.subtle, 'verify')
  const good = signed('release', statement())
  expect(await isObjectSigned('releases', good)).toBe(true)
  await expect(verify.mock.results[0]?.value).resolves.toBe(true)
  expect(await isObjectSigned('releases', { ...good, content: { ...good.content, share: 10 } })).toBe(false)
  expect(await isObjectSigned('releases', signed('release', statement(), ed25519.utils.randomSecretKey()))).toBe(false)
  for (const signature of ['', '!!', good.signature.slice(2), good.signature + 'AA']) expect(await isObjectSigned('releases', { ...good, signature })).toBe(false)
})

it('asks the library where the browser has no Ed25519', async () => {
  vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('none', 'NotSupportedError'))
  const other = ed25519.utils.randomSecretKey()
  const content = statement(base64Url(ed25519.getPublicKey(other)))
  expect(await isObjectSigned('releases', signed('release', content, other))).toBe(true)
  expect(await isObjectSigned('releases', { ...signed('release', content, other), content: { ...content, number: 2 } })).toBe(false)
})

it('says of a key of small order what the library says, whatever a browser makes of it', async () => {
  // The neutral element: with it R = identity and S = 0 fits every message for whoever does not look at the key.
  const key = base64Url(Uint8Array.of(1, ...new Uint8Array(31)))
  const forged = { content: statement(key), signature: base64Url(Uint8Array.of(1, ...new Uint8Array(63))) }
  expect(isSignedBy('release', forged, key)).toBe(false)
  expect(await isObjectSigned('releases', forged)).toBe(false)
})

it('wants the new key\'s own signature in a note that brings one', async () => {
  const fresh = ed25519.utils.randomSecretKey()
  const card = { name: 'Rhea', role: '', areas: [], deputy: [], signKey: base64Url(ed25519.getPublicKey(fresh)), sealKey: 'x'.repeat(87) }
  const bare = { format: 1, team: 'verifytest000000', kind: 'rotate', signKey: by, card, proof: '', at: 1 } as unknown as Extract<TeamNote, { kind: 'rotate' }>
  const proofBy = (key: Uint8Array): TeamNote => ({ ...bare, proof: base64Url(ed25519.sign(bytesToSign('rotation', bare), key)) })
  expect(await isObjectSigned('notes', signed('note', proofBy(fresh)))).toBe(true)
  expect(await isObjectSigned('notes', signed('note', proofBy(secret)))).toBe(false)
})
