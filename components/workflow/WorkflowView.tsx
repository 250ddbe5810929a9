import { useState, type ReactNode } from 'react'
import { Confirm } from '../shell/Dialog.tsx'
import { number } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { Button, Icon, t } from '../ui/index.ts'
import { Chooser, Details, Points } from './Editor.tsx'
import { Map, type MapProps } from './Map.tsx'
import type { WorkflowState } from './store.ts'

interface ViewProps extends Pick<MapProps, 'facts' | 'where' | 'person'> {
  readonly state: WorkflowState
  /** Address of the page where a practice draft is reviewed. */
  readonly practice: string
}

/** Maps a workflow: which one, what its review points ask for, and beside it the map as it then is. */
export function WorkflowView({ state, facts, where, person, practice }: ViewProps): ReactNode {
  const { workflow, workflows, changed, said, busy } = state
  const [asking, setAsking] = useState(false)
  const kept = workflows.some(({ id }) => id === workflow.id)
  return (
    <>
      <div className="crumb noprint"><a href={routeHref('settings')}>{t('settingsTitle')}</a><Icon name="chevronRight" size={12} /><span>{t('workflowHeading')}</span></div>
      <div className="vh1"><h1>{t('workflowHeading')}</h1></div>
      <p className="lead">{t('workflowLead')}</p>
      {workflows.length > 0 && <Kept state={state} kept={kept} />}
      <div className="wf">
        <div className="stack">
          {!kept && <Chooser state={state} />}
          <Points state={state} />
          <Details state={state} />
          <div className="row wrap">
            <Button look="primary" off={!changed || busy} onClick={() => void state.save()}>{t('workflowSave')}</Button>
            {changed && workflows.length > 0 && <Button onClick={state.undo}>{t('workflowUndo')}</Button>}
            {kept && !changed && <Button look="quiet" onClick={() => setAsking(true)}><Icon name="trash" />{t('workflowRemove')}</Button>}
            <span className={said?.bad ? 'said bad' : 'said'} role={said?.bad ? 'alert' : 'status'}>{said?.text ?? ''}</span>
          </div>
        </div>
        <section className="card map2" aria-label={t('workflowHeading')}>
          <Map workflow={workflow} points={state.points} facts={facts} where={where} person={person} />
          <p className="small sub">{facts && facts.drafts > 0 ? t('workflowFacts', number(facts.days)) : t('workflowNoFacts')}</p>
          {kept && !changed && <a className="btn" href={`${practice}#practice/${workflow.template}`} target="_blank" rel="noreferrer">{t('workflowPractise')}</a>}
        </section>
      </div>
      {asking && (
        <Confirm
          title={t('workflowRemoveTitle', workflow.title)} body={t('workflowRemoveBody')} action={t('workflowRemove')}
          onConfirm={() => { setAsking(false); void state.remove() }} onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

/** The workflows that are kept, one of them open. */
function Kept({ state, kept }: { readonly state: WorkflowState; readonly kept: boolean }): ReactNode {
  const { workflow, workflows, changed } = state
  return (
    <div className="row wrap" style={{ marginBottom: 16 }}>
      <div className="seg" role="group" aria-label={t('workflowList')}>
        {workflows.map(({ id, title }) => <button type="button" key={id} aria-pressed={id === workflow.id} aria-disabled={changed || undefined} title={changed ? t('workflowSaveFirst') : undefined} onClick={() => { if (!changed) state.open(id) }}><span className="clip isolate">{title}</span></button>)}
      </div>
      {kept && <Button size="sm" look="quiet" off={changed} title={changed ? t('workflowSaveFirst') : undefined} onClick={() => state.choose('own')}><Icon name="plus" />{t('workflowNew')}</Button>}
    </div>
  )
}
