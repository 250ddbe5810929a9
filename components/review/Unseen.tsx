import { useId, useRef } from 'react'
import { Button, Icon, UnseenNote, t } from '../ui/index.ts'
import { useReview, useReviewState } from './context.ts'
import { usePlaceAsToast } from './ToastView.tsx'

/** Says that a draft seems to have left past the gate. Stays until it is closed: nothing else on the page tells of it. */
export function Unseen({ theme }: { readonly theme: 'light' | 'dark' }) {
  const { actions, host } = useReview()
  const send = useReviewState((state) => state.unseen)
  const ref = useRef<HTMLDivElement>(null)
  const id = useId()
  usePlaceAsToast(ref)
  if (!send) return null
  return (
    <div ref={ref} key={send.id} className="surface float toast" role="alert" aria-labelledby={id} data-cs="unseen" data-theme={theme}>
      <Icon name="warning" />
      <UnseenNote send={send} host={host.ownerDocument.location.host} id={id} />
      <Button look="quiet" size="sm" icon aria-label={t('reviewToastClose')} onClick={actions.closeUnseen}><Icon name="close" size={14} /></Button>
    </div>
  )
}
