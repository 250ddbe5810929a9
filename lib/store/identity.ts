import type { Card } from '../review/approval/types.ts'
import { ownedAreas } from '../policy/index.ts'
import { db } from './db.ts'
import { deviceKey, toBase64Url } from './device.ts'
import { guarded, StoreError } from './errors.ts'
import { managedPolicy } from './administrator.ts'
import { loadSettings, policyOf } from './settings.ts'
import { withTeamAreas } from './team.ts'

const ROW = 'seal-key'
const BEFORE = 'seal-keys-before'
/** A request stands for a week: nobody changes keys more often than this in that time. */
const MOST_BEFORE = 5

/** The key pair that things are sealed to for this device: P-256, for HPKE. The private half cannot be taken out of the browser. */
export async function sealKey(): Promise<CryptoKeyPair> {
  return guarded(async () => (await storedPair()) ?? makePair())
}

async function storedPair(): Promise<CryptoKeyPair | null> {
  const row = await db.meta.get(ROW)
  return row && isPair(row.value) ? row.value : null
}

/** A pair to seal to that is kept nowhere yet. */
export async function makeSealPair(): Promise<CryptoKeyPair> {
  const made: unknown = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits', 'deriveKey'])
  if (!isPair(made)) throw new StoreError('storage-failed', 'the browser made no key pair')
  return made
}

/** The public half as cards carry it: 65 bytes, base64url. */
export async function rawSealKey(pair: CryptoKeyPair): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
}

/** Every pair that something may be sealed to: this device's own first, then those it had before. */
export async function sealKeys(): Promise<readonly CryptoKeyPair[]> {
  const own = await sealKey()
  return guarded(async () => [own, ...(await pairsBefore())])
}

/** Puts another pair in the place of this device's; the one before still opens what is on its way. Runs inside the caller's transaction over `meta`. */
export async function replaceSealKey(pair: CryptoKeyPair): Promise<void> {
  const [own, before] = [await storedPair(), await pairsBefore()]
  if (own) await db.meta.put({ key: BEFORE, value: [own, ...before].slice(0, MOST_BEFORE) })
  await db.meta.put({ key: ROW, value: pair })
}

async function pairsBefore(): Promise<readonly CryptoKeyPair[]> {
  const value = (await db.meta.get(BEFORE))?.value
  return Array.isArray(value) ? value.filter(isPair) : []
}

async function makePair(): Promise<CryptoKeyPair> {
  const made = await makeSealPair()
  return db.transaction('rw', db.meta, async () => {
    const there = await storedPair()
    if (there) return there
    await db.meta.put({ key: ROW, value: made })
    return made
  })
}

function isPair(value: unknown): value is CryptoKeyPair {
  return typeof value === 'object' && value !== null && 'privateKey' in value && 'publicKey' in value
}

/** This person's card: name and role from the settings, the areas that their team or, without one, the policy gives them, this device's public keys. */
export async function ownCard(): Promise<Card> {
  const [settings, administrator, device, seal] = await Promise.all([loadSettings(), managedPolicy(), deviceKey(), sealKey()])
  const { name, role } = settings.reviewer
  return withTeamAreas({ name, role, areas: ownedAreas(name, policyOf(settings, administrator)), deputy: [], signKey: toBase64Url(device.publicKey), sealKey: await rawSealKey(seal) })
}
