import type { ReactNode } from 'react'
import type { ContextEffect, Rule } from '../../lib/engine/index.ts'
import { FeatureLine, useFeatureOff } from '../shell/features.tsx'
import { tierMeaning } from '../shell/words.ts'
import { routeHref } from '../shell/router.ts'
import { Switch } from '../shell/Switch.tsx'
import { Button, EmptyState, Icon, TierLabel, areaName, categoryName, t } from '../ui/index.ts'
import { patternParts, ruleName, type PackView } from './model.ts'
import { Sources } from './Sources.tsx'

interface RulePageProps {
  readonly view: PackView
  readonly name: string
  readonly found: Rule | null
  readonly onRule: (id: string, on: boolean) => void
  /** Takes a rule out of the own pack; it can be taken back. */
  readonly onDelete: (rule: Rule) => void
}

/** One rule in words: what it says, what it finds, what it leaves alone, and on what it rests. */
export function RulePage({ view, name, found, onRule, onDelete }: RulePageProps): ReactNode {
  return (
    <>
      <div className="crumb">
        <a href={routeHref('rules')}>{t('rulesTitle')}</a><Icon name="chevronRight" size={12} /><a className="isolate" href={routeHref('rules', [view.pack.id])}>{view.pack.title}</a>
      </div>
      {found ? <Found rule={found} view={view} onRule={onRule} onDelete={onDelete} /> : <><h1 className="vh">{t('rulesTitle')}</h1><div className="card"><EmptyState icon="rules" level={2} title={t('rulesNoRule', name)} /></div></>}
    </>
  )
}

function Found({ rule, view, onRule, onDelete }: Omit<RulePageProps, 'name' | 'found'> & { readonly rule: Rule }): ReactNode {
  const own = view.origin === 'personal'
  const [noRules, locked] = [useFeatureOff('rules'), useFeatureOff('switches')]
  return (
    <>
      <div className="vh1">
        <h1 dir="auto">{rule.title}</h1><TierLabel tier={rule.tier} soft />
        <span className="row end">
          {noRules === undefined && <a className="btn" href={routeHref('rules', [view.pack.id, ruleName(rule), 'edit'])}><Icon name="pencil" size={14} />{t(own ? 'editOpen' : 'editOpenCopy')}</a>}
          {own && <Button look="danger" onClick={() => onDelete(rule)}><Icon name="trash" size={14} />{t('editDelete')}</Button>}
          <Switch label={t('rulesSwitchRule', rule.title)} checked={!view.rulesOff.has(rule.id)} locked={locked} onChange={(on) => onRule(rule.id, on)} />
        </span>
      </div>
      {(['rules', 'switches'] as const).map((feature) => <FeatureLine key={feature} feature={feature} />)}
      <p className="lead">
        {categoryName(rule.category)} · {t('rulesOwner', areaName(rule.owner))} · {tierMeaning(rule.tier)} · {t('rulesLanguages', rule.languages.join(', '))}{rule.once && <> · {t('rulesOnce')}</>}
      </p>
      <div className="g3">
        <div className="card pad col" style={{ gap: 14 }}>
          <Part title={t('rulesMessage')}><p dir="auto">{rule.message}</p></Part>
          {rule.suggest !== undefined && <Part title={t('rulesSuggests')}><p dir="auto">{rule.suggest}</p></Part>}
          <Part title={t('rulesFinds')}><Patterns patterns={rule.match} /></Part>
          {rule.near.length > 0 && <Part title={t('rulesNear')}><Patterns patterns={rule.near} /></Part>}
          {rule.unless.length > 0 && <Part title={t('rulesExcept')}><Patterns patterns={rule.unless} /></Part>}
          <Part title={t('rulesContext')}><Context rule={rule} /></Part>
          {rule.reasons.length > 0 && <Part title={t('rulesReasons')}><ul className="srcs">{rule.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul></Part>}
          <Part title={t('rulesSources')}><Sources sources={rule.sources} /></Part>
        </div>
        <section className="card">
          <div className="sec"><h2>{t('rulesExamplesTitle')}</h2></div>
          {rule.examples.flagged.map((example) => <Example key={example} text={example} flagged />)}
          {rule.examples.clean.map((example) => <Example key={example} text={example} flagged={false} />)}
        </section>
      </div>
    </>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return <div className="col" style={{ gap: 4 }}><h2 className="label">{title}</h2>{children}</div>
}

function Patterns({ patterns }: { readonly patterns: readonly string[] }): ReactNode {
  return (
    <ul className="pat card" dir="ltr">
      {patterns.map((pattern) => (
        <li key={pattern}>{patternParts(pattern).map((part, index) => (part.kind === 'word' ? <span key={index}>{part.text}</span> : <span key={index} className={part.kind === 'entity' ? 'tok e' : 'tok o'}>{part.text}</span>))}</li>
      ))}
    </ul>
  )
}

function Context({ rule }: { readonly rule: Rule }): ReactNode {
  const lines: readonly [string, ContextEffect][] = [
    [t('rulesContextNegation'), rule.negation], [t('rulesContextHedge'), rule.hedge], [t('rulesContextQuestion'), rule.question], [t('rulesContextQuoted'), rule.quoted],
  ]
  return <dl className="ctx small">{lines.map(([label, effect]) => <div key={label}><dt>{label}</dt><dd className="sub">{t(`rulesEffect_${effect}`)}</dd></div>)}</dl>
}

function Example({ text, flagged }: { readonly text: string; readonly flagged: boolean }): ReactNode {
  return <div className="ex"><Icon name={flagged ? 'check' : 'close'} size={14} /><span dir="auto">{text}</span><span className="tiny faint">{t(flagged ? 'rulesMustFind' : 'rulesMustNot')}</span></div>
}
