import { useEffect, useRef, type ReactNode } from 'react'
import { Button, Logo, t } from '../ui/index.ts'
import { Practice, type PracticeProps } from './Practice.tsx'
import { Review } from './Review.tsx'
import { Sites } from './Sites.tsx'
import { STEPS, type Step, type WelcomeState } from './store.ts'
import { WorkflowMap } from './WorkflowMap.tsx'
import { You } from './You.tsx'

interface WelcomeProps {
  readonly state: WelcomeState
  readonly dashboard: string
  /** What the practice draft does when it is sent or pasted into; see `Practice`. */
  readonly practice?: Pick<PracticeProps, 'onSent' | 'slot' | 'watch'>
}

/** The first start: three short steps, then a practice draft that is reviewed for real. */
export function Welcome({ state, dashboard, practice }: WelcomeProps): ReactNode {
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
        {step === 'practice' ? <Practice dashboard={dashboard} {...practice} /> : (
          <form className="steps1" noValidate onSubmit={(event) => { event.preventDefault(); void state.next() }}>
            {step === 'you' && <You state={state} />}
            {step === 'sites' && <Sites state={state} />}
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
      <WorkflowMap state={state} />
    </div>
  )
}

function Steps({ step }: { readonly step: Step }): ReactNode {
  const at = step === 'practice' ? STEPS.length : STEPS.indexOf(step)
  return (
    <ol className="steps" aria-label={t('welcomeSteps', Math.min(at + 1, STEPS.length))}>
      {STEPS.map((each, index) => <li key={each} className={index < at ? 'done' : undefined} aria-current={index === at ? 'step' : undefined}>{t(`welcomeStep_${each}`)}</li>)}
    </ol>
  )
}
