import { useCallback, useState } from 'react'
import { messageOf } from './files.ts'

/** How an action that a person started stands; `failed` carries what the interface says. */
export type ActionState = { readonly kind: 'idle' | 'busy' | 'done' } | { readonly kind: 'failed'; readonly message: string }

/** Runs a person's action and keeps how it went, so that no failure is lost and no button is pressed twice at once. */
export function useAction<Args extends unknown[]>(action: (...args: Args) => Promise<void>): [ActionState, (...args: Args) => void] {
  const [state, setState] = useState<ActionState>({ kind: 'idle' })
  const run = useCallback((...args: Args) => {
    setState({ kind: 'busy' })
    action(...args).then(
      () => setState({ kind: 'done' }),
      (error: unknown) => setState({ kind: 'failed', message: messageOf(error) }),
    )
  }, [action])
  return [state, run]
}
