import { CATEGORIES } from '../../lib/engine/index.ts'
import { createQueryFilters } from '../shell/query-filters.ts'
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

export const useHistoryFilters = createQueryFilters<HistoryFilters>({ none: NO_FILTERS, fromQuery: filtersFromQuery, toQuery: filtersToQuery })
