import { useState, type ReactNode } from 'react'
import { number, percent } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { Button, t } from '../ui/index.ts'
import type { ScoreView } from './model.ts'
import { duration } from './tables.ts'

/** Rules that are shown at first: those that were settled most often. */
const FIRST = 20

/** How each rule has done, with the interval that the count allows; below the stated count no share is claimed. */
export function Scores({ scores, enough }: { readonly scores: readonly ScoreView[]; readonly enough: number }): ReactNode {
  const [shown, setShown] = useState(FIRST)
  const left = scores.length - shown
  return (
    <section className="card">
      <div className="sec"><h2>{t('learnScores')}</h2></div>
      {scores.length === 0 ? <p className="pad small sub">{t('learnNoScores')}</p> : (
        <>
          <p className="small sub" style={{ padding: '10px 16px 0' }}>{t('learnScoresHelp')} {t('learnTooFewHelp', number(enough))}</p>
          <div className="scroll" tabIndex={0} role="region" aria-label={t('learnScores')}>
            <table className="sc">
              <thead>
                <tr>{HEADS.map(([key, wide]) => <th key={key} className={wide ? 'wide' : undefined}>{t(key)}</th>)}</tr>
              </thead>
              <tbody>{scores.slice(0, shown).map((score) => <Row key={score.rule} score={score} />)}</tbody>
            </table>
          </div>
          {left > 0 && <div className="pad"><Button onClick={() => setShown(scores.length)}>{t('learnShowMore', number(left))}</Button></div>}
        </>
      )}
    </section>
  )
}

const HEADS = [
  ['learnColRule', false], ['learnColShown', false], ['learnColFixed', true], ['learnColKept', true], ['learnColDismissed', true], ['learnColOverridden', true], ['learnColNoise', true], ['learnColTime', true],
  ['learnColRight', false], ['learnColTrend', true],
] as const

function Row({ score }: { readonly score: ScoreView }): ReactNode {
  const few = <span className="small faint">{t('learnTooFew')}</span>
  return (
    <tr>
      <td><a href={routeHref('rules', score.rule.split('/'))} style={{ textDecoration: 'none', fontWeight: 500 }}>{score.title}</a></td>
      <td className="num">{number(score.flagged)}</td>
      <td className="num wide">{number(score.fixed)}</td><td className="num wide">{number(score.kept)}</td><td className="num wide">{number(score.dismissed)}</td><td className="num wide">{number(score.overridden)}</td>
      <td className="num wide">{score.noise === null ? few : percent(score.noise)}</td><td className="num wide">{duration(score.reviewMs)}</td>
      <td>{score.right === null ? few : <Interval {...score.right} />}</td>
      <td className="num wide">{score.trend === null ? few : <Trend change={score.trend} />}</td>
    </tr>
  )
}

/** The change in hundredths, with its sign: a share of 80 % that was 70 % is 10 more. */
function Trend({ change }: { readonly change: number }): ReactNode {
  const points = Math.round(change * 100)
  return <span title={t('learnTrendHelp')}>{points > 0 ? `+${number(points)}` : number(points)}</span>
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
