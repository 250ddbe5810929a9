import { CATEGORIES, type DraftKind } from '../../lib/engine/index.ts'
import type { InsightFilters } from '../../lib/learning/index.ts'
import { createQueryFilters } from '../shell/query-filters.ts'

/** Days that can be looked at, 0 for all. */
export const PERIODS = [7, 30, 90, 365, 0] as const
export const KINDS: readonly DraftKind[] = ['email', 'reply', 'post', 'note']
export const NO_FILTERS: InsightFilters = { days: 90, site: '', kind: '', assistant: '', category: '' }

/** Filters out of an address; values this version does not know are left out. */
export function filtersFromQuery(query: Readonly<Record<string, string>>): InsightFilters {
  return {
    days: PERIODS.find((days) => String(days) === query['days']) ?? NO_FILTERS.days, site: query['site'] ?? '', kind: KINDS.find((kind) => kind === query['kind']) ?? '',
    assistant: query['assistant'] ?? '', category: CATEGORIES.find((category) => category === query['category']) ?? '',
  }
}

/** The address's form of filters, without what is as it is anyway. */
export function filtersToQuery({ days, ...rest }: InsightFilters): Readonly<Record<string, string>> {
  return { days: days === NO_FILTERS.days ? '' : String(days), ...rest }
}

export const useInsightFilters = createQueryFilters<InsightFilters>({ none: NO_FILTERS, fromQuery: filtersFromQuery, toQuery: filtersToQuery })
