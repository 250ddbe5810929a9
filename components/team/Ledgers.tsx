import { useCallback, useEffect, useState, type ReactNode } from 'react'
import type { LedgerFault, LedgersView } from '../../lib/review/team/index.ts'
import { ago, dateTime, number } from '../shell/format.ts'
import { useAction } from '../shell/useAction.ts'
import { Button, Icon, t } from '../ui/index.ts'
import { ActionLine } from './ActionLine.tsx'
import { orThrow, type TeamPagePort } from './port.ts'

/** What members' ledgers hold, for who leads: proven, counted, and what does not hold by its place. */
export function Ledgers({ port, now }: { readonly port: TeamPagePort; readonly now: number }): ReactNode {
  const [view, setView] = useState<LedgersView | null>(null)
  const [state, read] = useAction(useCallback(async (how: 'known' | 'new' | 'all') => setView(orThrow(await port.ledgers(how))), [port]))
  useEffect(() => read('known'), [read])
  return (
    <section className="card" id="team-ledgers">
      <div className="sec">
        <h2>{t('teamLedgers')}</h2><span className="small sub">{t('teamLedgersHelp')}</span>
        <span className="row end wrap">
          <ActionLine state={state} busy={t('teamLedgersReading')} />
          {view && <Button size="sm" look="quiet" off={state.kind === 'busy'} onClick={() => read('all')}>{t('teamLedgersAll')}</Button>}
          <Button size="sm" off={state.kind === 'busy'} onClick={() => read('new')}><Icon name="reload" size={14} />{t('teamLedgersRead')}</Button>
        </span>
      </div>
      <p className="pad small sub">{view ? t('teamLedgersAt', ago(view.at, now)) : t('teamLedgersNever')} {view !== null && view.strangers > 0 && t('teamLedgerStrangers', number(view.strangers))}</p>
      {view?.devices.map(({ signKey, name, gone, entries, counts, lastAt, faults }) => (
        <div className="line" key={signKey}>
          <span className="strong isolate">{name}{gone && <span className="faint"> {t('teamLedgerGone')}</span>}</span>
          <span className="d">
            {entries === 0 && faults.length === 0 ? t('teamLedgerNone') : t('teamLedgerCounts', number(entries), number(counts.held), number(counts.overridden), number(counts.unreviewed))}
            {lastAt !== null && <> {t('teamLedgerLast', dateTime(lastAt))}</>}
            {faults.map((fault) => <span key={JSON.stringify(fault)} className="prob"><br />{faultWords(fault)} <span className="mono isolate" dir="ltr" style={{ overflowWrap: 'anywhere' }}>{segmentOf(fault)}</span></span>)}
          </span>
        </div>
      ))}
    </section>
  )
}

/** Name of the segment that it is about; '' where it is about entries. */
function segmentOf(fault: LedgerFault): string {
  return 'key' in fault ? fault.key : ''
}

function faultWords(fault: LedgerFault): string {
  switch (fault.code) {
    case 'altered':
    case 'forked': return t(`teamFault_${fault.code}`, number(fault.seq))
    case 'missing': return t('teamFault_missing', number(fault.seq), number(fault.to))
    default: return t(`teamFault_${fault.code}`)
  }
}
