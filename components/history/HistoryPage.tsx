import { useLiveQuery } from 'dexie-react-hooks'
import { useDeferredValue, useState, type ReactNode } from 'react'
import { useNow } from '../shell/useNow.ts'
import { useHistoryFilters } from './filters.ts'
import { HistoryView } from './HistoryView.tsx'
import { loadRows } from './live.ts'

/** Records loaded at once: a year of a busy person, read in well under half a second. */
const PAGE = 2_000

/** History over this device's database; new records appear as they are made. */
export function HistoryPage({ keepDays, onExport }: { readonly keepDays: number; readonly onExport: () => void }): ReactNode {
  const { filters, set, clear } = useHistoryFilters()
  const [limit, setLimit] = useState(PAGE)
  const query = useDeferredValue(filters.q)
  const loaded = useLiveQuery(() => loadRows(query, limit), [query, limit])
  const now = useNow()
  return (
    <HistoryView
      rows={loaded?.rows ?? null} older={loaded?.older ?? false} onOlder={() => setLimit(limit + PAGE)} filters={filters} onFilter={set} onClear={clear}
      onExport={onExport} keepDays={keepDays} now={now}
    />
  )
}
