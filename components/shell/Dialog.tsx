import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { t } from '../ui/i18n.ts'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A modal of the browser's own kind: focus is kept inside, Esc closes, focus returns to where it was. */
export function Dialog({ title, onClose, children }: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
  }, [])
  return (
    <dialog ref={ref} className="dlg" aria-labelledby={heading} onClose={onClose}>
      <div className="in">
        <h2 id={heading}>{title}</h2>
        {children}
      </div>
    </dialog>
  )
}

interface ConfirmProps {
  readonly title: string
  readonly body: string
  readonly action: string
  /** The word a person must type before the action opens; without it one press is enough. */
  readonly typed?: string
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks once more before something that cannot be undone. */
export function Confirm({ title, body, action, typed, onConfirm, onClose }: ConfirmProps): ReactNode {
  const [text, setText] = useState('')
  const field = useId()
  const open = typed === undefined || text.trim().toLocaleLowerCase() === typed.toLocaleLowerCase()
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="sub">{body}</p>
      {typed !== undefined && (
        <div className="field">
          <label htmlFor={field}>{t('dashTypeToConfirm', typed)}</label>
          <input id={field} className="input" autoComplete="off" value={text} onChange={(event) => setText(event.currentTarget.value)} />
        </div>
      )}
      <div className="acts">
        <button type="button" className="btn" onClick={onClose}>{t('dashCancel')}</button>
        <button type="button" className="btn danger" aria-disabled={open ? undefined : true} onClick={() => { if (open) onConfirm() }}>{action}</button>
      </div>
    </Dialog>
  )
}
