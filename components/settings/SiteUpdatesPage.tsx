import { useEffect, useState, type ReactNode } from 'react'
import { installSiteUpdate, readSiteUpdates, undoSiteUpdate, watchSiteUpdates, type SiteUpdateRow } from '../../lib/store/index.ts'
import { SiteUpdates, type SiteUpdatesPort } from './SiteUpdates.tsx'

/** Asks this browser, on a document of no page. */
export function isSelector(selector: string): boolean {
  try {
    document.implementation.createHTMLDocument('').querySelector(selector)
    return true
  } catch {
    return false // A selector that the browser does not take throws; that is the answer.
  }
}

const port: SiteUpdatesPort = { install: (text) => installSiteUpdate(text, { isSelector, at: Date.now() }), undo: undoSiteUpdate }

/** The corrections of sites as they are stored. What fails to be read is thrown while rendering, for the page's error boundary. */
export function SiteUpdatesPage(): ReactNode {
  const [state, setState] = useState<{ readonly rows: readonly SiteUpdateRow[] } | { readonly error: unknown } | null>(null)
  useEffect(() => {
    let open = true
    const read = (): void => {
      readSiteUpdates().then((rows) => { if (open) setState({ rows }) }, (error: unknown) => { if (open) setState({ error }) })
    }
    read()
    const stop = watchSiteUpdates(read)
    return () => {
      open = false
      stop()
    }
  }, [])
  if (state && 'error' in state) throw state.error
  return <SiteUpdates rows={state?.rows ?? null} port={port} />
}
