import { useDeferredValue, useMemo, type ReactNode } from 'react'
import type { Rule } from '../../../lib/engine/index.ts'
import { backtest } from '../../../lib/learning/index.ts'
import { day, number } from '../../shell/format.ts'
import { routeHref } from '../../shell/router.ts'
import { Calm, t, tn } from '../../ui/index.ts'
import { Compare, type StartComparison } from '../../compare/Compare.tsx'
import type { PastDrafts } from './model.ts'
import type { EditorState, Saving } from './store.ts'

/** Past drafts with a rule as it is written. */
export type CompareRule = (written: Pick<Saving, 'rule' | 'lists' | 'off'>) => StartComparison

/** Drafts that are named one by one. */
const LISTED = 5

/** What the rule that is being written would have caught in the drafts of the last month whose texts were kept. */
export function BacktestCard({ state, past, compare }: { readonly state: EditorState; readonly past: PastDrafts | null; readonly compare?: CompareRule | undefined }): ReactNode {
  const scan = useDeferredValue(state.check.scan)
  const result = useMemo(() => (past ? backtest(scan, past.drafts) : null), [scan, past])
  if (!past || !result) return null
  const { looked, caught } = result
  return (
    <section className="card">
      <div className="sec"><h2>{t('editPast')}</h2><Calm as="span" className="end small faint">{looked > 0 && (caught.length === 0 ? t('editPastNone', number(looked)) : tn('editPastCaught', caught.length, number(looked)))}</Calm></div>
      <div className="pad col" style={{ gap: 10 }}>
        {looked === 0 && <p className="small sub">{past.withoutText === 0 ? t('editPastEmpty') : t('editPastNoTexts')} {past.withoutText > 0 && <a href={routeHref('settings')}>{t('settingsTitle')}</a>}</p>}
        {caught.length > 0 && (
          <ul>
            {caught.slice(0, LISTED).map(({ number: record, at, findings }) => (
              <li key={record} className="tf">
                <q dir="auto">{findings[0]?.quote}</q>
                <span className="small sub"><a href={routeHref('history', [String(record)])}>{day(at)}</a>{findings.length > 1 && ` · ${tn('rulesTryFound', findings.length)}`}</span>
              </li>
            ))}
          </ul>
        )}
        {caught.length > LISTED && <p className="small sub">{t('rulesTryMore', number(caught.length - LISTED))}</p>}
        {looked > 0 && past.withoutText > 0 && <p className="tiny faint">{tn('editPastWithout', past.withoutText)}</p>}
        {compare && state.check.rule && !state.pending && <Beside state={state} rule={state.check.rule} compare={compare} />}
      </div>
    </section>
  )
}

/** All that is kept, the rule beside what checks now. */
function Beside({ state: { lists, sheet, switchOff }, rule, compare }: { readonly state: EditorState; readonly rule: Rule; readonly compare: CompareRule }): ReactNode {
  const off = sheet.from && switchOff ? sheet.from.rule.id : null
  return <Compare key={JSON.stringify([rule, lists, off])} start={compare({ rule, lists, off })} />
}
