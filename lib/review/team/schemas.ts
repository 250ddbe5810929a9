import { z } from 'zod'
import { cardSchema } from '../approval/schemas.ts'
import { digest, time } from '../schemas.ts'
import { RELEASE_ACTIONS, TEAM_ROLES, type ManifestStep, type ReleaseStatement, type TeamNote } from './types.ts'

// What lies in a store was put there by anybody with its credentials. Not exported by `index.ts`: content scripts carry no Zod.

const signKey = z.string().length(43)
const teamId = z.string().regex(/^[a-z0-9]{16}$/)
const words = z.string().max(5_000)
const packId = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/)
const packVersion = z.string().regex(/^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/)
const areas = z.array(z.string().min(1).max(200)).max(200)

const keep = z.array(digest).max(5_000)
const member = z.strictObject({ card: cardSchema, teamRole: z.enum(TEAM_ROLES), since: time })
const settings = z.strictObject({ askCorrections: z.boolean() })
const note = digest.nullable()
const place = z.string().max(2_000)
/** Outlines of where a store is: whether it can be one, `lib/team/store/address.ts` says. */
export const STORE_OUTLINES = [
  z.strictObject({ kind: z.literal('s3'), endpoint: place, region: place, bucket: place, pathStyle: z.boolean(), folder: place }),
  z.strictObject({ kind: z.literal('webdav'), url: place, folder: place }),
] as const
const store = z.discriminatedUnion('kind', [...STORE_OUTLINES, z.strictObject({ kind: z.literal('memory'), name: place })])
const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), name: z.string().trim().min(1).max(200), founder: member }),
  z.strictObject({ kind: z.literal('add'), member, note, instead: signKey.optional() }),
  z.strictObject({ kind: z.literal('change'), signKey, teamRole: z.enum(TEAM_ROLES), areas, deputy: areas, keep }),
  z.strictObject({ kind: z.literal('remove'), signKey, why: z.enum(['left', 'lost', 'removed']), note, keep }),
  z.strictObject({ kind: z.literal('rotate'), from: signKey, card: cardSchema, note, keep }),
  z.strictObject({ kind: z.literal('decline'), note: digest }),
  z.strictObject({ kind: z.literal('settings'), settings }),
  z.strictObject({ kind: z.literal('store'), store }),
])

export const stepSchema: z.ZodType<ManifestStep> = z.strictObject({
  format: z.literal(1), team: teamId, version: z.number().int().min(1).max(99_999_999), previous: digest.nullable(), at: time, by: signKey, changes: z.array(change).min(1).max(1_000),
})

export const releaseSchema: z.ZodType<ReleaseStatement> = z.strictObject({
  format: z.literal(1), team: teamId, pack: packId, number: z.number().int().min(1).max(99_999_999), action: z.enum(RELEASE_ACTIONS), version: packVersion.nullable(), digest: digest.nullable(),
  share: z.number().int().min(1).max(100), text: words, at: time, by: signKey,
}).refine(({ action, version, digest: of, share }) => (['release', 'pin', 'roll-back'].includes(action) ? version !== null && of !== null : version === null && of === null) && (action === 'release' || share === 100), 'an action with a version that it does not take')

export const noteSchema: z.ZodType<TeamNote> = z.discriminatedUnion('kind', [
  z.strictObject({ format: z.literal(1), team: teamId, kind: z.literal('join'), card: cardSchema, at: time }),
  z.strictObject({ format: z.literal(1), team: teamId, kind: z.literal('leave'), signKey, at: time }),
  z.strictObject({ format: z.literal(1), team: teamId, kind: z.literal('rotate'), signKey, card: cardSchema, at: time, proof: z.string().length(86).or(z.literal('')) }),
])

/** What is signed, with its signature. */
export function signedOf<T>(content: z.ZodType<T>): z.ZodType<{ content: T; signature: string }> {
  return z.strictObject({ content, signature: z.string().length(86) })
}

export const correctionsHeadSchema = z.strictObject({
  countersign: z.literal('corrections'), version: z.literal(1), team: teamId, device: z.string().length(43), count: z.number().int().min(0).max(100_000), digest, at: time, signature: z.string().length(86),
})
