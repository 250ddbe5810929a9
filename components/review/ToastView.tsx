import { useEffect, useState } from 'react'
import { Button, Icon, TierGlyph, t } from '../ui/index.ts'
import { useReview } from './context.ts'
import type { Toast } from './store.ts'

/** How long a toast stays; not while it is pointed at or has focus. Milliseconds. */
const STAY_MS = 6000

export function ToastView({ toast, theme }: { readonly toast: Toast; readonly theme: 'light' | 'dark' }) {
  const { actions } = useReview()
  const [paused, pause] = useState(false)
  useEffect(() => {
    if (paused) return
    const timer = setTimeout(() => { actions.closeToast() }, STAY_MS)
    return () => { clearTimeout(timer) }
  }, [paused, toast.key, actions])
  return (
    <div
      className="surface float toast" role="status" data-cs="toast" data-theme={theme}
      onPointerEnter={() => { pause(true) }} onPointerLeave={() => { pause(false) }} onFocus={() => { pause(true) }} onBlur={() => { pause(false) }}
    >
      {toast.mark === 'signed' ? <TierGlyph tier="signed" size={16} /> : <Icon name={toast.mark} />}
      <span className="say">{toast.strong && <b className="strong">{toast.strong} </b>}<bdi className={toast.strong ? 'sub' : ''}>{toast.text}</bdi></span>
      {toast.undo && <Button size="sm" cs="toast-undo" onClick={(event) => { actions.undoToast(event.nativeEvent) }}>{t('reviewUndo')}</Button>}
      <Button look="quiet" size="sm" icon aria-label={t('reviewToastClose')} onClick={actions.closeToast}><Icon name="close" size={14} /></Button>
    </div>
  )
}
