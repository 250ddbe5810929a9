import { create } from 'zustand'
import { CATEGORIES } from '../../lib/engine/index.ts'
import { parseRoute, replaceQuery } from '../shell/router.ts'
import { HISTORY_OUTCOMES, NO_FILTERS, PERIODS, type HistoryFilters } from './model.ts'

/** Filters out of an address; values this version does not know are left out. */
export function filtersFromQuery(query: Readonly<Record<string, string>>): HistoryFilters {
  return {
    q: query['q'] ?? '',
    site: query['site'] ?? '',
    outcome: HISTORY_OUTCOMES.find((outcome) => outcome === query['outcome']) ?? '',
    category: CATEGORIES.find((category) => category === query['category']) ?? '',
    days: PERIODS.find((days) => String(days) === query['days']) ?? NO_FILTERS.days,
  }
}

/** The address's form of filters, without the ones that filter nothing. */
export function filtersToQuery(filters: HistoryFilters): Readonly<Record<string, string>> {
  return {
    q: filters.q, site: filters.site, outcome: filters.outcome, category: filters.category, days: filters.days === 0 ? '' : String(filters.days),
  }
}

interface FilterState {
  readonly filters: HistoryFilters
  readonly set: (change: Partial<HistoryFilters>) => void
  readonly clear: () => void
}

/** The list's filters. They live here so that a record can be opened and left again, and in the address so that a view can be linked. */
export const useHistoryFilters = create<FilterState>()((set, get) => ({
  filters: filtersFromQuery(typeof location === 'undefined' ? {} : parseRoute(location.hash).query),
  set: (change) => {
    const filters = { ...get().filters, ...change }
    set({ filters })
    replaceQuery(filtersToQuery(filters))
  },
  clear: () => {
    set({ filters: NO_FILTERS })
    replaceQuery({})
  },
}))
