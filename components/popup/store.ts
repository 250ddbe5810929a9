import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PageState } from '../../lib/guard/types.ts'
import type { SiteSetting, TabPart } from '../../lib/messages/index.ts'
import type { SiteId } from '../../lib/sites/types.ts'
import { messageOf } from '../shell/files.ts'
import { settingFor, siteOf, type PopupView } from './model.ts'

/** What the popup needs from the browser and the worker. */
export interface PopupPort {
  readonly activeTab: () => Promise<{ readonly id: number; readonly url: string | undefined } | null>
  readonly sites: () => Promise<readonly SiteSetting[]>
  /** Must be called inside the person's own click. False when denied. */
  readonly requestAccess: (prefix: string) => Promise<boolean>
  readonly enable: (prefix: string, adapter: SiteId) => Promise<void>
  readonly disable: (prefix: string) => Promise<void>
  readonly page: (tabId: number, part: TabPart) => Promise<PageState | null>
  readonly declare: (tabId: number, part: TabPart, draft: string, ai: boolean) => Promise<PageState | null>
  readonly reload: (tabId: number) => Promise<void>
  /** The application that this address is known for, and whether that is sure. */
  readonly adapterFor: (url: string) => { readonly id: SiteId; readonly sure: boolean }
}

export interface PopupState {
  readonly view: PopupView
  readonly load: () => Promise<void>
  /** Asks the page again: drafts open and close while the popup is open. */
  readonly refresh: () => Promise<void>
  readonly setOn: (on: boolean) => Promise<void>
  readonly setAdapter: (adapter: SiteId) => Promise<void>
  /** The person's word on where a draft came from. */
  readonly declare: (draft: string, ai: boolean) => Promise<void>
  readonly reload: () => Promise<void>
}

/** The popup's state. Nothing in it throws: what fails is said in `view`. */
export function createPopupStore(port: PopupPort): StoreApi<PopupState> {
  let tab: { id: number; url: string } | null = null
  /** What was set for this page when it was read; a page under a longer prefix keeps that prefix. */
  let prefix = ''
  return createStore<PopupState>()((set, get) => {
    const change = (part: Partial<Extract<PopupView, { kind: 'site' }>>): void => {
      const { view } = get()
      if (view.kind === 'site') set({ view: { ...view, ...part } })
    }
    const failed = (error: unknown): void => set({ view: { kind: 'failed', message: messageOf(error) } })
    const load = async (): Promise<void> => {
      try {
        const active = await port.activeTab()
        const site = siteOf(active?.url)
        if (!active?.url || !site) {
          set({ view: { kind: 'restricted' } })
          return
        }
        tab = { id: active.id, url: active.url }
        const setting = settingFor(active.url, await port.sites())
        prefix = setting?.prefix ?? site.prefix
        const known = port.adapterFor(active.url)
        const on = setting?.on ?? false
        const page = await port.page(active.id, partOf(on))
        set({ view: { kind: 'site', host: site.host, tab: active.id, prefix, on, asking: false, denied: false, adapter: setting?.adapter ?? known.id, known: known.sure, page } })
      } catch (error) {
        failed(error)
      }
    }
    return {
      view: { kind: 'loading' },
      load,
      refresh: async () => {
        const { view } = get()
        if (view.kind !== 'site' || view.asking || !tab) return
        try {
          change({ page: await port.page(tab.id, partOf(view.on)) })
        } catch (error) {
          failed(error)
        }
      },
      setOn: async (on) => {
        const { view } = get()
        if (view.kind !== 'site' || view.asking || !tab) return
        try {
          // First, without an await before it: the browser asks only inside the click.
          const access = on ? port.requestAccess(prefix) : Promise.resolve(true)
          change({ asking: true, denied: false })
          if (!(await access)) {
            change({ asking: false, denied: true })
            return
          }
          await (on ? port.enable(prefix, view.adapter) : port.disable(prefix))
          change({ on, asking: false, page: await port.page(tab.id, partOf(on)) })
        } catch (error) {
          failed(error)
        }
      },
      setAdapter: async (adapter) => {
        const { view } = get()
        if (view.kind !== 'site') return
        const before = view.adapter
        change({ adapter })
        if (!view.on) return
        try {
          await port.enable(prefix, adapter)
        } catch (error) {
          change({ adapter: before })
          failed(error)
        }
      },
      declare: async (draft, ai) => {
        const { view } = get()
        if (view.kind !== 'site' || !tab) return
        try {
          change({ page: await port.declare(tab.id, partOf(view.on), draft, ai) })
        } catch (error) {
          failed(error)
        }
      },
      reload: async () => {
        if (!tab) return
        try {
          await port.reload(tab.id)
        } catch (error) {
          failed(error)
        }
      },
    }
  })
}

/** Where the page's own site is off, frames of other sites in it may still be on. */
const partOf = (on: boolean): TabPart => (on ? 'page' : 'frames')
