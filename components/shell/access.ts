import { ORIGINS, SITES, originOf, siteFor, type SiteId } from '../../lib/sites/index.ts'

/**
 * The match patterns to ask for: a known application's own hosts when the address is one of them, else the address's host alone.
 * @throws TypeError for an address that is not a web address.
 */
export function patternsFor(prefix: string): readonly string[] {
  const known = knownAdapter(prefix)
  return known !== null && ORIGINS[known].length > 0 ? ORIGINS[known] : [originOf(prefix)]
}

/** The application that an address is known for, null where any could be there. */
export function knownAdapter(url: string): SiteId | null {
  const { id } = siteFor(url, [])
  return SITES[id].hosts.length > 0 ? id : null
}

/** Asks the browser for an address. Must be called inside the person's own click, before anything is awaited. False when denied. */
export function requestAccess(prefix: string): Promise<boolean> {
  return chrome.permissions.request({ origins: [...patternsFor(prefix)] })
}
