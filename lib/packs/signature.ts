import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { z } from 'zod'
import type { RulePack } from '../engine/index.ts'
import { fromBase64Url, toBase64Url } from './base64url.ts'
import { canonicalJson, digestOf } from './digest.ts'
import { fileProblem, type PackProblem } from './problem.ts'
import { checkPackValue } from './read.ts'

/** Who published something, and the proof. Everything but the signature itself is signed. */
export interface Signature {
  /** SHA-256 of the canonical JSON of what is signed, hex. */
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

/** A pack with the signature of whoever published it. */
export interface SignedPack extends Signature { readonly pack: RulePack }

/** What can be signed. The words are part of what is signed, so that a signature made for one is not valid for another. */
export type SignedKind = 'rule pack' | 'site update'

/** Signs bytes with a key this room never sees, such as a non-extractable WebCrypto key. Gives the 64 bytes of an Ed25519 signature. */
export type Sign = (bytes: Uint8Array) => Promise<Uint8Array>

export type VerifiedPack =
  | { readonly ok: true; readonly pack: RulePack; readonly digest: string; readonly publicKey: string; readonly signedAt: string; readonly signedBy: string }
  | { readonly ok: false; readonly problems: readonly PackProblem[] }

/** The outline of a signature's fields, to be spread beside what is signed. */
export const signatureFields = {
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  publicKey: z.string().length(43),
  signature: z.string().length(86),
  signedAt: z.iso.datetime(),
  signedBy: z.string().trim().min(1).max(200),
}

const signedPackSchema = z.strictObject({ pack: z.unknown(), ...signatureFields })

/** The bytes that are signed. */
function signedBytes(kind: SignedKind, fields: Omit<Signature, 'signature'>): Uint8Array {
  const { digest, publicKey, signedAt, signedBy } = fields
  return utf8ToBytes(`countersign ${kind} 1\n${canonicalJson({ digest, publicKey, signedAt, signedBy })}`)
}

export interface Signer { readonly name: string; /** 32 raw bytes. */ readonly publicKey: Uint8Array; /** Milliseconds since the epoch. */ readonly at: number }

/** Signs a value. Rejects where `sign` does, or where it gave no signature that fits `publicKey`. */
export async function signValue(kind: SignedKind, value: unknown, by: Signer, sign: Sign): Promise<Signature> {
  const fields = { digest: digestOf(value), publicKey: toBase64Url(by.publicKey), signedAt: new Date(by.at).toISOString(), signedBy: by.name }
  const bytes = signedBytes(kind, fields)
  const signature = await sign(bytes)
  if (!isValid(signature, bytes, by.publicKey)) throw new Error('The signature does not fit the public key')
  return { ...fields, signature: toBase64Url(signature) }
}

/** Signs a pack; see `signValue`. */
export async function signPack(pack: RulePack, by: Signer, sign: Sign): Promise<SignedPack> {
  return { pack, ...(await signValue('rule pack', pack, by, sign)) }
}

/** What is wrong with the signature of a value: it was `changed` after it was signed, or the signature does not fit; null where all is well. Never throws. */
export function signatureFault(kind: SignedKind, value: unknown, signed: Signature): 'changed' | 'unfit' | null {
  if (digestOf(value) !== signed.digest) return 'changed'
  const publicKey = fromBase64Url(signed.publicKey)
  const signature = fromBase64Url(signed.signature)
  return publicKey && signature && isValid(signature, signedBytes(kind, signed), publicKey) ? null : 'unfit'
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
  const fault = signatureFault('rule pack', pack.value, signed)
  if (fault) return bad(fault === 'changed' ? 'The pack was changed after it was signed.' : 'The signature does not fit the pack.', 'Get it again from where it was published.')
  const { digest, signedAt, signedBy } = signed
  return { ok: true, pack: pack.value, digest, publicKey: signed.publicKey, signedAt, signedBy }
}

/** A key in a form that two people can compare aloud: five groups of four, such as `3f0a 91c2 7b44 e81d 0c5e`. */
export function fingerprintOf(publicKey: string): string {
  const bytes = fromBase64Url(publicKey)
  if (bytes?.length !== 32) throw new RangeError('A public key is 32 bytes in base64url')
  return bytesToHex(sha256(bytes)).slice(0, 20).replace(/(.{4})(?=.)/g, '$1 ')
}
