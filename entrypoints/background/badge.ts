/** Colours of the mark on the extension's button: something is held; an answer came. */
const HELD = '#b3261e'
export const ANSWERED = '#1f6f4a'
/** No text of the tab's own. The types know no null here; Chrome and Firefox do, and Firefox takes nothing else for it. */
const NONE = null as unknown as string

/**
 * The mark on the extension's button while a draft in this tab is held. The browser takes it off by itself when the tab goes elsewhere. Where the hold ends, the tab shows again what all tabs
 * show: an empty text of its own would hide the number of answers there.
 */
export async function showHeld(tabId: number | null, held: boolean): Promise<void> {
  if (tabId === null) return
  try {
    await chrome.action.setBadgeText({ tabId, text: held ? '!' : NONE })
    await chrome.action.setBadgeBackgroundColor({ tabId, color: held ? HELD : ANSWERED })
  } catch (error) {
    // The tab was closed meanwhile. A badge is never a reason not to record.
    console.warn('No badge:', error instanceof Error ? error.message : 'unknown error')
  }
}
