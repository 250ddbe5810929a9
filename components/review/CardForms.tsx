import type { KeyboardEvent } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import type { Finding } from '../../lib/engine/index.ts'
import { Button, Icon, areaName, t } from '../ui/index.ts'
import { useReview } from './context.ts'
import { inTextField, isComposing, isSignKey, plainKey } from './keys.ts'
import { oneLine } from './model.ts'

interface FormProps { readonly finding: Finding }

/** Three ready reasons under 1 2 3 and one free field. Keeping needs a reason. */
export function KeepForm({ finding }: FormProps) {
  const { actions } = useReview()
  const id = useId()
  const ready = [...finding.reasons, t('reviewReasonContract'), t('reviewReasonAgreed'), t('reviewReasonFact')].slice(0, 3)
  const [picked, pick] = useState<number | null>(null)
  const [own, write] = useState('')
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => { form.current?.focus({ preventScroll: true }) }, [])

  const reason = own.trim() || (picked === null ? '' : ready[picked] ?? '')
  const choose = (index: number): void => {
    pick(index)
    write('')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return
    const digit = inTextField(event) ? 0 : Number(plainKey(event))
    if (digit >= 1 && digit <= 3) {
      event.preventDefault()
      choose(digit - 1)
    } else if (event.key === 'Enter' && (inTextField(event) || event.target === form.current || isPill(event))) {
      event.preventDefault()
      if (!event.repeat) actions.keep(event.nativeEvent, reason)
    }
  }
  return (
    <div className="fc-b form" ref={form} tabIndex={-1} role="group" aria-labelledby={`${id}-t`} aria-describedby={`${id}-d`} onKeyDown={onKeyDown}>
      <p className="fc-w" id={`${id}-t`}>{t('reviewKeepTitle')}</p>
      <p className="src small" id={`${id}-d`}>{t('reviewKeepText')}</p>
      <div className="chips">
        {ready.map((text, index) => (
          <button key={text} type="button" className="pill" data-cs={`reason-${index + 1}`} aria-pressed={picked === index && !own.trim()} aria-keyshortcuts={String(index + 1)} onClick={() => { choose(index) }}>
            {picked === index && !own.trim() && <Icon name="check" size={12} />}
            <span className="clip">{text}</span> <kbd className="kbd" aria-hidden="true">{index + 1}</kbd>
          </button>
        ))}
      </div>
      <label className="vh" htmlFor={`${id}-r`}>{t('reviewReasonLabel')}</label>
      <input className="input" id={`${id}-r`} data-cs="reason-text" autoComplete="off" placeholder={t('reviewReasonOwn')} value={own} onChange={(event) => { write(event.target.value) }} />
      <Buttons off={!reason} why={t('reviewReasonMissing')} label={t('reviewCardKeep')} onConfirm={(event) => { actions.keep(event, reason) }} />
    </div>
  )
}

function isPill(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && event.target.getAttribute('aria-pressed') === 'true'
}

/** A serious finding is called a false alarm only in words of one's own. */
export function DismissForm({ finding, owned }: FormProps & { readonly owned: boolean }) {
  const { actions } = useReview()
  const id = useId()
  const [reason, write] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => { field.current?.focus({ preventScroll: true }) }, [])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || isComposing(event) || !inTextField(event)) return
    event.preventDefault()
    if (!event.repeat && reason.trim()) actions.dismiss(event.nativeEvent, reason)
  }
  return (
    <div className="fc-b form" onKeyDown={onKeyDown}>
      <p className="fc-w"><label htmlFor={`${id}-r`}>{t('reviewDismissTitle')}</label></p>
      <p className="src small" id={`${id}-d`}>{t(owned ? 'reviewDismissOwn' : finding.tier === 'block' ? 'reviewDismissBlock' : 'reviewDismissApprove', areaName(finding.owner))}</p>
      <input ref={field} className="input" id={`${id}-r`} data-cs="reason-text" autoComplete="off" aria-describedby={`${id}-d`} placeholder={t('reviewDismissPlaceholder')} value={reason} onChange={(event) => { write(event.target.value) }} />
      <Buttons off={!reason.trim()} why={t('reviewDismissMissing')} label={t('reviewCardDismiss')} onConfirm={(event) => { actions.dismiss(event, reason) }} />
    </div>
  )
}

/** The suggestion, or the flagged words, to be changed before they go in. */
export function EditForm({ finding }: FormProps) {
  const { actions } = useReview()
  const id = useId()
  const [text, write] = useState(oneLine(finding.suggest ?? finding.quote))
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    field.current?.focus({ preventScroll: true })
    field.current?.select()
  }, [])
  const unchanged = oneLine(text) === finding.quote.trim()
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || isComposing(event) || !inTextField(event) || (event.shiftKey && !isSignKey(event))) return
    event.preventDefault()
    if (!event.repeat && !unchanged) actions.use(event.nativeEvent, text)
  }
  return (
    <div className="fc-b form" onKeyDown={onKeyDown}>
      <p className="fc-w"><label htmlFor={`${id}-r`}>{t('reviewCardEditTitle')}</label></p>
      <p className="src small" id={`${id}-d`}>{t('reviewCardEditText')}</p>
      <textarea ref={field} className="input" id={`${id}-r`} data-cs="edit-text" rows={2} dir="auto" aria-describedby={`${id}-d`} value={text} onChange={(event) => { write(event.target.value) }} />
      <Buttons off={unchanged} why="" label={t(oneLine(text) ? 'reviewCardApply' : 'reviewCardTakeOut')} onConfirm={(event) => { actions.use(event, text) }} cs="edit-confirm" />
    </div>
  )
}

interface ButtonsProps { readonly off: boolean; readonly why: string; readonly label: string; readonly cs?: string; readonly onConfirm: (event: Event) => void }

/** Confirms a form of the card, says why it cannot be yet, or goes back. */
export function Buttons({ off, why, label, cs = 'reason-confirm', onConfirm }: ButtonsProps) {
  const { actions } = useReview()
  const id = useId()
  return (
    <div className="acts">
      <Button look="primary" cs={cs} keys={['Enter']} off={off} aria-describedby={off && why ? id : undefined} onClick={(event) => { onConfirm(event.nativeEvent) }}>{label}</Button>
      <Button look="quiet" cs="reason-back" onClick={() => { actions.setMode('look') }}>{t('reviewBack')}</Button>
      {off && why && <span className="small faint why" id={id}>{why}</span>}
    </div>
  )
}
