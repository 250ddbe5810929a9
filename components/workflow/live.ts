import { CATEGORIES, type Category } from '../../lib/engine/index.ts'
import { layered } from '../../lib/policy/index.ts'
import { pointOf, withPoints, type PointId, type Workflow } from '../../lib/policy/workflow.ts'
import { changeSettings, listRecords, managedPolicy, type ReviewRecord } from '../../lib/store/index.ts'
import { download, fileName } from '../shell/files.ts'
import { productOf } from '../shell/words.ts'
import { t } from '../ui/index.ts'
import type { Counted, PointFacts, WorkflowFacts } from './model.ts'
import type { WorkflowPort } from './store.ts'

export const workflowPort: WorkflowPort = {
  save: async (workflow, points) => {
    const administrator = await managedPolicy()
    const { policy } = await changeSettings((settings) => ({
      ...settings,
      policy: withPoints(settings.policy, points, layered({ administrator, team: settings.teamPolicy, person: settings.policy }).policy),
      workflows: [...settings.workflows.filter(({ id }) => id !== workflow.id), workflow],
    }))
    return policy
  },
  remove: async (id) => { await changeSettings((settings) => ({ ...settings, workflows: settings.workflows.filter((one) => one.id !== id) })) },
  share: (title, text) => {
    const name = fileName(`workflow-${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'own'}`, 'json', Date.now())
    download(name, [text])
    return name
  },
  newId: () => crypto.randomUUID(),
}

const DAYS = 90
/** Records that a map is drawn from: far more than one person sends in that time. */
const MOST = 5_000

/** What happened in the last 90 days to drafts of the workflow's kind. */
export async function loadFacts({ kind }: Pick<Workflow, 'kind'>, now: number): Promise<WorkflowFacts> {
  const since = now - DAYS * 86_400_000
  return factsOf((await listRecords({ limit: MOST })).filter((record) => record.kind === kind && record.updated >= since), DAYS)
}

/** Counts records; pure. */
export function factsOf(records: readonly ReviewRecord[], days: number): WorkflowFacts {
  const points: Partial<Record<PointId, PointFacts>> = {}
  const others = new Map<Category, number>()
  for (const record of records) {
    const met = new Set([...record.findings, ...record.decisions].map(({ category }) => category))
    for (const point of new Set([...met].flatMap((category) => pointOf(category) ?? []))) points[point] = added(points[point], record, point)
    for (const category of met) if (!pointOf(category)) others.set(category, (others.get(category) ?? 0) + 1)
  }
  const count = (is: (record: ReviewRecord) => boolean): number => records.filter(is).length
  return {
    days, drafts: records.length, points,
    sent: count(({ sent }) => sent !== null), signed: count(({ outcome }) => outcome === 'signed') + count(({ outcome, signOff }) => outcome === 'sent' && signOff !== null),
    overridden: count(({ outcome }) => outcome === 'overridden'), unreviewed: count(({ outcome }) => outcome === 'unreviewed'),
    assistants: tally(records.map(({ origin }) => productOf(origin) ?? t('workflowUnknown'))), hosts: tally(records.map(({ host }) => host)),
    others: CATEGORIES.flatMap((category) => (others.has(category) ? [{ category, met: others.get(category) ?? 0 }] : [])),
  }
}

const NOTHING: PointFacts = { met: 0, fixed: 0, kept: 0, dismissed: 0, overridden: 0, unreviewed: 0 }

function added(facts: PointFacts = NOTHING, { decisions, outcome }: ReviewRecord, point: PointId): PointFacts {
  const here = decisions.filter(({ category }) => pointOf(category) === point)
  const of = (wanted: string): number => here.filter((decision) => decision.outcome === wanted).length
  return {
    met: facts.met + 1, fixed: facts.fixed + of('fixed'), kept: facts.kept + of('kept'), dismissed: facts.dismissed + of('dismissed'),
    overridden: facts.overridden + Number(outcome === 'overridden'), unreviewed: facts.unreviewed + Number(outcome === 'unreviewed'),
  }
}

function tally(names: readonly string[]): Counted[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
}
