import { useDeferredValue, useId, useMemo, type ReactNode } from 'react'
import type { Finding } from '../../../lib/engine/index.ts'
import { number } from '../../shell/format.ts'
import { Calm, TierLabel, t, tierName, tn } from '../../ui/index.ts'
import { Marked } from '../Marked.tsx'
import { draftOf } from '../model.ts'
import { Why } from '../Why.tsx'
import type { EditorState } from './store.ts'

/** Characters of a pasted text that the rule is tried on at once, so that a whole book does not hold up the page. */
const MOST = 100_000
/** Findings that are listed one by one; all of them are marked. */
const LISTED = 50

/** A text and what the rule that is being written finds in it. */
export function TryCard({ state }: { readonly state: EditorState }): ReactNode {
  const { tried, check, setTried } = state
  const field = useId()
  const hint = useId()
  const text = useDeferredValue(tried).slice(0, MOST)
  const draft = useMemo(() => draftOf(text), [text])
  const { scan } = check
  const findings = useMemo(() => (text.trim() === '' ? [] : scan(draft)), [scan, draft, text])
  return (
    <section className="card">
      <div className="sec"><h2>{t('rulesTry')}</h2><Calm as="span" className="end small faint">{text.trim() === '' ? '' : findings.length === 0 ? t('editTryNone') : tn('rulesTryFound', findings.length)}</Calm></div>
      <div className="pad col" style={{ gap: 10 }}>
        <div className="field">
          <label htmlFor={field}>{t('rulesTryLabel')}</label>
          <textarea id={field} className="input" rows={3} dir="auto" value={tried} aria-describedby={hint} onChange={(event) => setTried(event.currentTarget.value)} />
        </div>
        <p id={hint} className="tiny faint">{tried.length > MOST ? t('editTryLong', number(MOST)) : t('editTryHint')}</p>
        {findings.length > 0 && (
          <>
            <Marked text={draft.text} findings={findings} />
            <ul>{findings.slice(0, LISTED).map((finding) => <Found key={finding.fingerprint} finding={finding} full={state.fields.tier ?? ''} />)}</ul>
            {findings.length > LISTED && <p className="small sub">{t('rulesTryMore', number(findings.length - LISTED))}</p>}
          </>
        )}
        {text.trim() !== '' && <Why draft={draft} findings={findings} explain={check.explain} />}
      </div>
    </section>
  )
}

/** `full` is the rule's own tier: where the context lowered it, that is said. */
function Found({ finding, full }: { readonly finding: Finding; readonly full: string }): ReactNode {
  return (
    <li className="tf">
      <span><TierLabel tier={finding.tier} /> <q dir="auto">{finding.quote}</q></span>
      {finding.tier !== full && finding.evidence.length > 0 && <span className="small sub">{t('editLowered', tierName(finding.tier), finding.evidence.map((each) => each.replace(/^lowered: /, '')).join(', '))}</span>}
    </li>
  )
}
