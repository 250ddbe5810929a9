import { useCallback, useId, useState, type ReactNode } from 'react'
import type { Invitation } from '../../lib/review/team/index.ts'
import { storeOrigins } from '../../lib/team/store/address.ts'
import { routeHref } from '../shell/router.ts'
import { useAction } from '../shell/useAction.ts'
import { Button, Icon, t } from '../ui/index.ts'
import { orThrow, type TeamPagePort } from './port.ts'
import { ActionLine } from './ActionLine.tsx'
import { EMPTY_STORE, loginOf, readStore, wrongInLogin, type StoreField, type StoreFields } from './store-form.ts'
import { Login, StoreFieldset } from './StoreFieldset.tsx'
import { placeOf } from './words.ts'

interface StartProps {
  readonly port: TeamPagePort
  /** This person's name from Settings; a team knows its members by it. */
  readonly name: string
  /** The administrator's invitation; null where they set none. */
  readonly forced: string | null
  /** The administrator lets nobody found or join another team. */
  readonly closed: boolean
  readonly onDone: () => Promise<void>
}

/** Two ways into a team: found one, or join with an invitation. */
export function Start({ port, name, forced, closed, onDone }: StartProps): ReactNode {
  const locked = closed || forced !== null
  return (
    <div className="g3">
      {name === '' && <p className="banner note" style={{ gridColumn: '1 / -1' }}><Icon name="warning" /><span>{t('teamNoName')} <a href={routeHref('settings', ['you'])}>{t('settingsYou')}</a></span></p>}
      <Join port={port} forced={forced} closed={closed && forced === null} onDone={onDone} />
      {locked
        ? <section className="card pad"><p className="row sub lk"><Icon name="lock" size={14} />{t(forced === null ? 'teamsOff' : 'teamForced')}</p></section>
        : <Create port={port} onDone={onDone} />}
    </div>
  )
}

function Create({ port, onDone }: Pick<StartProps, 'port' | 'onDone'>): ReactNode {
  const field = useId()
  const [name, setName] = useState('')
  const [fields, setFields] = useState<StoreFields>(EMPTY_STORE)
  const [wrong, setWrong] = useState<StoreField | 'name' | null>(null)
  const [state, run] = useAction(useCallback(async (made: Promise<void>) => { await made; await onDone() }, [onDone]))
  const create = (): void => {
    const read = readStore(fields)
    const bad = name.trim() === '' ? 'name' : read.ok ? null : read.field
    setWrong(bad)
    if (bad !== null || !read.ok) return
    // The browser asks only inside the click, so nothing may be awaited before this.
    const asked = port.requestStore(storeOrigins(read.store))
    run(asked.then(async (granted) => {
      if (!granted) throw new Error(t('teamStoreDenied'))
      orThrow(await port.create(name.trim(), read.store, read.credentials))
    }))
  }
  return (
    <section className="card" id="team-create">
      <div className="sec"><h2>{t('teamCreate')}</h2></div>
      <form className="pad col" style={{ gap: 12 }} noValidate onSubmit={(event) => { event.preventDefault(); if (state.kind !== 'busy') create() }}>
        <p className="small sub">{t('teamCreateHelp')}</p>
        <div className="field">
          <label htmlFor={field}>{t('teamName')}</label>
          <input id={field} className="input" dir="auto" maxLength={200} value={name} aria-invalid={wrong === 'name' || undefined} onChange={(event) => setName(event.currentTarget.value)} />
          {wrong === 'name' && <span className="said bad">{t('teamNameWrong')}</span>}
        </div>
        <StoreFieldset fields={fields} wrong={wrong === 'name' ? null : wrong} onChange={setFields} />
        <p className="small sub">{t('teamCredentialsHelp')}</p>
        <span><Button type="submit" look="primary" off={state.kind === 'busy'}>{t('teamCreateButton')}</Button></span>
        <ActionLine state={state} busy={t('teamCreating')} />
      </form>
    </section>
  )
}

function Join({ port, forced, closed, onDone }: Omit<StartProps, 'name'>): ReactNode {
  const field = useId()
  const [code, setCode] = useState(forced ?? '')
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const [reading, read] = useAction(useCallback(async (text: string) => { setInvitation(orThrow(await port.readInvitation(text))) }, [port]))
  if (closed) return <section className="card"><div className="sec"><h2>{t('teamJoin')}</h2></div><p className="pad small sub">{t('teamsOff')}</p></section>
  return (
    <section className="card" id="team-join">
      <div className="sec"><h2>{t('teamJoin')}</h2></div>
      {invitation
        ? <Invited port={port} code={code} invitation={invitation} onBack={() => setInvitation(null)} onDone={onDone} />
        : (
          <form className="pad col" style={{ gap: 12 }} noValidate onSubmit={(event) => { event.preventDefault(); read(code) }}>
            <p className="small sub">{t(forced === null ? 'teamJoinHelp' : 'teamForced')}</p>
            <div className="field">
              <label htmlFor={field}>{t('teamInvitation')}</label>
              <textarea id={field} className="input mono" rows={5} dir="ltr" spellCheck={false} readOnly={forced !== null} value={code} onChange={(event) => setCode(event.currentTarget.value)} />
            </div>
            <span><Button type="submit" look="primary" off={reading.kind === 'busy'}>{t('teamInvitationRead')}</Button></span>
            <ActionLine state={reading} />
          </form>
        )}
    </section>
  )
}

interface InvitedProps extends Pick<StartProps, 'port' | 'onDone'> {
  readonly code: string
  readonly invitation: Invitation
  readonly onBack: () => void
}

/** What an invitation says, what is missing to follow it, and the button to do so. */
function Invited({ port, code, invitation, onBack, onDone }: InvitedProps): ReactNode {
  const id = useId()
  const { name, lead, store, withCredentials } = invitation
  const [fields, setFields] = useState<StoreFields>({ ...EMPTY_STORE, kind: store.kind === 's3' ? 's3' : 'webdav' })
  const [wrong, setWrong] = useState<StoreField | null>(null)
  const [state, run] = useAction(useCallback(async (made: Promise<void>) => { await made; await onDone() }, [onDone]))
  const join = (): void => {
    const bad = withCredentials ? null : wrongInLogin(fields)
    setWrong(bad)
    if (bad !== null) return
    const credentials = withCredentials ? null : loginOf(fields)
    const asked = port.requestStore(storeOrigins(store))
    run(asked.then(async (granted) => {
      if (!granted) throw new Error(t('teamStoreDenied'))
      orThrow(await port.join(code, credentials))
    }))
  }
  return (
    <form className="pad col" style={{ gap: 12 }} noValidate onSubmit={(event) => { event.preventDefault(); if (state.kind !== 'busy') join() }}>
      <p>{t('teamInvitedBy', name, lead.name)}</p>
      <p className="small sub">{t('teamInvitedStore')} <span className="mono isolate" dir="ltr" style={{ overflowWrap: 'anywhere' }}>{placeOf(store)}</span></p>
      {!withCredentials && <><p className="small sub">{t('teamInvitedLogin')}</p><Login id={id} fields={fields} wrong={wrong} onChange={setFields} /></>}
      <span className="row wrap"><Button type="submit" look="primary" off={state.kind === 'busy'}>{t('teamJoinButton')}</Button><Button look="quiet" onClick={onBack}>{t('dashCancel')}</Button></span>
      <ActionLine state={state} busy={t('teamJoining')} />
    </form>
  )
}
