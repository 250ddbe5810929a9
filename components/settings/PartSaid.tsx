import type { ReactNode } from 'react'
import type { SettingsSaid } from './store.ts'

/** How the last change of a part of the page went. */
export function PartSaid({ said }: { readonly said: SettingsSaid | undefined }): ReactNode {
  return <span role="status" className={said?.kind === 'bad' ? 'said bad' : 'said'}>{said?.text ?? ''}</span>
}
