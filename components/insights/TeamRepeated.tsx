import { useState, type ReactNode } from 'react'
import type { InsightFilters } from '../../lib/learning/index.ts'
import type { RepeatedCorrection } from '../../lib/review/team/index.ts'
import { number } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { Button, EmptyState, WordDiff, categoryName, t } from '../ui/index.ts'
import { LISTED, MORE } from './model.ts'

interface RepeatedProps {
  readonly repeated: readonly RepeatedCorrection[]
  /** Devices that share corrections. */
  readonly sharing: number
  readonly filters: InsightFilters
  /** First day of the period, as `firstDay` gives it. */
  readonly from: string
  readonly titleOf: ((rule: string) => string | null) | null
}

/** What the members who share corrections corrected more than once, those first that most of them made. */
export function TeamRepeated({ repeated, sharing, filters: { site, category }, from, titleOf }: RepeatedProps): ReactNode {
  const [listed, setListed] = useState(LISTED)
  const since = from === '' ? 0 : Date.parse(`${from}T00:00:00Z`)
  const asked = repeated.filter((one) => one.last >= since && (site === '' || one.site === site) && (category === '' || one.category === category))
  const left = asked.length - listed
  return (
    <section className="card">
      <div className="sec"><h2>{t('insightTeamRepeated')}</h2><span className="end small faint">{t('insightTeamSharing', number(sharing))}</span></div>
      {asked.length === 0
        ? <EmptyState icon="pencil" title={t('insightTeamRepeatedNone')}><p>{t('insightTeamRepeatedNoneHelp')}</p></EmptyState>
        : <ul>{asked.slice(0, listed).map((one) => <Line key={JSON.stringify([one.rule, one.before, one.after])} made={one} title={titleOf?.(one.rule) ?? one.rule} />)}</ul>}
      {left > 0 && <div className="pad"><Button onClick={() => setListed(listed + MORE)}>{t('learnShowMore', number(Math.min(left, MORE)))}</Button></div>}
    </section>
  )
}

function Line({ made, title }: { readonly made: RepeatedCorrection; readonly title: string }): ReactNode {
  return (
    <li className="cor">
      <WordDiff before={made.before} after={made.after} label={t('learnTo', made.before, made.after)} />
      <span className="small faint">
        {categoryName(made.category)}{made.rule !== '' && <> · <a href={routeHref('rules', made.rule.split('/'))}>{title}</a></>} · {t('insightTeamTimes', number(made.times), number(made.members))}
      </span>
    </li>
  )
}
