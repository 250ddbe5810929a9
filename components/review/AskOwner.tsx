import { useRef, useState, type ReactNode } from 'react'
import type { SessionSnapshot } from '../../lib/guard/index.ts'
import { Button, Icon, t, uiLocale } from '../ui/index.ts'
import { useReview, useReviewState } from './context.ts'
import { owners } from './words.ts'

/** Asks the owners for their signature, and shows the code to send them while their answer is awaited. */
export function AskOwner({ snapshot }: { readonly snapshot: SessionSnapshot }): ReactNode {
  const { actions } = useReview()
  const busy = useReviewState((state) => state.busy)
  const failed = useReviewState((state) => state.failed)
  const { approval } = snapshot
  return (
    <div className="col" style={{ gap: 8 }}>
      {approval?.refused && <p className="small bad" role="status" dir="auto">{t('reviewAskRefused', approval.refused.name, approval.refused.reason)}</p>}
      {approval?.code
        ? <Waiting code={approval.code} names={approval.waiting} />
        : <Button look="primary" size="lg" cs="ask" off={busy !== null} onClick={(event) => { actions.ask(event.nativeEvent) }}>{busy === 'ask' ? t('reviewAsking') : t('reviewAsk', owners(snapshot))}</Button>}
      {failed === 'nobody' && <p className="small bad" role="alert">{t('reviewAskNobody', owners(snapshot))}</p>}
      {failed === 'ask' && <p className="small bad" role="alert">{t('reviewAskFailed')}</p>}
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
      <p className="small sub" role="status"><Icon name="clock" size={14} /> {t('reviewAskWaiting', new Intl.ListFormat(uiLocale(), { type: 'disjunction' }).format(names))}</p>
      <div className="row">
        <textarea ref={field} className="input mono grow" data-cs="ask-code" rows={1} readOnly dir="ltr" spellCheck={false} value={code} aria-label={t('reviewAskCode')} />
        <Button cs="ask-copy" onClick={copy}><Icon name="clipboard" size={14} />{t('reviewAskCopy')}</Button>
      </div>
      <p className="small sub" role="status">{copied === 'yes' ? t('reviewAskCopied') : copied === 'no' ? t('reviewAskCopyFailed') : t('reviewAskHelp')}</p>
    </>
  )
}
