/** Colours of the mark on the extension's button: something is held; an answer came. */
const HELD = '#b3261e'
export const ANSWERED = '#1f6f4a'

/**
 * The mark on the extension's button while a draft in this tab is held. The browser takes it off by itself when the tab goes elsewhere. Where the hold ends, the tab shows again what all tabs
 * show: an empty text of its own would hide the number of answers there.
 */
export async function showHeld(tabId: number | null, held: boolean): Promise<void> {
  if (tabId === null) return
  try {
    await chrome.action.setBadgeText(held ? { tabId, text: '!' } : { tabId })
    await chrome.action.setBadgeBackgroundColor({ tabId, color: held ? HELD : ANSWERED })
  } catch (error) {
    // The tab was closed meanwhile. A badge is never a reason not to record.
    console.warn('No badge:', error instanceof Error ? error.message : 'unknown error')
  }
}
