import type { ReactNode } from 'react'
import { tooFew, wilsonInterval, type Standing, type TallyCounts } from '../../lib/learning/index.ts'
import { number, percent } from '../shell/format.ts'
import { t, tn } from '../ui/index.ts'
import { duration } from './tables.ts'

/** The four numbers of the page, each with how many it rests on and what it was before. */
export function Numbers({ standing: { now, before } }: { readonly standing: Standing }): ReactNode {
  const settled = now.fixed + now.kept + now.dismissed
  const right = now.fixed + now.kept
  const interval = wilsonInterval(right, settled)
  return (
    <div className="card stats">
      <Number value={byItself(now)} text={t('insightSentFree')} more={tn('insightOf', now.seen)} was={before && byItself(before)} />
      <Number value={each(now)} text={t('insightEach')} more={tn('insightOfSigned', now.signed)} was={before && each(before)} />
      <Number value={tooFew(settled) ? null : percent(right / settled)} text={t('insightRight')} more={tooFew(settled) ? tn('insightOfSettled', settled) : `${t('insightBetween', percent(interval.low), percent(interval.high))} · ${tn('insightOfSettled', settled)}`} was={null} />
      <Number value={number(now.overridden + now.unreviewed)} text={t('insightWentOut')} more={t('insightWentOutOf', number(now.overridden), number(now.unreviewed))} was={before && number(before.overridden + before.unreviewed)} />
    </div>
  )
}

function byItself({ note, seen }: TallyCounts): string | null {
  return tooFew(seen) ? null : percent(note / seen)
}

function each({ reviewMs, signed }: TallyCounts): string | null {
  return tooFew(signed) ? null : duration(reviewMs / signed)
}

function Number({ value, text, more, was }: { readonly value: string | null; readonly text: string; readonly more: string; readonly was: string | null }): ReactNode {
  return (
    <div>
      {value === null ? <b className="few">{t('learnTooFew')}</b> : <b>{value}</b>}
      <span className="small sub">{was === null ? text : t('uiPair', text, t('insightWas', was))}</span>
      <span className="tiny faint">{more}</span>
    </div>
  )
}
