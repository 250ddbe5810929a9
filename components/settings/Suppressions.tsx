import type { ReactNode } from 'react'
import { FeatureInCard } from '../shell/features.tsx'
import { day } from '../shell/format.ts'
import { Button, Icon, t } from '../ui/index.ts'
import type { SuppressionView } from './model.ts'
import { PartSaid } from './PartSaid.tsx'
import type { SettingsState } from './store.ts'

/** What a person, or the team, does not want flagged again, one line each, to be taken back. */
export function Suppressions({ suppressions, team, now, state }: { readonly suppressions: readonly SuppressionView[]; readonly team: readonly SuppressionView[]; readonly now: number; readonly state: SettingsState }): ReactNode {
  return (
    <section className="card" id="settings-suppressions">
      <div className="sec"><h2>{t('settingsSuppressions')}</h2><span className="small sub">{t('settingsSuppressionsHelp')}</span><span className="end"><PartSaid said={state.said.suppressions} /></span></div>
      <FeatureInCard feature="suppressions" />
      {suppressions.length + team.length === 0 && <p className="pad small sub">{t('settingsSuppressionsNone')}</p>}
      {suppressions.map((one) => <Line key={one.id} suppression={one} now={now} state={state} />)}
      {team.map((one) => <Line key={one.id} suppression={one} now={now} state={null} />)}
    </section>
  )
}

function Line({ suppression, now, state }: { readonly suppression: SuppressionView; readonly now: number; /** Null: set by the team, nothing to take back here. */ readonly state: SettingsState | null }): ReactNode {
  const { id, rule, words, host, reason, by, until } = suppression
  const what = words === null ? t('settingsSuppressionRule', rule) : `“${words}”`
  const ends = until === null ? t('settingsSuppressionForGood') : until <= now ? t('settingsSuppressionEnded', day(until)) : t('settingsSuppressionUntil', day(until))
  return (
    <div className="line site1">
      <span className="strong isolate clip" dir="auto" title={what}>{what}</span>
      <span className="d" dir="auto">{[words === null ? '' : rule, host ?? t('settingsSuppressionEverywhere'), ends, by === '' || state === null ? reason : t('settingsSuppressionBy', by, reason)].filter(Boolean).join(' · ')}</span>
      <span className="r">
        {state === null ? <span className="pill">{t('settingsSuppressionTeam', by)}</span> : <Button size="sm" aria-label={t('settingsSuppressionRemove', what)} onClick={() => void state.removeSuppression(id)}><Icon name="undo" size={14} /> {t('settingsSuppressionBack')}</Button>}
      </span>
    </div>
  )
}
