import { useDeferredValue, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import type { RulePack } from '../../lib/engine/index.ts'
import type { Policy, PolicyPart, Requirement } from '../../lib/policy/index.ts'
import { Button, Calm, Icon, TierGlyph, needsWords, reasonWords, t } from '../ui/index.ts'
import { Compare, type StartComparison } from '../compare/Compare.tsx'
import { PartSaid } from './PartSaid.tsx'
import { TRIED_KINDS, createSimulator, readWritten, type Tried, type WrittenPolicy } from './simulator.ts'
import type { SettingsState } from './store.ts'

export interface SimulatorProps {
  readonly policy: Policy
  /** The policy with these changes as the team's. */
  readonly changedBy: (part: PolicyPart) => Policy
  /** Null while they are read, and before anything is tried. */
  readonly packs: readonly RulePack[] | null
  /** Called with the first text: there is no need of packs before. */
  readonly onTry: () => void
  /** Another policy over the drafts that are kept. */
  readonly compare: (changed: Policy) => StartComparison
  /** A team's policy is in force. */
  readonly team: boolean
  readonly state: SettingsState
}

/** A text, its recipients, and what the policy asks of it with every reason; and a changed policy beside it, also over past drafts, before it is switched on. */
export function Simulator({ policy, changedBy, packs, onTry, compare, team, state }: SimulatorProps): ReactNode {
  const [tried, setTried] = useState<Tried>({ text: '', to: '', kind: 'email', typed: false })
  const [written, setWritten] = useState('')
  const asked = useDeferredValue(tried)
  const change = useMemo(() => readWritten(written), [written])
  const changed = useMemo(() => (change.kind === 'good' ? changedBy(change.part) : null), [change, changedBy])
  const wanted = asked.text.trim() !== '' || asked.to.trim() !== ''
  // Compiling all packs takes a moment, so it waits for the first text.
  const simulate = useMemo(() => (wanted && packs ? createSimulator(packs) : null), [wanted, packs])
  const result = useMemo(() => (simulate && wanted ? simulate(asked, policy, changed) : null), [simulate, wanted, asked, policy, changed])
  return (
    <section className="card" id="settings-try">
      <div className="sec"><h2>{t('policyTry')}</h2><span className="end"><PartSaid said={state.said.team} /></span></div>
      <div className="pad col" style={{ gap: 12 }}>
        <p className="small sub">{t('policyTryHelp')}</p>
        <TriedFields tried={tried} onChange={(next) => { setTried(next); onTry() }} />
        <Calm>
          {typeof result === 'string' && <p className="small">{t('rulesTryFailed', result)}</p>}
          {wanted && result === null && <p className="small sub">{t('popupLoading')}</p>}
          {result !== null && typeof result !== 'string' && (
            <div className="pair">
              <Asked title={t('policyTryNow')} requirement={result.now} />
              {result.changed && <Asked title={t('policyTryChanged')} requirement={result.changed} />}
            </div>
          )}
        </Calm>
      </div>
      <hr className="hr" />
      <Change written={written} change={change} onWritten={setWritten} />
      {changed && <div className="pad" style={{ paddingBlock: 0 }}><Compare key={JSON.stringify(changed)} start={compare(changed)} /></div>}
      <div className="pad row wrap">
        <Button off={change.kind !== 'good'} onClick={() => { if (change.kind === 'good') void state.saveTeamPolicy(change.part) }}>{t('policyTeamUse')}</Button>
        {team && <Button look="quiet" onClick={() => void state.saveTeamPolicy(null)}>{t('policyTeamRemove')}</Button>}
        <span className="small sub">{t(team ? 'policyTeamOn' : 'policyTeamOff')}</span>
      </div>
    </section>
  )
}

function TriedFields({ tried, onChange }: { readonly tried: Tried; readonly onChange: (tried: Tried) => void }): ReactNode {
  const id = useId()
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-t`}>{t('policyTryText')}</label>
        <textarea id={`${id}-t`} className="input" rows={4} dir="auto" value={tried.text} onChange={(event) => onChange({ ...tried, text: event.currentTarget.value })} />
      </div>
      <div className="pair">
        <div className="field">
          <label htmlFor={`${id}-r`}>{t('policyTryTo')}</label>
          <input id={`${id}-r`} className="input" dir="ltr" spellCheck={false} placeholder="ann@example.com, ..." value={tried.to} onChange={(event) => onChange({ ...tried, to: event.currentTarget.value })} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-k`}>{t('policyTryKind')}</label>
          <select id={`${id}-k`} className="select" value={tried.kind} onChange={(event) => onChange({ ...tried, kind: TRIED_KINDS.find((kind) => kind === event.currentTarget.value) ?? 'email' })}>
            {TRIED_KINDS.map((kind) => <option key={kind} value={kind}>{t(`policyKind_${kind}`)}</option>)}
          </select>
        </div>
      </div>
      <label className="row small"><input type="checkbox" checked={tried.typed} onChange={(event) => onChange({ ...tried, typed: event.currentTarget.checked })} />{t('policyTryTyped')}</label>
    </>
  )
}

/** One policy's answer: the requirement in a sentence, then each reason with its tier. */
function Asked({ title, requirement }: { readonly title: string; readonly requirement: Requirement }): ReactNode {
  return (
    <div className="col" style={{ gap: 6 }}>
      <h3 className="small sub">{title}</h3>
      {requirement.tier === 'note'
        ? <p>{t('policyTryFree')}</p>
        : <p className="row top"><TierGlyph tier={requirement.tier} /><span>{needsWords(requirement)}</span></p>}
      {requirement.reasons.length > 0 && (
        <ul className="col small" style={{ gap: 4 }}>
          {requirement.reasons.map((reason) => <li key={`${reason.code} ${reason.tier} ${reason.detail}`} className="row top"><TierGlyph tier={reason.tier} /><span>{reasonWords(reason)}</span></li>)}
        </ul>
      )}
    </div>
  )
}

function Change({ written, change, onWritten }: { readonly written: string; readonly change: WrittenPolicy; readonly onWritten: (text: string) => void }): ReactNode {
  const id = useId()
  const file = useRef<HTMLInputElement>(null)
  const take = async (chosen: File | undefined): Promise<void> => { if (chosen) onWritten(await chosen.text()) }
  return (
    <div className="pad col" style={{ gap: 8 }}>
      <div className="field">
        <label htmlFor={id}>{t('policyChange')}</label>
        <textarea
          id={id} className="input mono" rows={6} dir="ltr" spellCheck={false} aria-invalid={change.kind === 'bad'} aria-describedby={`${id}-p`} placeholder={'format: 1\nfloor:\n  pricing: approve'}
          value={written} onChange={(event) => onWritten(event.currentTarget.value)}
        />
      </div>
      <div className="row wrap">
        <input ref={file} type="file" hidden accept=".json,.yaml,.yml" onChange={(event) => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = '' }} />
        <Button onClick={() => file.current?.click()}><Icon name="upload" />{t('policyOpen')}</Button>
      </div>
      <Calm id={`${id}-p`}>
        {change.kind === 'bad' && (
          <ul className="col small bad" style={{ gap: 4 }}>
            {change.problems.map(({ where, what, todo }) => <li key={`${where} ${what}`}><code className="isolate">{where}</code>: {what} {todo}</li>)}
          </ul>
        )}
      </Calm>
    </div>
  )
}
