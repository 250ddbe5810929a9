import { z } from 'zod'
import { WATCHED_PARTS } from '../guard/coverage.ts'
import type { SessionSnapshot } from '../guard/types.ts'
import { originSchema } from '../origin/schema.ts'
import { MODES } from '../policy/types.ts'
import { count, decision, decisions, draft, finding, id, line, requirement, time } from '../review/schemas.ts'
import type { SideWord } from './side.ts'

// What a frame says to the side panel. Not in the room's index: content scripts carry no Zod.

const print = z.string().max(200)
const gate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('allow'), because: z.enum(['nothing-to-review', 'signed', 'overridden']) }),
  z.strictObject({
    kind: z.literal('hold'), open: z.array(z.string().max(1_000)).max(20_000),
    because: z.enum(['not-ready', 'failed', 'open-findings', 'must-change', 'needs-signature', 'needs-owner', 'void']),
  }),
])
const given = z.strictObject({ name: line, role: line, signKey: print, areas: z.array(id).max(200), request: print, at: time })
const approvals = z.strictObject({
  areas: z.array(id).max(200), given: z.array(given).max(1_000), waiting: z.array(line).max(1_000),
  refused: z.strictObject({ name: line, reason: line }).nullable(), code: z.string().max(3_000_000).nullable(),
})
const coverage = z.strictObject({
  watched: z.array(z.enum(WATCHED_PARTS)).max(10), missing: z.array(z.enum(['body', 'subject', 'recipients', 'send'])).max(10),
  unread: count, blocks: count, complete: z.boolean(), images: count, attachments: count.nullable(), frames: count,
})
const pack = z.strictObject({ id, version: line, title: line, signedBy: line.nullable(), signedAt: time.nullable(), team: z.boolean() })

/** One view of a draft, as a frame tells it. */
export const snapshotSchema: z.ZodType<SessionSnapshot> = z.strictObject({
  id, revision: count,
  phase: z.enum(['checking', 'clear', 'open', 'ready', 'held', 'signed', 'press-again', 'sent', 'failed', 'lost']),
  draft, states: z.array(z.strictObject({ finding, decision: decision.nullable(), owned: z.boolean() })).max(20_000),
  fixed: decisions, more: count, suppressed: count, origin: originSchema, requirement, gate,
  mode: z.enum(MODES).optional(), may: z.strictObject({ override: z.boolean(), unchecked: z.boolean(), suppress: z.boolean() }).optional(),
  held: z.enum(['send', 'schedule', 'archive', 'publish', 'update', 'submit']).nullable(), holds: count,
  voided: z.strictObject({ fresh: count, settled: count }).nullable(), approval: approvals.optional(),
  active: z.string().max(1_000).nullable(), panelOpen: z.boolean(), aside: z.boolean().optional(), coverage,
  reviewer: z.strictObject({ name: line, role: line }), digest: z.strictObject({ text: print, rules: print }).optional(), packs: z.array(pack).max(1_000).optional(),
  record: count.nullable(),
  trouble: z.enum(['worker-gone', 'rules-missing', 'storage-full', 'replace-dirty', 'replace-failed', 'unreadable', 'too-long', 'check-failed']).nullable(),
})

export const sideWordSchema: z.ZodType<SideWord> = z.union([
  z.strictObject({ drafts: z.array(snapshotSchema).max(1_000) }),
  z.strictObject({ call: count, done: print.nullable() }),
  z.strictObject({ call: count, failed: print }),
])
