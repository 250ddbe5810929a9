import type { PageState } from '../../lib/guard/types.ts'
import type { SiteSetting } from '../../lib/messages/index.ts'
import { gapsOf, type Gap } from '../../lib/guard/coverage.ts'
import type { SiteId } from '../../lib/sites/types.ts'

/** What the popup says about the page, most urgent first. */
export type PageStanding =
  | { readonly kind: 'off' | 'reload' | 'none' | 'checking' | 'ready' | 'again' | 'clear' }
  /** A check cannot run, and why, as far as the draft says it. */
  | { readonly kind: 'down'; readonly trouble: PageState['drafts'][number]['trouble']; readonly may: PageState['drafts'][number]['may'] }
  /** A part without which nothing can be held was not found. */
  | { readonly kind: 'unprotected'; readonly gap: Gap }
  | { readonly kind: 'held' | 'open'; readonly open: number }

/** How the page stands. `page` is null where no guard answered. */
export function standingOf(on: boolean, page: PageState | null): PageStanding {
  if (!on) return { kind: 'off' }
  if (page === null || !page.early) return { kind: 'reload' }
  const phases = page.drafts.map((draft) => draft.phase)
  const open = page.drafts.reduce((sum, draft) => sum + draft.open, 0)
  if (page.failed || phases.includes('failed')) {
    const down = page.drafts.find((draft) => draft.phase === 'failed')
    return { kind: 'down', trouble: down?.trouble ?? null, may: down?.may }
  }
  if (phases.includes('lost')) return { kind: 'reload' }
  if (phases.includes('held')) return { kind: 'held', open }
  const blind = page.drafts.flatMap(({ coverage }) => gapsOf(coverage)).find((gap) => gap === 'send' || gap === 'body')
  if (blind) return { kind: 'unprotected', gap: blind }
  if (phases.length === 0) return { kind: 'none' }
  if (open > 0) return { kind: 'open', open }
  if (phases.includes('press-again')) return { kind: 'again' }
  if (phases.includes('ready')) return { kind: 'ready' }
  if (phases.includes('checking')) return { kind: 'checking' }
  return { kind: 'clear' }
}

/** Scheme, host and port of a page that an extension may be allowed on; null for the browser's own pages, files and the like. */
export function siteOf(url: string | undefined): { readonly host: string; readonly prefix: string } | null {
  if (url === undefined || !URL.canParse(url)) return null
  const { protocol, host, hostname } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return null
  if (hostname === 'chromewebstore.google.com' || hostname === 'addons.mozilla.org') return null
  return { host, prefix: `${protocol}//${host}/` }
}

/** The setting that covers an address, on or off, the longest prefix first. */
export function settingFor(url: string, sites: readonly SiteSetting[]): SiteSetting | null {
  const covering = sites.filter((site) => url.startsWith(site.prefix))
  return covering.reduce<SiteSetting | null>((best, site) => (best && best.prefix.length >= site.prefix.length ? best : site), null)
}

/** All that the popup shows. */
export type PopupView =
  | { readonly kind: 'loading' | 'restricted' }
  | { readonly kind: 'failed'; readonly message: string }
  | {
    readonly kind: 'site'
    readonly host: string
    /** The tab that the popup was opened on, and the start of its address. */
    readonly tab: number
    readonly prefix: string
    readonly on: boolean
    /** The switch was pressed and the browser has not answered yet. */
    readonly asking: boolean
    readonly denied: boolean
    readonly adapter: SiteId
    /** True where the host alone says which application this is: nothing to choose. */
    readonly known: boolean
    readonly page: PageState | null
  }

/** Today's numbers. `open`: held today and not yet signed or sent. `unseen`: seem to have left past the gate, also on pages that are closed. */
export interface TodayNumbers { readonly held: number; readonly signed: number; readonly open: number; readonly unseen: number }
