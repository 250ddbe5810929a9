import { useId, useState, type ReactNode } from 'react'
import { MODES, type Policy, type RecipientRules, type Refusal } from '../../lib/policy/index.ts'
import { Switch } from '../shell/Switch.tsx'
import { modeWords, t, tierName } from '../ui/index.ts'
import { LockLine, useLock } from './Locked.tsx'
import { linesIn } from './model.ts'
import { PartSaid } from './PartSaid.tsx'
import type { SettingsState } from './store.ts'

interface FollowingProps {
  readonly policy: Policy
  readonly refused: readonly Refusal[]
  readonly state: SettingsState
}

/** How strictly the policy is followed up, what happens when something is broken, and what was not taken because the team or the administrator asks for more. */
export function Following({ policy, refused, state }: FollowingProps): ReactNode {
  const id = useId()
  const [mode, unchecked, overrides] = [useLock('mode'), useLock('unchecked'), useLock('overrides')]
  return (
    <section className="card" id="settings-mode">
      <div className="sec"><h2>{t('policyModes')}</h2><span className="end"><PartSaid said={state.said.mode} /></span></div>
      <div className="pad col" style={{ gap: 12 }}>
        <div className="pair">
          <div className="field">
            <label htmlFor={`${id}-m`}>{t('policyModeAll')}</label>
            <select id={`${id}-m`} className="select" aria-describedby={`${id}-w`} value={policy.mode} onChange={(event) => { const value = MODES.find((each) => each === event.currentTarget.value); if (value) void state.savePolicy({ kind: 'mode', value }) }}>
              {MODES.map((each) => <option key={each} value={each} disabled={mode !== undefined && each !== policy.mode}>{t(`policyModeName_${each}`)}</option>)}
            </select>
            <p id={`${id}-w`} className="small sub">{modeWords(policy.mode)}</p>
            <LockLine field="mode" />
          </div>
          <div className="field">
            <label htmlFor={`${id}-u`}>{t('policyUnchecked')}</label>
            <select id={`${id}-u`} className="select" value={policy.unchecked} onChange={(event) => void state.savePolicy({ kind: 'unchecked', value: event.currentTarget.value === 'hold' ? 'hold' : 'ask' })}>
              {(['ask', 'hold'] as const).map((each) => <option key={each} value={each} disabled={unchecked !== undefined && each !== policy.unchecked}>{t(`policyUnchecked_${each}`)}</option>)}
            </select>
            <LockLine field="unchecked" />
          </div>
        </div>
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <Switch label={t('policyOverrides')} checked={policy.overrides} locked={overrides} onChange={(value) => void state.savePolicy({ kind: 'overrides', value })} />
          <span className="col"><span aria-hidden="true">{t('policyOverrides')}</span><LockLine field="overrides" /></span>
        </div>
        <h3 className="small sub">{t('policyFail')}</h3>
        <dl className="small failrules">
          {(['note', 'review', 'approve', 'block'] as const).map((tier) => <div key={tier}><dt>{tierName(tier)}</dt><dd>{t(`policyFail_${tier}`)}</dd></div>)}
        </dl>
      </div>
      {refused.length > 0 && (
        <ul className="pad col small" style={{ gap: 4 }}>
          {refused.map(({ layer, field, setBy }) => <li key={`${layer} ${field}`}>{t('policyRefused', field, t(`policyLayer_${setBy}`), t(`policyLayer_${layer}`))}</li>)}
        </ul>
      )}
    </section>
  )
}

/** What recipients raise. */
export function RecipientSection({ rules, state }: { readonly rules: RecipientRules; readonly state: SettingsState }): ReactNode {
  const id = useId()
  const save = (value: Partial<RecipientRules>): void => void state.savePolicy({ kind: 'recipients', value })
  const tier = (text: string) => (['note', 'review', 'approve'] as const).find((each) => each === text) ?? null
  return (
    <section className="card" id="settings-recipients">
      <div className="sec"><h2>{t('policyRecipients')}</h2><span className="end"><PartSaid said={state.said.recipients} /></span></div>
      <div className="pad col" style={{ gap: 12 }}>
        <p className="small sub">{t('policyRecipientsHelp')}</p>
        <div className="pair three">
          <Domains field="recipients.own" label={t('policyOwn')} value={rules.own} onSave={(own) => save({ own })} />
          <Domains field="recipients.customers" label={t('policyCustomers')} value={rules.customers} onSave={(customers) => save({ customers })} />
          <Domains field="recipients.everyone" label={t('policyEveryone')} value={rules.everyone} onSave={(everyone) => save({ everyone })} />
        </div>
        <div className="pair three">
          <div className="field">
            <label htmlFor={`${id}-o`}>{t('policyOutside')}</label>
            <input
              id={`${id}-o`} className="input" type="number" min={0} max={100_000} defaultValue={rules.outside?.most ?? ''} placeholder={t('policyOutsideNone')} readOnly={useLock('recipients.outside') !== undefined}
              onBlur={(event) => {
                const text = event.currentTarget.value
                const most = text === '' ? null : Math.max(0, Math.trunc(Number(text)))
                if (most !== (rules.outside?.most ?? null)) save({ outside: most === null ? null : { most, tier: rules.outside?.tier ?? 'review' } })
              }}
            />
          </div>
          <Raise field="recipients.firstMail" label={t('policyFirst')} value={rules.firstMail} onChange={(value) => save({ firstMail: tier(value) })} />
          <Raise field="recipients.twoCustomers" label={t('policyTwo')} value={rules.twoCustomers} onChange={(value) => save({ twoCustomers: tier(value) })} />
        </div>
      </div>
    </section>
  )
}

function Raise({ field, label, value, onChange }: { readonly field: string; readonly label: string; readonly value: string | null; readonly onChange: (value: string) => void }): ReactNode {
  const id = useId()
  const locked = useLock(field) !== undefined
  const choices = [['', t('policyRaiseNone')], ['review', tierName('review')], ['approve', tierName('approve')]] as const
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="select" value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value)}>
        {choices.map(([choice, words]) => <option key={choice} value={choice} disabled={locked && choice !== (value ?? '')}>{words}</option>)}
      </select>
      <LockLine field={field} />
    </div>
  )
}

function Domains({ field, label, value, onSave }: { readonly field: string; readonly label: string; readonly value: readonly string[]; readonly onSave: (value: string[]) => void }): ReactNode {
  const id = useId()
  const [text, setText] = useState(value.join('\n'))
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} className="input mono" rows={3} dir="ltr" spellCheck={false} value={text} onChange={(event) => setText(event.currentTarget.value)} readOnly={useLock(field) !== undefined} onBlur={() => { if (linesIn(text).join() !== value.join()) onSave([...linesIn(text)]) }} />
      <LockLine field={field} />
    </div>
  )
}
