import { useId, useRef, useState, type ReactNode } from 'react'
import type { ApprovalTerms, SessionSnapshot } from '../../lib/guard/index.ts'
import { Button, Icon, listOf, t, tn } from '../ui/index.ts'
import { useReview, useReviewState } from './context.ts'
import { owners } from './words.ts'

/** Asks the owners for their signature, and shows the code to send them while their answer is awaited. */
export function AskOwner({ snapshot }: { readonly snapshot: SessionSnapshot }): ReactNode {
  const { actions } = useReview()
  const busy = useReviewState((state) => state.busy)
  const failed = useReviewState((state) => state.failed)
  const [terms, setTerms] = useState<ApprovalTerms>({ mode: 'any', deputyHours: 4 })
  const { approval } = snapshot
  return (
    <div className="col" style={{ gap: 8 }}>
      {approval?.refused && <p className="small bad" role="status" dir="auto">{t('reviewAskRefused', approval.refused.name, approval.refused.reason)}</p>}
      {approval?.code
        ? <Waiting code={approval.code} names={approval.waiting} />
        : (
          <>
            <Terms terms={terms} onChange={setTerms} />
            <Button look="primary" size="lg" cs="ask" off={busy !== null} onClick={(event) => { actions.ask(event.nativeEvent, terms) }}>{busy === 'ask' ? t('reviewAsking') : t('reviewAsk', owners(snapshot))}</Button>
          </>
        )}
      {failed === 'nobody' && <p className="small bad" role="alert">{t('reviewAskNobody', owners(snapshot))}</p>}
      {failed === 'ask' && <p className="small bad" role="alert">{t('reviewAskFailed')}</p>}
    </div>
  )
}

const HOURS = [1, 4, 24, 72] as const

/** Whose answer is enough, and when a deputy may give it. */
function Terms({ terms, onChange }: { readonly terms: ApprovalTerms; readonly onChange: (terms: ApprovalTerms) => void }): ReactNode {
  const id = useId()
  return (
    <div className="terms">
      <div className="field">
        <label htmlFor={`${id}-m`}>{t('reviewAskMode')}</label>
        <select id={`${id}-m`} className="select" data-cs="ask-mode" value={terms.mode} onChange={(event) => { onChange({ ...terms, mode: event.currentTarget.value === 'all' ? 'all' : 'any' }) }}>
          <option value="any">{t('reviewAskMode_any')}</option><option value="all">{t('reviewAskMode_all')}</option>
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-d`}>{t('reviewAskDeputy')}</label>
        <select id={`${id}-d`} className="select" data-cs="ask-deputy" value={terms.deputyHours ?? 'never'} onChange={(event) => { onChange({ ...terms, deputyHours: HOURS.find((hours) => String(hours) === event.currentTarget.value) ?? null }) }}>
          {HOURS.map((hours) => <option key={hours} value={hours}>{tn('reviewAskHours', hours)}</option>)}
          <option value="never">{t('reviewAskNever')}</option>
        </select>
      </div>
    </div>
  )
}

function Waiting({ code, names }: { readonly code: string; readonly names: readonly string[] }): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null)
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null)
  const copy = (): void => {
    field.current?.select()
    navigator.clipboard.writeText(code).then(() => { setCopied('yes') }, () => { setCopied('no') })
  }
  return (
    <>
      <p className="small sub" role="status"><Icon name="clock" size={14} /> {t('reviewAskWaiting', listOf(names, 'disjunction'))}</p>
      <div className="row">
        <textarea ref={field} className="input mono grow" data-cs="ask-code" rows={1} readOnly dir="ltr" spellCheck={false} value={code} aria-label={t('reviewAskCode')} />
        <Button cs="ask-copy" onClick={copy}><Icon name="clipboard" size={14} />{t('reviewAskCopy')}</Button>
      </div>
      <p className="small sub" role="status">{copied === 'yes' ? t('reviewAskCopied') : copied === 'no' ? t('reviewAskCopyFailed') : t('reviewAskHelp')}</p>
    </>
  )
}
