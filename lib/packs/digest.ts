import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import type { RulePack } from '../engine/index.ts'

/** Canonical JSON (RFC 8785): the same value always gives the same text. `undefined` fields are left out. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('Only values that JSON can hold have a canonical form')
  return text
}

/** SHA-256 of the canonical JSON of `value`, in hex. */
export function digestOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))))
}

/** What a sign-off names as the rules it was checked by. The order of the packs does not matter. */
export function rulesetDigest(packs: readonly RulePack[]): string {
  return digestOf(packs.map((pack) => ({ id: pack.id, version: pack.version, digest: digestOf(pack) })).sort((a, b) => (a.id < b.id ? -1 : 1)))
}
