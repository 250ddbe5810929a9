import type { ReactNode } from 'react'
import type { Tier } from '../../lib/engine/index.ts'
import { tierName } from './labels.ts'

/** A tier, or `signed` for what is settled. */
export type TierMark = Tier | 'signed'

const SHAPES: Readonly<Record<TierMark, ReactNode>> = {
  note: (
    <>
      <circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M4.4 7h.01M7 7h.01M9.6 7h.01" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  review: <><rect x="1" y="1" width="12" height="12" rx="3.5" fill="currentColor" /><path className="cut" d="M4 7h6" /></>,
  approve: <><rect x="1" y="1" width="12" height="12" rx="3.5" fill="currentColor" /><path className="cut" d="M4 5.3h6M4 8.7h6" /></>,
  block: (
    <>
      <path d="M4.5 1h5L13 4.5v5L9.5 13h-5L1 9.5v-5z" fill="currentColor" />
      <path className="cut" d="M3.4 7.7q.9-1.9 1.8 0t1.8 0 1.8 0 1.8 0" />
    </>
  ),
  signed: <><circle cx="7" cy="7" r="6" fill="currentColor" /><path className="cut" d="M4.3 7.2l1.9 1.9 3.5-4" /></>,
}

/** Shape and inner line carry the tier without colour. Decoration: say the tier in words beside it. `size` in CSS pixels. */
export function TierGlyph({ tier, size = 14 }: { readonly tier: TierMark; readonly size?: number }) {
  return <svg className={`glyph t-${tier}`} width={size} height={size} viewBox="0 0 14 14" aria-hidden="true">{SHAPES[tier]}</svg>
}

/** Glyph and word of a tier; `children` replace the word (the category, say), which is then read after the tier's name. `soft` puts it on its tier's ground. */
export function TierLabel({ tier, soft = false, children }: { readonly tier: Tier; readonly soft?: boolean; readonly children?: ReactNode }) {
  return (
    <span className={`tier t-${tier}${soft ? ' soft' : ''}`}>
      <TierGlyph tier={tier} size={12} />
      {children === undefined ? tierName(tier) : <><span className="vh">{tierName(tier)}: </span>{children}</>}
    </span>
  )
}
