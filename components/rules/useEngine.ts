import { useEffect, useState } from 'react'
import type * as engine from './try.ts'

type Engine = typeof engine

/** The engine once it is wanted and loaded, null before. A failure is thrown while rendering, for the page's boundary. */
export function useEngine(wanted: boolean): Engine | null {
  const [state, setState] = useState<{ readonly engine: Engine } | { readonly error: unknown } | null>(null)
  useEffect(() => {
    if (!wanted) return
    let open = true
    import('./try.ts').then((loaded) => { if (open) setState({ engine: loaded }) }, (error: unknown) => { if (open) setState({ error }) })
    return () => { open = false }
  }, [wanted])
  if (state && 'error' in state) throw state.error
  return state?.engine ?? null
}
