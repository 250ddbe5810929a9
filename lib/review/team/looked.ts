import { isSignedBy, type SignedKind } from '../approval/seal.ts'
import type { Signed } from '../approval/types.ts'

/** Signed things whose signature was looked at: each is looked at once, because signatures are dear. */
const looked = new WeakMap<Signed<unknown>, boolean>()

/** Whether this very object is signed by this key; the key is the one that the object itself names. */
export function isSignedOnce(kind: SignedKind, signed: Signed<unknown>, publicKey: string): boolean {
  const good = looked.get(signed) ?? isSignedBy(kind, signed, publicKey)
  looked.set(signed, good)
  return good
}

/** Says that the signature of this very object was found good elsewhere. */
export function signatureKnown(signed: Signed<unknown>): void {
  looked.set(signed, true)
}
