import type { ReactNode } from 'react'
import { number } from '../shell/format.ts'
import { Loading } from '../shell/Loading.tsx'
import { routeHref } from '../shell/router.ts'
import { Button, EmptyState, Icon, t, tn } from '../ui/index.ts'
import { HistoryList } from './HistoryList.tsx'
import { HistoryTools } from './HistoryTools.tsx'
import { isUnfiltered, type HistoryFilters } from './model.ts'
import type { RowList } from './rows.ts'

interface HistoryViewProps {
  /** What the filters found, newest first; null while it is being read. */
  readonly list: RowList | null
  /** These places come into view. */
  readonly onWant: (from: number, to: number) => void
  /** Hosts to filter by. */
  readonly hosts: readonly string[]
  readonly filters: HistoryFilters
  readonly onFilter: (change: Partial<HistoryFilters>) => void
  readonly onClear: () => void
  readonly onExport: () => void
  /** Days that records are kept, 0 for ever; null while that is not known. */
  readonly keepDays: number | null
  readonly now: number
}

/** All records with search and filters. */
export function HistoryView({ list, onWant, hosts, filters, onFilter, onClear, onExport, keepDays, now }: HistoryViewProps): ReactNode {
  const all = isUnfiltered(filters)
  const none = list !== null && list.total === 0 && !list.more
  return (
    <>
      <div className="vh1">
        <h1>{t('historyTitle')}</h1>
        {list !== null && !(none && all) && (
          <span className="row end noprint"><Button look="quiet" onClick={onExport}><Icon name="download" />{t('historyExport')}</Button></span>
        )}
      </div>
      {list === null ? <Loading rows={8} /> : none && all ? <NoRecords /> : (
        <>
          <HistoryTools filters={filters} hosts={hosts} onChange={onFilter} />
          <span className="vh" role="status">{all ? '' : countOf(list)}</span>
          {none ? <NoMatch onClear={onClear} /> : <HistoryList list={list} onWant={onWant} now={now} foot={<Foot list={list} keepDays={keepDays} />} />}
        </>
      )}
    </>
  )
}

function countOf({ total, more }: RowList): string {
  return more ? t('historyNewest', number(total)) : tn('historyCount', total)
}

function Foot({ list, keepDays }: { readonly list: RowList; readonly keepDays: number | null }): ReactNode {
  return (
    <>
      <span className="num">{countOf(list)}</span>
      {keepDays !== null && <span className="end">{keepDays === 0 ? t('historyKeptForever') : t('historyKept', number(keepDays))}</span>}
    </>
  )
}

function NoRecords(): ReactNode {
  return (
    <div className="card">
      <EmptyState icon="history" level={2} title={t('historyEmpty')}>
        <p>{t('historyEmptyHelp')}</p>
        <a className="btn" href={routeHref('settings', ['sites'])}>{t('historyEmptyLink')}</a>
      </EmptyState>
    </div>
  )
}

function NoMatch({ onClear }: { readonly onClear: () => void }): ReactNode {
  return (
    <div className="card">
      <EmptyState icon="search" level={2} title={t('historyNoMatch')}>
        <p>{t('historyNoMatchHelp')}</p>
        <Button onClick={onClear}>{t('historyClear')}</Button>
      </EmptyState>
    </div>
  )
}
