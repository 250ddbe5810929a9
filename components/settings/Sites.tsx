import { useId, type ReactNode } from 'react'
import { SITE_IDS, type SiteId } from '../../lib/sites/types.ts'
import { Switch } from '../shell/Switch.tsx'
import { siteName } from '../shell/words.ts'
import { Button, Icon, t } from '../ui/index.ts'
import type { SiteView } from './model.ts'
import { LockLine, useLock } from './Locked.tsx'
import { PartSaid } from './PartSaid.tsx'
import type { SettingsState } from './store.ts'

/** Where Countersign may look, one line an address, and a line to add one. */
export function Sites({ sites, state }: { readonly sites: readonly SiteView[]; readonly state: SettingsState }): ReactNode {
  return (
    <section className="card" id="settings-sites">
      <div className="sec"><h2>{t('settingsSites')}</h2><span className="small sub">{t('settingsSitesHelp')}</span><span className="end"><PartSaid said={state.said.sites} /></span></div>
      {sites.length === 0 && <p className="pad small sub">{t('settingsSitesNone')}</p>}
      {sites.map((site) => <Line key={site.prefix} site={site} state={state} />)}
      <Add known={sites.map((site) => site.prefix)} state={state} />
    </section>
  )
}

function Line({ site, state }: { readonly site: SiteView; readonly state: SettingsState }): ReactNode {
  const { prefix, adapter, on, allowed } = site
  const locked = useLock(`sites.${prefix}`)
  return (
    <div className="line site1">
      <span className="strong isolate clip" dir="ltr" title={prefix}>{prefix}</span>
      <span className="d">
        {t(on ? 'dashOn' : 'dashOff')} <LockLine field={`sites.${prefix}`} />
        {locked && allowed === false && <span className="row wrap">{t('settingsSiteAllowHelp')}<Button size="sm" onClick={() => void state.turnSite(prefix, adapter, true)}>{t('settingsSiteAllow')}</Button></span>}
      </span>
      <span className="r">
        {locked === undefined && <Adapter label={t('settingsSiteAdapter', prefix)} value={adapter} onChange={(next) => void state.changeAdapter(prefix, next, on)} />}
        {locked === undefined && <Button look="quiet" size="sm" icon aria-label={t('settingsSiteRemove', prefix)} onClick={() => void state.removeSite(prefix)}><Icon name="trash" size={14} /></Button>}
        <Switch label={t('settingsSiteSwitch', prefix)} locked={locked} checked={on} onChange={(next) => void state.turnSite(prefix, adapter, next)} />
      </span>
    </div>
  )
}

function Add({ known, state }: { readonly known: readonly string[]; readonly state: SettingsState }): ReactNode {
  const field = useId()
  const hint = useId()
  return (
    <form className="line addsite" noValidate onSubmit={(event) => { event.preventDefault(); void state.addSite(known) }}>
      <div className="field">
        <label htmlFor={field}>{t('settingsSiteAddress')}</label>
        <input
          id={field} className="input" type="url" inputMode="url" dir="ltr" spellCheck={false} aria-describedby={hint} value={state.address}
          aria-invalid={state.said.sites?.kind === 'bad' || undefined} onChange={(event) => state.setAddress(event.currentTarget.value)}
        />
        <span id={hint} className="tiny faint">{t('settingsSiteAddressHint')}</span>
      </div>
      <div className="field">
        <span className="label" aria-hidden="true">{t('settingsSiteIs')}</span>
        <span className="row"><Adapter label={t('settingsSiteIs')} value={state.adapter} onChange={state.setAdapter} /><Button type="submit">{t('settingsSiteAdd')}</Button></span>
      </div>
    </form>
  )
}

function Adapter({ label, value, onChange }: { readonly label: string; readonly value: SiteId; readonly onChange: (value: SiteId) => void }): ReactNode {
  return (
    <select className="select" aria-label={label} value={value} onChange={(event) => onChange(SITE_IDS.find((id) => id === event.currentTarget.value) ?? value)}>
      {SITE_IDS.map((id) => <option key={id} value={id}>{siteName(id)}</option>)}
    </select>
  )
}
