import { useLiveQuery } from 'dexie-react-hooks'
import { Suspense, useMemo, type ReactNode } from 'react'
import { NO_ADMINISTRATOR, readAdministrator, type Settings } from '../../lib/store/index.ts'
import { HistoryPage } from '../history/HistoryPage.tsx'
import { LedgerPage } from '../history/LedgerPage.tsx'
import type { LedgerStanding } from '../history/LedgerView.tsx'
import { t } from '../ui/index.ts'
import { Boundary } from './Boundary.tsx'
import { FeaturesOff } from './features.tsx'
import { Loading } from './Loading.tsx'
import { ApprovalsPage, EffectivePage, HelpPage, InsightsPage, RecordPage, RulesPage, SettingsPage, TeamPage, WorkflowPage } from './pages.ts'
import { useRoute, type Route } from './router.ts'
import { saveLedger } from './saveLedger.ts'
import { Shell } from './Shell.tsx'
import { StorageBanner } from './StorageBanner.tsx'
import { useAction } from './useAction.ts'
import { useLedger } from './useLedger.ts'
import { useSettings } from './useSettings.ts'
import { useWaiting } from './useWaiting.ts'

/** The dashboard: its frame and, inside a boundary of its own, the page that the address names. */
export function Dashboard(): ReactNode {
  const route = useRoute()
  const { standing, verify } = useLedger()
  const place = `${route.section}/${route.path.join('/')}`
  return (
    <Boundary title={t('dashTitle')}>
      <Framed route={route} place={place} standing={standing} verify={verify} />
    </Boundary>
  )
}

interface FramedProps {
  readonly route: Route
  readonly place: string
  readonly standing: LedgerStanding
  readonly verify: () => void
}

function Framed({ route, place, standing, verify }: FramedProps): ReactNode {
  const settings = useSettings()
  const waiting = useWaiting() ?? 0
  const { off } = useLiveQuery(readAdministrator, [settings]) ?? NO_ADMINISTRATOR
  const featuresOff = useMemo(() => new Set(off), [off])
  return (
    <Shell section={route.section} place={place} counts={{ approvals: waiting }} ledger={standing} person={settings?.reviewer.name ?? ''}>
      <StorageBanner />
      <Boundary key={place} title={t(`dashNav_${route.section}`)}>
        <FeaturesOff value={featuresOff}>
          <Suspense fallback={<Loading rows={8} />}><Page route={route} settings={settings} standing={standing} verify={verify} /></Suspense>
        </FeaturesOff>
      </Boundary>
    </Shell>
  )
}

interface PageProps {
  readonly route: Route
  readonly settings: Settings | null
  readonly standing: LedgerStanding
  readonly verify: () => void
}

function Page({ route, settings, standing, verify }: PageProps): ReactNode {
  const [first = '', second = '', third = '', fourth = ''] = route.path
  const [exported, exportLedger] = useAction(saveNow)
  const failure = exported.kind === 'failed' && <div className="banner t-block" role="alert" style={{ marginBottom: 16 }}>{t('dashNotSaved', exported.message)}</div>
  switch (route.section) {
    case 'history': return first === '' ? <>{failure}<HistoryPage keepDays={settings?.retentionDays ?? null} onExport={() => exportLedger('jsonl')} /></> : <RecordPage id={first} />
    case 'approvals': return <ApprovalsPage id={first} />
    case 'rules': return <RulesPage settings={settings} packId={first} rule={second} act={third} from={fourth} />
    case 'insights': return <InsightsPage part={first} />
    case 'team': return <TeamPage settings={settings} part={first} id={second} />
    case 'settings': return first === 'workflow' ? <WorkflowPage settings={settings} /> : first === 'effective' ? <EffectivePage settings={settings} /> : <SettingsPage settings={settings} part={first} />
    case 'help': return <HelpPage tab={route.query['tab'] ?? ''} at={route.query['at'] ?? ''} />
    case 'ledger': return <>{failure}<LedgerPage standing={standing} onVerify={verify} onExport={exportLedger} /></>
  }
}

async function saveNow(form: 'jsonl' | 'csv' = 'jsonl'): Promise<void> {
  await saveLedger(form, Date.now())
}
