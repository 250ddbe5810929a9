import { useEffect, useRef, type ReactNode } from 'react'
import { SITE_IDS } from '../../lib/sites/types.ts'
import { Button, Logo, t } from '../ui/index.ts'
import { Chooser, Details, Points } from '../workflow/Editor.tsx'
import { Map } from '../workflow/Map.tsx'
import { namesOfSites } from '../workflow/sites.ts'
import type { WorkflowState } from '../workflow/store.ts'
import { Practice, type PracticeProps } from './Practice.tsx'
import { Review } from './Review.tsx'
import { Sites } from './Sites.tsx'
import { STEPS, type Step, type WelcomeState } from './store.ts'
import { You } from './You.tsx'

interface WelcomeProps {
  readonly state: WelcomeState
  readonly workflow: WorkflowState
  readonly dashboard: string
  /** What the practice draft does when it is sent or pasted into; see `Practice`. */
  readonly practice?: Pick<PracticeProps, 'onSent' | 'slot' | 'watch' | 'template'>
}

/** The first start: four short steps, then a practice draft that is reviewed for real. */
export function Welcome({ state, workflow, dashboard, practice }: WelcomeProps): ReactNode {
  const { step } = state
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    document.title = `${t('welcomeTitle')} - Countersign`
    if (!first.current) main.current?.focus()
    first.current = false
  }, [step])
  return (
    <div className="w">
      <main className="l" ref={main} tabIndex={-1}>
        <div className="row"><Logo size={26} /><span className="brandname">Countersign</span></div>
        <Steps step={step} />
        {step === 'practice' ? <Practice dashboard={dashboard} template={workflow.workflow.template} {...practice} /> : (
          <form className="steps1" noValidate onSubmit={(event) => { event.preventDefault(); void state.next() }}>
            {step === 'you' && <You state={state} />}
            {step === 'sites' && <Sites state={state} />}
            {step === 'workflow' && <Workflow state={workflow} />}
            {step === 'review' && <Review />}
            <p className="said bad" role="alert">{state.problem}</p>
            <div className="nx">
              {step !== 'you' && <Button look="quiet" size="lg" onClick={state.back}>{t('welcomeBack')}</Button>}
              <span className="end" />
              {step === 'you' && <Button look="quiet" size="lg" onClick={() => state.goto('sites')}>{t('welcomeSkip')}</Button>}
              <Button type="submit" look="primary" size="lg">{t(step === 'review' ? 'welcomeTry' : 'welcomeNext')}</Button>
            </div>
          </form>
        )}
      </main>
      <aside className="map" aria-label={t('welcomeMap')}>
        <h2>{t('welcomeMap')}</h2>
        <Map workflow={workflow.workflow} points={workflow.points} facts={null} where={whereOf(state)} person={state.name.trim()} />
        <p className="small sub">{t('welcomeMapLater')}</p>
      </aside>
    </div>
  )
}

/** Step 3: which workflow, and what its review points ask for. Everything is filled in sensibly, so that going on is enough. */
function Workflow({ state }: { readonly state: WorkflowState }): ReactNode {
  return (
    <>
      <div><h1>{t('welcomeWorkflowTitle')}</h1><p className="lead">{t('welcomeWorkflowLead')}</p></div>
      <Chooser state={state} />
      <Points state={state} />
      <Details state={state} />
      <p className={state.said?.bad ? 'said bad' : 'said'} role={state.said?.bad ? 'alert' : 'status'}>{state.said?.text ?? ''}</p>
    </>
  )
}

function whereOf({ sites }: WelcomeState): string[] {
  return namesOfSites(SITE_IDS.map((id) => ({ prefix: sites[id].prefix ?? '', adapter: id, on: sites[id].prefix !== null })))
}

function Steps({ step }: { readonly step: Step }): ReactNode {
  const at = step === 'practice' ? STEPS.length : STEPS.indexOf(step)
  return (
    <ol className="steps" aria-label={t('welcomeSteps', Math.min(at + 1, STEPS.length))}>
      {STEPS.map((each, index) => <li key={each} className={index < at ? 'done' : undefined} aria-current={index === at ? 'step' : undefined}>{t(`welcomeStep_${each}`)}</li>)}
    </ol>
  )
}
