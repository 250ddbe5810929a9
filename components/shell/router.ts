import { useMemo, useSyncExternalStore } from 'react'

/** The places of the dashboard, in the order of its navigation. */
export const SECTIONS = ['history', 'approvals', 'rules', 'insights', 'team', 'settings', 'ledger', 'help'] as const
export type Section = (typeof SECTIONS)[number]

/** Where the dashboard is: `#/rules/pricing/percent-off?x=1` is section `rules`, path `['pricing', 'percent-off']`, query `{x: '1'}`. */
export interface Route {
  readonly section: Section
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

/** Reads a location hash. Anything unknown leads to History, so that an old bookmark never ends on a blank page. */
export function parseRoute(hash: string): Route {
  const [place = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [head = '', ...path] = place.split('/').filter(Boolean).map(decode)
  const section = SECTIONS.find((name) => name === head) ?? 'history'
  return { section, path: section === head ? path : [], query: Object.fromEntries(new URLSearchParams(search)) }
}

/** The hash for a place; empty query values are left out. */
export function routeHref(section: Section, path: readonly string[] = [], query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return `#/${[section, ...path.map(encodeURIComponent)].join('/')}${search ? `?${search}` : ''}`
}

/** The current place; re-renders when the hash changes. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return useMemo(() => parseRoute(hash), [hash])
}

/** Changes the query of the current place without a new step in the browser's history (typing in a search box is not a journey). */
export function replaceQuery(query: Readonly<Record<string, string>>): void {
  const { section, path } = parseRoute(location.hash)
  history.replaceState(null, '', routeHref(section, path, query))
}

/** Goes to a place, as a link would. */
export function go(href: string): void {
  location.hash = href
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return part
    throw error
  }
}
