import { useId, type ReactNode } from 'react'
import { addressOf, FACTS, turnedOnWith } from '../../lib/sites/catalog.ts'
import type { SiteId } from '../../lib/sites/types.ts'
import { listOf } from '../shell/format.ts'
import { Switch } from '../shell/Switch.tsx'
import { siteName } from '../shell/words.ts'
import { Button, Icon, t, tn, type IconName } from '../ui/index.ts'
import type { WelcomeState } from './store.ts'

const GROUPS = ['mail', 'sales', 'support', 'publishing', 'other'] as const
type Group = (typeof GROUPS)[number]
const ICONS: Readonly<Record<Group, IconName>> = { mail: 'mail', sales: 'team', support: 'inbox', publishing: 'document', other: 'globe' }
const GROUP_OF: Readonly<Record<SiteId, Group>> = {
  gmail: 'mail', outlook: 'mail', roundcube: 'mail', zoho: 'mail',
  hubspot: 'sales', salesforce: 'sales', pipedrive: 'sales', outreach: 'sales', salesloft: 'sales', linkedin: 'sales',
  zendesk: 'support', intercom: 'support', front: 'support', freshdesk: 'support',
  wordpress: 'publishing', ghost: 'publishing', drupal: 'publishing', contentful: 'publishing', sanity: 'publishing', webflow: 'publishing', shopify: 'publishing',
  generic: 'other',
}
const SITES = Object.entries(GROUP_OF) as [SiteId, Group][]

/** Step 2: where Countersign may look, one permission at a time. */
export function Sites({ state }: { readonly state: WelcomeState }): ReactNode {
  return (
    <>
      <div><h1>{t('welcomeSitesTitle')}</h1><p className="lead">{t('welcomeSitesLead')}</p></div>
      {GROUPS.map((group) => <Lines key={group} group={group} state={state} />)}
    </>
  )
}

/** The applications of one kind. A group in which nothing is on yet is folded, but for the first. */
function Lines({ group, state }: { readonly group: Group; readonly state: WelcomeState }): ReactNode {
  const ids = SITES.flatMap(([id, its]) => (its === group ? [id] : []))
  const on = ids.filter((id) => state.sites[id].prefix !== null).length
  return (
    <details className="card group" open={group === 'mail' || group === 'other' || undefined}>
      <summary><Icon name={ICONS[group]} /><h2>{t(`welcomeSites_${group}`)}</h2><span className="small sub end">{on > 0 ? tn('welcomeSitesOn', on) : listOf(ids.map(siteName))}</span></summary>
      {ids.map((id) => <Line key={id} id={id} state={state} />)}
    </details>
  )
}

/** Where the application lives, or what its address looks like. */
function whereWords(id: SiteId): string {
  const fixed = addressOf(id)
  if (fixed !== null) return listOf(turnedOnWith(fixed, id).map((address) => new URL(address).host))
  if (id === 'generic') return t('welcomeSite_generic')
  const own = FACTS[id].hosts[0]
  return t('welcomeSiteYours', own === undefined || id === 'wordpress' ? 'larkfield.example' : new URL(own.replace('*.', 'larkfield.')).host)
}

function Line({ id, state }: { readonly id: SiteId; readonly state: WelcomeState }): ReactNode {
  const { address, prefix, said, busy } = state.sites[id]
  const fixed = addressOf(id) !== null
  const note = useId()
  const name = siteName(id)
  return (
    <div className="ln">
      <span className="row strong">{name}</span>
      <span className="d" id={note}>{prefix ?? whereWords(id)}</span>
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
