import type { Mode, Reason, Requirement } from '../../lib/policy/index.ts'
import { numberFormat } from './formats.ts'
import { listOf, t, tn, uiLocale } from './i18n.ts'
import { areaName, tierName } from './labels.ts'

/** Longer lists of reasons end in "and N more": the findings themselves are listed below. */
const MOST_REASONS = 3

/** Why a requirement is what it is, one reason as a part of a sentence. */
export function reasonWords(reason: Reason): string {
  switch (reason.code) {
    case 'finding': return tn('dashReasonFinding', reason.count, reason.detail, tierName(reason.tier))
    case 'ai-public': return t('dashReasonPublic')
    case 'vip-recipient': return t('dashReasonVip', reason.detail)
    case 'not-checked': return t('dashReasonNotChecked')
    case 'outside-unknown': return t('dashReasonOutsideUnknown', numberFormat(uiLocale()).format(reason.count), reason.detail)
    case 'outside-count': return t('dashReasonOutside', numberFormat(uiLocale()).format(reason.count), reason.detail)
    case 'first-mail': return t('dashReasonFirst', reason.detail)
    case 'two-customers': return t('dashReasonCustomers', reason.detail)
    case 'to-everyone': return t('dashReasonEveryone', reason.detail)
    case 'draft-kind': return t('dashReasonKind')
  }
}

/** "Needs Legal, because: liability accepted; a recipient at halden.example is high-value." Empty where nothing is needed. */
export function needsWords({ tier, owners, reasons }: Requirement): string {
  if (tier === 'note') return ''
  // What raised it comes first: the findings are listed anyway.
  const told = [...reasons].sort((a, b) => Number(a.code === 'finding') - Number(b.code === 'finding'))
  const shown = told.slice(0, MOST_REASONS).map(reasonWords)
  const more = told.length - shown.length
  const because = [...shown, ...(more > 0 ? [tn('needsMore', more)] : [])].join('; ')
  if (tier === 'approve') return t('needsOwner', listOf(owners.map(areaName)), because)
  return t(tier === 'block' ? 'needsChange' : 'needsYou', because)
}

/** What a mode does, in a sentence. */
export function modeWords(mode: Mode): string {
  return t(`policyMode_${mode}`)
}
