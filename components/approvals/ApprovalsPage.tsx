import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useState, type ReactNode } from 'react'
import { markOpened, markTold } from '../../lib/store/index.ts'
import { messageOf } from '../shell/files.ts'
import { Loading } from '../shell/Loading.tsx'
import { routeHref } from '../shell/router.ts'
import { useNow } from '../shell/useNow.ts'
import { EmptyState, t } from '../ui/index.ts'
import { Contacts, OwnCard } from './Contacts.tsx'
import { loadApprovals, loadCard, loadRequest } from './live.ts'
import { Queue, SentRequests } from './Lists.tsx'
import { RequestView } from './RequestView.tsx'
import { TakeBox } from './TakeBox.tsx'

/** Second signatures: what is asked of this person, what they asked, and whom they can ask. */
export function ApprovalsPage({ id }: { readonly id: string }): ReactNode {
  return id === '' ? <Overview /> : <OneRequest key={id} id={id} />
}

function Overview(): ReactNode {
  const data = useLiveQuery(loadApprovals)
  const [own, setOwn] = useState<Awaited<ReturnType<typeof loadCard>> | null>(null)
  const [failed, setFailed] = useState('')
  useEffect(() => {
    let open = true
    loadCard().then((made) => { if (open) setOwn(made) }, (error: unknown) => { if (open) setFailed(messageOf(error)) })
    return () => { open = false }
  }, [])
  // Shown is told: the mark on the button goes. A page in the background shows nothing.
  useEffect(() => {
    const told = (): void => { if (data && document.visibilityState === 'visible') void markTold() }
    told()
    document.addEventListener('visibilitychange', told)
    return () => { document.removeEventListener('visibilitychange', told) }
  }, [data])
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

function OneRequest({ id }: { readonly id: string }): ReactNode {
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
