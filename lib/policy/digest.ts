import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import type { Policy } from './types.ts'

/** SHA-256 (hex) of the canonical JSON (RFC 8785) of `value`: the order of fields does not matter, `undefined` fields are left out. Throws where JSON cannot hold the value. */
export function canonicalDigest(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('Only values that JSON can hold have a digest')
  return textDigest(text)
}

/** What a sign-off names as the policy it was given under. */
export function policyDigest(policy: Policy): string {
  return canonicalDigest(policy)
}

/**
 * The canonical JSON (RFC 8785) of a value, null where JSON cannot hold it. Fast for a value whose objects have their fields in canonical order already: there
 * `JSON.stringify` gives the very same text. Any other value takes the long way, so the result is the same for every value.
 */
export function canonicalText(value: unknown): string | null {
  return isInOrder(value) ? JSON.stringify(value) : (canonicalize(value) ?? null)
}

/** SHA-256 of a text's UTF-8, hex. */
export function textDigest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** True for plain JSON data with the fields of every object in the order of RFC 8785 (UTF-16 code units). */
function isInOrder(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean': return true
    case 'number': return Number.isFinite(value)
    case 'object': break
    default: return false
  }
  if (value === null) return true
  if (Array.isArray(value)) return Object.getPrototypeOf(value) === Array.prototype && value.every(isInOrder)
  if (Object.getPrototypeOf(value) !== Object.prototype) return false
  let last: string | null = null
  for (const name in value) {
    if ((last !== null && name <= last) || name === 'toJSON' || !isInOrder((value as Record<string, unknown>)[name])) return false
    last = name
  }
  return true
}
