import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import type { RulePack } from '../engine/index.ts'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { canonicalJson, digestOf } from './digest.ts'
import { fileProblem, type PackProblem } from './problem.ts'
import { checkPackValue } from './read.ts'

/** A pack with the signature of whoever published it. Everything but the signature itself is signed. */
export interface SignedPack {
  readonly pack: RulePack
  /** SHA-256 of the pack's canonical JSON, hex. */
  readonly digest: string
  /** Ed25519 public key, 32 bytes, base64url. */
  readonly publicKey: string
  /** Ed25519 signature, 64 bytes, base64url. */
  readonly signature: string
  /** ISO 8601, UTC. */
  readonly signedAt: string
  /** Name of the person or team, as they gave it. */
  readonly signedBy: string
}

/** Signs bytes with a key this room never sees, such as a non-extractable WebCrypto key. Gives the 64 bytes of an Ed25519 signature. */
export type Sign = (bytes: Uint8Array) => Promise<Uint8Array>

export type VerifiedPack =
  | { readonly ok: true; readonly pack: RulePack; readonly digest: string; readonly publicKey: string; readonly signedAt: string; readonly signedBy: string }
  | { readonly ok: false; readonly problems: readonly PackProblem[] }

const signedPackSchema = z.strictObject({
  pack: z.unknown(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  publicKey: z.string().length(43),
  signature: z.string().length(86),
  signedAt: z.iso.datetime(),
  signedBy: z.string().trim().min(1).max(200),
})

/** The bytes that are signed. The leading words keep a signature made for a pack from being valid for anything else. */
function signedBytes(fields: { digest: string; publicKey: string; signedAt: string; signedBy: string }): Uint8Array {
  const { digest, publicKey, signedAt, signedBy } = fields
  return utf8ToBytes(`countersign rule pack 1\n${canonicalJson({ digest, publicKey, signedAt, signedBy })}`)
}

/**
 * Signs a pack. Rejects where `sign` does, or where it gave no signature that fits `publicKey`.
 * @param by.publicKey 32 raw bytes
 * @param by.at milliseconds since the epoch
 */
export async function signPack(pack: RulePack, by: { name: string; publicKey: Uint8Array; at: number }, sign: Sign): Promise<SignedPack> {
  const fields = { digest: digestOf(pack), publicKey: toBase64Url(by.publicKey), signedAt: new Date(by.at).toISOString(), signedBy: by.name }
  const bytes = signedBytes(fields)
  const signature = await sign(bytes)
  if (!isValid(signature, bytes, by.publicKey)) throw new Error('The signature does not fit the public key')
  return { pack, ...fields, signature: toBase64Url(signature) }
}

/** Strict verification: signatures and keys that only some libraries accept count as wrong. */
function isValid(signature: Uint8Array, bytes: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false
  return ed25519.verify(signature, bytes, publicKey, { zip215: false })
}

/** True where the value has the outline of a signed pack, valid or not. */
export function looksSigned(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'signature' in json && 'pack' in json
}

/** Checks shape, digest and signature. It does not say whether the key is one to trust: see `installPack`. Never throws. */
export function verifySignedPack(json: unknown, file = 'pack.json'): VerifiedPack {
  const bad = (reason: string, fix: string): VerifiedPack => ({ ok: false, problems: [fileProblem(file, reason, fix)] })
  const shape = signedPackSchema.safeParse(json)
  if (!shape.success) {
    const fields = [...new Set(shape.error.issues.flatMap((i) => (i.code === 'unrecognized_keys' ? i.keys : [i.path.join('.')])))].filter((f) => f !== '')
    return bad(fields.length > 0 ? `The signed pack is not complete: see ${fields.join(', ')}.` : 'This is not a signed pack.', 'Build and sign the pack again.')
  }
  const signed = shape.data
  const pack = checkPackValue(signed.pack, file)
  if (!pack.ok) return { ok: false, problems: pack.problems }
  // Digest of the pack as it will be used, not as it came: nothing is accepted that the signer did not see.
  if (digestOf(pack.value) !== signed.digest) return bad('The pack was changed after it was signed.', 'Get it again from where it was published.')
  const publicKey = fromBase64Url(signed.publicKey)
  const signature = fromBase64Url(signed.signature)
  if (!publicKey || !signature || !isValid(signature, signedBytes(signed), publicKey)) {
    return bad('The signature does not fit the pack.', 'Get it again from where it was published.')
  }
  const { digest, signedAt, signedBy } = signed
  return { ok: true, pack: pack.value, digest, publicKey: signed.publicKey, signedAt, signedBy }
}

/** A key in a form that two people can compare aloud: five groups of four, such as `3f0a 91c2 7b44 e81d 0c5e`. */
export function fingerprintOf(publicKey: string): string {
  const bytes = fromBase64Url(publicKey)
  if (bytes?.length !== 32) throw new RangeError('A public key is 32 bytes in base64url')
  return bytesToHex(sha256(bytes)).slice(0, 20).replace(/(.{4})(?=.)/g, '$1 ')
}
