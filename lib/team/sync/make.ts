import { utf8ToBytes } from '@noble/hashes/utils.js'
import { bytesToSign, type Signed, type SignedKind } from '../../review/approval/index.ts'
import { nextManifest, stepOf, type ManifestStep, type ReleaseStatement, type StoredManifest, type TeamChange, type TeamNote } from '../../review/team/index.ts'
import { bytesDigest, keyOf, mailboxHint, deviceTag, TEAM_HINT } from '../layout.ts'
import { canonicalJson } from '../../packs/index.ts'
import type { KeptObject, OutboxItem, TeamMemory, TeamSelf } from './ports.ts'

/** An object to keep and to send. */
export interface Made { readonly kept: KeptObject; readonly item: OutboxItem; readonly digest: string }

function made(kind: KeptObject['kind'], text: string, keyFor: (digest: string) => string, hint: string | null): Made {
  const bytes = utf8ToBytes(text).slice()
  const digest = bytesDigest(bytes)
  const key = keyFor(digest)
  return { kept: { key, kind, text }, item: { key, bytes, hint }, digest }
}

export async function signed<T>(self: TeamSelf, kind: SignedKind, content: T): Promise<Signed<T>> {
  return { content, signature: await self.sign(bytesToSign(kind, content)) }
}

export async function makeManifest(self: TeamSelf, content: ManifestStep): Promise<Made> {
  return made('manifest', canonicalJson(await signed(self, 'manifest', stepOf(content))), (digest) => keyOf.manifest(content.version, digest), TEAM_HINT)
}

export async function makeRelease(self: TeamSelf, content: ReleaseStatement): Promise<Made> {
  return made('releases', canonicalJson(await signed(self, 'release', content)), (digest) => keyOf.release(content.pack, content.number, digest), TEAM_HINT)
}

/** @param lead sign key of whoever should see it first */
export async function makeNote(self: TeamSelf, content: TeamNote, lead: string): Promise<Made> {
  return made('notes', canonicalJson(await signed(self, 'note', content)), (digest) => keyOf.note(content.at, digest), mailboxHint(deviceTag(lead)))
}

/** @param text a signed pack, as `signPack` makes it, in canonical JSON */
export function makePack(pack: { readonly id: string; readonly version: string }, text: string): Made {
  return made('packs', text, (digest) => keyOf.pack(pack.id, pack.version, digest), TEAM_HINT)
}

/** A sealed code for somebody's mailbox; nothing of it is kept here. `at` is the store's time. */
export function makeMail(kind: 'request' | 'answer', to: string, code: string, at: number): OutboxItem {
  const bytes = utf8ToBytes(code).slice()
  const tag = deviceTag(to)
  return { key: keyOf[kind](tag, at, bytesDigest(bytes)), bytes, hint: mailboxHint(tag) }
}

/** Puts a new version of the team into force here and into the outbox. @returns null where there was nothing left to change */
export async function changeTeam(memory: TeamMemory, self: TeamSelf, head: StoredManifest, changes: readonly TeamChange[], at: number): Promise<StoredManifest | null> {
  const next = nextManifest(head, changes, self.signKey, at)
  if (next === null) return null
  const { kept, item, digest } = await makeManifest(self, next)
  await memory.keep([kept], [item])
  return { digest, signed: JSON.parse(kept.text) as Signed<ManifestStep>, content: next }
}
