import { memo, useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react'
import { TIERS, type Tier } from '../../lib/engine/index.ts'
import { listTime } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { verdictName } from '../shell/words.ts'
import { Icon, TierGlyph, t, tierName } from '../ui/index.ts'
import type { HistoryOutcome, HistoryRow } from './model.ts'
import type { RowList } from './rows.ts'
import { useRowWindow } from './useRowWindow.ts'

const WIDE_ROW = 40
const NARROW_ROW = 64
const narrow = matchMedia('(max-width: 900px)')
const BY_WEIGHT: readonly Tier[] = [...TIERS].reverse()

interface ListProps {
  readonly list: RowList
  /** These places come into view. */
  readonly onWant: (from: number, to: number) => void
  readonly now: number
  readonly foot: ReactNode
}

/** The records, newest first. Only the rows in view exist in the page, so `aria-rowcount` and `aria-rowindex` say how many there are. */
export function HistoryList({ list, onWant, now, foot }: ListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null)
  const height = useSyncExternalStore(onNarrow, () => (narrow.matches ? NARROW_ROW : WIDE_ROW))
  const { from, to } = useRowWindow(scroller, list.total, height)
  // Also when the list is another one than before: what is in view is wanted of it too.
  useEffect(() => { onWant(from, to) }, [from, to, list, onWant])
  return (
    <div className="card vt">
      <div role="table" aria-label={t('historyTitle')} aria-rowcount={list.more ? -1 : list.total + 1}>
        <div role="rowgroup">
          <div role="row" className="h" aria-rowindex={1}>
            {HEADS.map((key) => <span role="columnheader" key={key}>{t(key)}</span>)}
          </div>
        </div>
        <div ref={scroller} className="win" role="rowgroup">
          <div role="presentation" style={{ height: list.total * height, position: 'relative' }}>
            {Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at).map((index) => {
              const row = list.at(index)
              return <Row key={row?.id ?? `at ${index}`} row={row} now={now} index={index} top={index * height} height={height} />
            })}
          </div>
        </div>
      </div>
      <div className="stat">{foot}</div>
    </div>
  )
}

const HEADS = ['historyColTime', 'historyColDraft', 'historyColOrigin', 'historyColFindings', 'historyOutcome', 'historyColPerson'] as const

interface RowProps {
  /** Null while it is being read. */
  readonly row: HistoryRow | null
  readonly now: number
  readonly index: number
  readonly top: number
  readonly height: number
}

/** Drawn anew only where it is another one: scrolling moves rows, it does not change them. */
const Row = memo(function Row({ row, now, index, top, height }: RowProps): ReactNode {
  return (
    <div role="row" aria-rowindex={index + 2} className="r" style={{ height, insetBlockStart: top }}>
      {row ? <Cells row={row} now={now} /> : <span role="cell" className="faint small">{t('dashLoading')}</span>}
    </div>
  )
})

function Cells({ row, now }: { readonly row: HistoryRow; readonly now: number }): ReactNode {
  const origin = row.product === null ? verdictName(row.verdict) : t('historyFrom', verdictName(row.verdict), row.product)
  return (
    <>
      <span role="cell" className="faint num small">{listTime(row.at, now)}</span>
      <span role="cell" className="clip subj" dir="auto">
        <a className="go isolate" href={routeHref('history', [String(row.id)])} title={row.subject}>{row.subject || t('historyNoSubject')}</a>
      </span>
      <span role="cell" className="clip sub small">{origin}</span>
      <span role="cell"><Counts counts={row.counts} /></span>
      <span role="cell" className="row small" style={{ gap: 6 }}><OutcomeGlyph outcome={row.outcome} />{t(`historyOutcome_${row.outcome}`)}</span>
      <span role="cell" className="clip sub small isolate">{row.person}</span>
    </>
  )
}

/** Findings by tier in fixed columns, so that the eye finds the serious ones by their place. */
function Counts({ counts }: { readonly counts: HistoryRow['counts'] }): ReactNode {
  if (TIERS.every((tier) => counts[tier] === 0)) return <span className="faint small">{t('historyNone')}</span>
  return (
    <span className="cnt">
      {BY_WEIGHT.map((tier) => (
        <span key={tier}>
          {counts[tier] > 0 && <><TierGlyph tier={tier} size={12} /><span className="vh">{tierName(tier)} </span>{counts[tier]}</>}
        </span>
      ))}
    </span>
  )
}

/** Shape of an outcome; its word stands beside it. */
export function OutcomeGlyph({ outcome }: { readonly outcome: HistoryOutcome }): ReactNode {
  switch (outcome) {
    case 'signed': return <TierGlyph tier="signed" />
    case 'unsent': return <Icon name="pencil" size={14} />
    case 'clean': return <Icon name="check" size={14} />
    case 'unreviewed': return <Icon name="warning" size={14} />
    case 'overridden': return <Icon name="flag" size={14} />
    case 'held': return <Icon name="lock" size={14} />
  }
}

function onNarrow(listener: () => void): () => void {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}
