import { useEffect, useState } from 'react'
import { loadSettings, watchSettings, type Settings } from '../../lib/store/index.ts'

/**
 * The settings as they are now, null until they are read. A failure to read them is thrown while rendering, so that the page's
 * error boundary says it: a page that shows defaults as if they were the person's own would be a lie.
 */
export function useSettings(): Settings | null {
  const [state, setState] = useState<{ readonly settings: Settings } | { readonly error: unknown } | null>(null)
  useEffect(() => {
    let open = true
    const show = (settings: Settings): void => { if (open) setState({ settings }) }
    loadSettings().then(show, (error: unknown) => { if (open) setState({ error }) })
    const stop = watchSettings(show)
    return () => {
      open = false
      stop()
    }
  }, [])
  if (state && 'error' in state) throw state.error
  return state?.settings ?? null
}
