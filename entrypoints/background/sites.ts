import { matchPattern, MessageError, siteFor, successionWord, writeFacts } from '../../lib/messages/index.ts'
import { loadSettings, readAdministrator, setSite, updatesInUse } from '../../lib/store/index.ts'
import { CORE_KEY } from '../../lib/guard/core.ts'
import { factsFor } from '../../lib/sites/catalog.ts'
import type { SiteId } from '../../lib/sites/types.ts'

const GUARD = 'content-scripts/guard.js'
const OURS = 'guard:'

/**
 * Registers the guard for every site that is on and allowed, and for nothing else, and lays down the facts of those sites for it. Called whenever one of the two may have changed; calls run one after the other.
 */
export function createSiteKeeper() {
  let queue: Promise<unknown> = Promise.resolve()
  const sync = (): Promise<void> => {
    const done = queue.then(register, register)
    queue = done.catch(() => undefined)
    return done
  }
  return { sync, reach: () => reach(sync), enable: (prefix: string, adapter: SiteId) => enable(prefix, adapter, sync), disable: (prefix: string) => disable(prefix, sync) }
}

/** Key in `chrome.storage.session`, which lasts until the browser ends and is emptied when the extension is loaded anew. */
const REACHED = 'reached'

/**
 * Pages of sites that are on may have loaded while nobody registered the guard: in the middle of an update, or while the extension was switched off. Those get it now; a page that
 * an older guard still watches is left to it, which holds and says that the tab is to be reloaded. Once after each time the extension was loaded; at other times it does nothing.
 */
async function reach(sync: () => Promise<void>): Promise<void> {
  if ((await chrome.storage.session.get(REACHED))[REACHED]) return
  await sync()
  const { sites } = await loadSettings()
  const patterns = [...new Set(sites.filter(({ on }) => on).map(({ prefix }) => matchPattern(prefix)))]
  const tabs = patterns.length > 0 ? await chrome.tabs.query({ url: patterns, discarded: false }) : []
  const word = await successionWord()
  await Promise.all(tabs.map(async ({ id, url }) => {
    if (id !== undefined && url !== undefined && siteFor(url, sites) && (await isUnwatched(id, word))) await injectGuard(id)
  }))
  await chrome.storage.session.set({ [REACHED]: true })
}

/** Whether no guard, of this or of an older load of the extension, is in any frame of the tab. False where we may not look. */
async function isUnwatched(tabId: number, word: string): Promise<boolean> {
  try {
    const frames = await chrome.scripting.executeScript({
      target: { tabId, allFrames: true }, injectImmediately: true, args: [CORE_KEY, word],
      func: (key: string, name: string) => key in globalThis || !dispatchEvent(new Event(name, { cancelable: true })),
    })
    return frames.every(({ result }) => result === false)
  } catch (error) {
    console.warn('An open tab could not be asked for its guard:', error instanceof Error ? error.message : 'unknown error')
    return false
  }
}

async function register(): Promise<void> {
  const { sites } = await loadSettings()
  // Before the guard can run: without its facts a site is read as any page.
  await writeFacts(factsFor(new Set(sites.filter((site) => site.on).map((site) => site.adapter)), await updatesInUse()))
  const wanted = new Set<string>()
  for (const pattern of new Set(sites.filter((site) => site.on).map((site) => matchPattern(site.prefix)))) {
    if (await allowed(pattern)) wanted.add(pattern)
  }
  const there = (await chrome.scripting.getRegisteredContentScripts()).filter((script) => script.id.startsWith(OURS))
  const gone = there.filter((script) => !wanted.has(script.id.slice(OURS.length))).map((script) => script.id)
  if (gone.length > 0) await chrome.scripting.unregisterContentScripts({ ids: gone })
  const known = new Set(there.map((script) => script.id))
  const fresh = [...wanted].filter((pattern) => !known.has(OURS + pattern))
  if (fresh.length > 0) await chrome.scripting.registerContentScripts(fresh.map(guardFor))
}

/** One script a pattern, not a site: two sites on one host must not run the guard twice. */
function guardFor(pattern: string): chrome.scripting.RegisteredContentScript {
  return {
    id: OURS + pattern, matches: [pattern], js: [GUARD], runAt: 'document_start', allFrames: true, matchOriginAsFallback: true, persistAcrossSessions: true,
  }
}

function allowed(pattern: string): Promise<boolean> {
  return chrome.permissions.contains({ origins: [pattern] })
}

async function enable(prefix: string, adapter: SiteId, sync: () => Promise<void>): Promise<{ tabs: number }> {
  const pattern = matchPattern(prefix)
  if (!(await allowed(pattern))) throw new MessageError('no-permission', `no permission for ${pattern}`)
  const { sites } = await setSite(prefix, adapter, true)
  await sync()
  const tabs = await chrome.tabs.query({ url: pattern })
  const open = tabs.filter((tab) => tab.url !== undefined && siteFor(tab.url, sites)?.prefix === prefix)
  const done = await Promise.all(open.map((tab) => injectGuard(tab.id)))
  return { tabs: done.filter(Boolean).length }
}

/** The guard in a tab that is open already. It comes after the page's own scripts and says so (`PageState.early`). */
async function injectGuard(tabId: number | undefined): Promise<boolean> {
  if (tabId === undefined) return false
  try {
    await chrome.scripting.executeScript({ target: { tabId, allFrames: true }, files: [GUARD], injectImmediately: true })
    return true
  } catch (error) {
    // A tab that is discarded, showing an error page or closing: it gets the guard when it loads.
    console.warn('The guard was not put into an open tab:', error instanceof Error ? error.message : 'unknown error')
    return false
  }
}

async function disable(prefix: string, sync: () => Promise<void>): Promise<void> {
  if ((await readAdministrator()).sites.some((site) => site.prefix === prefix)) throw new MessageError('refused', `${prefix} is kept on by your administrator`)
  const adapter = (await loadSettings()).sites.find((site) => site.prefix === prefix)?.adapter
  if (adapter === undefined) throw new MessageError('not-found', `no site ${prefix}`)
  const { sites } = await setSite(prefix, adapter, false)
  await sync()
  const pattern = matchPattern(prefix)
  if (sites.some((site) => site.on && matchPattern(site.prefix) === pattern)) return
  try {
    await chrome.permissions.remove({ origins: [pattern] })
  } catch (error) {
    // A permission that the browser's administrator forced cannot be given back; the site is off all the same.
    console.warn('The permission stays:', error instanceof Error ? error.message : 'unknown error')
  }
}

/** Runs one of our scripts in the frame that asked for it. */
export async function inject(file: string, { tabId, frameId }: { tabId: number | null; frameId: number | null }): Promise<void> {
  if (tabId === null || frameId === null) throw new MessageError('refused', 'not asked from a page')
  await chrome.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: [file], injectImmediately: true })
}
