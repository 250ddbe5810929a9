import { useCallback, useId, useState, type ReactNode } from 'react'
import type { StoreAddress, StoreCredentials } from '../../lib/review/team/index.ts'
import { storeOrigins } from '../../lib/team/store/address.ts'
import { useAction } from '../shell/useAction.ts'
import { Button, t } from '../ui/index.ts'
import { ActionLine } from './ActionLine.tsx'
import { orThrow, type TeamPagePort } from './port.ts'
import { EMPTY_STORE, loginOf, wrongInLogin, type StoreField, type StoreFields } from './store-form.ts'
import { Login } from './StoreFieldset.tsx'

interface LoginProps {
  readonly port: TeamPagePort
  readonly store: Exclude<StoreAddress, { kind: 'memory' }>
  readonly refresh: () => Promise<void>
}

/** Another login for the store that the team has: without leaving it, and not kept before it was tried. */
export function ChangeLogin({ port, store, refresh }: LoginProps): ReactNode {
  return (
    <details id="team-login">
      <summary className="sum">{t('teamLoginChange')}</summary>
      <LoginForm
        port={port} store={store} refresh={refresh} help={t('teamLoginChangeHelp')} action={t('teamLoginSave')} busy={t('teamLoginTrying')} done={t('teamLoginKept')}
        onLogin={async (credentials) => { orThrow(await port.setCredentials(credentials)); await port.check('now') }}
      />
    </details>
  )
}

interface LoginFormProps extends LoginProps {
  readonly help: string
  /** Words of the button, while it is tried, and afterwards. */
  readonly action: string
  readonly busy: string
  readonly done: string
  readonly onLogin: (credentials: StoreCredentials) => Promise<void>
}

/** A login for a store whose address is known. */
export function LoginForm({ port, store, refresh, help, action, busy, done, onLogin }: LoginFormProps): ReactNode {
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
      await onLogin(loginOf(fields))
      setFields({ ...EMPTY_STORE, kind: store.kind })
    }))
  }
  return (
    <form className="col" style={{ gap: 10, marginBlockStart: 8 }} noValidate onSubmit={(event) => { event.preventDefault(); if (state.kind !== 'busy') save() }}>
      <p className="small sub">{help} {t('teamCredentialsHelp')}</p>
      <Login id={id} fields={fields} wrong={wrong} onChange={setFields} />
      <span><Button type="submit" size="sm" off={state.kind === 'busy'}>{action}</Button></span>
      <ActionLine state={state} busy={busy} done={done} />
    </form>
  )
}
