import type { RefObject } from 'react'
import type { FindingState, ReviewSession, SessionSnapshot } from '../../lib/guard/index.ts'
import type { Decision } from '../../lib/review/index.ts'
import { Button, Icon, TierGlyph, categoryName, outcomeName, t, tierName } from '../ui/index.ts'
import { useReview } from './context.ts'
import { panelRows } from './model.ts'
import { whoSigns } from './words.ts'

interface RowsProps {
  readonly session: ReviewSession
  readonly snapshot: SessionSnapshot
  /** Set to the first row that needs the person. */
  readonly firstRow: RefObject<HTMLButtonElement | null>
  /** Fingerprints of findings that came since the person last looked. */
  readonly fresh?: readonly string[] | undefined
}

/** The findings: open ones first, by tier; settled ones stay, grey, with their outcome. */
export function PanelRows({ session, snapshot, firstRow, fresh = [] }: RowsProps) {
  const rows = panelRows(snapshot)
  if (rows.length === 0) return null
  const first = rows.findIndex((row) => row.kind === 'open')
  return (
    <ul className="rows scrolls" aria-label={t('reviewList')}>
      {rows.map((row, index) => (
        row.kind === 'fixed'
          ? <li key={`fixed-${row.decision.fingerprint}`}><FixedRow decision={row.decision} /></li>
          : <li key={row.state.finding.fingerprint}><FindingRow session={session} state={row.state} kind={row.kind} fresh={fresh.includes(row.state.finding.fingerprint)} ref_={index === first ? firstRow : undefined} /></li>
      ))}
    </ul>
  )
}

export interface RowProps {
  readonly session: ReviewSession
  readonly state: FindingState
  readonly kind: 'open' | 'settled' | 'note'
  readonly fresh: boolean
  readonly ref_: RefObject<HTMLButtonElement | null> | undefined
  /** Where in the draft it is, in words. */
  readonly where?: string
}

/** One finding in a list: pressing it opens it. */
export function FindingRow({ session, state, kind, fresh, ref_, where }: RowProps) {
  const { actions } = useReview()
  const { finding, decision } = state
  const open = (): void => { actions.openFinding(session, finding.fingerprint) }
  if (kind !== 'open' && decision) {
    return (
      <div className="li done">
        <TierGlyph tier="signed" />
        <button type="button" className="q clip plain" data-cs="panel-row" onClick={open}><bdi>{finding.quote}</bdi></button>
        <span className="row faint small nowrap">{outcomeName(decision.outcome)}
          <Button look="quiet" size="sm" aria-label={t('reviewRowUndo', finding.quote)} onClick={(event) => { actions.reopen(event.nativeEvent, session, finding.fingerprint) }}>{t('reviewUndo')}</Button>
        </span>
        <span className="d">{decision.reason ? t('reviewRowDone', categoryName(finding.category), decision.reason) : categoryName(finding.category)}</span>
      </div>
    )
  }
  return (
    <button type="button" ref={ref_} className={kind === 'note' ? 'li note' : 'li'} data-cs="panel-row" onClick={open}>
      <TierGlyph tier={finding.tier} />
      <span className="vh">{tierName(finding.tier)}: </span>
      <span className="q clip"><bdi>{finding.quote}</bdi></span>
      <span className="faint small nowrap">{where && <><span className="vh">, </span>{where} </>}{fresh && <b className="new">{t('reviewRowNew')}</b>} {finding.tier === 'note' ? tierName('note') : <Icon name="chevronRight" size={14} />}</span>
      <span className="d"><span className="vh">. </span>{categoryName(finding.category)}. <bdi>{finding.message}</bdi>{finding.tier === 'approve' ? ` ${whoSigns(state)}.` : ''}</span>
    </button>
  )
}

/** Words that are gone. */
export function FixedRow({ decision }: { readonly decision: Decision }) {
  return (
    <div className="li done">
      <TierGlyph tier="signed" />
      <span className="q clip"><bdi>{decision.quote}</bdi></span>
      <span className="faint small nowrap">{outcomeName('fixed')}</span>
      <span className="d">{categoryName(decision.category)}</span>
    </div>
  )
}
