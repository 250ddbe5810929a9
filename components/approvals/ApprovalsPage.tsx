import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useState, type ReactNode } from 'react'
import { markOpened, markTold } from '../../lib/store/index.ts'
import { messageOf } from '../shell/files.ts'
import { Loading } from '../shell/Loading.tsx'
import { routeHref } from '../shell/router.ts'
import { useNow } from '../shell/useNow.ts'
import { EmptyState, t } from '../ui/index.ts'
import { Contacts, OwnCard } from './Contacts.tsx'
import { loadApprovals, loadCard, loadRequest, type ApprovalsData } from './live.ts'
import { Queue, SentRequests } from './Lists.tsx'
import { RequestView } from './RequestView.tsx'
import { TakeBox } from './TakeBox.tsx'

/** Second signatures: what is asked of this person, what they asked, and whom they can ask. */
export function ApprovalsPage({ id }: { readonly id: string }): ReactNode {
  return id === '' ? <Overview /> : <OneRequest key={id} id={id} />
}

/** What is asked and answered. Shown is told: the mark on the button goes. A page in the background shows nothing. */
function useTold(): ApprovalsData | undefined {
  const data = useLiveQuery(loadApprovals)
  useEffect(() => {
    const told = (): void => { if (data && document.visibilityState === 'visible') void markTold() }
    told()
    document.addEventListener('visibilitychange', told)
    return () => { document.removeEventListener('visibilitychange', told) }
  }, [data])
  return data
}

/** The same lists without contacts, for the narrow side panel. */
export function SideApprovals(): ReactNode {
  const data = useTold()
  const now = useNow()
  if (data === undefined) return <Loading />
  return <div className="stack"><Queue rows={data.inbox} now={now} /><TakeBox /><SentRequests rows={data.sent} contacts={data.contacts} now={now} /></div>
}

function Overview(): ReactNode {
  const data = useTold()
  const [own, setOwn] = useState<Awaited<ReturnType<typeof loadCard>> | null>(null)
  const [failed, setFailed] = useState('')
  useEffect(() => {
    let open = true
    loadCard().then((made) => { if (open) setOwn(made) }, (error: unknown) => { if (open) setFailed(messageOf(error)) })
    return () => { open = false }
  }, [])
  const now = useNow()
  return (
    <>
      <div className="vh1"><h1>{t('apprTitle')}</h1></div>
      <p className="lead">{t('apprLead')}</p>
      {data === undefined ? <Loading /> : (
        <div className="g2">
          <div className="stack">
            <TakeBox />
            <Queue rows={data.inbox} now={now} />
            <SentRequests rows={data.sent} contacts={data.contacts} now={now} />
          </div>
          <div className="stack">
            <Contacts rows={data.contacts} />
            {own && <OwnCard card={own.card} phrase={own.phrase} />}
            {failed !== '' && <p className="said bad" role="alert">{t('dashNotSaved', failed)}</p>}
          </div>
        </div>
      )}
    </>
  )
}

/** One request that came: its text, what it needs, and the answer. */
export function OneRequest({ id }: { readonly id: string }): ReactNode {
  const found = useLiveQuery(async () => ({ data: await loadRequest(id) }), [id])
  const [opened] = useState(() => Date.now())
  useEffect(() => { void markOpened(id, opened) }, [id, opened])
  if (found === undefined) return <><h1 className="vh">{t('apprTitle')}</h1><Loading rows={8} /></>
  if (found.data) return <RequestView data={found.data} />
  return (
    <>
      <h1 className="vh">{t('apprTitle')}</h1>
      <div className="card"><EmptyState icon="inbox" level={2} title={t('apprMissing')}><a className="btn" href={routeHref('approvals')}>{t('apprBack')}</a></EmptyState></div>
    </>
  )
}
