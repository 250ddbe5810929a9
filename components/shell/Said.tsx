import type { ReactNode } from 'react'
import { t } from '../ui/i18n.ts'
import type { ActionState } from './useAction.ts'

/** Says beside a control how the last change went; read out politely, empty when there is nothing to say. */
export function Said({ state, done }: { readonly state: ActionState; readonly done?: string }): ReactNode {
  const text = state.kind === 'failed' ? t('dashNotSaved', state.message) : state.kind === 'done' ? (done ?? t('dashSaved')) : ''
  return <span role="status" className={state.kind === 'failed' ? 'said bad' : 'said'}>{text}</span>
}
