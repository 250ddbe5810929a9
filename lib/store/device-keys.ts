import { handOverDigest } from '../review/ledger-keys.ts'
import { db } from './db.ts'
import { deviceKey, isKeptKey, makeKey, replaceKey, signing, toBase64Url, type DeviceKey, type KeptKey } from './device.ts'
import { guarded, StoreError } from './errors.ts'
import { makeSealPair, rawSealKey, replaceSealKey } from './identity.ts'
import { appendWith } from './ledger.ts'

/** Keys that wait to become this device's, and public keys that were before. */
const NEXT = 'device-key-next'
const BEFORE = 'device-keys-before'

/** Key pairs that were made and are not in use yet. */
interface Kept { readonly sign: KeptKey; readonly seal: CryptoKeyPair; readonly signKey: string; readonly at: number }

/** A key of this device that waits to be its own. */
export interface NextKey extends DeviceKey { readonly signKey: string; readonly sealKey: string; /** When it was made, milliseconds since the epoch. */ readonly at: number }

/** Makes the keys that are to follow this device's own; those that wait already, where there are some. */
export async function prepareKey(at: number): Promise<NextKey> {
  const [sign, seal] = await Promise.all([guarded(makeKey), makeSealPair()])
  const signKey = toBase64Url((await signing(sign)).publicKey)
  await guarded(() => db.transaction('rw', db.meta, async () => {
    if (!keptOf((await db.meta.get(NEXT))?.value)) await db.meta.put({ key: NEXT, value: { sign, seal, signKey, at } satisfies Kept })
  }))
  const next = await preparedKey()
  if (!next) throw new StoreError('storage-failed', 'the new keys were not kept')
  return next
}

/** The keys that wait, or null. */
export function preparedKey(): Promise<NextKey | null> {
  return guarded(async () => {
    const kept = keptOf((await db.meta.get(NEXT))?.value)
    if (!kept) return null
    const key = await signing(kept.sign)
    return { ...key, signKey: kept.signKey, sealKey: await rawSealKey(kept.seal), at: kept.at }
  })
}

/** Throws the keys away that wait. */
export async function dropPreparedKey(): Promise<void> {
  await guarded(() => db.meta.delete(NEXT))
}

/**
 * From now on the keys that wait are this device's. The ledger says so in an entry that both sign; entry and keys change in one transaction, so that a worker that ends meanwhile
 * leaves the one or the other, and none between. What was sealed to the key before can still be opened.
 * @param body what else the entry says, such as the team and the version that took the key up
 * @returns the key before and the one in use now; null where none waits
 */
export async function switchKey(body: Readonly<Record<string, unknown>>, at: number): Promise<{ readonly from: string; readonly to: string } | null> {
  const [next, own] = [await preparedKey(), await deviceKey()]
  if (!next) return null
  const keys = { from: toBase64Url(own.publicKey), to: next.signKey }
  await appendWith({
    kind: 'key', at, once: `key:${keys.from}:${keys.to}`,
    body: async (place) => ({ ...body, what: 'new', ...keys, proof: toBase64Url(await next.sign(new TextEncoder().encode(handOverDigest({ ...keys, ...place })))) }),
  }, [], async () => {
    const kept = keptOf((await db.meta.get(NEXT))?.value)
    // Done already by another page of ours.
    if (!kept) return
    if (kept.signKey !== keys.to) throw new StoreError('storage-failed', 'other keys were made meanwhile')
    const before = await keysBefore()
    await replaceKey(kept.sign)
    await replaceSealKey(kept.seal)
    await db.meta.put({ key: BEFORE, value: [...before, keys.from] })
    await db.meta.delete(NEXT)
  })
  return keys
}

/** Public keys that were this device's before, the first one first. */
export async function ownKeysBefore(): Promise<readonly string[]> {
  return guarded(keysBefore)
}

async function keysBefore(): Promise<readonly string[]> {
  const value = (await db.meta.get(BEFORE))?.value
  return Array.isArray(value) ? value.filter((key) => typeof key === 'string') : []
}

/** Notes on a new device whose place it takes: another device's key, which the team's lead gave up for it. */
export async function noteInstead(of: string, body: Readonly<Record<string, unknown>>, at: number): Promise<void> {
  await appendWith({ kind: 'key', at, body: { ...body, what: 'instead', of, own: toBase64Url((await deviceKey()).publicKey) }, once: `key:instead:${of}` }, [], () => Promise.resolve())
}

function keptOf(value: unknown): Kept | null {
  if (typeof value !== 'object' || value === null || !('sign' in value) || !('seal' in value) || !('signKey' in value) || !('at' in value)) return null
  const { sign, seal, signKey, at } = value
  return isKeptKey(sign) && isKeptKey(seal) && !('wrapped' in seal) && typeof signKey === 'string' && typeof at === 'number' ? { sign, seal, signKey, at } : null
}
