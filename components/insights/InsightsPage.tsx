import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { ENOUGH_DECISIONS, firstDay, standingOf, type DayTally, type InsightFilters } from '../../lib/learning/index.ts'
import { buildTallies, listCorrections, listTallies, tallyProgress, type TallyProgress } from '../../lib/store/index.ts'
import { messageOf } from '../shell/files.ts'
import { number } from '../shell/format.ts'
import { laterPart } from '../shell/later.tsx'
import { Loading } from '../shell/Loading.tsx'
import { WorkBanner } from '../shell/Progress.tsx'
import { routeHref } from '../shell/router.ts'
import { useNow } from '../shell/useNow.ts'
import { useRuleTitles } from '../shell/useRuleTitles.ts'
import { useSeen } from '../shell/useSeen.ts'
import { teamPagePort } from '../team/service.ts'
import { EmptyState, Icon, t } from '../ui/index.ts'
import { Figures } from './Figures.tsx'
import { useInsightFilters } from './filters.ts'
import { InsightsView } from './InsightsView.tsx'
import { InsightTools } from './InsightTools.tsx'
import { scoreViews } from './live.ts'
import { LISTED, MORE } from './model.ts'
import { Numbers } from './Numbers.tsx'
import { Scope, useLeads } from './Scope.tsx'
import { TeamInsights } from './TeamInsights.tsx'
import { useLearning } from './proposals/work.ts'
import { figuresOf } from './tables.ts'

const LaterProposals = laterPart(() => import('./proposals/LiveProposals.tsx').then(({ LiveProposals }) => LiveProposals), <Loading />)

/**
 * The Insights page over this device's counts and corrections, and a lead's over those of the team; a proposal that is answered disappears by itself. Loaded when it is first opened, with the
 * charts.
 */
export function InsightsPage({ part }: { /** Place under `#/insights`. */ readonly part: string }): ReactNode {
  const leads = useLeads(teamPagePort)
  return part === 'team' ? <TeamInsightsPage scope={<Scope part={part} />} /> : <OwnInsights scope={leads ? <Scope part={part} /> : null} />
}

/** The team's numbers, for who leads it: the worker says so to anybody else. */
function TeamInsightsPage({ scope }: { readonly scope: ReactNode }): ReactNode {
  const state = useInsightFilters()
  return <TeamInsights port={teamPagePort} scope={scope} titleOf={useRuleTitles()} now={useNow()} {...state} />
}

/** What this person did. The period is read first; the one before it, to compare with, and what takes long to work out, once that is seen. */
function OwnInsights({ scope }: { readonly scope: ReactNode }): ReactNode {
  const state = useInsightFilters()
  const now = useNow()
  const { days } = state.filters
  const [start, from] = [firstDay(2 * days, now), firstDay(days, now)]
  const read = useLiveQuery(() => readDays(from), [from])
  // Of another period chosen a moment ago, what was read last is there until what is asked now comes.
  const shown = useMemo(() => read?.days.filter(({ day }) => day >= from) ?? null, [read, from])
  const ready = useSeen(shown !== null)
  const before = useLiveQuery(async () => (ready && start < from ? listTallies({ from: start, to: from }) : []), [ready, start, from])
  const all = useMemo(() => (shown ? [...(before ?? []).filter(({ day }) => day < from), ...shown] : null), [before, shown, from])
  const { learned, proposals, failed } = useLearning(ready)
  const [listed, setListed] = useState(LISTED)
  const corrections = useLiveQuery(async () => (await listCorrections({ limit: listed })).reverse(), [listed]) ?? null
  const titleOf = useRuleTitles()
  const scores = useMemo(() => (learned && titleOf ? scoreViews(learned.cards, titleOf) : null), [learned, titleOf])
  return (
    <InsightsView
      scope={scope}
      proposals={<LaterProposals proposals={proposals} failed={failed} />} corrections={corrections} correctionTotal={learned?.corrected ?? null} onMore={() => setListed(listed + MORE)} scores={scores} enough={ENOUGH_DECISIONS}
      head={<><Counting />{all && shown && !read?.empty && <><InsightTools all={all} shown={shown} {...state} /><Numbers standing={standingOf(all, state.filters, now)} /></>}</>}
      figures={shown === null ? <Loading rows={8} /> : <Charts empty={read?.empty ?? false} shown={shown} filters={state.filters} titleOf={titleOf} />}
    />
  )
}

/** The days from one on, and whether nothing was ever counted. */
async function readDays(from: string): Promise<{ readonly days: readonly DayTally[]; readonly empty: boolean }> {
  const days = await listTallies({ from })
  return { days, empty: days.length === 0 && (from === '' || (await listTallies()).length === 0) }
}

interface ChartsProps {
  /** Nothing was ever counted. */
  readonly empty: boolean
  readonly shown: readonly DayTally[]
  readonly filters: InsightFilters
  readonly titleOf: ((rule: string) => string | null) | null
}

function Charts({ empty, shown, filters, titleOf }: ChartsProps): ReactNode {
  const figures = useMemo(() => (titleOf ? figuresOf(shown, filters, (rule) => titleOf(rule) ?? rule) : []), [shown, filters, titleOf])
  if (!empty) return <Figures figures={figures} />
  return (
    <div className="card">
      <EmptyState icon="insights" level={2} title={t('insightEmpty')}><p>{t('insightEmptyHelp')}</p><a className="btn" href={routeHref('settings', ['sites'])}>{t('historyEmptyLink')}</a></EmptyState>
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
  return <WorkBanner icon="clock" label={t('dashCountingLabel')} words={t('insightCounting', number(at.done), number(at.total))} {...at} />
}
