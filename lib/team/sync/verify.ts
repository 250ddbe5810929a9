import { ed25519 } from '@noble/curves/ed25519.js'
import type { ReleaseStatement, TeamNote, ManifestStep } from '../../review/team/index.ts'
import { bytesToSign, fromBase64Url, isSignedBy, type Signed, type SignedKind } from '../../review/approval/index.ts'

type Content = ManifestStep | ReleaseStatement | TeamNote

/** Keys as the browser takes them, by their text; null for one that only the library may judge. Members sign again and again. */
const keys = new Map<string, Promise<CryptoKey | null>>()
const MOST_KEYS = 20_000

/**
 * Whether an object is signed by whoever it says, by the browser's own Ed25519 where it has one: it is twenty times as fast as the library, and a lead who comes into a team of
 * a thousand looks at thousands of signatures. Says true only where the library would: keys that the two judge differently, and every "no", are left to the library.
 */
export async function isObjectSigned(kind: 'manifest' | 'releases' | 'notes', { content, signature }: Signed<Content>): Promise<boolean> {
  if (kind === 'manifest' || kind === 'releases') return isSigned(kind === 'manifest' ? 'manifest' : 'release', { content, signature }, (content as ManifestStep | ReleaseStatement).by)
  const note = content as TeamNote
  if (!(await isSigned('note', { content, signature }, note.kind === 'join' ? note.card.signKey : note.signKey))) return false
  // A new key proves itself by a signature of its own.
  return note.kind !== 'rotate' || isSigned('rotation', { content: { ...note, proof: '' }, signature: note.proof }, note.card.signKey)
}

async function isSigned(kind: SignedKind, signed: Signed<unknown>, publicKey: string): Promise<boolean> {
  try {
    const key = await keyOf(publicKey)
    if (key && (await crypto.subtle.verify('Ed25519', key, fromBase64Url(signed.signature), Uint8Array.from(bytesToSign(kind, signed.content))))) return true
  } catch {
    // No signature of that shape, or none of the browser's: the library says.
  }
  return isSignedBy(kind, signed, publicKey)
}

function keyOf(publicKey: string): Promise<CryptoKey | null> {
  const known = keys.get(publicKey)
  if (known) return known
  if (keys.size >= MOST_KEYS) keys.clear()
  const made = importKey(publicKey).catch(() => null)
  keys.set(publicKey, made)
  return made
}

async function importKey(publicKey: string): Promise<CryptoKey | null> {
  const bytes = fromBase64Url(publicKey)
  // The library refuses keys of small order and ones written in more than one way; browsers may take them.
  return ed25519.Point.fromBytes(bytes, false).isSmallOrder() ? null : crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify'])
}
