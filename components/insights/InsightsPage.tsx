import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { ENOUGH_DECISIONS, firstDay, standingOf, type DayTally, type InsightFilters } from '../../lib/learning/index.ts'
import { buildTallies, listTallies, tallyProgress, type TallyProgress } from '../../lib/store/index.ts'
import { messageOf } from '../shell/files.ts'
import { number, percent } from '../shell/format.ts'
import { Loading } from '../shell/Loading.tsx'
import { routeHref } from '../shell/router.ts'
import { useNow } from '../shell/useNow.ts'
import { useRuleTitles } from '../shell/useRuleTitles.ts'
import { EmptyState, Icon, t } from '../ui/index.ts'
import { Figures } from './Figures.tsx'
import { useInsightFilters } from './filters.ts'
import { InsightsView } from './InsightsView.tsx'
import { InsightTools } from './InsightTools.tsx'
import { loadInsights } from './live.ts'
import { Numbers } from './Numbers.tsx'
import { loadAccepted, proposalPort } from './proposals/live.ts'
import { Proposals } from './proposals/Proposals.tsx'
import { createProposalStore } from './proposals/store.ts'
import { useProposals } from './proposals/work.ts'
import { figuresOf } from './tables.ts'

/** The Insights page over this device's counts and corrections; a proposal that is answered disappears by itself. Loaded when it is first opened, with the charts. */
export default function InsightsPage(): ReactNode {
  const data = useLiveQuery(loadInsights)
  const all = useLiveQuery(() => listTallies()) ?? null
  const state = useInsightFilters()
  const now = useNow()
  const from = firstDay(state.filters.days, now)
  const shown = useMemo(() => (all ?? []).filter(({ day }) => day >= from), [all, from])
  return (
    <InsightsView
      proposals={<LiveProposals />} corrections={data?.corrections ?? null} correctionTotal={data?.correctionTotal ?? 0} scores={data?.scores ?? []} enough={ENOUGH_DECISIONS}
      head={<><Counting />{all && all.length > 0 && <><InsightTools all={all} shown={shown} {...state} /><Numbers standing={standingOf(all, state.filters, now)} /></>}</>}
      figures={all === null ? <Loading rows={8} /> : <Charts all={all} shown={shown} filters={state.filters} />}
    />
  )
}

/** The cards over what this device keeps. */
function LiveProposals(): ReactNode {
  const [store] = useState(() => createProposalStore(proposalPort))
  const { proposals, failed } = useProposals()
  const accepted = useLiveQuery(loadAccepted) ?? []
  const state = useStore(store)
  return <Proposals proposals={proposals} failed={failed?.message ?? null} accepted={accepted} state={state} />
}

function Charts({ all, shown, filters }: { readonly all: readonly DayTally[]; readonly shown: readonly DayTally[]; readonly filters: InsightFilters }): ReactNode {
  const titleOf = useRuleTitles()
  const figures = useMemo(() => (titleOf ? figuresOf(shown, filters, (rule) => titleOf(rule) ?? rule) : []), [shown, filters, titleOf])
  if (all.length > 0) return <Figures figures={figures} />
  return (
    <div className="card">
      <EmptyState icon="insights" title={t('insightEmpty')}><p>{t('insightEmptyHelp')}</p><a className="btn" href={routeHref('settings', ['sites'])}>{t('historyEmptyLink')}</a></EmptyState>
    </div>
  )
}

/** Counts what was not counted yet, and says how far that is: after an update the numbers are not whole at once. */
function Counting(): ReactNode {
  const [at, setAt] = useState<TallyProgress | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    const count = async (): Promise<void> => {
      if ((await tallyProgress()) === null) return
      await buildTallies({ onProgress: setAt, signal: stop.signal })
      setAt(null)
    }
    count().catch((error: unknown) => setFailed(messageOf(error)))
    return () => stop.abort()
  }, [])
  if (failed !== null) return <div className="banner t-block" role="alert" style={{ marginBottom: 16 }}><Icon name="warning" />{t('insightCountFailed', failed)}</div>
  if (at === null) return null
  return (
    <div className="banner" role="status" style={{ marginBottom: 16 }}>
      <Icon name="clock" /><span className="grow">{t('insightCounting', number(at.done), number(at.total))}</span><progress max={1} value={at.done / Math.max(1, at.total)} aria-label={percent(at.done / Math.max(1, at.total))} />
    </div>
  )
}
