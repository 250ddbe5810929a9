import { useCallback, useId, useState, type ReactNode } from 'react'
import type { StoreAddress } from '../../lib/review/team/index.ts'
import { storeOrigins } from '../../lib/team/store/address.ts'
import { useAction } from '../shell/useAction.ts'
import { Button, t } from '../ui/index.ts'
import { ActionLine } from './ActionLine.tsx'
import { orThrow, type TeamPagePort } from './port.ts'
import { EMPTY_STORE, loginOf, wrongInLogin, type StoreField, type StoreFields } from './store-form.ts'
import { Login } from './StoreFieldset.tsx'

interface ChangeLoginProps {
  readonly port: TeamPagePort
  readonly store: Exclude<StoreAddress, { kind: 'memory' }>
  readonly refresh: () => Promise<void>
}

/** Another login for the store that the team has: without leaving it, and not kept before it was tried. */
export function ChangeLogin({ port, store, refresh }: ChangeLoginProps): ReactNode {
  const id = useId()
  const [fields, setFields] = useState<StoreFields>({ ...EMPTY_STORE, kind: store.kind })
  const [wrong, setWrong] = useState<StoreField | null>(null)
  const [state, run] = useAction(useCallback(async (made: Promise<void>) => { await made; await refresh() }, [refresh]))
  const save = (): void => {
    const bad = wrongInLogin(fields)
    setWrong(bad)
    if (bad !== null) return
    // The browser asks only inside the click, so nothing may be awaited before this.
    const asked = port.requestStore(storeOrigins(store))
    run(asked.then(async (granted) => {
      if (!granted) throw new Error(t('teamStoreDenied'))
      orThrow(await port.setCredentials(loginOf(fields)))
      setFields({ ...EMPTY_STORE, kind: store.kind })
      await port.check('now')
    }))
  }
  return (
    <details id="team-login">
      <summary className="sum">{t('teamLoginChange')}</summary>
      <form className="col" style={{ gap: 10, marginBlockStart: 8 }} noValidate onSubmit={(event) => { event.preventDefault(); if (state.kind !== 'busy') save() }}>
        <p className="small sub">{t('teamLoginChangeHelp')} {t('teamCredentialsHelp')}</p>
        <Login id={id} fields={fields} wrong={wrong} onChange={setFields} />
        <span><Button type="submit" size="sm" off={state.kind === 'busy'}>{t('teamLoginSave')}</Button></span>
        <ActionLine state={state} busy={t('teamLoginTrying')} done={t('teamLoginKept')} />
      </form>
    </details>
  )
}
