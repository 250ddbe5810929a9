import { useId, useRef, useState, type ReactNode } from 'react'
import { TIERS } from '../../lib/engine/index.ts'
import { MODES } from '../../lib/policy/index.ts'
import { POINT_IDS, TEMPLATE_IDS, type PointId, type TemplateId } from '../../lib/policy/workflow.ts'
import { namesIn } from '../settings/model.ts'
import { Button, Icon, TierGlyph, t, type IconName } from '../ui/index.ts'
import { Steps } from './Steps.tsx'
import type { WorkflowState } from './store.ts'

const ICONS: Readonly<Record<TemplateId, IconName>> = { sales_email: 'mail', support_reply: 'inbox', cms_article: 'document', newsletter: 'globe', recruiting_mail: 'team', own: 'pencil' }

/** Which workflow; its steps come with it. */
export function Chooser({ state }: { readonly state: WorkflowState }): ReactNode {
  const name = useId()
  return (
    <fieldset className="choices" aria-label={t('workflowChoose')}>
      {TEMPLATE_IDS.map((id) => (
        <label key={id} className="choice">
          <input type="radio" name={name} value={id} checked={state.workflow.template === id} onChange={() => state.choose(id)} />
          <Icon name={ICONS[id]} /><span className="strong">{t(`workflow_${id}`)}</span><span className="d">{t(`workflowHelp_${id}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** What the founding list asks at each of its points: how much, who decides, how it is followed up. */
export function Points({ state }: { readonly state: WorkflowState }): ReactNode {
  return <div className="card points" role="group" aria-label={t('workflowPoints')}>{POINT_IDS.map((id) => <Point key={id} id={id} state={state} />)}</div>
}

function Point({ id, state }: { readonly id: PointId; readonly state: WorkflowState }): ReactNode {
  const field = useId()
  const { tier, mode, people } = state.points[id]
  const { tiers, modes, people: free, lockedBy } = state.freedom[id]
  const title = t(`workflowPoint_${id}`)
  return (
    <div className="pt">
      <div className="what">
        <span className="strong" id={`${field}t`}>{title}</span>
        <span className="d" id={`${field}d`}>{t(`workflowPointHelp_${id}`)}</span>
        {lockedBy && <span className="d row lk" id={`${field}l`}><Icon name="lock" size={12} />{t('workflowLocked', t(`policyLayer_${lockedBy}`))}</span>}
      </div>
      <div className="tri" role="radiogroup" aria-labelledby={`${field}t`} aria-describedby={lockedBy ? `${field}d ${field}l` : `${field}d`}>
        {TIERS.map((each) => (
          <label key={each} className={`t-${each}`}>
            <input type="radio" name={`${field}r`} checked={tier === each} disabled={!tiers.includes(each)} onChange={() => state.setPoint(id, { tier: each })} />
            <TierGlyph tier={each} size={12} />{t(`workflowTier_${each}`)}
          </label>
        ))}
      </div>
      {tier !== 'note' && (
        <div className="more1">
          {tier !== 'block' && (
            <label className="row small"><span className="sub">{t('settingsFloorOwner')}</span>
              <Names label={t('settingsOwnerLabel', title)} value={people} locked={!free} onChange={(names) => state.setPoint(id, { people: names })} />
            </label>
          )}
          <label className="row small"><span className="sub">{t('policyModeColumn')}</span>
            <select className="select" aria-label={t('policyModeLabel', title)} value={mode} onChange={(event) => { const next = MODES.find((one) => one === event.currentTarget.value); if (next) state.setPoint(id, { mode: next }) }}>
              {MODES.map((each) => <option key={each} value={each} disabled={!modes.includes(each) || (tier === 'block' && each !== 'enforce')}>{t(`policyModeName_${each}`)}</option>)}
            </select>
          </label>
        </div>
      )}
    </div>
  )
}

interface NamesProps { readonly label: string; readonly value: readonly string[]; readonly locked: boolean; readonly onChange: (names: readonly string[]) => void }

/** Names separated by commas. What is typed stays as typed until the field is left. */
function Names({ label, value, locked, onChange }: NamesProps): ReactNode {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <input
      className="input" aria-label={label} placeholder={t('workflowYou')} readOnly={locked} maxLength={2_000} value={typed ?? value.join(', ')}
      onChange={(event) => { setTyped(event.currentTarget.value); onChange(namesIn(event.currentTarget.value)) }} onBlur={() => setTyped(null)}
    />
  )
}

/** Title and steps, for who wants them otherwise; sharing and taking a file. */
export function Details({ state }: { readonly state: WorkflowState }): ReactNode {
  const id = useId()
  const file = useRef<HTMLInputElement>(null)
  const take = async (chosen: File | undefined): Promise<void> => { if (chosen) state.take(await chosen.slice(0, 1_000_000).text()) }
  return (
    <details className="card steps2">
      <summary className="pad sum">{t('workflowDetails')}</summary>
      <div className="pad col" style={{ gap: 12, paddingTop: 0 }}>
        <div className="field">
          <label htmlFor={id}>{t('workflowTitle')}</label>
          <input id={id} className="input" maxLength={200} dir="auto" value={state.workflow.title} onChange={(event) => state.setTitle(event.currentTarget.value)} />
        </div>
        <Steps steps={state.workflow.steps} onChange={state.setSteps} />
        <div className="row wrap">
          <Button onClick={state.share}><Icon name="download" />{t('workflowShare')}</Button>
          <input ref={file} type="file" hidden accept=".json,application/json" onChange={(event) => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = '' }} />
          <Button onClick={() => file.current?.click()}><Icon name="upload" />{t('workflowTake')}</Button>
        </div>
        <p className="small sub">{t('workflowShareHelp')}</p>
      </div>
    </details>
  )
}
