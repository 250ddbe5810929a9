import { useId, type ReactNode } from 'react'
import { Switch } from '../shell/Switch.tsx'
import { t } from '../ui/index.ts'
import { PartSaid } from './PartSaid.tsx'
import type { SettingsState } from './store.ts'

/** What is shown of where texts came from, beyond what was seen. */
export function OriginSection({ styleHints, state }: { readonly styleHints: boolean; readonly state: SettingsState }): ReactNode {
  const help = useId()
  return (
    <section className="card" id="settings-origin">
      <div className="sec"><h2>{t('settingsOrigin')}</h2><span className="end"><PartSaid said={state.said.origin} /></span></div>
      <div className="line">
        <span className="strong" aria-hidden="true">{t('settingsStyleHints')}</span><span className="d" id={help}>{t('settingsStyleHintsHelp')}</span>
        <span className="r"><Switch label={t('settingsStyleHints')} describedBy={help} checked={styleHints} onChange={(on) => void state.saveStyleHints(on)} /></span>
      </div>
    </section>
  )
}
