import { useState, type ReactNode } from 'react'
import { download } from '../shell/files.ts'
import { Button, Icon, t } from '../ui/index.ts'

interface CodeButtonsProps {
  readonly code: string
  /** Of the file, without extension. */
  readonly name: string
  readonly copyLabel?: string
}

/** A code to copy into a chat, or to save and send as a file. */
export function CodeButtons({ code, name, copyLabel }: CodeButtonsProps): ReactNode {
  const [said, setSaid] = useState('')
  const copy = (): void => { navigator.clipboard.writeText(code).then(() => setSaid(t('apprCopied')), (error: unknown) => setSaid(String(error))) }
  return (
    <span className="row wrap">
      <Button size="sm" onClick={copy}><Icon name="clipboard" size={14} />{copyLabel ?? t('apprCopyCode')}</Button>
      <Button size="sm" onClick={() => download(`${name}.countersign`, [code], 'text/plain')}><Icon name="download" size={14} />{t('apprSaveFile')}</Button>
      <span role="status" className="said">{said}</span>
    </span>
  )
}
