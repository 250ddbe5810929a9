import { db } from './db.ts'
import { guarded, StoreError } from './errors.ts'

/** This device's key. The private half cannot be taken out of the browser. */
export interface DeviceKey {
  /** 32 raw bytes. */
  readonly publicKey: Uint8Array
  /** Ed25519: 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

const ROW = 'device-key'

/** The device's key, made at first need. Two contexts that make one at once end with the same. */
export async function deviceKey(): Promise<DeviceKey> {
  return guarded(async () => {
    const pair = (await storedPair()) ?? (await makePair())
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    return {
      publicKey,
      sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, Uint8Array.from(bytes))),
    }
  })
}

async function storedPair(): Promise<CryptoKeyPair | null> {
  const row = await db.meta.get(ROW)
  return row && isPair(row.value) ? row.value : null
}

async function makePair(): Promise<CryptoKeyPair> {
  const made = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
  if (!isPair(made)) throw new StoreError('storage-failed', 'the browser made no Ed25519 key pair')
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

/** Bytes as base64url without padding, the form of keys and signatures everywhere here. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
