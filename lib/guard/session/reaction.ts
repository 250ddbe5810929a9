/** How long a page may take to show that a replayed press did something. */
const PATIENCE_MS = 1500

/**
 * Resolves true as soon as the page changes anything, navigates, or drops the root; false when nothing happened in time.
 * Changes to elements that stand beside `body` are ours or other extensions' and do not count.
 */
export function pageReacts(root: Element, act: () => boolean): Promise<boolean> {
  const document = root.ownerDocument
  const win = document.defaultView
  if (!win) return Promise.resolve(false)
  return new Promise((resolve) => {
    const observer = new MutationObserver((records) => {
      if (records.some((record) => document.body.contains(record.target))) finish(true)
    })
    const left = () => finish(true)
    const timer = win.setTimeout(() => finish(!root.isConnected), PATIENCE_MS)
    function finish(reacted: boolean): void {
      observer.disconnect()
      win?.clearTimeout(timer)
      win?.removeEventListener('pagehide', left)
      resolve(reacted)
    }
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    win.addEventListener('pagehide', left)
    if (!act()) finish(false)
  })
}
