import { siteName } from '../shell/words.ts'

/** Names of the sites that are on; a page that is no known application is named by its host. */
export function namesOfSites(sites: readonly { readonly prefix: string; readonly adapter: string; readonly on: boolean }[]): string[] {
  return [...new Set(sites.filter(({ on }) => on).map(({ prefix, adapter }) => (adapter === 'generic' ? new URL(prefix).host : siteName(adapter))))]
}
