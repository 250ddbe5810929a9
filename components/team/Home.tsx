import { useCallback, useState, type ReactNode } from 'react'
import type { TeamStatus } from '../../lib/review/team/index.ts'
import { Confirm } from '../shell/Dialog.tsx'
import { ago, dateTime } from '../shell/format.ts'
import { troubleWords } from '../shell/problems.ts'
import { Switch } from '../shell/Switch.tsx'
import { useAction } from '../shell/useAction.ts'
import { Button, Icon, t, tn } from '../ui/index.ts'
import { ActionLine } from './ActionLine.tsx'
import { ChangeLogin } from './ChangeLogin.tsx'
import { leads } from './life/model.ts'
import { Move } from './Move.tsx'
import { placeOf, refusalWords } from './words.ts'
import { orThrow, type TeamPagePort } from './port.ts'

interface PartProps {
  readonly port: TeamPagePort
  readonly status: TeamStatus
  readonly refresh: () => Promise<void>
  readonly now: number
}

/** How this device stands with the store: when it looked last, what is wrong, what was not taken. */
export function SyncCard({ port, status, refresh, now }: PartProps): ReactNode {
  const { sync, store, credentials } = status
  const [state, check] = useAction(useCallback(async () => {
    const report = await port.check('now')
    await refresh()
    if (report.problem) throw new Error(troubleWords(report.problem))
  }, [port, refresh]))
  return (
    <section className="card" id="team-sync">
      <div className="sec">
        <h2>{t('teamStore')}</h2><span className="small sub isolate" dir="ltr" style={{ overflowWrap: 'anywhere' }}>{placeOf(store)}</span>
        <span className="row end"><ActionLine state={state} busy={t('teamChecking')} done={t('teamCheckedNow')} /><Button size="sm" off={state.kind === 'busy'} onClick={() => check()}><Icon name="reload" size={14} />{t('teamCheck')}</Button></span>
      </div>
      <div className="pad col" style={{ gap: 8 }}>
        <p className="small">{sync.checkedAt === null ? t('teamStoreNever') : t('teamStoreChecked', ago(sync.checkedAt, now))}{sync.waiting > 0 && <> · {tn('teamWaiting', sync.waiting)}</>}</p>
        {sync.problem && <p className="row small t-block" style={{ color: 'var(--t)' }} role="alert"><Icon name="warning" size={14} /><span>{troubleWords(sync.problem)} {t('teamLastGood', sync.goodAt === null ? t('teamNever') : ago(sync.goodAt, now))}</span></p>}
        {!credentials && <p className="small">{t('teamWhyNoCredentials')}</p>}
        {store.kind !== 'memory' && <ChangeLogin port={port} store={store} refresh={refresh} />}
        {status.membership === 'member' && store.kind !== 'memory' && <Move port={port} refresh={refresh} />}
        {sync.missing.length > 0 && <p className="small">{tn('teamMissing', sync.missing.length)}</p>}
        {status.conflicts.map(({ version, by }) => <p key={`${version} ${by}`} className="small">{t('teamConflict', version, nameOf(status, by))}</p>)}
        {sync.rejections.length > 0 && (
          <details>
            <summary className="sum">{tn('teamRejections', sync.rejections.length)}</summary>
            <ul className="col small" style={{ gap: 4 }}>
              {sync.rejections.map(({ key, refusal, detail, at }) => <li key={`${key} ${at}`}>{refusalWords(refusal)} <span className="faint">{dateTime(at)} <span className="mono isolate" dir="ltr" style={{ overflowWrap: 'anywhere' }}>{key}</span> {detail}</span></li>)}
            </ul>
          </details>
        )}
      </div>
    </section>
  )
}

/** The name behind a key, as members or those who were. */
export function nameOf({ members, former }: Pick<TeamStatus, 'members' | 'former'>, signKey: string): string {
  return members.find(({ card }) => card.signKey === signKey)?.card.name ?? former.find((one) => one.signKey === signKey)?.name ?? t('teamUnknownKey')
}

/** What this device sends to the store of its records; each is the person's own choice. */
export function SharingCard({ port, status, refresh }: Omit<PartProps, 'now'>): ReactNode {
  const { sharing, settings } = status
  const [asked, ask] = useAction(useCallback(async (askCorrections: boolean) => { orThrow(await port.changeSettings({ ...settings, askCorrections })); await refresh() }, [port, refresh, settings]))
  const [state, save] = useAction(useCallback(async (change: Partial<TeamStatus['sharing']>) => { orThrow(await port.setSharing({ ...sharing, ...change })); await refresh() }, [port, refresh, sharing]))
  return (
    <section className="card" id="team-sharing">
      <div className="sec"><h2>{t('teamSharing')}</h2><span className="end"><ActionLine state={state} done={t('dashSaved')} /></span></div>
      <div className="line"><span className="strong" aria-hidden="true">{t('teamShareLedger')}</span><span className="d">{t('teamShareLedgerHelp')}</span><span className="r"><Switch label={t('teamShareLedger')} checked={sharing.ledger} onChange={(ledger) => save({ ledger })} /></span></div>
      <div className="line">
        <span className="strong" aria-hidden="true">{t('teamShareCorrections')}</span><span className="d">{t('teamShareCorrectionsHelp')} {status.settings.askCorrections && <strong>{t('teamShareAsked')}</strong>}</span>
        <span className="r"><Switch label={t('teamShareCorrections')} checked={sharing.corrections} onChange={(corrections) => save({ corrections })} /></span>
      </div>
      {leads(status) && (
        <div className="line">
          <span className="strong" aria-hidden="true">{t('teamAskCorrections')}</span><span className="d">{t('teamAskCorrectionsHelp')} <ActionLine state={asked} done={t('dashSaved')} /></span>
          <span className="r"><Switch label={t('teamAskCorrections')} checked={settings.askCorrections} onChange={ask} /></span>
        </div>
      )}
    </section>
  )
}

/** The way out. */
export function LeaveCard({ port, status, refresh }: Omit<PartProps, 'now'>): ReactNode {
  const [asking, setAsking] = useState(false)
  const [state, run] = useAction(useCallback(async () => { orThrow(await port.leave()); await refresh() }, [port, refresh]))
  const former = status.membership === 'former'
  return (
    <section className="card" id="team-leave">
      <div className="line">
        <h2>{t(former ? 'teamForget' : 'teamLeave')}</h2><span className="d">{t('teamLeaveHelp')} <ActionLine state={state} /></span>
        <span className="r"><Button look="danger" onClick={() => setAsking(true)}>{t(former ? 'teamForget' : 'teamLeave')}</Button></span>
      </div>
      {asking && (
        <Confirm
          title={t('teamLeaveTitle')} body={t('teamLeaveBody', status.name)} action={t('teamLeave')}
          onConfirm={() => { run(); setAsking(false) }} onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}
