import { z } from 'zod'
import { SEEN_BY } from '../guard/unseen/judge.ts'
import { knownBlockSchema, originSchema } from '../origin/schema.ts'
import { address, category, decision, decisions, digest, draft, draftKind, finding, id, line, quote, requirement, time } from '../review/schemas.ts'
import { MODES } from '../policy/types.ts'
import { STORE_OUTLINES } from '../review/team/schemas.ts'
import { RELEASE_ACTIONS, TEAM_ROLES } from '../review/team/types.ts'
import { SITE_IDS } from '../sites/types.ts'
import type { KindName, RequestOf } from './protocol.ts'

const sendKind = z.enum(['send', 'schedule', 'archive', 'publish', 'update', 'submit'])

const record = z.strictObject({
  session: id, site: id, host: z.string().max(1_000), draft, digest, origin: originSchema, requirement, findings: z.array(finding).max(20_000), decisions, mode: z.enum(MODES).optional(),
})

const signOff = z.strictObject({
  reviewer: z.strictObject({ name: z.string().max(200), role: z.string().max(200) }),
  at: time, site: id, kind: draftKind, digest, rulesetDigest: digest, policyDigest: digest, requirement, decisions,
  reading: z.strictObject({ ms: z.number().min(0), least: z.number().min(0) }).optional(),
  override: z.strictObject({ reason: line }).optional(),
})

const correction = z.strictObject({
  rule: z.string().max(200), category, before: quote, after: quote, sentence: quote, site: id, at: time,
  session: id.optional(), kind: draftKind.optional(), assistant: z.string().max(200).optional(), level: z.enum(['span', 'block']).optional(),
})

const paragraphs = z.array(z.string().max(200_000)).max(2_000)
const lesson = z.strictObject({
  session: id, site: id, kind: draftKind, assistant: z.string().max(200), at: time,
  corrections: z.array(z.strictObject({ rule: z.string().max(200), category, before: quote, after: quote, sentence: quote })).max(20_000),
  wrote: paragraphs, left: paragraphs, people: z.array(z.string().max(1_000)).max(10_000),
})

const nothing = z.null()
const webAddress = address.refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'not a web address')

// Outlines of what a person types; what is in them is checked by the team, which says what is wrong.
const typed = z.string().max(2_000)
const store = z.discriminatedUnion('kind', STORE_OUTLINES)
const credentials = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('s3'), accessKeyId: typed, secretAccessKey: typed }),
  z.strictObject({ kind: z.literal('webdav'), user: typed, password: typed }),
])
const code = z.string().max(3_000_000)
const areas = z.array(id).max(200)
const signKey = z.string().length(43)
const confirmation = z.strictObject({ teamRole: z.enum(TEAM_ROLES), areas, deputy: areas, instead: signKey.optional() })
const share = z.number().int().min(1).max(100)

/** What each kind's body must be. Unknown fields are refused: what we did not ask for, we do not keep. */
export const SCHEMAS: { readonly [K in KindName]: z.ZodType<RequestOf<K>> } = {
  'rulebook/load': z.strictObject({ anew: z.boolean(), probe: z.unknown().optional() }),
  'record/recall': z.strictObject({ site: id, fingerprints: z.array(z.string().min(1).max(1_000)).max(20_000) }),
  'origin/remember': z.strictObject({ site: id, blocks: z.array(knownBlockSchema).max(2_000) }),
  'origin/recall': z.strictObject({ site: id, digests: z.array(digest).max(2_000) }),
  'record/held': z.strictObject({ record, kind: sendKind }),
  'record/decided': z.strictObject({ session: id, site: id, decision }),
  'record/reopened': z.strictObject({ session: id, site: id, fingerprint: z.string().min(1).max(1_000), at: z.number().int().nonnegative() }),
  'suppression/add': z.strictObject({ rule: id, words: z.string().min(1).max(2_000).nullable(), host: z.string().min(1).max(1_000).nullable(), reason: z.string().trim().min(1).max(1_000), until: z.number().int().min(0).max(8.64e15).nullable() }),
  'suppression/remove': z.strictObject({ id }),
  'record/corrected': correction,
  'record/taught': lesson,
  'record/signed': z.strictObject({ record, signOff }),
  'approval/standing': z.strictObject({ digest }),
  'approval/ask': z.strictObject({ record, terms: z.strictObject({ mode: z.enum(['any', 'all']), deputyHours: z.number().int().min(1).max(24 * 7).nullable() }) }),
  'record/unchecked': z.strictObject({ record, reason: line.min(1) }),
  'record/sent': z.strictObject({ record, kind: sendKind, signedAs: z.number().int().min(1).nullable(), seen: z.enum(SEEN_BY).optional() }),
  'inject/draft': nothing,
  'inject/review': nothing,
  'side/open': nothing,
  'site/enable': z.strictObject({ prefix: webAddress, adapter: z.enum(SITE_IDS) }),
  'site/disable': z.strictObject({ prefix: address }),
  'sites/changed': nothing,
  'packs/install': z.strictObject({ text: z.string().max(8 * 1024 * 1024) }),
  'packs/look': z.strictObject({ url: webAddress }),
  'packs/subscribe': z.strictObject({ url: webAddress, looked: digest.nullable() }),
  'packs/unsubscribe': z.strictObject({ url: address }),
  'packs/check': nothing,
  'packs/export': z.strictObject({ id }),
  'team/status': nothing,
  'team/probe': z.strictObject({ store, credentials }),
  'team/create': z.strictObject({ name: z.string().trim().min(1).max(200), store, credentials }),
  'team/invite': z.strictObject({ withCredentials: z.boolean() }),
  'team/read-invitation': z.strictObject({ code }),
  'team/join': z.strictObject({ code, credentials: credentials.nullable() }),
  'team/credentials': z.strictObject({ credentials }),
  'team/move': z.strictObject({ store, credentials }),
  'team/notes': nothing,
  'team/confirm': z.strictObject({ note: digest, as: confirmation }),
  'team/decline': z.strictObject({ note: digest }),
  'team/change-member': z.strictObject({ signKey, as: confirmation }),
  'team/remove-member': z.strictObject({ signKey, why: z.enum(['left', 'lost', 'removed']) }),
  'team/settings': z.strictObject({ settings: z.strictObject({ askCorrections: z.boolean() }) }),
  'team/sharing': z.strictObject({ sharing: z.strictObject({ ledger: z.boolean(), corrections: z.boolean() }) }),
  'team/new-key': nothing,
  'team/leave': nothing,
  'team/publish': z.strictObject({ pack: z.string().max(8 * 1024 * 1024), text: line, share }),
  'team/say': z.strictObject({ pack: id, action: z.enum(RELEASE_ACTIONS), version: z.string().max(30).nullable(), share, text: line }),
  'team/packs': nothing,
  'team/pack-text': z.strictObject({ pack: id, digest }),
  'team/ledgers': z.strictObject({ how: z.enum(['known', 'new', 'all']) }),
  'team/insights': z.strictObject({ how: z.enum(['known', 'new', 'all']) }),
  'team/check': z.strictObject({ how: z.enum(['hint', 'now', 'all']) }),
  'ledger/verify': nothing,
}
