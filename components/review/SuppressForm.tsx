import type { KeyboardEvent } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import type { Finding } from '../../lib/engine/index.ts'
import { t, tn } from '../ui/index.ts'
import { Buttons } from './CardForms.tsx'
import { useReview } from './context.ts'
import { inTextField, isComposing } from './keys.ts'
import { oneLine } from './model.ts'

/** How long findings may stay away, in days; 0 until it is taken back. */
const DAYS = [30, 90, 365, 0] as const
const DAY = 86_400_000

/** Right to find, and no issue here: what is not to be flagged again, where, until when, and why. */
export function SuppressForm({ finding }: { readonly finding: Finding }) {
  const { actions } = useReview()
  const id = useId()
  const [words, setWords] = useState(true)
  const [site, setSite] = useState(false)
  const [days, setDays] = useState<number>(90)
  const [reason, write] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => { field.current?.focus({ preventScroll: true }) }, [])

  const confirm = (event: Event): void => {
    if (reason.trim()) actions.suppress(event, { words, site, until: days === 0 ? null : Date.now() + days * DAY, reason })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || isComposing(event) || !inTextField(event)) return
    event.preventDefault()
    if (!event.repeat) confirm(event.nativeEvent)
  }
  return (
    <div className="fc-b form" role="group" aria-labelledby={`${id}-t`} aria-describedby={`${id}-d`} onKeyDown={onKeyDown}>
      <p className="fc-w" id={`${id}-t`}>{t('reviewSuppressTitle')}</p>
      <p className="src small" id={`${id}-d`}>{t('reviewSuppressText')}</p>
      <label className="row"><input type="radio" name={`${id}-w`} data-cs="suppress-words" checked={words} onChange={() => { setWords(true) }} /> <span className="clip">{t('reviewSuppressWords', oneLine(finding.quote))}</span></label>
      <label className="row"><input type="radio" name={`${id}-w`} data-cs="suppress-rule" checked={!words} onChange={() => { setWords(false) }} /> <span className="clip">{t('reviewSuppressRule', finding.title)}</span></label>
      <div className="row">
        <select className="select" aria-label={t('reviewSuppressWhere')} value={site ? 'site' : 'all'} onChange={(event) => { setSite(event.target.value === 'site') }}>
          <option value="all">{t('reviewSuppressEverywhere')}</option>
          <option value="site">{t('reviewSuppressSite', window.location.host)}</option>
        </select>
        <select className="select" aria-label={t('reviewSuppressUntil')} value={days} onChange={(event) => { setDays(Number(event.target.value)) }}>
          {DAYS.map((count) => <option key={count} value={count}>{count === 0 ? t('reviewSuppressForGood') : tn('reviewSuppressDays', count)}</option>)}
        </select>
      </div>
      <label className="vh" htmlFor={`${id}-r`}>{t('reviewSuppressReason')}</label>
      <input ref={field} className="input" id={`${id}-r`} data-cs="reason-text" autoComplete="off" placeholder={t('reviewSuppressPlaceholder')} value={reason} onChange={(event) => { write(event.target.value) }} />
      <Buttons off={!reason.trim()} why={t('reviewDismissMissing')} label={t('reviewSuppressConfirm')} onConfirm={confirm} />
    </div>
  )
}
