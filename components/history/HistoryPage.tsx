import { useDeferredValue, useEffect, useState, type ReactNode } from 'react'
import { listHosts } from '../../lib/store/index.ts'
import { useNow } from '../shell/useNow.ts'
import { useHistoryFilters } from './filters.ts'
import { HistoryView } from './HistoryView.tsx'
import { useRows } from './useRows.ts'

/** History over this device's database; new records appear as they are made. */
export function HistoryPage({ keepDays, onExport }: { readonly keepDays: number | null; readonly onExport: () => void }): ReactNode {
  const { filters, set, clear } = useHistoryFilters()
  // Typing stays smooth with many records: the list may follow a keystroke later.
  const { list, want } = useRows(useDeferredValue(filters))
  const hosts = useHosts(list !== null)
  const now = useNow()
  return <HistoryView list={list} onWant={want} hosts={hosts} filters={filters} onFilter={set} onClear={clear} onExport={onExport} keepDays={keepDays} now={now} />
}

/** Hosts to filter by, read once the list is there. */
function useHosts(ready: boolean): readonly string[] {
  const [hosts, setHosts] = useState<readonly string[]>([])
  useEffect(() => {
    let open = ready
    // Without them the list can still be searched; what is wrong with the database, the list says.
    if (ready) listHosts().then((found) => { if (open) setHosts(found) }, () => undefined)
    return () => { open = false }
  }, [ready])
  return hosts
}
