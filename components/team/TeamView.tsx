import { useId, useRef, useState, type ReactNode } from 'react'
import type { RulePack } from '../../lib/engine/index.ts'
import type { StartComparison } from '../compare/Compare.tsx'
import { PackPreviewCard } from '../rules/PackPreviewCard.tsx'
import { FeatureLine, useFeatureOff } from '../shell/features.tsx'
import { Confirm } from '../shell/Dialog.tsx'
import { ago } from '../shell/format.ts'
import { Loading } from '../shell/Loading.tsx'
import { Button, EmptyState, Icon, TierGlyph, t } from '../ui/index.ts'
import type { OwnPack, SubscriptionView } from './model.ts'
import type { TeamState } from './store.ts'

interface TeamViewProps {
  /** Null while they are read. */
  readonly subscriptions: readonly SubscriptionView[] | null
  readonly own: readonly OwnPack[]
  /** Fingerprint of this device's key, null until there is one. */
  readonly fingerprint: string | null
  readonly state: TeamState
  readonly now: number
  /** Past drafts with a pack in use that is not in use yet. */
  readonly compare?: ((pack: RulePack) => StartComparison) | undefined
}

/** Packs given to others and packs taken from others, by files and addresses. */
export function TeamView({ subscriptions, own, fingerprint, state, now, compare }: TeamViewProps): ReactNode {
  return (
    <>
      {subscriptions === null ? <Loading /> : (
        <div className="g2">
          <div className="stack">
            <Subscribe known={subscriptions.map((each) => each.url)} state={state} compare={compare} />
            <Subscriptions subscriptions={subscriptions} state={state} now={now} />
          </div>
          <Export own={own} fingerprint={fingerprint} state={state} />
        </div>
      )}
    </>
  )
}

function Subscribe({ known, state, compare }: Pick<TeamViewProps, 'state' | 'compare'> & { readonly known: readonly string[] }): ReactNode {
  const field = useId()
  const help = useId()
  const input = useRef<HTMLInputElement>(null)
  // The card goes with the button that was pressed.
  const then = (act: () => unknown) => (): void => { input.current?.focus(); act() }
  if (useFeatureOff('sources') !== undefined) return <section className="card"><div className="sec"><h2>{t('teamSubscribe')}</h2></div><div className="pad"><FeatureLine feature="sources" /></div></section>
  return (
    <section className="card">
      <div className="sec"><h2>{t('teamSubscribe')}</h2></div>
      <form className="pad col" style={{ gap: 10 }} noValidate onSubmit={(event) => { event.preventDefault(); void state.look(known) }}>
        <p id={help} className="small sub">{t('teamSubscribeHelp')}</p>
        <div className="field">
          <label htmlFor={field}>{t('teamAddress')}</label>
          <div className="row wrap">
            <input
              id={field} ref={input} className="input grow" type="url" inputMode="url" dir="ltr" spellCheck={false} value={state.address} placeholder="https://"
              aria-describedby={help} aria-invalid={state.add?.kind === 'bad' || undefined} onChange={(event) => state.setAddress(event.currentTarget.value)}
            />
            <Button type="submit" look="primary" off={state.add?.kind === 'busy'}>{t('teamAdd')}</Button>
          </div>
        </div>
        <Line said={state.add} />
      </form>
      {state.found && <div className="pad"><PackPreviewCard preview={state.found} onUse={then(state.subscribe)} onDismiss={then(state.dismiss)} compare={compare} /></div>}
    </section>
  )
}

function Line({ said }: { readonly said: TeamState['add'] }): ReactNode {
  return <p className={said?.kind === 'bad' ? 'said bad' : 'said'} role="status" style={{ overflowWrap: 'anywhere' }}>{said?.text ?? ''}</p>
}

function Subscriptions({ subscriptions, state, now }: Pick<TeamViewProps, 'state' | 'now'> & { readonly subscriptions: readonly SubscriptionView[] }): ReactNode {
  const [removing, setRemoving] = useState<SubscriptionView | null>(null)
  return (
    <section className="card">
      <div className="sec">
        <h2>{t('teamSubscriptions')}</h2>
        {subscriptions.length > 0 && (
          <span className="row end"><Line said={state.check} /><Button size="sm" off={state.check?.kind === 'busy'} onClick={() => void state.checkAll()}><Icon name="reload" size={14} />{t('teamCheck')}</Button></span>
        )}
      </div>
      {subscriptions.length === 0
        ? <EmptyState icon="team" title={t('teamNone')}><p>{t('teamNoneHelp')}</p></EmptyState>
        : subscriptions.map((each) => <Subscription key={each.url} view={each} now={now} onRemove={() => setRemoving(each)} />)}
      {removing && (
        <Confirm
          title={t('teamRemoveTitle')} body={t('teamRemoveBody', removing.title ?? removing.url)} action={t('teamRemove')}
          onConfirm={() => { void state.unsubscribe(removing.url); setRemoving(null) }} onClose={() => setRemoving(null)}
        />
      )}
    </section>
  )
}

function Subscription({ view, now, onRemove }: { readonly view: SubscriptionView; readonly now: number; readonly onRemove: () => void }): ReactNode {
  const checked = view.checkedAt === null ? t('teamNever') : t('teamChecked', ago(view.checkedAt, now))
  const facts = [view.version === null ? null : t('teamVersion', view.version), checked].filter((fact) => fact !== null)
  return (
    <div className="line">
      <span className="strong isolate clip" title={view.url}>{view.title ?? view.url}</span>
      <span className="d">
        {view.title !== null && <span className="mono isolate">{view.url}<br /></span>}
        {facts.join(' · ')}{view.fingerprint !== null && <> · <span className="mono">{t('teamPackKey', view.fingerprint)}</span></>}
        {view.problems.map((problem) => <span key={problem} className="prob"><br />{problem}</span>)}
      </span>
      <span className="r">
        <State state={view.state} />
        <Button size="sm" look="quiet" aria-label={t('teamRemoveLabel', view.title ?? view.url)} onClick={onRemove}>{t('teamRemove')}</Button>
      </span>
    </div>
  )
}

function State({ state }: { readonly state: SubscriptionView['state'] }): ReactNode {
  switch (state) {
    case 'current': return <span className="tier soft t-signed"><TierGlyph tier="signed" size={12} />{t('teamState_current')}</span>
    case 'refused': return <span className="tier soft t-block"><Icon name="warning" size={12} />{t('teamState_refused')}</span>
    case 'unreachable': return <span className="tier soft t-review"><Icon name="warning" size={12} />{t('teamState_unreachable')}</span>
    case 'waiting': return <span className="pill">{t('teamState_waiting')}</span>
  }
}

function Export({ own, fingerprint, state }: Pick<TeamViewProps, 'own' | 'fingerprint' | 'state'>): ReactNode {
  const field = useId()
  const [chosen, setChosen] = useState('')
  const pack = own.find((each) => each.id === chosen) ?? own[0]
  return (
    <section className="card">
      <div className="sec"><h2>{t('teamExport')}</h2></div>
      <div className="pad col" style={{ gap: 10 }}>
        <p className="small sub">{t('teamExportHelp')}</p>
        {pack ? (
          <>
            <div className="field">
              <label htmlFor={field}>{t('teamExportPick')}</label>
              <select id={field} className="select" value={pack.id} onChange={(event) => setChosen(event.currentTarget.value)}>
                {own.map((each) => <option key={each.id} value={each.id}>{each.title}, {t('teamVersion', each.version)}</option>)}
              </select>
            </div>
            <span><Button onClick={() => void state.exportPack(pack.id)}><Icon name="download" />{t('teamExportButton')}</Button></span>
          </>
        ) : <p className="small">{t('teamExportNone')}</p>}
        <Line said={state.exported} />
        <hr className="hr" />
        <p className="small"><span className="faint">{t('teamKey')}: </span>{fingerprint === null ? <span className="faint">{t('teamKeyNone')}</span> : <span className="mono isolate">{fingerprint}</span>}</p>
      </div>
    </section>
  )
}
