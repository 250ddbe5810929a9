import { lazy, Suspense, useId, useMemo, type ReactNode } from 'react'
import type { Finding } from '../../lib/engine/index.ts'
import { number } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { Calm, TierLabel, categoryName, t, tn } from '../ui/index.ts'
import { Marked } from './Marked.tsx'
import { draftOf, type ExplainBlock, type TryResult } from './model.ts'

/** Comes with the engine, which nothing else here needs. */
const Why = lazy(() => import('./Why.tsx').then((module) => ({ default: module.Why })))

interface TryBoxProps {
  readonly text: string
  /** Null where there is no text. */
  readonly tried: TryResult | null
  /** Null until rules are there. */
  readonly explain: ExplainBlock | null
  /** What a rule is called. */
  readonly titleOf: (rule: string) => string
  readonly onText: (text: string) => void
}

/** A text and what the rules in use say about it, at once. */
export function TryBox({ text, tried, explain, titleOf, onText }: TryBoxProps): ReactNode {
  const field = useId()
  const hint = useId()
  const draft = useMemo(() => draftOf(text), [text])
  return (
    <section className="card">
      <div className="sec"><h2>{t('rulesTry')}</h2><Calm as="span" className="end small faint">{tried?.ok ? summary(tried.result.findings.length, tried.result.more) : ''}</Calm></div>
      <div className="pad col" style={{ gap: 10 }}>
        <div className="field">
          <label htmlFor={field}>{t('rulesTryLabel')}</label>
          <textarea id={field} className="input" rows={2} dir="auto" value={text} aria-describedby={hint} onChange={(event) => onText(event.currentTarget.value)} />
        </div>
        <p id={hint} className="tiny faint">{t('rulesTryHint')}</p>
        {tried && <Result text={text} tried={tried} />}
        {tried?.ok && explain && <Suspense fallback={null}><Why draft={draft} findings={tried.result.findings} explain={explain} titleOf={titleOf} /></Suspense>}
      </div>
    </section>
  )
}

function summary(found: number, more: number): string {
  if (found === 0) return ''
  return more > 0 ? `${tn('rulesTryFound', found)} ${t('rulesTryMore', number(more))}` : tn('rulesTryFound', found)
}

function Result({ text, tried }: { readonly text: string; readonly tried: TryResult }): ReactNode {
  if (!tried.ok) return <p className="small" role="alert">{t('rulesTryFailed', tried.message)}</p>
  const { findings } = tried.result
  if (findings.length === 0) return <p className="small sub">{t('rulesTryNone')}</p>
  return (
    <>
      <Marked text={text} findings={findings} />
      <ul>{findings.map((finding) => <Found key={finding.fingerprint} finding={finding} />)}</ul>
    </>
  )
}

function Found({ finding }: { readonly finding: Finding }): ReactNode {
  const [pack = '', rule = ''] = finding.rule.split('/')
  return (
    <li className="tf">
      <TierLabel tier={finding.tier}>{categoryName(finding.category)}</TierLabel>
      <span><q dir="auto">{finding.quote}</q> <a className="small sub" href={routeHref('rules', [pack, rule])}>{finding.title}</a></span>
      <span className="small sub"><bdi>{finding.message}</bdi>{finding.evidence.length > 0 && <span className="faint"> {finding.evidence.join(', ')}</span>}</span>
    </li>
  )
}
