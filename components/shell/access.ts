import { matchPattern } from '../../lib/messages/index.ts'
import { SITES, siteFor, type SiteId } from '../../lib/sites/index.ts'

/** The application that an address is known for, null where any could be there. */
export function knownAdapter(url: string): SiteId | null {
  const { id } = siteFor(url, [])
  return SITES[id].hosts.length > 0 ? id : null
}

/** Asks the browser for the host of an address, for that alone. Must be called inside the person's own click, before anything is awaited. False when denied. */
export function requestAccess(prefix: string): Promise<boolean> {
  return chrome.permissions.request({ origins: [matchPattern(prefix)] })
}
