import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { firstDay, standingOf, type InsightFilters } from '../../lib/learning/index.ts'
import type { TeamInsights as Insights } from '../../lib/review/team/index.ts'
import { ago, listOf, number } from '../shell/format.ts'
import { Loading } from '../shell/Loading.tsx'
import type { QueryFilters } from '../shell/query-filters.ts'
import { routeHref } from '../shell/router.ts'
import { useAction } from '../shell/useAction.ts'
import { ActionLine } from '../team/ActionLine.tsx'
import { orThrow, type TeamPagePort } from '../team/port.ts'
import { Button, EmptyState, Icon, t } from '../ui/index.ts'
import { Figures } from './Figures.tsx'
import { InsightTools } from './InsightTools.tsx'
import { Numbers } from './Numbers.tsx'
import { figuresOf } from './tables.ts'
import { TeamRepeated } from './TeamRepeated.tsx'

interface TeamInsightsProps extends QueryFilters<InsightFilters> {
  readonly port: Pick<TeamPagePort, 'insights'>
  readonly scope: ReactNode
  /** Null until it is known what is installed. */
  readonly titleOf: ((rule: string) => string | null) | null
  readonly now: number
}

/** What the members did, from their proven ledgers and shared corrections as they were read last; reading them anew is the lead's to ask for. */
export function TeamInsights(props: TeamInsightsProps): ReactNode {
  const { port, scope, now } = props
  const [view, setView] = useState<Insights | null | undefined>(undefined)
  const [state, read] = useAction(useCallback(async (how: 'known' | 'new') => setView(orThrow(await port.insights(how))), [port]))
  useEffect(() => read('known'), [read])
  const anew = <Button look={view ? 'plain' : 'primary'} size={view ? 'sm' : 'md'} off={state.kind === 'busy'} onClick={() => read('new')}><Icon name="reload" size={14} />{t('teamLedgersRead')}</Button>
  return (
    <>
      <div className="vh1"><h1>{t('learnTitle')}</h1>{scope}</div>
      {state.kind === 'failed' && <div className="banner t-block" role="alert" style={{ marginBottom: 16 }}><Icon name="warning" /><span>{t('insightTeamFailed', state.message)}</span></div>}
      {view === undefined && state.kind !== 'failed' && <Loading rows={8} />}
      {view === undefined && state.kind === 'failed' && anew}
      {view === null && (
        <div className="card">
          <EmptyState icon="insights" level={2} title={t('insightTeamNever')}><p>{t('insightTeamNeverHelp')}</p>{anew}{state.kind === 'busy' && <ActionLine state={state} busy={t('teamLedgersReading')} />}</EmptyState>
        </div>
      )}
      {view && (
        <>
          <div className="row wrap" style={{ marginBottom: 12 }}>
            <p className="small sub grow">{t('insightTeamFrom', number(view.devices), number(view.sharing))} {t('teamLedgersAt', ago(view.at, now))}</p>
            <span className="row wrap">{state.kind !== 'failed' && <ActionLine state={state} busy={t('teamLedgersReading')} />}{anew}</span>
          </div>
          <Missing view={view} />
          <Read {...props} view={view} />
        </>
      )}
    </>
  )
}

/** Says whose numbers are not whole, and where to see why. */
function Missing({ view: { partly, unread } }: { readonly view: Insights }): ReactNode {
  if (partly.length === 0 && unread === 0) return null
  return (
    <div className="banner t-review" role="status" style={{ marginBottom: 16 }}>
      <Icon name="warning" />
      <div className="col" style={{ gap: 4 }}>
        {partly.length > 0 && <p>{t('insightTeamPartly', listOf(partly))} <a href={routeHref('team')}>{t('insightTeamPartlyLink')}</a></p>}
        {unread > 0 && <p>{t('insightTeamUnread', number(unread))}</p>}
      </div>
    </div>
  )
}

function Read({ view, filters, set, clear, titleOf, now }: TeamInsightsProps & { readonly view: Insights }): ReactNode {
  const from = firstDay(filters.days, now)
  // Ledgers do not say which assistant a draft came from.
  const asked = useMemo((): InsightFilters => ({ ...filters, assistant: '' }), [filters])
  const shown = useMemo(() => view.days.filter(({ day }) => day >= from), [view, from])
  const figures = useMemo(() => (titleOf ? figuresOf(shown, asked, (rule) => titleOf(rule) ?? rule).filter(({ id }) => id !== 'assistants') : []), [shown, asked, titleOf])
  if (view.days.length === 0) return <div className="card"><EmptyState icon="insights" level={2} title={t('insightTeamNone')}><p>{t('insightTeamNoneHelp')}</p></EmptyState></div>
  return (
    <>
      <InsightTools all={view.days} shown={shown} filters={asked} set={set} clear={clear} />
      <Numbers standing={standingOf(view.days, asked, now)} />
      <div className="stack">
        <Figures figures={figures} />
        <TeamRepeated repeated={view.repeated} sharing={view.sharing} filters={asked} from={from} titleOf={titleOf} />
      </div>
    </>
  )
}
