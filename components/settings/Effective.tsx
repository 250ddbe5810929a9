import type { ReactNode } from 'react'
import type { Refusal } from '../../lib/policy/index.ts'
import type { AdministratorProblem } from '../../lib/store/index.ts'
import { routeHref } from '../shell/router.ts'
import { Icon, t } from '../ui/index.ts'
import { fieldWords, type EffectiveLine, type From } from './effective.ts'

export interface EffectiveProps {
  readonly policy: readonly EffectiveLine[]
  /** What the administrator forces beside the policy. */
  readonly forced: readonly EffectiveLine[]
  readonly refused: readonly Refusal[]
  /** Values of the administrator's that could not be read. */
  readonly problems: readonly AdministratorProblem[]
}

/** The policy in force, line by line, with who set each: the administrator before the team before the person. */
export function Effective({ policy, forced, refused, problems }: EffectiveProps): ReactNode {
  return (
    <>
      <div className="crumb noprint"><a href={routeHref('settings')}>{t('settingsTitle')}</a><Icon name="chevronRight" size={12} /><span>{t('effectiveTitle')}</span></div>
      <div className="vh1"><h1>{t('effectiveTitle')}</h1></div>
      <p className="lead">{t('effectiveLead')}</p>
      <div className="stack">
        {problems.length > 0 && <Problems problems={problems} />}
        {forced.length > 0 && <Lines title={t('effectiveForced')} lines={forced} />}
        <Lines title={t('settingsPolicy')} lines={policy} />
        {refused.length > 0 && (
          <section className="card">
            <div className="sec"><h2>{t('effectiveRefused')}</h2></div>
            <ul className="pad col small" style={{ gap: 4 }}>
              {refused.map(({ layer, field, setBy }) => <li key={`${layer} ${field}`}>{t('policyRefused', `“${fieldWords(field)}”`, t(`policyLayer_${setBy}`), t(`policyLayer_${layer}`))}</li>)}
            </ul>
          </section>
        )}
      </div>
    </>
  )
}

function Problems({ problems }: Pick<EffectiveProps, 'problems'>): ReactNode {
  return (
    <div className="banner t-block" role="alert">
      <Icon name="warning" />
      <div className="col" style={{ gap: 4 }}>
        <strong>{t('effectiveProblems')}</strong>
        <ul className="col small" style={{ gap: 4 }}>
          {problems.map(({ where, what, instead }) => <li key={`${where} ${what}`}><span className="mono isolate" dir="ltr">{where}</span>: <span className="isolate">{what}</span> {t(`effectiveInstead_${instead}`)}</li>)}
        </ul>
      </div>
    </div>
  )
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly EffectiveLine[] }): ReactNode {
  return (
    <section className="card">
      <div className="sec"><h2>{title}</h2></div>
      <table className="mx eff">
        <thead><tr><th>{t('effectiveWhat')}</th><th>{t('effectiveValue')}</th><th>{t('effectiveFrom')}</th></tr></thead>
        <tbody>
          {lines.map(({ field, what, value, from }) => (
            <tr key={field}>
              <td className="name">{what}</td>
              <td data-l={t('effectiveValue')}><span className="isolate" dir="auto">{value}</span></td>
              <td data-l={t('effectiveFrom')}><Origin from={from} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Origin({ from }: { readonly from: From }): ReactNode {
  if (from === 'default') return <span className="faint">{t('effectiveFrom_default')}</span>
  return <span className="row lk">{from === 'administrator' && <Icon name="lock" size={12} />}{t(`effectiveFrom_${from}`)}</span>
}
