import { liveQuery } from 'dexie'
import { useCallback, useEffect, useRef, useState } from 'react'
import { latestNumber } from '../../lib/store/index.ts'
import { rowPort } from './live.ts'
import type { HistoryFilters } from './model.ts'
import { openRows, type OpenRows, type RowList } from './rows.ts'

/** New records are shown together, not one by one. Milliseconds. */
const TOGETHER = 300
const NOBODY: RowList = { total: 0, more: true, at: () => null }

/**
 * The rows under the filters, null until the first are there. New records appear as they are made; what is in view stays until what takes its place is read.
 * A failure is thrown while rendering, for the page's boundary.
 */
export function useRows(filters: HistoryFilters): { readonly list: RowList | null; readonly want: OpenRows['want'] } {
  const [state, setState] = useState<{ readonly list: RowList | null; readonly error: Error | null }>({ list: null, error: null })
  const [turn, setTurn] = useState(0)
  const opened = useRef<OpenRows | null>(null)
  const seen = useRef({ filters, from: 0, to: 0, list: NOBODY })
  useEffect(() => followRecords(() => setTurn((last) => last + 1)), [])
  useEffect(() => {
    const anew = turn > 0 && seen.current.filters === filters
    const { from, to, list: before } = anew ? seen.current : { from: 0, to: 0, list: NOBODY }
    seen.current = { filters, from, to, list: before }
    let taken = !anew
    const show = (list: RowList): void => {
      // A shorter list in between would lose the place that somebody scrolled to.
      taken ||= !(list.more && list.total < before.total) && (list.total <= from || list.at(from) !== null)
      if (!taken) return
      seen.current.list = list
      setState({ list, error: null })
    }
    const rows = openRows(rowPort, filters, Date.now(), show, (error) => setState((last) => ({ ...last, error: error instanceof Error ? error : new Error(String(error)) })))
    rows.want(from, before.more ? Math.max(to, before.total) : to)
    opened.current = rows
    return () => rows.close()
  }, [filters, turn])
  const want = useCallback((from: number, to: number): void => {
    seen.current = { ...seen.current, from, to }
    opened.current?.want(from, to)
  }, [])
  if (state.error !== null) throw state.error
  return { list: state.list, want }
}

/** Calls back after records were written or went; not for how they stand at first. */
function followRecords(changed: () => void): () => void {
  let first = true
  let timer: ReturnType<typeof setTimeout> | undefined
  const watch = liveQuery(latestNumber).subscribe({
    next: () => {
      if (!first) timer ??= setTimeout(() => { timer = undefined; changed() }, TOGETHER)
      first = false
    },
    // The list itself says what is wrong with the database.
    error: (error: unknown) => console.warn('History does not follow:', error instanceof Error ? error.message : 'unknown error'),
  })
  return () => {
    clearTimeout(timer)
    watch.unsubscribe()
  }
}
