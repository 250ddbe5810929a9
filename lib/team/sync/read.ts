import type { z } from 'zod'
import { noteSchema, releaseSchema, signedOf, stepSchema } from '../../review/team/schemas.ts'
import { signatureKnown, type Rejection, type StoredNote, type StoredRelease, type StoredStep, type TeamRefusal } from '../../review/team/index.ts'
import { bytesDigest, parseKey, type ObjectKind, type ParsedKey } from '../layout.ts'
import { TeamError } from '../outcome.ts'
import type { TeamStore } from '../store/types.ts'

/** Bytes that an object of each kind may have. */
export const LIMITS: Readonly<Record<ObjectKind, number>> = {
  manifest: 8 * 1024 * 1024, packs: 9 * 1024 * 1024, releases: 64 * 1024, notes: 64 * 1024, requests: 3 * 1024 * 1024, answers: 3 * 1024 * 1024, ledger: 16 * 1024 * 1024, corrections: 16 * 1024 * 1024,
}

const step = signedOf(stepSchema)
const release = signedOf(releaseSchema)
const note = signedOf(noteSchema)

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly rejection: Rejection }

function refused(key: string, refusal: TeamRefusal, detail = ''): { ok: false; rejection: Rejection } {
  return { ok: false, rejection: { key, refusal, detail } }
}

/** Text of an object whose bytes are what its name says. */
export function textOf(key: string, bytes: Uint8Array): Read<{ readonly parsed: ParsedKey; readonly text: string }> {
  const parsed = parseKey(key)
  if (!parsed) return refused(key, 'wrong-place')
  if (bytesDigest(bytes) !== parsed.digest) return refused(key, 'damaged')
  try {
    return { ok: true, value: { parsed, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) } }
  } catch {
    return refused(key, 'malformed')
  }
}

/** The text of an object in the store that is what its name says; null for any other. @throws {TeamError} where the store cannot be read */
export async function fetchText(store: TeamStore, key: string, kind: ObjectKind): Promise<string | null> {
  const got = await store.get(key, { maxBytes: LIMITS[kind] }).catch((error: unknown) => {
    if (error instanceof TeamError && error.problem.code === 'too-large') return null
    throw error
  })
  const read = got?.kind === 'object' ? textOf(key, got.bytes) : null
  return read?.ok ? read.value.text : null
}

function jsonOf<T>(key: string, text: string, schema: z.ZodType<T>): Read<T> {
  try {
    const read = schema.safeParse(JSON.parse(text))
    return read.success ? { ok: true, value: read.data } : refused(key, 'malformed', read.error.issues[0]?.path.join('.') ?? '')
  } catch {
    return refused(key, 'malformed')
  }
}

/**
 * A version of the manifest in its place. Its signature was looked at when it came (`isObjectSigned`), and what is kept was signed then: it is not looked at again with each
 * start of the worker. Whether it counts, `foldChain` says.
 */
export function readStep(key: string, text: string, team: string): Read<StoredStep> {
  const read = jsonOf(key, text, step)
  if (!read.ok) return read
  const { content } = read.value
  const parsed = parseKey(key)
  if (content.team !== team) return refused(key, 'other-team')
  if (parsed?.kind !== 'manifest' || parsed.version !== content.version) return refused(key, 'wrong-place')
  signatureKnown(read.value)
  return { ok: true, value: { digest: parsed.digest, signed: read.value } }
}

/** As `readStep`, for a statement about a pack. */
export function readRelease(key: string, text: string, team: string): Read<StoredRelease> {
  const read = jsonOf(key, text, release)
  if (!read.ok) return read
  const { content } = read.value
  const parsed = parseKey(key)
  if (content.team !== team) return refused(key, 'other-team')
  if (parsed?.kind !== 'releases' || parsed.number !== content.number || parsed.pack !== content.pack) return refused(key, 'wrong-place')
  signatureKnown(read.value)
  return { ok: true, value: { digest: parsed.digest, signed: read.value } }
}

/** As `readStep`, for a note. */
export function readNote(key: string, text: string, team: string): Read<StoredNote> {
  const read = jsonOf(key, text, note)
  if (!read.ok) return read
  const { content } = read.value
  const parsed = parseKey(key)
  if (content.team !== team) return refused(key, 'other-team')
  if (parsed?.kind !== 'notes') return refused(key, 'wrong-place')
  return { ok: true, value: { digest: parsed.digest, signed: read.value } }
}
