import type { Card } from '../review/approval/types.ts'
import { ownedAreas } from '../policy/index.ts'
import { db } from './db.ts'
import { deviceKey, toBase64Url } from './device.ts'
import { guarded, StoreError } from './errors.ts'
import { managedPolicy } from './administrator.ts'
import { loadSettings, policyOf } from './settings.ts'
import { withTeamAreas } from './team.ts'

const ROW = 'seal-key'

/** The key pair that things are sealed to for this device: P-256, for HPKE. The private half cannot be taken out of the browser. */
export async function sealKey(): Promise<CryptoKeyPair> {
  return guarded(async () => (await storedPair()) ?? makePair())
}

async function storedPair(): Promise<CryptoKeyPair | null> {
  const row = await db.meta.get(ROW)
  return row && isPair(row.value) ? row.value : null
}

async function makePair(): Promise<CryptoKeyPair> {
  const made: unknown = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits', 'deriveKey'])
  if (!isPair(made)) throw new StoreError('storage-failed', 'the browser made no key pair')
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
  const raw = await crypto.subtle.exportKey('raw', seal.publicKey)
  const { name, role } = settings.reviewer
  return withTeamAreas({ name, role, areas: ownedAreas(name, policyOf(settings, administrator)), deputy: [], signKey: toBase64Url(device.publicKey), sealKey: toBase64Url(new Uint8Array(raw)) })
}
