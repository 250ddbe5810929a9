import type { ReactNode } from 'react'
import { ACTORS, type WorkflowStep } from '../../lib/policy/workflow.ts'
import { number } from '../shell/format.ts'
import { Button, Icon, t } from '../ui/index.ts'
import { MOST_STEPS, movedStep, withoutStep, withStep } from './model.ts'

interface StepsProps { readonly steps: readonly WorkflowStep[]; readonly onChange: (steps: readonly WorkflowStep[]) => void }

/** The steps of a workflow as fields, in their order. */
export function Steps({ steps, onChange }: StepsProps): ReactNode {
  const change = (index: number, part: Partial<WorkflowStep>): void => onChange(steps.map((step, each) => (each === index ? { ...step, ...part } : step)))
  return (
    <div className="col" role="group" aria-label={t('workflowSteps')}>
      {steps.map((step, index) => {
        const name = t('workflowStepNumber', number(index + 1))
        return (
          <div className="stp" key={index}>
            <input className="input" aria-label={t('workflowStepTitle', name)} maxLength={200} dir="auto" value={step.title} onChange={(event) => change(index, { title: event.currentTarget.value })} />
            {step.actor === 'check' ? <span className="small sub">{t('workflowActor_check')}</span> : (
              <select className="select" aria-label={t('workflowStepActor', name)} value={step.actor} onChange={(event) => { const actor = ACTORS.find((each) => each === event.currentTarget.value); if (actor) change(index, { actor }) }}>
                {ACTORS.filter((actor) => actor !== 'check').map((actor) => <option key={actor} value={actor}>{t(`workflowActor_${actor}`)}</option>)}
              </select>
            )}
            <span className="row" style={{ gap: 2 }}>
              <Button icon look="quiet" aria-label={t('workflowStepUp', name)} off={index === 0} onClick={() => onChange(movedStep(steps, index, -1))}><span className="up"><Icon name="chevronDown" /></span></Button>
              <Button icon look="quiet" aria-label={t('workflowStepDown', name)} off={index === steps.length - 1} onClick={() => onChange(movedStep(steps, index, 1))}><Icon name="chevronDown" /></Button>
              <Button icon look="quiet" aria-label={t('workflowStepRemove', name)} off={steps.length <= 2 || step.actor === 'check'} onClick={() => onChange(withoutStep(steps, index))}><Icon name="trash" /></Button>
            </span>
          </div>
        )
      })}
      <span><Button size="sm" off={steps.length >= MOST_STEPS} onClick={() => onChange(withStep(steps, t('workflowStepNew')))}><Icon name="plus" />{t('workflowStepAdd')}</Button></span>
    </div>
  )
}
