import type { ReactNode } from 'react'
import type { TeamPackView, TeamStatus } from '../../../lib/review/team/index.ts'
import { routeHref } from '../../shell/router.ts'
import { EmptyState, Icon, TierGlyph, t } from '../../ui/index.ts'
import { leads } from './model.ts'

/** The team's packs, and how each stands on this device. */
export function PackList({ packs, status }: { readonly packs: readonly TeamPackView[]; readonly status: TeamStatus }): ReactNode {
  const lead = leads(status)
  return (
    <section className="card" id="team-packs">
      <div className="sec"><h2>{t('teamPacks')}</h2>{lead && <span className="end"><a className="btn sm" href={routeHref('team', ['publish', 'new'])}><Icon name="plus" size={14} />{t('packPublishNew')}</a></span>}</div>
      {packs.length === 0
        ? <EmptyState icon="rules" title={t('teamPacksNone')}><p>{t(lead ? 'teamPacksNoneLead' : 'teamPacksNoneHelp')}</p></EmptyState>
        : packs.map((pack) => (
          <div className="line" key={pack.id}>
            <a className="strong isolate" href={routeHref('team', ['packs', pack.id])}>{pack.title}</a>
            <span className="d">{standingWords(pack)}</span>
            <span className="r"><PackState pack={pack} /></span>
          </div>
        ))}
    </section>
  )
}

export function standingWords({ installed, target, problem, share, pinned, standing, reason }: TeamPackView): string {
  const parts = [
    installed === null ? t('packNotHere') : t('packInUse', installed),
    ...(target !== null && target !== installed ? [t(problem ? 'packRefusedHere' : 'packComing', target)] : []),
    ...(share < 100 ? [t('packShare', share)] : []), ...(pinned ? [t('packPinned')] : []),
    ...(standing === 'deprecated' ? [t('packDeprecated', reason)] : standing === 'withdrawn' ? [t('packWithdrawn', reason)] : []),
  ]
  return parts.join(' · ')
}

function PackState({ pack: { problem, standing, conflicts } }: { readonly pack: TeamPackView }): ReactNode {
  if (problem) return <span className="tier soft t-block"><Icon name="warning" size={12} />{t('teamState_refused')}</span>
  if (standing !== 'use') return <span className="pill">{t(standing === 'none' ? 'teamState_waiting' : standing === 'deprecated' ? 'packState_deprecated' : 'packState_withdrawn')}</span>
  if (conflicts.length > 0) return <span className="tier soft t-review"><Icon name="warning" size={12} />{t('packState_conflict')}</span>
  return <span className="tier soft t-signed"><TierGlyph tier="signed" size={12} />{t('teamState_current')}</span>
}
