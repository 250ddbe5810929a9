import { z } from 'zod'
import { decisions, digest, draft, finding, id, line, requirement, time } from '../schemas.ts'

const name = z.string().trim().min(1).max(200)
const areas = z.array(id).max(200)
const signature = z.string().length(86)
const signKey = z.string().length(43)

export const cardSchema = z.strictObject({ name, role: z.string().trim().max(200), areas, deputy: areas, signKey, sealKey: z.string().length(87) })

export const requestSchema = z.strictObject({
  id, from: cardSchema.extend({ name: z.string().trim().max(200) }), at: time, until: time, deputyAfter: time, mode: z.enum(['any', 'all']), asked: z.array(signKey).min(1).max(200), areas: areas.min(1), session: id, site: id,
  draft: draft.pick({ kind: true, subject: true, recipients: true, text: true, attachments: true }),
  digest, rulesetDigest: digest, policyDigest: digest, requirement, findings: z.array(finding).max(20_000), decisions,
})

export const answerSchema = z.strictObject({
  request: id, requestDigest: digest, by: z.strictObject({ name, role: z.string().max(200), signKey }), verdict: z.enum(['approved', 'edited', 'refused']), areas,
  digest, rulesetDigest: digest, policyDigest: digest, reason: line, edit: z.strictObject({ subject: line, text: z.string().max(5_000_000) }).nullable(), at: time,
})

export const signedCard = z.strictObject({ content: cardSchema, signature })
export const signedRequest = z.strictObject({ content: requestSchema, signature })
export const signedAnswer = z.strictObject({ content: answerSchema, signature })
