import type { ErrorInfo, ReactNode } from 'react'
import { Component } from 'react'
import { Icon, t, uiLocale } from '../ui/index.ts'
import { Card } from './Card.tsx'
import { Chip } from './Chip.tsx'
import { Help } from './Help.tsx'
import { OriginPanel } from './OriginPanel.tsx'
import { Panel } from './Panel.tsx'
import { ToastView } from './ToastView.tsx'
import { Unseen } from './Unseen.tsx'
import type { ReviewEnvironment } from './context.ts'
import { ReviewContext, useReviewState } from './context.ts'
import { findingAt } from './model.ts'
import { currentOf } from './store.ts'
import { themeFor } from './theme.ts'

/** The whole interface of one frame. */
export function App({ environment }: { readonly environment: ReviewEnvironment }) {
  return (
    <ReviewContext value={environment}>
      <div className="cs-root cs" lang={uiLocale()} dir={environment.dir}>
        <Shelter>
          <Chips />
          <Shown />
          <Toasts />
        </Shelter>
      </div>
    </ReviewContext>
  )
}

function Chips() {
  const sessions = useReviewState((state) => state.sessions)
  const snapshots = useReviewState((state) => state.snapshots)
  return sessions.map((session) => {
    const snapshot = snapshots[session.id]
    return snapshot ? <Chip key={session.id} session={session} snapshot={snapshot} /> : null
  })
}

/** At most one card or panel: origin if asked for, else the open finding, else the panel. */
function Shown() {
  const state = useReviewState((review) => review)
  const origin = state.sessions.find(({ id }) => id === state.originOf)
  const originSnapshot = origin ? state.snapshots[origin.id] : undefined
  if (origin && originSnapshot) return <OriginPanel key={`origin-${origin.id}`} session={origin} snapshot={originSnapshot} />
  const shown = currentOf(state)
  if (!shown) return null
  const { session, snapshot } = shown
  if (state.help) return <Help session={session} />
  const found = findingAt(snapshot, snapshot.active)
  if (found) return <Card key={found.state.finding.fingerprint} session={session} snapshot={snapshot} state={found.state} position={found.place} />
  return snapshot.panelOpen ? <Panel key={`panel-${session.id}`} session={session} snapshot={snapshot} /> : null
}

function Toasts() {
  const toast = useReviewState((state) => state.toast)
  const session = useReviewState((state) => state.sessions[0])
  const unseen = useReviewState((state) => state.unseen)
  const theme = session ? themeFor(session.editorBackground()) : 'light'
  if (unseen) return <Unseen theme={theme} />
  return toast ? <ToastView key={toast.key} toast={toast} theme={theme} /> : null
}

/** If a view of ours fails, the person is told in one sentence; what is held stays held, because the gate is not here. */
class Shelter extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override readonly state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error('Countersign: a view failed', error.name, info.componentStack)
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <div className="surface float toast" role="alert" data-cs="broken" data-theme="light">
        <Icon name="warning" /><span className="say">{t('reviewBroken')}</span>
      </div>
    )
  }
}
