import type { Place } from '../../lib/origin/types.ts'
import { numberFormat } from './formats.ts'
import { t, uiLocale } from './i18n.ts'

/** "Paragraphs 2 to 4: pasted from ChatGPT, 12% edited since". */
export function placeLine({ first, last, kind, product, edited }: Place): string {
  const where = first === last ? t('reviewPlaceOne', first) : t('reviewPlaceMany', first, last)
  const since = edited < 0.005 ? t('reviewPlaceUnedited') : t('reviewPlaceEdited', numberFormat(uiLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(edited))
  return t('reviewPlace', where, howOf(kind, product), since)
}

function howOf(kind: Place['kind'], product: string | null): string {
  switch (kind) {
    case 'paste': return product ? t('reviewOriginPasted', product) : t('reviewPlacePasted')
    case 'drop': return product ? t('reviewPlaceDroppedFrom', product) : t('reviewPlaceDropped')
    case 'assistant': return t('reviewOriginAct', product ?? '')
    case 'inserted': return t('reviewPlaceInserted')
  }
}
