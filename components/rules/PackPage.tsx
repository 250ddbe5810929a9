import { useState, type ReactNode } from 'react'
import type { Rule } from '../../lib/engine/index.ts'
import { Compare, type StartComparison } from '../compare/Compare.tsx'
import { Confirm } from '../shell/Dialog.tsx'
import { useFeatureOff } from '../shell/features.tsx'
import { number } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { Switch } from '../shell/Switch.tsx'
import { Button, TierLabel, areaName, t, tn } from '../ui/index.ts'
import { exampleCount, ruleName, sortRules, sourcesOf, type PackView } from './model.ts'
import { PackMarks } from './PackMarks.tsx'
import { Sources } from './Sources.tsx'

interface PackPageProps {
  readonly view: PackView
  readonly seen: Readonly<Record<string, number>>
  readonly onPack: (id: string, on: boolean) => void
  readonly onRule: (id: string, on: boolean) => void
  readonly onRemove: (id: string) => void
  /** Past drafts with the pack switched on or off. */
  readonly compare?: ((id: string, on: boolean) => StartComparison) | undefined
}

/** One pack: what it is for, who answers for it, and its rules. */
export function PackPage({ view, seen, onPack, onRule, onRemove, compare }: PackPageProps): ReactNode {
  const { pack } = view
  const [asking, setAsking] = useState(false)
  const facts = [t('rulesOwner', areaName(pack.owner)), tn('rulesCount', pack.rules.length), tn('rulesExamples', exampleCount(pack))]
  const sources = sourcesOf(pack)
  const locked = useFeatureOff('switches')
  return (
    <>
      <section className="card pad col" style={{ gap: 10 }}>
        <div className="row wrap">
          <h2 className="big isolate">{pack.title}</h2><span className="pill num">{pack.version}</span><Signer view={view} />
          <span className="row end">
            {view.origin !== 'builtin' && <Button size="sm" look="danger" onClick={() => setAsking(true)}>{t('rulesRemove')}</Button>}
            <Switch label={t('rulesSwitchPack', pack.title)} checked={view.on} locked={locked} onChange={(on) => onPack(pack.id, on)} />
          </span>
        </div>
        <p className="sub" dir="auto">{pack.description}</p>
        <p className="small faint">{facts.join(' · ')}{view.fingerprint !== null && <> · <span className="mono">{t('rulesKey', view.fingerprint)}</span></>}</p>
        {compare && <Compare key={`${pack.id} ${pack.version} ${view.on}`} start={compare(pack.id, !view.on)} label={t(view.on ? 'compareWithoutPack' : 'compareWithPack')} />}
        {sources.length > 0 && <details><summary className="sum">{t('rulesSources')} ({number(sources.length)})</summary><Sources sources={sources} /></details>}
      </section>
      {pack.marks && <PackMarks marks={pack.marks} />}
      <div className="card scroll">
        <table className="rt">
          <thead><tr><th>{t('rulesColRule')}</th><th>{t('rulesColTier')}</th><th className="wide">{t('rulesColSeen')}</th><th><span className="vh">{t('rulesColOn')}</span></th></tr></thead>
          <tbody>{sortRules(pack.rules).map((rule) => <RuleRow key={rule.id} rule={rule} view={view} seen={seen[rule.id] ?? 0} onRule={onRule} />)}</tbody>
        </table>
      </div>
      {asking && (
        <Confirm
          title={t('rulesRemoveTitle', pack.title)} body={t('rulesRemoveBody')} action={t('rulesRemove')}
          onConfirm={() => { setAsking(false); onRemove(pack.id) }} onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}

function Signer({ view }: { readonly view: PackView }): ReactNode {
  if (view.origin === 'builtin') return <span className="small faint">{t('rulesWithApp')}</span>
  if (view.signedBy !== null) return <span className="tier soft t-signed">{t('rulesSignedBy', view.signedBy)}</span>
  return <span className="small faint">{t('rulesUnsigned')}</span>
}

interface RowProps {
  readonly rule: Rule
  readonly view: PackView
  readonly seen: number
  readonly onRule: (id: string, on: boolean) => void
}

function RuleRow({ rule, view, seen, onRule }: RowProps): ReactNode {
  const on = !view.rulesOff.has(rule.id)
  const locked = useFeatureOff('switches')
  return (
    <tr className={on && view.on ? '' : 'dim'}>
      <td><a href={routeHref('rules', [view.pack.id, ruleName(rule)])} className="strong isolate">{rule.title}</a><div className="faint tiny mono isolate">{rule.id}</div></td>
      <td><TierLabel tier={rule.tier} soft /></td>
      <td className="num wide">{seen === 0 ? <span className="faint">0</span> : number(seen)}</td>
      <td style={{ textAlign: 'end' }}><Switch label={t('rulesSwitchRule', rule.title)} checked={on} locked={locked} onChange={(next) => onRule(rule.id, next)} /></td>
    </tr>
  )
}
