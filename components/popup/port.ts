import { askPage, declareOnPage, readSites } from '../../lib/messages/index.ts'
import { disableSite, enableSite, knownAdapter, requestAccess } from '../shell/access.ts'
import type { PopupPort } from './store.ts'

/** The browser and the worker: the tab in front of this window, its site, its page. */
export const livePort: PopupPort = {
  activeTab: async () => {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true })
    return tab?.id === undefined ? null : { id: tab.id, url: tab.url }
  },
  sites: readSites,
  requestAccess,
  enable: async (prefix, adapter) => { await enableSite(prefix, adapter) },
  disable: disableSite,
  page: askPage,
  declare: declareOnPage,
  reload: (tabId) => chrome.tabs.reload(tabId),
  adapterFor: knownAdapter,
}
