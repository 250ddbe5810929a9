import { canonicalDigest } from '../policy/index.ts'
import { signedBy } from './ledger-signature.ts'
import type { HandOver, LedgerSigning } from './ledger.ts'
import type { LedgerEntry } from './types.ts'

// Apart from `index.ts`: the page scripts check no signatures.

/**
 * Body of the entry with which a device's ledger goes from one key to the next. The entry is signed by the old key like every one before it, `proof` is the new key's signature of
 * `handOverDigest`: so each vouches for the other, and for all that stands before. What comes after it is signed by the new key alone.
 */
export interface KeyHandOver { readonly what: 'new'; readonly from: string; readonly to: string; readonly proof: string }

/** What the new key signs: both keys and the place in the chain. @param prev how the entry names the one before it (`linkTo`) */
export function handOverDigest({ from, to, seq, prev }: Pick<KeyHandOver, 'from' | 'to'> & { readonly seq: number; readonly prev: string }): string {
  return canonicalDigest({ countersign: 'ledger-key', from, to, seq, prev })
}

/** The hand-over that an entry is by its form; null for any other entry. */
export function asHandOver({ kind, body }: Pick<LedgerEntry, 'kind' | 'body'>): KeyHandOver | null {
  const { what, from, to, proof } = body
  return kind === 'key' && what === 'new' && typeof from === 'string' && typeof to === 'string' && typeof proof === 'string' ? { what, from, to, proof } : null
}

/** The keys of one device's ledger, as the chain itself hands over from one to the next. */
export interface KeyChain extends LedgerSigning {
  /** Every key that signed so far, the first one first: at least one. */
  readonly keys: readonly string[]
}

/** For a verifier: signatures by `first` (Ed25519, base64url) and, after each good hand-over, by the key that it names. A key that was given up does not come back. */
export function keyChain(first: string): KeyChain {
  const keys = [first]
  let signed = signedBy(first)
  return {
    keys,
    isSigned: (digest, signature) => signed(digest, signature),
    handOver: (entry): HandOver => {
      const said = asHandOver(entry)
      if (!said) return entry.kind === 'key' && entry.body['what'] === 'new' ? 'bad' : 'none'
      const { from, to, proof } = said
      const next = signedBy(to)
      if (from !== keys.at(-1) || keys.includes(to) || !next(handOverDigest({ from, to, seq: entry.seq, prev: entry.prev }), proof)) return 'bad'
      keys.push(to)
      signed = next
      return 'good'
    },
  }
}
