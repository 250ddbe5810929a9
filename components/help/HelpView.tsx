import type { ReactNode } from 'react'
import { TIERS } from '../../lib/engine/types.ts'
import { Loading } from '../shell/Loading.tsx'
import { Button, CopyReport, Icon, Kbd, KEY_MAP, TierLabel, t, type MessageKey } from '../ui/index.ts'
import { diagnose, diagnosticsOf, type Check, type TabFacts } from './model.ts'

export interface HelpProps {
  /** Of the tab that is asked about; null while it is looked at, undefined where no tab was named. */
  readonly facts: TabFacts | null | undefined
  readonly onReload: () => void
}

/** Why something is held, what to do when a Send is not seen, and the keys. */
export function HelpView({ facts, onReload }: HelpProps): ReactNode {
  return (
    <>
      <div className="vh1"><h1>{t('dashNav_help')}</h1></div>
      <div className="stack help">
        <Diagnosis facts={facts} onReload={onReload} />
        <section className="card">
          <div className="sec"><h2>{t('helpHeldTitle')}</h2></div>
          <p className="pad">{t('helpHeld')}</p>
          <dl className="kv">
            {TIERS.map((tier) => <div key={tier} className="tierline"><dt><TierLabel tier={tier} /></dt><dd>{t(`helpTier_${tier}`)}</dd></div>)}
          </dl>
          <p className="pad sub">{t('helpHeldWhere')}</p>
        </section>
        <section className="card">
          <div className="sec"><h2>{t('reviewHelpTitle')}</h2></div>
          <dl className="kv keys">
            {KEY_MAP.map(([keys, words]) => <div key={words} className="tierline"><dt><Kbd keys={keys} /><span className="vh">{keys.join(' ')}</span></dt><dd>{t(words)}</dd></div>)}
          </dl>
        </section>
        <section className="card">
          <div className="sec"><h2>{t('helpLeaveTitle')}</h2></div>
          <p className="pad">{t('helpLeave')}</p>
        </section>
      </div>
    </>
  )
}

function Diagnosis({ facts, onReload }: HelpProps): ReactNode {
  return (
    <section className="card" aria-live="off">
      <div className="sec"><h2>{t('helpSendTitle')}</h2>{facts && <span className="small sub isolate">{facts.host}</span>}</div>
      {facts === undefined && <p className="pad">{t('helpSendHow')}</p>}
      {facts === null && <div className="pad"><Loading rows={6} /></div>}
      {facts && <Found facts={facts} onReload={onReload} />}
    </section>
  )
}

function Found({ facts, onReload }: { readonly facts: TabFacts; readonly onReload: () => void }): ReactNode {
  const checks = diagnose(facts)
  const first = checks.find(({ state }) => state === 'bad')
  return (
    <>
      <p className="pad strong" data-cs="help-result">{first ? t(`helpFix_${first.name}`) : t('helpAllGood')}</p>
      {(first?.name === 'guard' || first?.name === 'early') && <p className="pad"><Button onClick={onReload}><Icon name="reload" />{t('popupReload')}</Button></p>}
      <ul className="checks">{checks.map((check) => <Line key={check.name} check={check} />)}</ul>
      <div className="pad col" style={{ gap: 8 }}>
        <h3>{t('helpCopyTitle')}</h3>
        <p className="small sub">{t('helpCopy')}</p>
        <CopyReport report={diagnosticsOf(facts)} host={facts.host} />
      </div>
    </>
  )
}

const SAID: Readonly<Record<Check['state'], MessageKey>> = { good: 'helpGood', bad: 'helpBad', unknown: 'helpUnknown' }
const ICON = { good: 'check', bad: 'warning', unknown: 'info' } as const

function Line({ check: { name, state } }: { readonly check: Check }): ReactNode {
  return (
    <li className={`row top ${state}`} data-cs={`check-${name}`} data-state={state}>
      <Icon name={ICON[state]} size={16} />
      <span>{t(`helpCheck_${name}`)} <span className="sub">{t(SAID[state])}</span></span>
    </li>
  )
}
