import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import { fromBase64Url } from '../../review/approval/index.ts'
import { toBase64Url } from '../../store/index.ts'
import { CodeError, fold, unfold } from './code.ts'

/** For whom something is sealed: HPKE public key, P-256, 65 bytes, base64url. */
type SealKey = string

const suite = () => new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const info = utf8ToBytes('countersign envelope 1').slice()
const headSchema = z.strictObject({ keys: z.array(z.strictObject({ to: z.string().length(87), enc: z.string().length(87), box: z.string().max(200) })).min(1).max(200) })
const NONCE = 12

/**
 * Seals a text for some people: compressed, encrypted once under a fresh AES-256-GCM key, which is sealed to each of them by HPKE (RFC 9180, base mode,
 * P-256, HKDF-SHA256, AES-256-GCM). Gives head length (4 bytes), head, nonce, ciphertext; the head is bound to the ciphertext.
 */
export async function sealFor(keys: readonly SealKey[], text: string): Promise<Uint8Array> {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const boxes = await Promise.all(keys.map(async (to) => {
    const publicKey = await suite().kem.deserializePublicKey(fromBase64Url(to).buffer)
    const { ct, enc } = await suite().seal({ recipientPublicKey: publicKey, info: info.buffer }, secret.buffer)
    return { to, enc: toBase64Url(new Uint8Array(enc)), box: toBase64Url(new Uint8Array(ct)) }
  }))
  const head = utf8ToBytes(JSON.stringify({ keys: boxes })).slice()
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE))
  const key = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt'])
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: head }, key, await fold(text)))
  const out = new Uint8Array(4 + head.length + NONCE + sealed.length)
  new DataView(out.buffer).setUint32(0, head.length)
  out.set(head, 4)
  out.set(nonce, 4 + head.length)
  out.set(sealed, 4 + head.length + NONCE)
  return out
}

/**
 * Opens what was sealed for this key pair.
 * @throws {CodeError} `not-for-us` where it was sealed for others, `altered` where anything of it was changed
 */
export async function openSealed(bytes: Uint8Array<ArrayBuffer>, own: CryptoKeyPair): Promise<string> {
  const length = bytes.length >= 4 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) : Infinity
  if (bytes.length < 4 + length + NONCE) throw new CodeError('altered')
  const head = bytes.slice(4, 4 + length)
  const mine = toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey)))
  const box = readHead(head).find(({ to }) => to === mine)
  if (!box) throw new CodeError('not-for-us')
  try {
    const secret = await suite().open({ recipientKey: own, enc: fromBase64Url(box.enc).buffer, info: info.buffer }, fromBase64Url(box.box).buffer)
    const key = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['decrypt'])
    const nonce = bytes.slice(4 + length, 4 + length + NONCE)
    const folded = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: head }, key, bytes.slice(4 + length + NONCE))
    return await unfold(new Uint8Array(folded))
  } catch (error) {
    throw error instanceof CodeError ? error : new CodeError('altered')
  }
}

function readHead(head: Uint8Array): z.infer<typeof headSchema>['keys'] {
  try {
    return headSchema.parse(JSON.parse(new TextDecoder().decode(head))).keys
  } catch {
    throw new CodeError('altered') // Not JSON, or not a head: the checksum was made to fit by hand.
  }
}
