import { useId, type ReactNode } from 'react'
import { SignatureLine, t } from '../ui/index.ts'
import type { WelcomeState } from './store.ts'

/** Step 1: the name that stands under what is signed. */
export function You({ state }: { readonly state: WelcomeState }): ReactNode {
  const id = useId()
  return (
    <>
      <div><h1>{t('welcomeYouTitle')}</h1><p className="lead">{t('welcomeYouLead')}</p></div>
      <div className="card pad col" style={{ gap: 14 }}>
        <div className="field">
          <label htmlFor={`${id}n`}>{t('welcomeName')}</label>
          <input id={`${id}n`} className="input" autoComplete="name" maxLength={200} required value={state.name} aria-invalid={state.problem !== '' || undefined} onChange={(event) => state.setName(event.currentTarget.value)} />
        </div>
        <div className="field">
          <label htmlFor={`${id}r`}>{t('welcomeRole')}</label>
          <input id={`${id}r`} className="input" autoComplete="organization-title" maxLength={200} value={state.role} onChange={(event) => state.setRole(event.currentTarget.value)} />
        </div>
        <div className="sample" aria-hidden="true"><SignatureLine name={state.name} signed={state.name.trim() !== ''} /></div>
      </div>
    </>
  )
}
