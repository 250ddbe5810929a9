import type { ReactNode } from 'react'
import { TIERS, type Tier } from '../../lib/engine/index.ts'
import { POINT_IDS, type Actor, type PointId, type PointSettings, type Workflow } from '../../lib/policy/workflow.ts'
import { listOf, number } from '../shell/format.ts'
import { Icon, TierGlyph, categoryName, t, tn, type IconName } from '../ui/index.ts'
import { wireWidth, type Counted, type PointFacts, type WorkflowFacts } from './model.ts'

const ICONS: Readonly<Record<Actor, IconName>> = { assistant: 'inserted', writer: 'pencil', check: 'eye', reader: 'mail' }

export interface MapProps {
  readonly workflow: Workflow
  readonly points: PointSettings
  /** What really happened; null where nothing is known yet. */
  readonly facts: WorkflowFacts | null
  /** Where drafts are checked, by name. Empty: nowhere yet. */
  readonly where: readonly string[]
  /** Who signs; '' while no name is given. */
  readonly person: string
}

/** The way of a draft from the assistant to the customer, with its review points, and with what really happened where that is known. */
export function Map({ workflow, points, facts, where, person }: MapProps): ReactNode {
  const known = facts !== null && facts.drafts > 0 ? facts : null
  return (
    <ol className="flow" aria-label={t('workflowMapOf', workflow.title)}>
      {workflow.steps.map((step, index) => (
        <li key={index}>
          {index > 0 && <Wire count={known ? passing(workflow, index, known) : 0} most={known?.drafts ?? 0} />}
          <div className={step.actor === 'writer' && index === 1 && where.length === 0 ? 'node dim' : 'node'}>
            <Icon name={ICONS[step.actor]} /><span className="strong isolate">{step.title}</span>
            <Under workflow={workflow} index={index} facts={known} where={where} person={person} />
          </div>
          {step.actor === 'check' && <Lanes points={points} facts={known} />}
        </li>
      ))}
    </ol>
  )
}

function Wire({ count, most }: { readonly count: number; readonly most: number }): ReactNode {
  const width = wireWidth(count, most)
  return <div className="wire" style={{ width, marginInlineStart: 21.75 - width / 2 }} aria-hidden="true" />
}

/** Drafts that came as far as this step: all up to the check, after it those that left. */
function passing({ steps }: Workflow, index: number, facts: WorkflowFacts): number {
  return index <= steps.findIndex(({ actor }) => actor === 'check') ? facts.drafts : facts.sent
}

interface UnderProps extends Pick<MapProps, 'workflow' | 'facts' | 'where' | 'person'> { readonly index: number }

/** The small line of a node: what was seen there, or what will be. */
function Under({ workflow, index, facts, where, person }: UnderProps): ReactNode {
  const { steps } = workflow
  const check = steps.findIndex(({ actor }) => actor === 'check')
  const line = (text: string): ReactNode => <span className="d" dir="auto">{text}</span>
  switch (steps[index]?.actor) {
    case undefined: return null
    case 'assistant': return facts && facts.assistants.length > 0 && line(counted(facts.assistants))
    case 'check': return line(facts ? tn('workflowSeen', facts.drafts, number(facts.days)) : t('welcomeMapCheckedHelp'))
    case 'reader': return line(facts ? tn('workflowReached', facts.sent) : person === '' ? t('workflowUnsigned') : t('welcomeMapSigned', person))
    case 'writer': {
      if (index === check + 1) return facts ? <Left facts={facts} /> : line(t('welcomeMapOpensHelp'))
      if (index !== check - 1) return null
      if (facts && facts.hosts.length > 0) return line(counted(facts.hosts))
      return line(where.length > 0 ? listOf(where) : t('workflowNowhere'))
    }
  }
}

function Left({ facts }: { readonly facts: WorkflowFacts }): ReactNode {
  return (
    <span className="d">
      {tn('workflowSigned', facts.signed)}
      {facts.overridden > 0 && <strong className="t-block odd"><Icon name="flag" size={12} />{tn('workflowOverridden', facts.overridden)}</strong>}
      {facts.unreviewed > 0 && <strong className="t-block odd"><Icon name="warning" size={12} />{tn('workflowUnreviewed', facts.unreviewed)}</strong>}
    </span>
  )
}

function Lanes({ points, facts }: { readonly points: PointSettings; readonly facts: WorkflowFacts | null }): ReactNode {
  const others = facts?.others ?? []
  return (
    <ul className="lanes" aria-label={t('workflowPoints')}>
      {[...TIERS].reverse().map((tier) => {
        const held = POINT_IDS.filter((id) => points[id].tier === tier)
        return held.length > 0 && <Lane key={tier} tier={tier} ids={held} points={points} facts={facts} />
      })}
      {others.length > 0 && (
        <li className="node lane">
          <Icon name="info" size={14} /><span className="strong">{t('workflowOthers')}</span>
          <span className="d">{listOf(others.map(({ category, met }) => t('workflowCounted', categoryName(category), number(met))))}</span>
        </li>
      )}
    </ul>
  )
}

interface LaneProps { readonly tier: Tier; readonly ids: readonly PointId[]; readonly points: PointSettings; readonly facts: WorkflowFacts | null }

function Lane({ tier, ids, points, facts }: LaneProps): ReactNode {
  return (
    <li className="node lane">
      <TierGlyph tier={tier} /><span className="strong">{t(`welcomeMap_${tier}`)}</span>
      <ul className="d">
        {ids.map((id) => {
          const { people, mode } = points[id]
          const more = [...(tier === 'approve' && people.length > 0 ? [listOf(people)] : []), ...(tier !== 'note' && mode !== 'enforce' ? [t(`policyModeName_${mode}`)] : [])]
          return <li key={id}>{t(`workflowPoint_${id}`)}{more.length > 0 && <span className="isolate"> · {more.join(' · ')}</span>}<Happened facts={facts} of={facts?.points[id]} held={tier !== 'note'} /></li>
        })}
      </ul>
    </li>
  )
}

/** What really happened at a point. A point that was never met says so: perhaps it is none. */
function Happened({ facts, of, held }: { readonly facts: WorkflowFacts | null; readonly of: PointFacts | undefined; readonly held: boolean }): ReactNode {
  if (!facts) return null
  if (!of || of.met === 0) return <span className="was faint">{t('workflowNeverMet')}</span>
  return (
    <span className="was">
      {tn('workflowMet', of.met)}
      {of.fixed > 0 && <> · {t('workflowFixed', number(of.fixed))}</>}
      {of.kept > 0 && <> · {t('workflowKept', number(of.kept))}</>}
      {of.dismissed > 0 && <> · {t('workflowDismissed', number(of.dismissed))}</>}
      {held && of.overridden > 0 && <strong className="t-block odd"><Icon name="flag" size={12} />{tn('workflowOverridden', of.overridden)}</strong>}
      {held && of.unreviewed > 0 && <strong className="t-block odd"><Icon name="warning" size={12} />{tn('workflowUnreviewed', of.unreviewed)}</strong>}
    </span>
  )
}

function counted(all: readonly Counted[]): string {
  const shown = all.slice(0, 3).map(({ name, count }) => t('workflowCounted', name, number(count)))
  const rest = all.slice(3).reduce((sum, { count }) => sum + count, 0)
  return listOf([...shown, ...(rest > 0 ? [t('workflowCounted', t('workflowElse'), number(rest))] : [])])
}
