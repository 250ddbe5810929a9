import type { ReactNode } from 'react'
import type { Finding } from '../../lib/engine/index.ts'
import { t } from '../ui/index.ts'

/** A text with its findings underlined; the first of two that overlap is shown, both belong in the list beside it. */
export function Marked({ text, findings }: { readonly text: string; readonly findings: readonly Finding[] }): ReactNode {
  const out: ReactNode[] = []
  let at = 0
  for (const { field, span, tier, fingerprint } of findings) {
    if (field !== 'body' || span.start < at) continue
    out.push(text.slice(at, span.start), <mark key={fingerprint} className={`m t-${tier}`}>{text.slice(span.start, span.end)}</mark>)
    at = span.end
  }
  return <div className="try isolate" dir="auto" role="group" aria-label={t('rulesTryResult')}>{out}{text.slice(at)}</div>
}
