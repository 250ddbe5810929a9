import { useId, useState, type ReactNode } from 'react'
import { CATEGORIES, TIERS, type Category, type Tier } from '../../lib/engine/index.ts'
import { MODES, type Policy } from '../../lib/policy/index.ts'
import { Switch } from '../shell/Switch.tsx'
import { categoryPhrase, tierMeaning } from '../shell/words.ts'
import { Button, TierGlyph, areaName, t, tierName, tn } from '../ui/index.ts'
import { LockLine, useLock } from './Locked.tsx'
import { linesIn, namesIn } from './model.ts'
import { PartSaid } from './PartSaid.tsx'
import type { SettingsState } from './store.ts'

interface PolicyProps {
  readonly policy: Policy
  readonly state: SettingsState
}

/** Which drafts are held, the least each category asks for, and who decides. */
export function PolicySection({ policy, state }: PolicyProps): ReactNode {
  const drafts = useId()
  const [whichLocked, publicLocked] = [useLock('drafts'), useLock('signPublicAi')]
  return (
    <section className="card" id="settings-policy">
      <div className="sec">
        <h2>{t('settingsPolicy')}</h2>
        <span className="row end"><PartSaid said={state.said.policy} /><Button size="sm" look="quiet" onClick={() => void state.savePolicy({ kind: 'defaults' })}>{t('settingsDefault')}</Button></span>
      </div>
      <div className="pad col" style={{ gap: 12 }}>
        <p className="small sub">{t('settingsPolicyHelp')}</p>
        <div className="pair">
          <div className="field">
            <label htmlFor={drafts}>{t('settingsDrafts')}</label>
            <select id={drafts} className="select" value={policy.drafts} onChange={(event) => void state.savePolicy({ kind: 'drafts', value: event.currentTarget.value === 'all' ? 'all' : 'ai' })}>
              {(['ai', 'all'] as const).map((each) => <option key={each} value={each} disabled={whichLocked !== undefined && each !== policy.drafts}>{t(`settingsDrafts_${each}`)}</option>)}
            </select>
            <LockLine field="drafts" />
          </div>
        </div>
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <Switch label={t('settingsPublic')} checked={policy.signPublicAi} locked={publicLocked} onChange={(value) => void state.savePolicy({ kind: 'signPublicAi', value })} />
          <span className="col"><span aria-hidden="true">{t('settingsPublic')}</span><LockLine field="signPublicAi" /></span>
        </div>
      </div>
      <hr className="hr" />
      <table className="mx">
        <thead><tr><th>{t('settingsFloor')}</th><th>{t('settingsFloorLeast')}</th><th>{t('policyModeColumn')}</th><th>{t('settingsFloorOwner')}</th></tr></thead>
        <tbody>{CATEGORIES.map((category) => <Row key={`${category}:${policy.areas[category].people.join()}`} category={category} policy={policy} state={state} />)}</tbody>
      </table>
    </section>
  )
}

function Row({ category, policy, state }: PolicyProps & { readonly category: Category }): ReactNode {
  const floor = policy.floor[category]
  const area = policy.areas[category]
  const [floorLocked, modeLocked, areaLocked] = [useLock(`floor.${category}`), useLock(`modes.${category}`), useLock(`areas.${category}`)]
  const [people, setPeople] = useState(area.people.join(', '))
  const save = (): void => { if (namesIn(people).join() !== area.people.join()) void state.savePolicy({ kind: 'people', category, value: namesIn(people) }) }
  return (
    <tr>
      <td className="name">{categoryPhrase(category)}</td>
      <td data-l={t('settingsFloorLeast')}>
        <div className="tsel">
          {floor === undefined ? <span /> : <TierGlyph tier={floor} />}
          <select
            className="select bare" aria-label={t('settingsFloorLabel', categoryPhrase(category))} value={floor ?? ''}
            onChange={(event) => { const value = TIERS.find((tier) => tier === event.currentTarget.value); if (value) void state.savePolicy({ kind: 'floor', category, value }) }}
          >
            {floor === undefined && <option value="">{t('settingsFloorNone')}</option>}
            {TIERS.map((tier: Tier) => <option key={tier} value={tier} disabled={floorLocked !== undefined && tier !== floor}>{tierName(tier)}: {tierMeaning(tier)}</option>)}
          </select>
        </div>
        <LockLine field={`floor.${category}`} />
      </td>
      <td data-l={t('policyModeColumn')}>
        <select
          className="select bare" aria-label={t('policyModeLabel', categoryPhrase(category))} value={policy.modes[category] ?? ''}
          onChange={(event) => void state.savePolicy({ kind: 'modeOf', category, value: MODES.find((mode) => mode === event.currentTarget.value) ?? null })}
        >
          <option value="" disabled={modeLocked !== undefined}>{t('policyModeSame')}</option>
          {MODES.map((mode) => <option key={mode} value={mode} disabled={modeLocked !== undefined && mode !== policy.modes[category]}>{t(`policyModeName_${mode}`)}</option>)}
        </select>
        <LockLine field={`modes.${category}`} />
      </td>
      <td data-l={t('settingsFloorOwner')}>
        <input
          className="input" aria-label={t('settingsOwnerLabel', categoryPhrase(category))} title={`${areaName(area.owner)}. ${t('settingsOwnerPeople')}`} placeholder={t('settingsOwnerPeople')}
          value={people} readOnly={areaLocked !== undefined} onChange={(event) => setPeople(event.currentTarget.value)} onBlur={save}
        />
        <LockLine field={`areas.${category}`} />
      </td>
    </tr>
  )
}

/** Whose mail counts one tier more. */
export function VipSection({ vip, state }: { readonly vip: readonly string[]; readonly state: SettingsState }): ReactNode {
  const [text, setText] = useState(vip.join('\n'))
  const field = useId()
  const help = useId()
  const entries = linesIn(text)
  return (
    <section className="card" id="settings-vip">
      <div className="sec"><h2>{t('settingsVip')}</h2><span className="end"><PartSaid said={state.said.vip} /></span></div>
      <div className="pad col" style={{ gap: 8 }}>
        <p id={help} className="small sub">{t('settingsVipHelp')}</p>
        <div className="field">
          <label htmlFor={field}>{t('settingsVipLabel')}</label>
          <textarea
            id={field} className="input mono" rows={4} dir="ltr" spellCheck={false} aria-describedby={help} value={text} onChange={(event) => setText(event.currentTarget.value)}
            onBlur={() => { if (entries.join() !== vip.join()) void state.savePolicy({ kind: 'vip', value: entries }) }}
          />
        </div>
        <LockLine field="vip" />
        <span className="tiny faint">{tn('settingsVipCount', entries.length)}</span>
      </div>
    </section>
  )
}
