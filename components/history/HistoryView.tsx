import { useDeferredValue, useMemo, type ReactNode } from 'react'
import { number } from '../shell/format.ts'
import { Loading } from '../shell/Loading.tsx'
import { routeHref } from '../shell/router.ts'
import { Button, EmptyState, Icon, t, tn } from '../ui/index.ts'
import { HistoryList } from './HistoryList.tsx'
import { HistoryTools } from './HistoryTools.tsx'
import { filterRows, hostsOf, isUnfiltered, type HistoryFilters, type HistoryRow } from './model.ts'

interface HistoryViewProps {
  /** What the words of `filters.q` found, newest first; null while they are being read. */
  readonly rows: readonly HistoryRow[] | null
  /** There are records beyond `rows`. */
  readonly older: boolean
  readonly onOlder: () => void
  readonly filters: HistoryFilters
  readonly onFilter: (change: Partial<HistoryFilters>) => void
  readonly onClear: () => void
  readonly onExport: () => void
  /** Days that records are kept, 0 for ever. */
  readonly keepDays: number
  readonly now: number
}

/** All records with search and filters. */
export function HistoryView({ rows, older, onOlder, filters, onFilter, onClear, onExport, keepDays, now }: HistoryViewProps): ReactNode {
  // Typing stays smooth with many records: the list may follow a keystroke later.
  const shown = useDeferredValue(filters)
  const passed = useMemo(() => (rows ? filterRows(rows, shown, now) : []), [rows, shown, now])
  const hosts = useMemo(() => hostsOf(rows ?? []), [rows])
  return (
    <>
      <div className="vh1">
        <h1>{t('historyTitle')}</h1>
        {rows !== null && rows.length > 0 && (
          <span className="row end noprint"><Button look="quiet" onClick={onExport}><Icon name="download" />{t('historyExport')}</Button></span>
        )}
      </div>
      {rows === null ? <Loading rows={8} /> : rows.length === 0 && filters.q.trim() === '' ? <NoRecords /> : (
        <>
          <HistoryTools filters={filters} hosts={hosts} onChange={onFilter} />
          <span className="vh" role="status">{isUnfiltered(shown) ? '' : t('historyCountOf', number(passed.length), number(rows.length))}</span>
          {passed.length === 0 ? <NoMatch searched={rows.length} onClear={onClear} /> : (
            <HistoryList rows={passed} now={now} foot={<Foot passed={passed.length} all={rows.length} older={older} keepDays={keepDays} />} />
          )}
          {older && <p style={{ paddingTop: 12 }}><Button onClick={onOlder}>{t('historyOlder')}</Button></p>}
        </>
      )}
    </>
  )
}

interface FootProps {
  readonly passed: number
  readonly all: number
  readonly older: boolean
  readonly keepDays: number
}

function Foot({ passed, all, older, keepDays }: FootProps): ReactNode {
  return (
    <>
      <span className="num">{passed !== all ? t('historyCountOf', number(passed), number(all)) : older ? t('historyNewest', number(all)) : tn('historyCount', all)}</span>
      <span className="end">{keepDays === 0 ? t('historyKeptForever') : t('historyKept', number(keepDays))}</span>
    </>
  )
}

function NoRecords(): ReactNode {
  return (
    <div className="card">
      <EmptyState icon="history" title={t('historyEmpty')}>
        <p>{t('historyEmptyHelp')}</p>
        <a className="btn" href={routeHref('settings', ['sites'])}>{t('historyEmptyLink')}</a>
      </EmptyState>
    </div>
  )
}

function NoMatch({ searched, onClear }: { readonly searched: number; readonly onClear: () => void }): ReactNode {
  return (
    <div className="card">
      <EmptyState icon="search" title={t('historyNoMatch')}>
        <p>{tn('historyNoMatchHelp', searched)}</p>
        <Button onClick={onClear}>{t('historyClear')}</Button>
      </EmptyState>
    </div>
  )
}
