import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** What a team keeps in its store, each under a folder of its own. */
export const OBJECT_KINDS = ['manifest', 'packs', 'releases', 'notes', 'requests', 'answers', 'ledger', 'corrections'] as const
export type ObjectKind = (typeof OBJECT_KINDS)[number]

const DAY = 86_400_000
const DIGEST = '([0-9a-f]{64})'
const TAG = '([0-9a-f]{16})'
const DAY_PART = 'day=(\\d{4}-\\d{2}-\\d{2})'
const PACK = 'pack=([a-z][a-z0-9-]{0,62})'

/** How keys look below the team's folder. Whatever does not look so is not read. */
const SHAPES: Readonly<Record<ObjectKind, RegExp>> = {
  manifest: new RegExp(`^kind=manifest/(\\d{8})-${DIGEST}\\.json$`),
  packs: new RegExp(`^kind=packs/${PACK}/(\\d{6}\\.\\d{6}\\.\\d{6})-${DIGEST}\\.json$`),
  releases: new RegExp(`^kind=releases/${PACK}/(\\d{8})-${DIGEST}\\.json$`),
  notes: new RegExp(`^kind=notes/${DAY_PART}/(\\d{14})-${DIGEST}\\.json$`),
  requests: new RegExp(`^kind=requests/to=${TAG}/${DAY_PART}/(\\d{14})-${DIGEST}\\.txt$`),
  answers: new RegExp(`^kind=answers/to=${TAG}/${DAY_PART}/(\\d{14})-${DIGEST}\\.txt$`),
  ledger: new RegExp(`^kind=ledger/${DAY_PART}/${TAG}-(\\d{12})-${DIGEST}\\.jsonl$`),
  corrections: new RegExp(`^kind=corrections/${DAY_PART}/${TAG}-(\\d{12})-${DIGEST}\\.jsonl$`),
}

/** A key taken apart. `digest` is the SHA-256 of the object's bytes; what does not have it is not what was written. */
export type ParsedKey =
  | { readonly kind: 'manifest'; readonly version: number; readonly digest: string }
  | { readonly kind: 'packs'; readonly pack: string; readonly version: string; readonly digest: string }
  | { readonly kind: 'releases'; readonly pack: string; readonly number: number; readonly digest: string }
  | { readonly kind: 'notes'; readonly day: string; readonly at: number; readonly digest: string }
  | { readonly kind: 'requests' | 'answers'; readonly to: string; readonly day: string; readonly at: number; readonly digest: string }
  | { readonly kind: 'ledger' | 'corrections'; readonly day: string; readonly device: string; readonly first: number; readonly digest: string }

/** Folder of one team: also the first partition for programs that query the store in place. */
export function teamFolder(team: string): string {
  return `team=${team}/`
}

/** Folder of one kind of object below the team's. */
export function kindFolder(kind: ObjectKind): string {
  return `kind=${kind}/`
}

/** The hint whose ETag changes when a manifest, a pack or a release was written. It saves listings, and nothing is believed because of it. */
export const TEAM_HINT = 'hints/team.json'

/** The hint for what lies in one member's mailbox. */
export function mailboxHint(tag: string): string {
  return `hints/to-${tag}.json`
}

/** A member's device in names of objects: the first 64 bits of its public key's SHA-256. Whose an object is, its signature says. */
export function deviceTag(signKey: string): string {
  return bytesToHex(sha256(utf8ToBytes(signKey))).slice(0, 16)
}

/** SHA-256 of an object's bytes, hex: the last part of its name. */
export function bytesDigest(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}

/** A day in UTC as names have it. @param at milliseconds since the epoch */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** The first day that is looked at again when one asks for what is new since `at`: clocks differ by hours, and a slow device writes late. */
export function dayBefore(at: number, days: number): string {
  return dayOf(Math.max(0, at - days * DAY))
}

export const keyOf = {
  manifest: (version: number, digest: string): string => `kind=manifest/${pad(version, 8)}-${digest}.json`,
  pack: (pack: string, version: string, digest: string): string => `kind=packs/pack=${pack}/${sortableVersion(version)}-${digest}.json`,
  release: (pack: string, number: number, digest: string): string => `kind=releases/pack=${pack}/${pad(number, 8)}-${digest}.json`,
  note: (at: number, digest: string): string => `kind=notes/day=${dayOf(at)}/${pad(at, 14)}-${digest}.json`,
  request: (to: string, at: number, digest: string): string => `kind=requests/to=${to}/day=${dayOf(at)}/${pad(at, 14)}-${digest}.txt`,
  answer: (to: string, at: number, digest: string): string => `kind=answers/to=${to}/day=${dayOf(at)}/${pad(at, 14)}-${digest}.txt`,
  ledger: (at: number, device: string, first: number, digest: string): string => `kind=ledger/day=${dayOf(at)}/${device}-${pad(first, 12)}-${digest}.jsonl`,
  corrections: (at: number, device: string, first: number, digest: string): string => `kind=corrections/day=${dayOf(at)}/${device}-${pad(first, 12)}-${digest}.jsonl`,
} as const

/** Takes a key apart; null for one that is none of ours. */
export function parseKey(key: string): ParsedKey | null {
  for (const kind of OBJECT_KINDS) {
    const match = SHAPES[kind].exec(key)
    if (!match) continue
    const [, a = '', b = '', c = '', d = ''] = match
    switch (kind) {
      case 'manifest': return { kind, version: Number(a), digest: b }
      case 'packs': return { kind, pack: a, version: plainVersion(b), digest: c }
      case 'releases': return { kind, pack: a, number: Number(b), digest: c }
      case 'notes': return { kind, day: a, at: Number(b), digest: c }
      case 'requests':
      case 'answers': return { kind, to: a, day: b, at: Number(c), digest: d }
      case 'ledger':
      case 'corrections': return { kind, day: a, device: b, first: Number(c), digest: d }
    }
  }
  return null
}

/** `1.12.3` as `000001.000012.000003`, so that names sort as versions do. */
export function sortableVersion(version: string): string {
  return version.split('.').map((part) => part.padStart(6, '0')).join('.')
}

function plainVersion(sortable: string): string {
  return sortable.split('.').map(Number).join('.')
}

function pad(value: number, digits: number): string {
  return String(Math.trunc(value)).padStart(digits, '0')
}
