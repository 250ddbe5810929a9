import { useCallback, useState, type ReactNode } from 'react'
import type { TeamStatus } from '../../lib/review/team/index.ts'
import { keyPhrase } from '../../lib/review/approval/index.ts'
import { Confirm } from '../shell/Dialog.tsx'
import { useAction } from '../shell/useAction.ts'
import { Button, t } from '../ui/index.ts'
import { ActionLine } from './ActionLine.tsx'
import { orThrow, type TeamPagePort } from './port.ts'

interface KeyCardProps {
  readonly port: TeamPagePort
  readonly status: TeamStatus
  readonly refresh: () => Promise<void>
}

/** The key that signs on this device, and the way to another one. */
export function KeyCard({ port, status: { own, newKey }, refresh }: KeyCardProps): ReactNode {
  const [asking, setAsking] = useState(false)
  const [state, take] = useAction(useCallback(async () => { orThrow(await port.newKey()); await refresh() }, [port, refresh]))
  return (
    <section className="card" id="team-key">
      <div className="line">
        <h2>{t('teamKeyTitle')}</h2>
        <span className="d">
          {own && <><span className="phrase isolate" dir="ltr">{keyPhrase(own.card.signKey)}</span><br /></>}
          {newKey ? t('teamKeyWaiting') : t('teamKeyHelp')} <ActionLine state={state} done={newKey ? t('teamKeyDone') : ''} />
          {newKey?.map(({ name, phrase }) => <span key={phrase}><br />{t('teamPhraseLead', name)} <strong className="phrase isolate" dir="ltr">{phrase}</strong></span>)}
        </span>
        {!newKey && <span className="r"><Button size="sm" off={state.kind === 'busy'} onClick={() => setAsking(true)}>{t('teamKeyNew')}</Button></span>}
      </div>
      {asking && <Confirm title={t('teamKeyNewTitle')} body={t('teamKeyNewBody')} action={t('teamKeyNew')} onConfirm={() => { take(); setAsking(false) }} onClose={() => setAsking(false)} />}
    </section>
  )
}
