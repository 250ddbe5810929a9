import { z } from 'zod'

// What origin says, as it crosses a border: a message, a stored entry. Not in the room's index, because pages carry no Zod.

const count = z.number().int().min(0).max(10_000_000)
const time = z.number().min(0).max(8.64e15)
const share = z.number().min(0).max(1)
const product = z.string().max(200).nullable()
const span = z.strictObject({ start: count, end: count }).refine(({ start, end }) => start <= end, 'a span that ends before it starts')

export const evidenceSchema = z.strictObject({
  class: z.enum(['T1', 'T2', 'T3', 'T4', 'act', 'insertion', 'declared', 'unseen']), mark: z.string().min(1).max(200), product, count, span: span.optional(),
})
const place = z.strictObject({ first: count, last: count, kind: z.enum(['paste', 'drop', 'inserted', 'assistant']), product, edited: share })
export const originSchema = z.strictObject({
  verdict: z.enum(['ai', 'inserted', 'typed', 'unknown']), evidence: z.array(evidenceSchema).max(10_000), places: z.array(place).max(10_000).optional(),
})

const arrival = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['paste', 'drop']), marks: z.array(evidenceSchema).max(200), chars: count, at: time }),
  z.strictObject({ kind: z.enum(['typed', 'stood', 'template']), chars: count, at: time }),
  z.strictObject({ kind: z.literal('inserted'), chars: count, trusted: z.boolean(), at: time }),
  z.strictObject({ kind: z.literal('assistant'), product: z.string().min(1).max(200), chars: count, at: time }),
])
export const knownBlockSchema = z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/), arrival, edited: share, declared: z.boolean().optional() })
