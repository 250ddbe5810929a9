import type { KeyboardEvent, ReactNode } from 'react'
import { useId, useRef, useState } from 'react'
import type { ReviewSession, SessionSnapshot } from '../../lib/guard/index.ts'
import { Card } from '../review/Card.tsx'
import { Help } from '../review/Help.tsx'
import { OriginPanel } from '../review/OriginPanel.tsx'
import { OriginRow } from '../review/OriginRow.tsx'
import { OverrideForm } from '../review/OverrideForm.tsx'
import { PanelCover, PanelHead } from '../review/Panel.tsx'
import { FindingRow, FixedRow } from '../review/PanelRows.tsx'
import { SignBlock } from '../review/SignBlock.tsx'
import { Surface } from '../review/Surface.tsx'
import { ToastView } from '../review/ToastView.tsx'
import { useReview, useReviewState } from '../review/context.ts'
import { inTextField, isSignKey, onControl, plainKey } from '../review/keys.ts'
import { findingAt, mayOverride, type PanelRow } from '../review/model.ts'
import { currentOf } from '../review/store.ts'
import { number } from '../review/words.ts'
import { TierGlyph, t, tierName } from '../ui/index.ts'
import { FILTERS, filterOf, groupsOf, rowsBy, whereOf, type Filter } from './groups.ts'

/** The draft that is worked on: one of the tab's, with its findings and what signs it. */
export function SideDraft(): ReactNode {
  const { store } = useReview()
  const state = useReviewState((review) => review)
  const shown = currentOf(state)
  if (!shown) return null
  const origin = state.sessions.find(({ id }) => id === state.originOf)
  const originSnapshot = origin && state.snapshots[origin.id]
  return (
    <>
      {state.sessions.length > 1 && (
        <label className="row small sub which">{t('sideDrafts')}
          <select className="select" data-cs="side-which" value={shown.session.id} onChange={({ currentTarget }) => { store.setState({ current: currentTarget.value, openSince: null, mode: 'look', overriding: false }) }}>
            {state.sessions.map(({ id }) => <option key={id} value={id}>{state.snapshots[id]?.draft.subject.trim() || t('popupDraft')}</option>)}
          </select>
        </label>
      )}
      {origin && originSnapshot ? <OriginPanel session={origin} snapshot={originSnapshot} />
        : state.help ? <Help session={shown.session} />
          : <Draft key={shown.session.id} session={shown.session} snapshot={shown.snapshot} />}
    </>
  )
}

interface DraftProps { readonly session: ReviewSession; readonly snapshot: SessionSnapshot }

function Draft({ session, snapshot }: DraftProps): ReactNode {
  const { actions } = useReview()
  const overriding = useReviewState((state) => state.overriding) && mayOverride(snapshot)
  const toast = useReviewState((state) => state.toast)
  const id = useId()
  const onKey = (event: KeyboardEvent): void => {
    if (isSignKey(event)) {
      event.preventDefault()
      if (!overriding) actions.sign(event.nativeEvent)
    } else if (event.key === 'Enter' && event.repeat && onControl(event)) {
      event.preventDefault()
    } else if (plainKey(event) === '?' && !inTextField(event)) {
      event.preventDefault()
      actions.setHelp(true)
    }
  }
  const onEscape = (): void => {
    if (overriding) actions.setOverriding(false)
    else session.open(null)
  }
  return (
    <Surface session={session} cs="side-draft" role="dialog" labelledBy={`${id}-t`} describedBy={`${id}-d`} className="held" onKey={onKey} onEscape={onEscape} place={() => ({ kind: 'sheet' })}>
      {overriding ? <OverrideForm session={session} snapshot={snapshot} titleId={`${id}-t`} textId={`${id}-d`} /> : (
        <>
          <PanelHead snapshot={snapshot} titleId={`${id}-t`} textId={`${id}-d`} />
          <Findings session={session} snapshot={snapshot} />
          <PanelCover snapshot={snapshot} />
          {snapshot.phase !== 'lost' && snapshot.phase !== 'failed' && <OriginRow session={session} snapshot={snapshot} />}
          <div className="pin">
            {toast && <ToastView key={toast.key} toast={toast} />}
            <SignBlock snapshot={snapshot} />
          </div>
        </>
      )}
    </Surface>
  )
}

/** Three lists: what to settle, by tier; what is settled; notes. One finding opens in its place. */
function Findings({ session, snapshot }: DraftProps): ReactNode {
  const lists = rowsBy(snapshot)
  const [chosen, choose] = useState<Filter>('open')
  // A finding that was opened on the page may stand in another list than the one looked at.
  const filter = filterOf(lists, snapshot.active) ?? chosen
  const groups = groupsOf(filter, lists[filter])
  if (FILTERS.every((one) => lists[one].length === 0)) return null
  const show = (next: Filter): void => {
    choose(next)
    if (snapshot.active !== null) session.open(null)
  }
  return (
    <>
      <div className="flt">
        <div className="seg" role="group" aria-label={t('sideFilters')}>
          {FILTERS.map((one) => <button key={one} type="button" data-cs={`side-${one}`} aria-pressed={one === filter} onClick={() => { show(one) }}>{t(`sideFilter_${one}`)} <span className="num">{number(lists[one].length)}</span></button>)}
        </div>
      </div>
      {groups.length === 0 && <p className="none small sub">{t(`sideNone_${filter}`)}</p>}
      {groups.map(({ tier, rows }) => (
        <section key={tier ?? filter} aria-label={tier ? tierName(tier) : t(`sideFilter_${filter}`)}>
          {tier && <h3 className="grp"><TierGlyph tier={tier} />{tierName(tier)}<span className="num faint end">{number(rows.length)}</span></h3>}
          <ul className="rows">{rows.map((row) => <Row key={keyOf(row)} session={session} snapshot={snapshot} row={row} />)}</ul>
        </section>
      ))}
    </>
  )
}

const keyOf = (row: PanelRow): string => (row.kind === 'fixed' ? `fixed-${row.decision.fingerprint}` : row.state.finding.fingerprint)

function Row({ session, snapshot, row }: DraftProps & { readonly row: PanelRow }): ReactNode {
  const none = useRef<HTMLButtonElement>(null)
  if (row.kind === 'fixed') return <li><FixedRow decision={row.decision} /></li>
  const { fingerprint } = row.state.finding
  const found = snapshot.active === fingerprint ? findingAt(snapshot, fingerprint) : null
  return (
    <li>
      {found
        ? <Card session={session} snapshot={snapshot} state={found.state} position={found.place} />
        : <FindingRow session={session} state={row.state} kind={row.kind} fresh={false} ref_={none} where={whereOf(snapshot, row.state)} />}
    </li>
  )
}
