import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { parseRoute, replaceQuery } from './router.ts'

export interface QueryFilters<Filters> {
  readonly filters: Filters
  readonly set: (change: Partial<Filters>) => void
  readonly clear: () => void
}

export interface FilterForm<Filters> {
  /** Filters that filter nothing. */
  readonly none: Filters
  /** Filters out of an address; values this version does not know are left out. */
  readonly fromQuery: (query: Readonly<Record<string, string>>) => Filters
  /** The address's form of filters, without what is as it is anyway. */
  readonly toQuery: (filters: Filters) => Readonly<Record<string, string>>
}

/** A page's filters, kept in the address, so that what is seen can be linked and is there again after a look at something else. */
export function createQueryFilters<Filters>({ none, fromQuery, toQuery }: FilterForm<Filters>): UseBoundStore<StoreApi<QueryFilters<Filters>>> {
  return create<QueryFilters<Filters>>()((set, get) => ({
    filters: fromQuery(typeof location === 'undefined' ? {} : parseRoute(location.hash).query),
    set: (change) => {
      const filters = { ...get().filters, ...change }
      set({ filters })
      replaceQuery(toQuery(filters))
    },
    clear: () => {
      set({ filters: none })
      replaceQuery({})
    },
  }))
}
