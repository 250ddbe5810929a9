import { useState, type ReactNode } from 'react'
import { laterPart } from '../shell/later.tsx'
import { Loading } from '../shell/Loading.tsx'
import { routeHref } from '../shell/router.ts'
import { t } from '../ui/index.ts'
import { Data } from './Data.tsx'
import { Following, RecipientSection } from './Following.tsx'
import { Locks } from './Locked.tsx'
import { OriginSection } from './Origin.tsx'
import { PolicySection, VipSection } from './Policy.tsx'
import { PartSaid } from './PartSaid.tsx'
import type { SimulatorProps } from './Simulator.tsx'
import { Suppressions } from './Suppressions.tsx'
import { Sites } from './Sites.tsx'
import type { SettingsData } from './model.ts'
import type { SettingsState } from './store.ts'
import { useShownPart } from './useShownPart.ts'

/** Comes with the engine and the reader of policy files. */
const LaterSimulator = laterPart(() => import('./Simulator.tsx').then(({ Simulator }) => Simulator), <div id="settings-try"><Loading rows={4} /></div>)

interface SettingsViewProps extends Pick<SimulatorProps, 'packs' | 'onTry' | 'compare' | 'changedBy'> {
  /** Null while they are read. */
  readonly data: SettingsData | null
  /** Bytes used and allowed, null where the browser does not say. */
  readonly usage: { readonly used: number; readonly quota: number } | null
  readonly state: SettingsState
  /** Id of a part to show first, from the address; '' for none. */
  readonly part: string
  /** Signed corrections of sites. */
  readonly siteUpdates?: ReactNode
}

/** Everything a person can set, saved as it is changed. */
export function SettingsView({ data, usage, state, part, packs, onTry, compare, changedBy, siteUpdates }: SettingsViewProps): ReactNode {
  const ready = data !== null
  const [now] = useState(Date.now)
  useShownPart(ready && part !== '' ? `settings-${part}` : null)
  return (
    <>
      <div className="vh1"><h1>{t('settingsTitle')}</h1></div>
      {data === null ? <Loading rows={8} /> : (
        <Locks value={data.locked}><div className="stack">
          <EffectiveLink administered={data.locked.size > 0 || data.featuresOff.length > 0} />
          <You key={`${data.reviewer.name}\n${data.reviewer.role}`} reviewer={data.reviewer} state={state} />
          <Sites sites={data.sites} state={state} />
          {siteUpdates}
          <WorkflowLink />
          <PolicySection policy={data.policy} state={state} />
          <Following policy={data.policy} refused={data.refused} state={state} />
          <RecipientSection key={JSON.stringify(data.policy.recipients)} rules={data.policy.recipients} state={state} />
          <OriginSection styleHints={data.styleHints} state={state} />
          <VipSection key={data.policy.vip.join()} vip={data.policy.vip} state={state} />
          <LaterSimulator policy={data.policy} changedBy={changedBy} packs={packs} onTry={onTry} compare={compare} team={data.teamPolicy !== null} state={state} />
          <Suppressions suppressions={data.suppressions} team={data.teamSuppressions} now={now} state={state} />
          <Data data={data} usage={usage} state={state} />
        </div></Locks>
      )}
    </>
  )
}

/** Where the policy in force can be read line by line, and whether an administrator has a part in it. */
function EffectiveLink({ administered }: { readonly administered: boolean }): ReactNode {
  return (
    <section className="card" id="settings-inforce">
      <div className="line"><h2>{t('effectiveTitle')}</h2><span className="d">{t(administered ? 'effectiveLinkManaged' : 'effectiveLinkHelp')}</span><span className="r"><a className="btn" href={routeHref('settings', ['effective'])}>{t('effectiveOpen')}</a></span></div>
    </section>
  )
}

function WorkflowLink(): ReactNode {
  return (
    <section className="card" id="settings-map">
      <div className="line"><h2>{t('settingsWorkflow')}</h2><span className="d">{t('workflowSettingsHelp')}</span><span className="r"><a className="btn" href={routeHref('settings', ['workflow'])}>{t('workflowOpen')}</a></span></div>
    </section>
  )
}

function You({ reviewer, state }: { readonly reviewer: SettingsData['reviewer']; readonly state: SettingsState }): ReactNode {
  const [name, setName] = useState(reviewer.name)
  const [role, setRole] = useState(reviewer.role)
  const save = (): void => { if (name.trim() !== reviewer.name || role.trim() !== reviewer.role) void state.saveReviewer(name, role) }
  return (
    <section className="card" id="settings-you">
      <div className="sec"><h2>{t('settingsYou')}</h2><span className="end"><PartSaid said={state.said.you} /></span></div>
      <div className="pad col" style={{ gap: 10 }}>
        <p className="small sub">{t('settingsYouHelp')}</p>
        <div className="pair">
          <label className="field"><span className="label">{t('settingsName')}</span><input className="input" autoComplete="name" maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} onBlur={save} /></label>
          <label className="field"><span className="label">{t('settingsRole')}</span><input className="input" autoComplete="organization-title" maxLength={200} value={role} onChange={(event) => setRole(event.currentTarget.value)} onBlur={save} /></label>
        </div>
      </div>
    </section>
  )
}
