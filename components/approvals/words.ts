import type { Card } from '../../lib/review/approval/index.ts'
import type { SentRequestRow } from '../../lib/store/index.ts'
import { listOf } from '../shell/format.ts'
import { areaName, t } from '../ui/index.ts'

/** What a card's owner signs for, in a sentence. */
export function areasLine({ areas, deputy }: Pick<Card, 'areas' | 'deputy'>): string {
  const parts = [areas.length > 0 ? t('apprAreas', listOf(areas.map(areaName))) : '', deputy.length > 0 ? t('apprDeputyFor', listOf(deputy.map(areaName))) : ''].filter(Boolean)
  return parts.length > 0 ? parts.join('. ') : t('apprNoAreas')
}

/** How a request of ours stands. `now` in milliseconds since the epoch. */
export function sentState(row: SentRequestRow, now: number): 'approved' | 'edited' | 'refused' | 'waiting' | 'revoked' | 'expired' {
  if (row.revokedAt !== null) return 'revoked'
  const verdicts = row.answers.map((answer) => answer.content.verdict)
  if (verdicts.includes('refused')) return 'refused'
  if (row.expiredAt !== undefined || row.request.until <= now) return 'expired'
  return verdicts.includes('edited') ? 'edited' : verdicts.includes('approved') ? 'approved' : 'waiting'
}
