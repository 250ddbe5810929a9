import type { ReactNode } from 'react'
import { number, percent } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { t } from '../ui/index.ts'
import type { ScoreView } from './model.ts'

/** How each rule has done, with the interval that the count allows; below the stated count no share is claimed. */
export function Scores({ scores, enough }: { readonly scores: readonly ScoreView[]; readonly enough: number }): ReactNode {
  return (
    <section className="card">
      <div className="sec"><h2>{t('learnScores')}</h2></div>
      {scores.length === 0 ? <p className="pad small sub">{t('learnNoScores')}</p> : (
        <>
          <p className="small sub" style={{ padding: '10px 16px 0' }}>{t('learnScoresHelp')} {t('learnTooFewHelp', number(enough))}</p>
          <div className="scroll">
            <table className="sc">
              <thead>
                <tr><th>{t('learnColRule')}</th><th>{t('learnColShown')}</th><th className="wide">{t('learnColFixed')}</th><th className="wide">{t('learnColKept')}</th><th className="wide">{t('learnColDismissed')}</th><th>{t('learnColRight')}</th></tr>
              </thead>
              <tbody>{scores.map((score) => <Row key={score.rule} score={score} />)}</tbody>
            </table>
          </div>
        </>
      )}
    </section>
  )
}

function Row({ score }: { readonly score: ScoreView }): ReactNode {
  return (
    <tr>
      <td><a href={routeHref('rules', score.rule.split('/'))} style={{ textDecoration: 'none', fontWeight: 500 }}>{score.title}</a></td>
      <td className="num">{number(score.fixed + score.kept + score.dismissed)}</td>
      <td className="num wide">{number(score.fixed)}</td><td className="num wide">{number(score.kept)}</td><td className="num wide">{number(score.dismissed)}</td>
      <td>{score.right === null ? <span className="small faint">{t('learnTooFew')}</span> : <Interval {...score.right} />}</td>
    </tr>
  )
}

function Interval({ share, low, high }: { readonly share: number; readonly low: number; readonly high: number }): ReactNode {
  const x = (value: number): number => 4 + value * 112
  return (
    <span className="row">
      <svg className="ci" viewBox="0 0 120 18" role="img" aria-label={t('learnInterval', percent(share), percent(low), percent(high))}>
        <line x1={x(0)} x2={x(1)} y1="9" y2="9" /><line className="w" x1={x(low)} x2={x(high)} y1="9" y2="9" /><circle cx={x(share)} cy="9" r="4" />
      </svg>
      <span className="num small sub" aria-hidden="true">{percent(share)}</span>
    </span>
  )
}
