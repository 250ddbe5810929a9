import type { KeyboardEvent } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import type { ReviewSession, SessionSnapshot } from '../../lib/guard/index.ts'
import { Button, Icon, t } from '../ui/index.ts'
import { PanelRows } from './PanelRows.tsx'
import { useReview, useReviewState } from './context.ts'
import { isComposing, isSignKey } from './keys.ts'
import { signState } from './model.ts'
import { overrideLabel, owners } from './words.ts'

interface OverrideProps {
  readonly session: ReviewSession
  readonly snapshot: SessionSnapshot
  readonly titleId: string
  readonly textId: string
}

/** Lets the draft go without the signature or check it needs: a reason in words, and it goes on the record. */
export function OverrideForm({ session, snapshot, titleId, textId }: OverrideProps) {
  const { actions } = useReview()
  const busy = useReviewState((state) => state.busy)
  const failed = useReviewState((state) => state.failed)
  const [reason, write] = useState('')
  const [typed, type] = useState('')
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const noRow = useRef<HTMLButtonElement>(null)
  useEffect(() => { field.current?.focus({ preventScroll: true }) }, [])
  const unchecked = signState(snapshot) === 'not-checked'
  // Past an owner's signature goes only who writes whose it is; past a check that cannot run, a reason is enough: nobody knows yet what would be needed.
  const wanted = unchecked ? '' : owners(snapshot)
  const confirmed = alike(typed, wanted)
  const off = !reason.trim() || !confirmed || busy !== null
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isSignKey(event) || isComposing(event)) return
    event.preventDefault()
    if (!off) actions.override(event.nativeEvent, reason)
  }
  return (
    <>
      <div className="hd">
        <div className="row"><Icon name="flag" size={18} /><h2 id={titleId}>{unchecked ? t('reviewOverrideUnchecked') : t('reviewOverrideTitle', owners(snapshot))}</h2></div>
        <p className="sub" id={textId}>{t(unchecked ? 'reviewOverrideUncheckedText' : 'reviewOverrideText')}</p>
      </div>
      <PanelRows session={session} snapshot={snapshot} firstRow={noRow} />
      <div className="sign" onKeyDown={onKeyDown}>
        <div className="field">
          <label htmlFor={`${id}-r`}>{t('reviewOverrideReason')}</label>
          <textarea ref={field} className="input" id={`${id}-r`} data-cs="override-reason" value={reason} onChange={(event) => { write(event.target.value) }} />
        </div>
        {wanted !== '' && (
          <div className="field">
            <label htmlFor={`${id}-c`}>{t('reviewOverrideConfirm', wanted)}</label>
            <input className="input" id={`${id}-c`} data-cs="override-typed" autoComplete="off" value={typed} onChange={(event) => { type(event.target.value) }} />
          </div>
        )}
        <div className="row">
          <Button look="danger" size="lg" className="grow" cs="override-confirm" off={off} aria-describedby={off ? `${id}-w` : undefined} onClick={(event) => { actions.override(event.nativeEvent, reason) }}>
            {overrideLabel(snapshot)}
          </Button>
          <Button look="quiet" size="lg" keys={['Esc']} onClick={() => { actions.setOverriding(false) }}>{t('reviewBack')}</Button>
        </div>
        {failed === 'changed' && <p className="small bad" role="alert">{t('reviewChangedMeanwhile')}</p>}
        {failed === 'refused' && <p className="small bad" role="alert">{t('reviewUncheckedHeld')}</p>}
        {failed === 'override' && <p className="small bad" role="alert">{t('reviewOverrideFailed')}</p>}
        <p className="small sub"><span id={`${id}-w`}>{reason.trim() ? (confirmed ? '' : `${t('reviewOverrideUnconfirmed', wanted)} `) : `${t('reviewOverrideMissing')} `}</span>{t('reviewOverrideNever')}</p>
      </div>
    </>
  )
}

/** The same words, whatever their case and spaces. */
function alike(a: string, b: string): boolean {
  const plain = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLocaleLowerCase()
  return plain(a) === plain(b)
}
