import { z } from 'zod'
import { CERTAINTIES } from './facts.ts'
import { SITE_IDS } from './types.ts'

/** Limits that keep facts readable by people and harmless to a page. Sizes are in UTF-16 code units. */
export const FACT_LIMITS = { file: 128 * 1024, selector: 1_000, pattern: 600, drafts: 12, entries: 40, hosts: 40, notes: 200 } as const

const line = (max: number) => z.string().trim().min(1).max(max)
const selector = line(FACT_LIMITS.selector)
const pattern = line(FACT_LIMITS.pattern)
const day = z.iso.date()
const sendKind = z.enum(['send', 'schedule', 'archive', 'publish', 'update', 'submit'])
const draftName = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/)

export const versionSchema = z.string().regex(/^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/, 'not a version such as 1.2.0')

const recipients = z.strictObject({ to: selector.optional(), cc: selector.optional(), bcc: selector.optional(), chip: selector.optional(), from: z.array(line(100)).max(10).optional(), names: selector.optional() })

const draft = z.strictObject({
  title: line(100),
  kind: z.enum(['email', 'reply', 'note', 'post']),
  at: pattern.optional(),
  body: selector, not: selector.optional(), never: selector.optional(), frames: selector.optional(),
  page: z.boolean().optional(), root: selector.optional(), holds: selector.optional(), window: selector.optional(),
  subject: selector.optional(),
  recipients: z.union([z.literal('named'), recipients]).optional(),
  attachments: selector.optional(),
  note: z.strictObject({ has: selector.optional(), in: selector.optional(), says: pattern.optional() }).optional(),
  stays: z.array(z.strictObject({ field: selector, is: pattern })).max(FACT_LIMITS.entries).optional(),
  emptyStays: z.boolean().optional(),
  sends: z.array(z.strictObject({ kind: sendKind, control: selector.optional(), not: selector.optional(), said: pattern.optional(), says: pattern.optional() })).max(FACT_LIMITS.entries),
  opens: selector.optional(),
  menu: z.strictObject({ opener: selector, kind: sendKind }).optional(),
  form: z.boolean().optional(),
  keys: z.array(z.strictObject({ chord: z.string().regex(/^(mod\+)?(alt\+)?(shift\+)?(Enter|[A-Z]{1,8})$/), kind: sendKind, when: selector.optional(), unless: selector.optional() })).max(FACT_LIMITS.entries).optional(),
})

/** What a file of facts may say. Selectors and patterns are checked where a browser and the engine are: see `problemsInFacts`. */
export const siteFactsSchema = z.strictObject({
  id: z.enum(SITE_IDS),
  name: line(100),
  version: versionSchema,
  checked: day,
  hosts: z.array(z.string().regex(/^https:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+\/\*$/)).max(FACT_LIMITS.hosts),
  together: z.boolean().optional(),
  excluded: z.string().max(FACT_LIMITS.selector * 2),
  drafts: z.record(draftName, draft).refine((drafts) => Object.keys(drafts).length <= FACT_LIMITS.drafts, `more than ${FACT_LIMITS.drafts} kinds of drafts`),
  covers: line(200).optional(),
  verified: z.strictObject({ how: z.enum(['application', 'fixture', 'unverified']), on: day, also: line(100).optional() }),
  about: z.array(z.strictObject({ fact: line(100), sure: z.enum(CERTAINTIES), checked: day, note: line(500).optional() })).max(FACT_LIMITS.notes),
})

/**
 * What a signed file may do to one site: give it other facts, or switch it off, so that it is read as any page. It carries no code, and no host that
 * the site has not already.
 */
export const siteUpdateSchema = z.union([
  z.strictObject({ format: z.literal(1), facts: siteFactsSchema }),
  z.strictObject({ format: z.literal(1), off: z.strictObject({ id: z.enum(SITE_IDS), version: versionSchema, reason: z.string().trim().min(1).max(500) }) }),
])
export type SiteUpdate = z.infer<typeof siteUpdateSchema>
