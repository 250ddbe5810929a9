import { useId, type ReactNode } from 'react'
import { SITE_IDS, type SiteId } from '../../lib/sites/types.ts'
import { Switch } from '../shell/Switch.tsx'
import { siteName } from '../shell/words.ts'
import { Button, Icon, t, type IconName } from '../ui/index.ts'
import { FIXED, type WelcomeState } from './store.ts'

const ICONS: Readonly<Record<SiteId, IconName>> = { gmail: 'mail', hubspot: 'team', zendesk: 'inbox', wordpress: 'document', generic: 'globe' }

/** Step 2: where Countersign may look, one permission at a time. */
export function Sites({ state }: { readonly state: WelcomeState }): ReactNode {
  return (
    <>
      <div><h1>{t('welcomeSitesTitle')}</h1><p className="lead">{t('welcomeSitesLead')}</p></div>
      <div className="card">{SITE_IDS.map((id) => <Line key={id} id={id} state={state} />)}</div>
    </>
  )
}

function Line({ id, state }: { readonly id: SiteId; readonly state: WelcomeState }): ReactNode {
  const { address, prefix, said, busy } = state.sites[id]
  const fixed = FIXED[id] !== undefined
  const note = useId()
  const name = siteName(id)
  return (
    <div className="ln">
      <span className="row strong"><Icon name={ICONS[id]} />{name}</span>
      <span className="d" id={note}>{prefix ?? t(`welcomeSite_${id}`)}</span>
      <span className="r">
        {fixed || prefix !== null
          ? <Switch label={t('welcomeSiteSwitch', name)} describedBy={note} checked={prefix !== null || busy} onChange={(on) => void state.turn(id, on)} />
          : (
            <span className="row addr">
              <input
                className="input" type="url" inputMode="url" dir="ltr" spellCheck={false} placeholder="https://" aria-label={t('welcomeSiteAddress', name)} aria-describedby={note} value={address}
                aria-invalid={said?.bad || undefined} onChange={(event) => state.setAddress(id, event.currentTarget.value)}
                onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); void state.turn(id, true) } }}
              />
              <Button off={busy} onClick={() => void state.turn(id, true)}>{t('welcomeSiteOn')}</Button>
            </span>
          )}
      </span>
      <span className={said?.bad ? 'said bad' : 'said'} role="status">{said?.text ?? ''}</span>
    </div>
  )
}
