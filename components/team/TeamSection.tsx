import type { ReactNode } from 'react'
import type { RulePack } from '../../lib/engine/index.ts'
import { Loading } from '../shell/Loading.tsx'
import { routeHref } from '../shell/router.ts'
import { EmptyState, Icon, t } from '../ui/index.ts'
import { Archive } from './Archive.tsx'
import { KeyCard } from './KeyCard.tsx'
import { LeaveCard, SharingCard, SyncCard } from './Home.tsx'
import { Invite } from './Invite.tsx'
import { Ledgers } from './Ledgers.tsx'
import { leads } from './life/model.ts'
import { PackLife } from './life/PackLife.tsx'
import { PackList } from './life/PackList.tsx'
import { Publish, type PublishProps } from './life/Publish.tsx'
import { Members, Notes } from './Members.tsx'
import { MovedCard } from './MovedCard.tsx'
import type { TeamPagePort } from './port.ts'
import { Start } from './Start.tsx'
import type { TeamRead } from './useTeam.ts'
import { History } from './History.tsx'

export interface TeamSectionProps extends Pick<PublishProps, 'tryPack' | 'removeOwn'> {
  readonly port: TeamPagePort
  readonly read: TeamRead
  /** Place under `#/team`. */
  readonly part: string
  readonly id: string
  readonly name: string
  readonly own: RulePack | null
  readonly forced: string | null
  readonly closed: boolean
  readonly now: number
  /** Goes to a place under `#/team`. */
  readonly onGo: (path: readonly string[]) => void
  /** Packs from files and addresses, which are shared without a team too. */
  readonly children: ReactNode
}

/** The Team pages: the way in, the team, one of its packs, and publishing. */
export function TeamSection(props: TeamSectionProps): ReactNode {
  const { read, part, id, port, children } = props
  const { now: team, failed, refresh } = read
  if (!team) return <><Heading />{failed === null ? <Loading rows={6} /> : <Failed message={failed} />}{failed !== null && children}</>
  const { status, packs } = team
  const pack = packs.find((each) => each.id === id) ?? null
  if (status && part === 'packs') return pack ? <PackLife port={port} status={status} pack={pack} refresh={refresh} /> : <NoPack id={id} />
  if (status && part === 'publish' && leads(status)) {
    if (id !== 'new' && !pack) return <NoPack id={id} />
    return <Publish key={id} port={port} pack={pack} own={props.own} taken={packs.map((each) => each.id)} tryPack={props.tryPack} removeOwn={props.removeOwn} onDone={async (made) => { await refresh(); props.onGo(['packs', made]) }} />
  }
  return (
    <>
      <Heading name={status?.name} />
      {failed !== null && <Failed message={failed} />}
      <div className="stack">
        {status ? <Inside {...props} team={{ ...team, status }} /> : <Start port={port} name={props.name} forced={props.forced} closed={props.closed} onDone={refresh} />}
        {children}
      </div>
    </>
  )
}

function Inside({ port, read, team, now }: TeamSectionProps & { readonly team: NonNullable<TeamRead['now']> & { readonly status: NonNullable<NonNullable<TeamRead['now']>['status']> } }): ReactNode {
  const { status, notes, packs } = team
  const { refresh } = read
  if (status.membership === 'waiting') return (
    <>
      <MovedCard port={port} status={status} refresh={refresh} />
      <section className="card pad col" style={{ gap: 10 }}>
        <h2>{t('teamWaitTitle', status.name)}</h2>
        <p>{t('teamWaitHelp')}</p>
        {status.phrase !== null && <p className="phrase big isolate" dir="ltr">{status.phrase}</p>}
      </section>
      <SyncCard port={port} status={status} refresh={refresh} now={now} />
      <LeaveCard port={port} status={status} refresh={refresh} />
    </>
  )
  if (status.membership === 'former') return (
    <>
      <section className="card pad col"><h2>{t('teamFormerTitle', status.name)}</h2><p>{t('teamFormerHelp')}</p></section>
      <LeaveCard port={port} status={status} refresh={refresh} />
    </>
  )
  const lead = leads(status)
  return (
    <>
      <MovedCard port={port} status={status} refresh={refresh} />
      <Notes port={port} status={status} notes={notes} refresh={refresh} now={now} />
      <SyncCard port={port} status={status} refresh={refresh} now={now} />
      <PackList packs={packs} status={status} />
      <div className="g3">
        <Members port={port} status={status} refresh={refresh} />
        {lead ? <Invite port={port} /> : <SharingCard port={port} status={status} refresh={refresh} />}
      </div>
      {lead && <SharingCard port={port} status={status} refresh={refresh} />}
      {lead && <Ledgers port={port} now={now} />}
      {lead && <Archive port={port} />}
      <KeyCard port={port} status={status} refresh={refresh} />
      <History status={status} />
      <LeaveCard port={port} status={status} refresh={refresh} />
    </>
  )
}

function Heading({ name }: { readonly name?: string | undefined }): ReactNode {
  return <><div className="vh1"><h1 className="isolate">{name ?? t('teamTitle')}</h1></div>{name === undefined && <p className="lead">{t('teamLead')}</p>}</>
}

function Failed({ message }: { readonly message: string }): ReactNode {
  return <div className="banner t-block" role="alert" style={{ marginBottom: 16 }}><Icon name="warning" /><span>{t('teamNotRead', message)}</span></div>
}

function NoPack({ id }: { readonly id: string }): ReactNode {
  return <div className="card"><EmptyState icon="rules" level={2} title={t('rulesNoPack', id)}><a className="btn" href={routeHref('team')}>{t('teamTitle')}</a></EmptyState></div>
}
