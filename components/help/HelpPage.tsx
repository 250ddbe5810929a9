import { useEffect, useState, type ReactNode } from 'react'
import { HelpView } from './HelpView.tsx'
import { lookAt } from './live.ts'
import type { TabFacts } from './model.ts'

/** How often the page is looked at again while it is shown. Milliseconds. */
const EVERY = 2_000

/** Help, and, where the popup named a tab, what is in order there. What fails is thrown while rendering, for the page's error boundary. */
export function HelpPage({ tab, at }: { /** Number of the tab; empty without one. */ readonly tab: string; readonly at: string }): ReactNode {
  const [state, setState] = useState<{ readonly facts: TabFacts } | { readonly error: unknown } | null>(null)
  const wanted = tab !== '' && URL.canParse(at) && /^https?:/.test(at)
  useEffect(() => {
    if (!wanted) return undefined
    let open = true
    const look = (): void => {
      lookAt(Number(tab), at).then((facts) => { if (open) setState({ facts }) }, (error: unknown) => { if (open) setState({ error }) })
    }
    look()
    const timer = setInterval(look, EVERY)
    return () => {
      open = false
      clearInterval(timer)
    }
  }, [tab, at, wanted])
  if (state && 'error' in state) throw state.error
  return <HelpView facts={wanted ? state?.facts ?? null : undefined} onReload={() => { void chrome.tabs.reload(Number(tab)) }} />
}
