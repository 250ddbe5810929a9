import type { ReactNode } from 'react'
import type { ActionState } from '../shell/useAction.ts'

/** How an action on a Team page goes, in words: what failed has its own sentence already. */
export function ActionLine({ state, busy = '', done = '' }: { readonly state: ActionState; readonly busy?: string; readonly done?: string }): ReactNode {
  const text = state.kind === 'failed' ? state.message : state.kind === 'busy' ? busy : state.kind === 'done' ? done : ''
  return <p role="status" className={state.kind === 'failed' ? 'said bad' : 'said'} style={{ overflowWrap: 'anywhere' }}>{text}</p>
}
