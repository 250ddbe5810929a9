import { useCallback, useState, type ReactNode } from 'react'
import { storeOrigins } from '../../lib/team/store/address.ts'
import { useAction } from '../shell/useAction.ts'
import { Button, t } from '../ui/index.ts'
import { ActionLine } from './ActionLine.tsx'
import { orThrow, type TeamPagePort } from './port.ts'
import { EMPTY_STORE, readStore, type StoreField, type StoreFields } from './store-form.ts'
import { StoreFieldset } from './StoreFieldset.tsx'

/** The way to another store, for the team as it is: a lead goes first, and each member after. */
export function Move({ port, refresh }: { readonly port: TeamPagePort; readonly refresh: () => Promise<void> }): ReactNode {
  const [fields, setFields] = useState<StoreFields>(EMPTY_STORE)
  const [wrong, setWrong] = useState<StoreField | null>(null)
  const [open, setOpen] = useState(false)
  const [state, run] = useAction(useCallback(async (made: Promise<void>) => { await made; await refresh() }, [refresh]))
  const move = (): void => {
    const read = readStore(fields)
    setWrong(read.ok ? null : read.field)
    if (!read.ok) return
    // The browser asks only inside the click, so nothing may be awaited before this.
    const asked = port.requestStore(storeOrigins(read.store))
    run(asked.then(async (granted) => {
      if (!granted) throw new Error(t('teamStoreDenied'))
      orThrow(await port.move(read.store, read.credentials))
      setFields(EMPTY_STORE)
    }))
  }
  return (
    <details id="team-move" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="sum">{t('teamMove')}</summary>
      {open && <form className="col" style={{ gap: 10, marginBlockStart: 8 }} noValidate onSubmit={(event) => { event.preventDefault(); if (state.kind !== 'busy') move() }}>
        <p className="small sub">{t('teamMoveHelp')}</p>
        <StoreFieldset fields={fields} wrong={wrong} onChange={setFields} />
        <p className="small sub">{t('teamCredentialsHelp')}</p>
        <span><Button type="submit" size="sm" off={state.kind === 'busy'}>{t('teamMoveButton')}</Button></span>
        <ActionLine state={state} busy={t('teamMoving')} done={t('teamMoved')} />
      </form>}
    </details>
  )
}
