import { ed25519 } from '@noble/curves/ed25519.js'
import { db } from './db.ts'
import { guarded } from './errors.ts'

/** This device's key. The private half cannot be taken out of the browser. */
export interface DeviceKey {
  /** 32 raw bytes. */
  readonly publicKey: Uint8Array
  /** Ed25519: 64 bytes. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

const ROW = 'device-key'

/**
 * The device's key, made at first need. Two contexts that make one at once end with the same. Where the browser signs with Ed25519 itself the private half never
 * leaves it. Where it does not, a library signs: the private half then rests encrypted under a key that cannot leave the browser, and is in memory while it signs.
 */
export async function deviceKey(): Promise<DeviceKey> {
  return guarded(async () => signing((await storedKey()) ?? (await keep(await makeKey()))))
}

/** A key pair as it is kept. */
export type KeptKey = CryptoKeyPair | WrappedKey

/** What a kept key pair can do. */
export async function signing(kept: KeptKey): Promise<DeviceKey> {
  return 'wrapped' in kept ? unwrapping(kept) : native(kept)
}

/** Puts another key in the place of this device's. Runs inside the caller's transaction over `meta`. */
export async function replaceKey(kept: KeptKey): Promise<void> {
  await db.meta.put({ key: ROW, value: kept })
}

async function native(pair: CryptoKeyPair): Promise<DeviceKey> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return { publicKey, sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, Uint8Array.from(bytes))) }
}

/** A private key that the browser cannot use by itself, encrypted by one that cannot be taken out. */
interface WrappedKey {
  readonly wrapped: ArrayBuffer
  readonly iv: Uint8Array<ArrayBuffer>
  readonly by: CryptoKey
  readonly publicKey: Uint8Array
}

function unwrapping({ wrapped, iv, by, publicKey }: WrappedKey): DeviceKey {
  return {
    publicKey,
    sign: async (bytes) => {
      const secret = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, by, wrapped))
      try {
        return ed25519.sign(bytes, secret)
      } finally {
        secret.fill(0)
      }
    },
  }
}

async function storedKey(): Promise<KeptKey | null> {
  const value: unknown = (await db.meta.get(ROW))?.value
  return isKeptKey(value) ? value : null
}

/** A new key pair, kept nowhere yet. */
export async function makeKey(): Promise<KeptKey> {
  try {
    const made = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
    if (isPair(made)) return made
  } catch (error) {
    // "Not supported" is the one failure that another way helps against.
    if (!(error instanceof Error && error.name === 'NotSupportedError')) throw error
  }
  const by = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const { secretKey, publicKey } = ed25519.keygen()
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, by, Uint8Array.from(secretKey))
  secretKey.fill(0)
  return { wrapped, iv, by, publicKey }
}

function keep(made: KeptKey): Promise<KeptKey> {
  return db.transaction('rw', db.meta, async () => {
    const there = await storedKey()
    if (there) return there
    await db.meta.put({ key: ROW, value: made })
    return made
  })
}

/** Whether a stored value is a key pair that can be used. */
export function isKeptKey(value: unknown): value is KeptKey {
  return isPair(value) || isWrapped(value)
}

function isPair(value: unknown): value is CryptoKeyPair {
  return typeof value === 'object' && value !== null && 'privateKey' in value && 'publicKey' in value
}

function isWrapped(value: unknown): value is WrappedKey {
  return typeof value === 'object' && value !== null && 'wrapped' in value && 'by' in value && 'publicKey' in value
}

/** Bytes as base64url without padding, the form of keys and signatures everywhere here. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
