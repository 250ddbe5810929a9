import { z } from 'zod'
import { CATEGORIES, TIERS } from '../engine/types.ts'
import { REASON_CODES } from '../policy/types.ts'

// Shapes at the border: messages between our own parts, codes and files from other devices. Not exported by `index.ts`: content scripts carry no Zod.
// Sizes are generous for people and small for attackers; UTF-16 code units.
export const id = z.string().min(1).max(200)
export const line = z.string().max(5_000)
export const quote = z.string().max(100_000)
export const address = z.string().max(2_000)
export const time = z.number().min(0).max(8.64e15)
export const count = z.number().int().min(0).max(10_000_000)
export const digest = z.string().regex(/^[0-9a-f]{64}$/)
export const tier = z.enum(TIERS)
export const category = z.enum(CATEGORIES)
export const draftKind = z.enum(['email', 'reply', 'note', 'post'])
export const blockKind = z.enum(['text', 'heading', 'list', 'quote', 'signature', 'code'])
export const span = z.strictObject({ start: count, end: count }).refine(({ start, end }) => start <= end, 'a span that ends before it starts')

export const draft = z.strictObject({
  kind: draftKind,
  site: id,
  subject: line,
  recipients: z.array(z.strictObject({ address: z.string().max(1_000).nullable(), name: z.string().max(1_000), field: z.enum(['to', 'cc', 'bcc']) })).max(10_000),
  text: z.string().max(5_000_000),
  blocks: z.array(z.strictObject({ span, kind: blockKind })).max(500_000),
  attachments: z.array(line).max(1_000).optional(),
  locale: z.string().max(100),
})

export const requirement = z.strictObject({
  tier,
  owners: z.array(id).max(1_000),
  reasons: z.array(z.strictObject({ code: z.enum(REASON_CODES), tier, detail: line, count })).max(10_000),
})

export const source = z.strictObject({ title: line, note: line.optional(), url: address.optional(), checked: z.string().max(40).optional() })
export const finding = z.strictObject({
  rule: id, title: line, pack: id, packVersion: id, category, owner: id, tier, field: z.enum(['subject', 'body']), span, quote, message: line,
  suggest: line.nullable(), sources: z.array(source).max(100), reasons: z.array(line).max(100), evidence: z.array(line).max(100), fingerprint: z.string().min(1).max(1_000),
})

export const decision = z.strictObject({
  fingerprint: z.string().min(1).max(1_000), rule: id, category, tier, outcome: z.enum(['fixed', 'kept', 'dismissed']), reason: line, quote, at: time,
})
export const decisions = z.array(decision).max(20_000)
