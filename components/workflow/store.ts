import { createStore, type StoreApi } from 'zustand/vanilla'
import { layered, type Layers, type Policy, type PolicyPart } from '../../lib/policy/index.ts'
import { freedomOf, POINT_IDS, pointSettings, suggested, withTier, type Freedom, type PointId, type PointSetting, type PointSettings, type TemplateId, type Workflow, type WorkflowStep } from '../../lib/policy/workflow.ts'
import { readWorkflow, writeWorkflow, type WorkflowFileProblem } from '../../lib/policy/workflow-file.ts'
import { messageOf } from '../shell/files.ts'
import { t } from '../ui/index.ts'
import { fromTemplate } from './model.ts'

/** What mapping a workflow needs done. Each rejects with what went wrong; nothing is half done then. */
export interface WorkflowPort {
  /** Keeps the workflow and makes its points the person's policy, which it resolves to. */
  readonly save: (workflow: Workflow, points: PointSettings) => Promise<PolicyPart>
  readonly remove: (id: string) => Promise<void>
  /** Hands a text to the person as a file; resolves to its name. */
  readonly share: (title: string, text: string) => string
  readonly newId: () => string
}

/** What is stored when mapping begins. */
export interface WorkflowStart {
  readonly policy: PolicyPart
  readonly stronger: Omit<Layers, 'person'>
  readonly workflows: readonly Workflow[]
}

export interface WorkflowSaid { readonly bad: boolean; readonly text: string }

export interface WorkflowState {
  /** The workflow that is being mapped. */
  readonly workflow: Workflow
  readonly points: PointSettings
  readonly freedom: Readonly<Record<PointId, Freedom>>
  /** Workflows that are kept. */
  readonly workflows: readonly Workflow[]
  /** True when there is something that is not kept yet. */
  readonly changed: boolean
  readonly busy: boolean
  readonly said: WorkflowSaid | null
  readonly choose: (template: TemplateId) => void
  readonly open: (id: string) => void
  /** Back to what is kept. */
  readonly undo: () => void
  readonly setTitle: (title: string) => void
  readonly setSteps: (steps: readonly WorkflowStep[]) => void
  readonly setPoint: (id: PointId, change: Partial<PointSetting>) => void
  /** True when it was kept. */
  readonly save: () => Promise<boolean>
  readonly remove: () => Promise<void>
  readonly share: () => void
  readonly take: (text: string) => void
}

export function createWorkflowStore(port: WorkflowPort, start: WorkflowStart): StoreApi<WorkflowState> {
  const policyOf = (own: PolicyPart): Policy => layered({ ...start.stronger, person: own }).policy
  let base = policyOf(start.policy)
  const freedom = Object.fromEntries(POINT_IDS.map((id) => [id, freedomOf(id, start.stronger)])) as Record<PointId, Freedom>
  const [first] = start.workflows
  return createStore<WorkflowState>()((set, get) => {
    const change = (part: Partial<WorkflowState>): void => set({ ...part, changed: true, said: null })
    /** Runs a change of what is kept, one at a time, and says how it went. */
    const doing = async (work: () => Promise<string>): Promise<boolean> => {
      if (get().busy) return false
      set({ busy: true, said: null })
      try {
        const text = await work()
        set({ busy: false, said: { bad: false, text } })
        return true
      } catch (error) {
        set({ busy: false, said: { bad: true, text: t('dashNotSaved', messageOf(error)) } })
        return false
      }
    }
    return {
      workflow: first ?? fromTemplate('sales_email', port.newId()),
      points: first ? pointSettings(base) : suggested('sales_email', base),
      freedom, workflows: start.workflows, changed: first === undefined, busy: false, said: null,
      choose: (template) => change({ workflow: fromTemplate(template, port.newId()), points: suggested(template, base) }),
      open: (id) => {
        const workflow = get().workflows.find((one) => one.id === id)
        if (workflow) set({ workflow, points: pointSettings(base), changed: false, said: null })
      },
      undo: () => {
        const { workflow, workflows } = get()
        get().open((workflows.find(({ id }) => id === workflow.id) ?? workflows[0])?.id ?? '')
      },
      setTitle: (title) => change({ workflow: { ...get().workflow, title } }),
      setSteps: (steps) => change({ workflow: { ...get().workflow, steps } }),
      setPoint: (id, { tier, ...rest }) => {
        const { points } = get()
        const next = { ...points[id], ...rest }
        change({ points: { ...points, [id]: tier === undefined ? next : allowed(withTier(next, tier), freedom[id]) } })
      },
      save: () => doing(async () => {
        const { workflow, points, workflows } = get()
        const kept = { ...workflow, title: workflow.title.trim() || t(`workflow_${workflow.template}`), steps: workflow.steps.map((step) => ({ ...step, title: step.title.trim() || t('workflowStepUnnamed') })) }
        base = policyOf(await port.save(kept, points))
        set({ workflow: kept, points: pointSettings(base), changed: false, workflows: [...workflows.filter(({ id }) => id !== kept.id), kept] })
        return t('workflowSaved')
      }),
      remove: async () => {
        const { workflow, workflows } = get()
        await doing(async () => {
          await port.remove(workflow.id)
          const left = workflows.filter(({ id }) => id !== workflow.id)
          set({ workflows: left, workflow: left[0] ?? fromTemplate('sales_email', port.newId()), changed: left.length === 0 })
          return t('workflowRemoved')
        })
      },
      share: () => {
        const { workflow, points } = get()
        const name = port.share(workflow.title, writeWorkflow({ workflow, points }))
        set({ said: { bad: false, text: t('settingsExported', name) } })
      },
      take: (text) => {
        const file = readWorkflow(text)
        if (!file.ok) {
          set({ said: { bad: true, text: fileProblemWords(file.problem) } })
          return
        }
        const { workflow, points } = file.shared
        const taken = Object.fromEntries(POINT_IDS.map((id) => [id, allowed(points[id], freedom[id], get().points[id])])) as Record<PointId, PointSetting>
        const locked = POINT_IDS.some((id) => !sameSetting(taken[id], points[id]))
        set({ workflow: { ...workflow, id: port.newId() }, points: taken, changed: true, said: { bad: false, text: t(locked ? 'workflowTakenLocked' : 'workflowTaken') } })
      },
    }
  })
}

/** A setting as administrator and team leave it; what they do not leave stays as it is (`stands`). */
function allowed(wanted: PointSetting, { tiers, modes, people }: Freedom, stands: PointSetting = wanted): PointSetting {
  const tier = tiers.includes(wanted.tier) ? wanted.tier : stands.tier
  const mode = modes.includes(wanted.mode) ? wanted.mode : (modes.find((one) => one === stands.mode) ?? modes.at(-1) ?? wanted.mode)
  return { tier, mode, people: people ? wanted.people : stands.people }
}

function sameSetting(a: PointSetting, b: PointSetting): boolean {
  return a.tier === b.tier && a.mode === b.mode && a.people.join('\n') === b.people.join('\n')
}

/** What is wrong with a shared file, and what to do about it. */
function fileProblemWords(problem: WorkflowFileProblem): string {
  return problem.kind === 'wrong' ? t('workflowFile_wrong', problem.where || t('workflowFileTop'), problem.what) : t(`workflowFile_${problem.kind}`)
}
