import { ed25519 } from '@noble/curves/ed25519.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { fromBase64Url } from './approval/seal.ts'
import { canonicalDigest } from '../policy/index.ts'

// Apart from `index.ts`: the page scripts check no signatures, and this brings a library for them.

/** Tells whether a ledger's digest was signed by this Ed25519 key (32 bytes, base64url). For a key of another shape nothing is signed. */
export function signedBy(publicKey: string): (digest: string, signature: string) => boolean {
  return (digest, signature) => {
    try {
      return ed25519.verify(fromBase64Url(signature), utf8ToBytes(digest), fromBase64Url(publicKey), { zip215: false })
    } catch {
      return false // Not 32 or 64 bytes, or not base64url.
    }
  }
}

/** First line of an exported ledger: whose it is. `key` is the device's key at the end; `first` the one that signed the first entry, missing where it is the same. */
export interface LedgerHeader { readonly countersign: 'ledger'; readonly version: 2; readonly key: string; readonly first?: string | undefined }
/** Last line: how many entries there are, so that none can be cut off. `signature` is over `trailerDigest`. */
export interface LedgerTrailer { readonly countersign: 'ledger-end'; readonly count: number; readonly head: string; readonly at: number; readonly signature: string }

/** What a trailer's signature signs. */
export function trailerDigest({ count, head, at }: Pick<LedgerTrailer, 'count' | 'head' | 'at'>): string {
  return canonicalDigest({ countersign: 'ledger-end', count, head, at })
}

/** The header that a line is, or null. */
export function asHeader(value: unknown): LedgerHeader | null {
  const found = value as Partial<LedgerHeader> | null
  return typeof found === 'object' && found !== null && found.countersign === 'ledger' && found.version === 2 && typeof found.key === 'string' && (found.first === undefined || typeof found.first === 'string') ? (found as LedgerHeader) : null
}

/** The trailer that a line is, or null. */
export function asTrailer(value: unknown): LedgerTrailer | null {
  const found = value as Partial<LedgerTrailer> | null
  const whole = typeof found === 'object' && found !== null && found.countersign === 'ledger-end' && typeof found.count === 'number' && typeof found.head === 'string' && typeof found.at === 'number' && typeof found.signature === 'string'
  return whole ? (found as LedgerTrailer) : null
}
