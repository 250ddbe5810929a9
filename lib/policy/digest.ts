import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import type { Policy } from './types.ts'

/** SHA-256 (hex) of the canonical JSON (RFC 8785) of `value`: the order of fields does not matter, `undefined` fields are left out. Throws where JSON cannot hold the value. */
export function canonicalDigest(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('Only values that JSON can hold have a digest')
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** What a sign-off names as the policy it was given under. */
export function policyDigest(policy: Policy): string {
  return canonicalDigest(policy)
}
