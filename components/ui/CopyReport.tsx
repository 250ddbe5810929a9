import { useId, useRef, useState, type ReactNode } from 'react'
import { withHost } from '../../lib/guard/unseen/report.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { t } from './i18n.ts'

/** A report, shown whole before it is copied; the site's address is in it only where the person says so. */
export function CopyReport({ report, host }: { readonly report: string; readonly host: string }): ReactNode {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [named, setNamed] = useState(false)
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null)
  const text = named ? withHost(report, host) : report
  const copy = (): void => {
    field.current?.select()
    navigator.clipboard.writeText(text).then(() => { setCopied('yes') }, () => { setCopied('no') })
  }
  return (
    <>
      <label className="row small" htmlFor={id}><input id={id} type="checkbox" data-cs="unseen-host" checked={named} onChange={(event) => { setNamed(event.currentTarget.checked) }} /><span className="isolate">{t('unseenHost', host)}</span></label>
      <textarea ref={field} className="input mono" data-cs="unseen-report" rows={10} readOnly dir="ltr" spellCheck={false} wrap="off" value={text} aria-label={t('unseenReport')} />
      <span className="row"><Button size="sm" cs="unseen-copy" onClick={copy}><Icon name="clipboard" size={14} />{t('unseenCopy')}</Button><span role="status" className="small sub">{copied === 'yes' ? t('unseenCopied') : copied === 'no' ? t('unseenCopyFailed') : ''}</span></span>
    </>
  )
}
