import type { ReactNode } from 'react'
import { SITE_IDS } from '../../lib/sites/types.ts'
import { listOf } from '../shell/format.ts'
import { siteName } from '../shell/words.ts'
import { Icon, TierGlyph, t, type IconName } from '../ui/index.ts'
import { TIERS, type Tier } from '../../lib/engine/index.ts'
import type { WelcomeState } from './store.ts'

/** The way of a draft from the AI to the customer; fills in as the steps are answered. */
export function WorkflowMap({ state }: { readonly state: WelcomeState }): ReactNode {
  const sites = SITE_IDS.filter((id) => state.sites[id].prefix !== null)
  const where = sites.map((id) => (id === 'generic' ? new URL(state.sites[id].prefix ?? '').host : siteName(id)))
  const name = state.name.trim()
  return (
    <aside className="map" aria-label={t('welcomeMap')}>
      <h2>{t('welcomeMap')}</h2>
      <div className="flow">
        <Node icon="inserted" title={t('welcomeMapDraft')} help={where.length > 0 ? listOf(where) : t('welcomeMapDraftNone')} dim={where.length === 0} />
        <div className="wire" />
        <Node icon="eye" title={t('welcomeMapChecked')} help={t('welcomeMapCheckedHelp')} />
        <div className="lanes">{TIERS.map((tier) => <Lane key={tier} tier={tier} />)}</div>
        <Node icon="arrowRight" title={t('welcomeMapOpens')} help={t('welcomeMapOpensHelp')} />
        <div className="wire" />
        <Node icon="ledger" title={t('welcomeMapRecord')} help={name === '' ? t('welcomeMapStep') : t('welcomeMapSigned', name)} dim={name === ''} />
      </div>
      <p className="small sub">{t('welcomeMapLater')}</p>
    </aside>
  )
}

function Node({ icon, title, help, dim = false }: { readonly icon: IconName; readonly title: string; readonly help: string; readonly dim?: boolean }): ReactNode {
  return <div className={dim ? 'node dim' : 'node'}><Icon name={icon} /><span className="strong">{title}</span><span className="d" dir="auto">{help}</span></div>
}

function Lane({ tier }: { readonly tier: Tier }): ReactNode {
  return <div className="node one"><TierGlyph tier={tier} /><span className="strong">{t(`welcomeMap_${tier}`)}</span></div>
}
