import { matchPattern, send } from '../../lib/messages/index.ts'
import { originsOf, siteAt, turnedOnWith } from '../../lib/sites/catalog.ts'
import type { SiteId } from '../../lib/sites/types.ts'

/** The application that an address is known for; `sure` where its host says so, or it is the edit screen of a WordPress. */
export function knownAdapter(url: string): { readonly id: SiteId; readonly sure: boolean } {
  const id = siteAt(url)
  return { id, sure: originsOf(id).length > 0 }
}

/** Asks the browser for the host of an address, and for those alone that are turned on with it. Must be called inside the person's own click, before anything is awaited. False when denied. */
export function requestAccess(prefix: string): Promise<boolean> {
  return chrome.permissions.request({ origins: turnedOnWith(prefix, siteAt(prefix)).map(matchPattern) })
}

/** Turns an address on, and those that are turned on with it. Resolves to the number of open tabs that must be reloaded. */
export async function enableSite(prefix: string, adapter: SiteId): Promise<number> {
  let tabs = 0
  for (const one of turnedOnWith(prefix, adapter)) tabs += (await send('site/enable', { prefix: one, adapter })).tabs
  return tabs
}

/** Turns an address off, and those that were turned on with it. */
export async function disableSite(prefix: string): Promise<void> {
  for (const one of turnedOnWith(prefix, siteAt(prefix))) await send('site/disable', { prefix: one })
}
