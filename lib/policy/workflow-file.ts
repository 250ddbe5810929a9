import { z } from 'zod'
import { TIERS, type DraftKind, type Tier } from '../engine/index.ts'
import { MODES } from './types.ts'
import { ACTORS, POINT_IDS, TEMPLATE_IDS, type PointSettings, type Workflow } from './workflow.ts'

/** A larger file is no workflow; it is refused before it is read. */
export const WORKFLOW_FILE_LIMIT = 256 * 1024

const MOST_STEPS = 20
const text = z.string().trim().min(1).max(200)
const tier: z.ZodType<Tier> = z.enum(TIERS)
const kind: z.ZodType<DraftKind> = z.enum(['email', 'reply', 'note', 'post'])
const steps = z.array(z.strictObject({ actor: z.enum(ACTORS), title: text })).min(2).max(MOST_STEPS)
  .refine((all) => all.filter(({ actor }) => actor === 'check').length === 1, 'A workflow is checked at exactly one step.')
const outline = { template: z.enum(TEMPLATE_IDS), title: text, kind, steps }
const point = z.strictObject({ tier, mode: z.enum(MODES), people: z.array(text).max(100) }).refine((one) => one.tier !== 'block' || one.mode === 'enforce', 'What must change is always enforced.')
const points = z.record(z.enum(POINT_IDS), point)

/** A workflow as settings keep it. */
export const workflowSchema: z.ZodType<Workflow> = z.strictObject({ id: z.string().min(1).max(100), ...outline })

const fileSchema = z.strictObject({ countersign: z.literal('workflow'), format: z.literal(1), ...outline, points })

/** A workflow as it is handed on: with what its review points ask for. */
export interface SharedWorkflow { readonly workflow: Omit<Workflow, 'id'>; readonly points: PointSettings }

/** Why a file is not taken. `damaged`: no JSON. `other`: something else than a workflow. `newer`: made by a later version. `wrong`: `where` and `what`. */
export type WorkflowFileProblem = { readonly kind: 'large' | 'damaged' | 'other' | 'newer' } | { readonly kind: 'wrong'; readonly where: string; readonly what: string }

export type WorkflowFile = { readonly ok: true; readonly shared: SharedWorkflow } | { readonly ok: false; readonly problem: WorkflowFileProblem }

/** The text of a file to share. The names that were entered as owners are in it. */
export function writeWorkflow({ workflow: { template, title, kind, steps }, points }: SharedWorkflow): string {
  return `${JSON.stringify({ countersign: 'workflow', format: 1, template, title, kind, steps, points }, null, 2)}\n`
}

/** Reads a shared file. Nothing of it is used unless all of it is right. */
export function readWorkflow(text: string): WorkflowFile {
  const bad = (problem: WorkflowFileProblem): WorkflowFile => ({ ok: false, problem })
  if (text.length > WORKFLOW_FILE_LIMIT) return bad({ kind: 'large' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return bad({ kind: 'damaged' }) // What JSON.parse says of it helps nobody who did not write the file by hand.
  }
  const head = z.object({ countersign: z.literal('workflow'), format: z.number() }).safeParse(value)
  if (!head.success) return bad({ kind: 'other' })
  if (head.data.format > 1) return bad({ kind: 'newer' })
  const read = fileSchema.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    return bad({ kind: 'wrong', where: issue?.path.join('.') ?? '', what: issue?.message ?? '' })
  }
  const { template, title, kind, steps, points } = read.data
  return { ok: true, shared: { workflow: { template, title, kind, steps }, points } }
}
