import { useId, useRef, useState, type ReactNode } from 'react'
import { withHost, type UnseenSend } from '../../lib/guard/unseen/report.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { t, uiLocale } from './i18n.ts'
import { seenWords } from './unseen.ts'

interface NoteProps {
  readonly send: Omit<UnseenSend, 'traces'>
  /** Host of the page, put into the report only where the person says so. */
  readonly host: string
  readonly id?: string | undefined
}

/** A send that passed no gate: what was seen, and the report, shown whole before it is copied. */
export function UnseenNote({ send, host, id }: NoteProps): ReactNode {
  const [open, setOpen] = useState(false)
  const subject = send.subject.trim()
  const record = send.record === null ? '' : t('unseenRecorded', new Intl.NumberFormat(uiLocale()).format(send.record))
  return (
    <div className="unseen">
      <h2 id={id} dir="auto">{subject === '' ? t('unseenTitle') : t('unseenTitleOf', subject)}</h2>
      <p className="small">{[seenWords(send.by), send.needed ? '' : t('unseenNothing'), record].filter(Boolean).join(' ')}</p>
      {send.report !== null && (
        <>
          <p className="small sub">{t('unseenHelp')}</p>
          <span><Button size="sm" cs="unseen-show" aria-expanded={open} onClick={() => { setOpen(!open) }}>{t(open ? 'unseenHide' : 'unseenShow')}</Button></span>
          {open && <Report report={send.report} host={host} />}
        </>
      )}
    </div>
  )
}

function Report({ report, host }: { readonly report: string; readonly host: string }): ReactNode {
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
