import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalDigest } from '../../policy/index.ts'
import type { Signed } from './types.ts'

/** What a signature is for: one made for a card is worth nothing on an answer. */
export type SignedKind = 'card' | 'request' | 'answer' | 'manifest' | 'release' | 'note' | 'rotation' | 'corrections'

/** The bytes that are signed: a line that names the kind, then the digest of the content's canonical JSON. Throws where JSON cannot hold it. */
export function bytesToSign(kind: SignedKind, content: unknown): Uint8Array {
  return utf8ToBytes(`countersign ${kind} 1\n${canonicalDigest(content)}`)
}

/** True when the signature is `publicKey`'s over exactly this content. Keys and signatures of any shape are answered with false, never thrown at. */
export function isSignedBy(kind: SignedKind, { content, signature }: Signed<unknown>, publicKey: string): boolean {
  try {
    return ed25519.verify(fromBase64Url(signature), bytesToSign(kind, content), fromBase64Url(publicKey), { zip215: false })
  } catch {
    return false // Not 32 or 64 bytes, not base64url, or no canonical form: in every case not a signature.
  }
}

/** Bytes of unpadded base64url. @throws {RangeError} for other text */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const values = Array.from(text, (sign) => ALPHABET.indexOf(sign))
  if (values.includes(-1) || text.length % 4 === 1) throw new RangeError('not base64url')
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let [held, bits, at] = [0, 0, 0]
  for (const value of values) {
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (held >> bits) & 0xff
  }
  return bytes
}
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * A key as five words that two people can compare aloud, such as `lusab-babad-gutih-tugad-mikin`: 80 bits of the key's SHA-256, 16 a word, as proquints
 * (consonant, vowel, consonant, vowel, consonant).
 */
export function keyPhrase(publicKey: string): string {
  return phraseOf(sha256(fromBase64Url(publicKey)))
}

/**
 * Two keys of one team as five such words: both people see the same ones only where each has the other's true key. The order counts, lead first.
 * @param team the team's id, so that words from elsewhere do not fit
 */
export function pairPhrase(team: string, leadKey: string, memberKey: string): string {
  return phraseOf(sha256(utf8ToBytes(`countersign pair 1\n${team}\n${leadKey}\n${memberKey}`)))
}

function phraseOf(hash: Uint8Array): string {
  const words: string[] = []
  for (let at = 0; at < 10; at += 2) {
    const value = ((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)
    words.push(CONSONANTS.charAt(value >> 12) + VOWELS.charAt((value >> 10) & 3) + CONSONANTS.charAt((value >> 6) & 15) + VOWELS.charAt((value >> 4) & 3) + CONSONANTS.charAt(value & 15))
  }
  return words.join('-')
}
const CONSONANTS = 'bdfghjklmnprstvz'
const VOWELS = 'aiou'
