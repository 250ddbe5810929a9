import type { Category } from '../../lib/engine/index.ts'
import type { PointId, TemplateId, Workflow, WorkflowStep, Actor } from '../../lib/policy/workflow.ts'
import { TEMPLATES } from '../../lib/policy/workflow.ts'
import { t, type MessageKey } from '../ui/index.ts'

/** Most steps a person may draw; the file format takes no more either. */
export const MOST_STEPS = 20

/** A new workflow from a template, its steps in the person's language. */
export function fromTemplate(template: TemplateId, id: string): Workflow {
  const { kind, steps } = TEMPLATES[template]
  let writers = 0
  return {
    id, template, title: t(`workflow_${template}`), kind,
    steps: steps.map((actor) => ({ actor, title: t(actor === 'writer' && writers++ > 0 ? (kind === 'post' ? 'workflowStep_publish' : 'workflowStep_send') : stepKey(template, actor)) })),
  }
}

function stepKey(template: TemplateId, actor: Actor): MessageKey {
  return actor === 'check' ? 'workflowStep_check' : `workflowStep_${template}_${actor}`
}

/** What really happened at one review point, in drafts. */
export interface PointFacts {
  /** Drafts that touched it. */
  readonly met: number
  /** Places that were changed, kept with a reason, or dismissed. */
  readonly fixed: number
  readonly kept: number
  readonly dismissed: number
  /** Drafts that touched it and left without the signature they needed. */
  readonly overridden: number
  readonly unreviewed: number
}

/** What really happened on the way of one kind of draft. */
export interface WorkflowFacts {
  /** Days looked back on. */
  readonly days: number
  readonly drafts: number
  readonly sent: number
  readonly signed: number
  readonly overridden: number
  readonly unreviewed: number
  /** By how often, the most often first. */
  readonly assistants: readonly Counted[]
  readonly hosts: readonly Counted[]
  readonly points: Readonly<Partial<Record<PointId, PointFacts>>>
  /** Categories that no review point names. */
  readonly others: readonly { readonly category: Category; readonly met: number }[]
}

export interface Counted { readonly name: string; readonly count: number }

/** What is seldom drawn thin and what is frequent thick: a line's width in CSS pixels, for `count` of `most`. */
export function wireWidth(count: number, most: number): number {
  return most === 0 ? 1.5 : Math.round((1.5 + 4.5 * (count / most)) * 2) / 2
}

/** The steps with one put in before the last, by default an act of the writer. */
export function withStep(steps: readonly WorkflowStep[], title: string): readonly WorkflowStep[] {
  if (steps.length >= MOST_STEPS) return steps
  return [...steps.slice(0, -1), { actor: 'writer', title }, ...steps.slice(-1)]
}

/** The steps without one; the check stays, and so do two at least. */
export function withoutStep(steps: readonly WorkflowStep[], index: number): readonly WorkflowStep[] {
  return steps.length <= 2 || steps[index]?.actor === 'check' ? steps : steps.filter((_, each) => each !== index)
}

/** The steps with one moved up or down. */
export function movedStep(steps: readonly WorkflowStep[], index: number, by: -1 | 1): readonly WorkflowStep[] {
  const [here, there] = [steps[index], steps[index + by]]
  if (!here || !there) return steps
  return steps.map((step, each) => (each === index ? there : each === index + by ? here : step))
}
