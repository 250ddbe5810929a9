import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { SideRegistry } from '../../lib/messages/side-panel.ts'
import { OneRequest, SideApprovals } from '../approvals/ApprovalsPage.tsx'
import { standingOf } from '../popup/model.ts'
import { livePort } from '../popup/port.ts'
import { StandingLine } from '../popup/Standing.tsx'
import { createPopupStore } from '../popup/store.ts'
import type { PopupView } from '../popup/model.ts'
import { ReviewContext, useReviewState, type ReviewEnvironment } from '../review/context.ts'
import { currentOf } from '../review/store.ts'
import { Boundary } from '../shell/Boundary.tsx'
import { number } from '../shell/format.ts'
import { routeHref, useRoute } from '../shell/router.ts'
import { useWaiting } from '../shell/useWaiting.ts'
import { Button, EmptyState, Icon, Logo, t, UnseenNote } from '../ui/index.ts'
import { SideDraft } from './SideDraft.tsx'

/** How often the tab in front is looked at while the panel is open: drafts open and close in it. Milliseconds. */
const EVERY = 1_000

interface SidePanelProps {
  /** The drafts of the tab, and the review's state over them. */
  readonly registry: SideRegistry
  readonly environment: ReviewEnvironment
}

/** The browser's side panel: the draft of the tab in front, and the approver's queue. */
export function SidePanelPage({ registry, environment }: SidePanelProps): ReactNode {
  const { section, path } = useRoute()
  const queue = section === 'approvals'
  const waiting = useWaiting()
  return (
    <ReviewContext value={environment}>
      <div className="cs sp">
        <header>
          <Logo size={20} /><h1>{t('popupTitle')}</h1>
          <nav className="seg end" aria-label={t('sideTabs')}>
            <a href="#/" aria-current={queue ? undefined : 'page'}>{t('sideTab_draft')}</a>
            <a href={routeHref('approvals')} aria-current={queue ? 'page' : undefined}>{t('sideTab_queue')}{waiting ? <span className="num"> {number(waiting)}</span> : null}</a>
          </nav>
        </header>
        <Boundary key={queue ? `queue ${path[0] ?? ''}` : 'draft'} title={t('popupTitle')}>
          <main>{queue ? <div className="queue">{path[0] ? <OneRequest key={path[0]} id={path[0]} /> : <SideApprovals />}</div> : <Drafts registry={registry} />}</main>
        </Boundary>
      </div>
    </ReviewContext>
  )
}

/** Follows the tab in front of this window. */
function Drafts({ registry }: Pick<SidePanelProps, 'registry'>): ReactNode {
  const [store] = useState(() => createPopupStore(livePort))
  const { view, load, reload } = useStore(store)
  const drafting = useReviewState((state) => currentOf(state) !== null)
  useEffect(() => {
    const look = (): void => { if (document.visibilityState === 'visible') void load() }
    look()
    const timer = setInterval(look, EVERY)
    chrome.tabs.onActivated.addListener(look)
    return () => {
      clearInterval(timer)
      chrome.tabs.onActivated.removeListener(look)
    }
  }, [load])
  const follow = useEffectEvent((found: PopupView) => {
    if (found.kind === 'loading' || found.kind === 'failed') return
    const drafts = found.kind === 'site' && found.on ? found.page?.drafts.length ?? 0 : 0
    void registry.follow(found.kind === 'site' && drafts > 0 ? found.tab : null, drafts)
  })
  useEffect(() => { follow(view) }, [view])
  return (
    <>
      {view.kind === 'site' && view.on && view.page?.unseen.map((send) => <div key={send.id} className="banner t-review flat" role="alert"><Icon name="warning" /><UnseenNote send={send} host={view.host} /></div>)}
      {drafting ? <SideDraft /> : <Standing view={view} onReload={() => void reload()} onRetry={() => void load()} />}
    </>
  )
}

interface StandingProps { readonly view: PopupView; readonly onReload: () => void; readonly onRetry: () => void }

/** No draft to show: why, and what to do. */
function Standing({ view, onReload, onRetry }: StandingProps): ReactNode {
  switch (view.kind) {
    case 'loading': return <div role="status" aria-label={t('popupLoading')} className="col wait"><span className="sk w60" /><span className="sk w80" /><span className="sk w40" /></div>
    case 'failed': return (
      <div className="banner t-block flat" role="alert">
        <Icon name="warning" />
        <div className="col"><b>{t('popupFailed')}</b><span className="small">{t('popupFailedHelp', view.message)}</span><span><Button onClick={onRetry}>{t('dashTryAgain')}</Button></span></div>
      </div>
    )
    // The browser names the address of no page that we may not see.
    case 'restricted': return <EmptyState icon="eye" level={2} title={t('sideUnwatched')}><p>{t('sideUnwatchedHelp')}</p></EmptyState>
    case 'site': {
      const standing = standingOf(view.on, view.page)
      if (standing.kind === 'none') return <EmptyState icon="document" level={2} title={t('popupNoneTitle')}><p>{t('popupNoneHelp')}</p><p className="small">{t('sideSite', view.host)}</p></EmptyState>
      if (standing.kind === 'off') return <EmptyState icon="eye" level={2} title={t('sideUnwatched')}><p>{t('sideUnwatchedHelp')}</p></EmptyState>
      return <StandingLine standing={standing} drafts={view.page?.drafts.length ?? 0} onReload={onReload} />
    }
  }
}
