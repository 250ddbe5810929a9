import { useId } from 'react'
import type { SessionSnapshot } from '../../lib/guard/index.ts'
import { Button, SignatureLine, t } from '../ui/index.ts'
import { AskOwner } from './AskOwner.tsx'
import { useReview, useReviewState } from './context.ts'
import { mayOverride, needing, signState } from './model.ts'
import { signLabel, signReason, signedParts } from './words.ts'

/** What is signed, by whom, and a button that tells the truth. */
export function SignBlock({ snapshot }: { readonly snapshot: SessionSnapshot }) {
  const { actions } = useReview()
  const busy = useReviewState((state) => state.busy)
  const failed = useReviewState((state) => state.failed)
  const id = useId()
  const state = signState(snapshot)
  if (state === 'not-needed' || state === 'lost') return null
  const override = mayOverride(snapshot)
  if (state === 'not-checked') {
    return (
      <div className="sign">
        {override && <Button size="lg" cs="override" onClick={() => { actions.setOverriding(true) }}>{t('reviewOverrideUnchecked')}</Button>}
        <p className="small sub">{t(override ? 'reviewOverrideUncheckedText' : 'reviewUncheckedHeld')}</p>
      </div>
    )
  }
  const signed = state === 'signed'
  const can = state === 'can' && busy === null
  const name = snapshot.reviewer.name
  const why = signReason(snapshot)
  return (
    <div className={state === 'can' || signed ? 'sign' : 'sign closed'}>
      {state !== 'owner' && (
        <>
          <p className="small sub parts">{signedParts(snapshot)}</p>
          <SignatureLine name={signed || state === 'can' ? name || t('reviewNoName') : ''} signed={signed || busy === 'sign'} />
        </>
      )}
      {!name && state === 'can' && <p className="small sub">{t('reviewNoNameText')}</p>}
      {!signed && (
        <Button
          look="primary" size="lg" cs="sign" off={!can} keys={state === 'can' && busy !== 'sign' ? ['Mod', 'Enter'] : undefined} aria-describedby={why ? id : undefined}
          onClick={(event) => { actions.sign(event.nativeEvent) }}
        >
          {busy === 'sign' ? t('reviewSigning') : signLabel(snapshot)}
        </Button>
      )}
      {state === 'owner' && <AskOwner snapshot={snapshot} />}
      {failed === 'changed' && <p className="small bad" role="alert">{t('reviewChangedMeanwhile')}</p>}
      {failed === 'sign' && <p className="small bad" role="alert">{t('reviewSignFailed')}</p>}
      {(why || override) && (
        <div className="row small sub between">
          <span id={id}>{why}</span>
          {override && <Button look="quiet" size="sm" cs="override" onClick={() => { actions.setOverriding(true) }}>{t('reviewCannotWait')}</Button>}
        </div>
      )}
      {snapshot.digest && needing(snapshot).length === 0 && (
        <p className="tiny faint mono isolate">{t('reviewDigest', short(snapshot.digest.text))} · {t('reviewDigestRules', short(snapshot.digest.rules))}</p>
      )}
    </div>
  )
}

/** First eight digits in two groups: enough to compare by eye with the record. */
function short(digest: string): string {
  return `${digest.slice(0, 4)} ${digest.slice(4, 8)}`
}
