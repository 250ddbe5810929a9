import { useState, type ReactNode } from 'react'
import type { UnseenSend } from '../../lib/guard/unseen/report.ts'
import { Button } from './Button.tsx'
import { CopyReport } from './CopyReport.tsx'
import { numberFormat } from './formats.ts'
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
  const record = send.record === null ? '' : t('unseenRecorded', numberFormat(uiLocale()).format(send.record))
  return (
    <div className="unseen">
      <h2 id={id} dir="auto">{subject === '' ? t('unseenTitle') : t('unseenTitleOf', subject)}</h2>
      <p className="small">{[seenWords(send.by), send.needed ? '' : t('unseenNothing'), record].filter(Boolean).join(' ')}</p>
      {send.report !== null && (
        <>
          <p className="small sub">{t('unseenHelp')}</p>
          <span><Button size="sm" cs="unseen-show" aria-expanded={open} onClick={() => { setOpen(!open) }}>{t(open ? 'unseenHide' : 'unseenShow')}</Button></span>
          {open && <CopyReport report={send.report} host={host} />}
        </>
      )}
    </div>
  )
}
