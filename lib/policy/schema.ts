import { z } from 'zod'
import { CATEGORIES, TIERS, type Category, type Tier } from '../engine/index.ts'
import { defaultPolicy } from './defaults.ts'
import type { Policy } from './types.ts'

const name = z.string().trim().min(1).max(200)
const area = z.strictObject({ owner: name, people: z.array(name).max(1_000) })
const tier: z.ZodType<Tier> = z.enum(TIERS)
const category: z.ZodType<Category, Category> = z.enum(CATEGORIES)

/**
 * A policy file at the border. Unknown fields, categories and tiers are refused, and every category needs an area, so that a misspelt
 * line is said and not silently without effect. Not exported by `index.ts`: content scripts carry no Zod.
 */
export const policySchema: z.ZodType<Policy> = z.strictObject({
  format: z.literal(1),
  areas: z.record(category, area),
  floor: z.partialRecord(category, tier),
  drafts: z.enum(['ai', 'all']),
  signPublicAi: z.boolean(),
  vip: z.array(name).max(10_000),
})

const policyFile = z.strictObject({
  format: z.literal(1),
  areas: z.partialRecord(category, area).optional(),
  floor: z.partialRecord(category, tier).optional(),
  drafts: z.enum(['ai', 'all']).optional(),
  signPublicAi: z.boolean().optional(),
  vip: z.array(name).max(10_000).optional(),
})

/**
 * A policy as a person writes it: what the file does not say, category by category, stays as in `defaultPolicy`. Throws a ZodError that names
 * the field where the file says something that is not known.
 */
export function readPolicyFile(value: unknown): Policy {
  const file = policyFile.parse(value)
  const base = defaultPolicy()
  return policySchema.parse({ ...base, ...file, areas: { ...base.areas, ...file.areas }, floor: { ...base.floor, ...file.floor } })
}
