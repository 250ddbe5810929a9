/** The mark on the extension's button while a draft in this tab is held. The browser takes it off by itself when the tab goes elsewhere. */
export async function showHeld(tabId: number | null, held: boolean): Promise<void> {
  if (tabId === null) return
  try {
    await chrome.action.setBadgeText({ tabId, text: held ? '!' : '' })
    if (held) await chrome.action.setBadgeBackgroundColor({ tabId, color: '#b3261e' })
  } catch (error) {
    // The tab was closed meanwhile. A badge is never a reason not to record.
    console.warn('No badge:', error instanceof Error ? error.message : 'unknown error')
  }
}
