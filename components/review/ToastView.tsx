import type { RefObject } from 'react'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { Button, Icon, TierGlyph, t } from '../ui/index.ts'
import { useReview } from './context.ts'
import { viewOf } from './follow.ts'
import { placeToast } from './place.ts'
import { isFreeOfControls } from './probe.ts'
import type { Toast } from './store.ts'

/** How long a toast stays; not while it is pointed at or has focus. Milliseconds. */
const STAY_MS = 6000
/** A page says its own "Message sent" a moment after ours: look again this often. Milliseconds. */
const LOOK_MS = 250

export function ToastView({ toast, theme }: { readonly toast: Toast; readonly theme?: 'light' | 'dark' }) {
  const { actions } = useReview()
  const ref = useRef<HTMLDivElement>(null)
  const [paused, pause] = useState(false)
  useEffect(() => {
    if (paused) return
    const timer = setTimeout(() => { actions.closeToast() }, STAY_MS)
    return () => { clearTimeout(timer) }
  }, [paused, toast.key, actions])
  usePlaceAsToast(ref)
  return (
    <div
      ref={ref} className="surface float toast" role="status" data-cs="toast" data-theme={theme}
      onPointerEnter={() => { pause(true) }} onPointerLeave={() => { pause(false) }} onFocus={() => { pause(true) }} onBlur={() => { pause(false) }}
    >
      {toast.mark === 'signed' ? <TierGlyph tier="signed" size={16} /> : <Icon name={toast.mark} />}
      <span className="say">{toast.strong && <b className="strong">{toast.strong} </b>}<bdi className={toast.strong ? 'sub' : ''}>{toast.text}</bdi></span>
      {toast.undo && <Button size="sm" cs="toast-undo" onClick={(event) => { actions.undoToast(event.nativeEvent) }}>{t('reviewUndo')}</Button>}
      <Button look="quiet" size="sm" icon aria-label={t('reviewToastClose')} onClick={actions.closeToast}><Icon name="close" size={14} /></Button>
    </div>
  )
}

/** Keeps an element in the corner where a toast goes, clear of what the page itself says there. */
export function usePlaceAsToast(ref: RefObject<HTMLElement | null>): void {
  const { host, dir, aside } = useReview()
  const place = useEffectEvent(() => {
    const element = ref.current
    if (!element || aside) return
    const size = { width: element.offsetWidth, height: element.offsetHeight }
    const { left, top } = placeToast(viewOf(host), size, dir === 'rtl' ? 'right' : 'left', (box) => isFreeOfControls(host.ownerDocument, box, host))
    element.style.left = `${left}px`
    element.style.top = `${top}px`
  })
  useLayoutEffect(() => {
    place()
    const timer = setInterval(() => { place() }, LOOK_MS)
    return () => { clearInterval(timer) }
  }, [])
}
