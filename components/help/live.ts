import { askPage, matchPattern, MessageError, readSites, send, siteFor } from '../../lib/messages/index.ts'
import type { TabFacts } from './model.ts'

/** Looks at one tab. `at`: start of its address, as the popup gave it. What cannot be found out is said to be missing, not thrown. */
export async function lookAt(tabId: number, at: string): Promise<TabFacts> {
  const pattern = matchPattern(at)
  const [tab, sites, allowed, scripts, rules] = await Promise.all([
    chrome.tabs.get(tabId).catch(() => null), // Closed since the popup was open.
    readSites(),
    chrome.permissions.contains({ origins: [pattern] }),
    chrome.scripting.getRegisteredContentScripts(),
    send('rulebook/load', { anew: false }).then(() => 'loaded', (error: unknown) => (error instanceof MessageError ? error.code : 'failed')),
  ])
  const page = tab ? await askPage(tabId) : null
  const { frames, guarded } = page && allowed ? await framesOf(tabId) : { frames: 0, guarded: 0 }
  return {
    version: chrome.runtime.getManifest().version, browser: browserName(), language: chrome.i18n.getUILanguage(), host: new URL(at).host,
    open: tab !== null, on: siteFor(tab?.url ?? at, sites) !== null, allowed, registered: scripts.some(({ matches }) => matches?.includes(pattern)), page, frames, guarded, rules,
  }
}

interface FrameFound { readonly frames: number }

/** Every frame that we may run in says how many frames stand in its document; those that never answer are of another site. */
async function framesOf(tabId: number): Promise<{ frames: number; guarded: number }> {
  const answers = await chrome.scripting.executeScript({ target: { tabId, allFrames: true }, func: (): FrameFound => ({ frames: document.querySelectorAll('iframe, frame').length }) })
  const found = answers.flatMap(({ result }) => (result ? [result] : []))
  return { frames: 1 + found.reduce((sum, { frames }) => sum + frames, 0), guarded: found.length }
}

function browserName(): string {
  return /(?:Edg|Firefox|Chrome)\/\d+/.exec(navigator.userAgent)?.[0] ?? 'unknown'
}
