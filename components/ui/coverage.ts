import { gapsOf, type Coverage, type Gap } from '../../lib/guard/coverage.ts'
import type { SessionSnapshot } from '../../lib/guard/types.ts'
import { numberFormat } from './formats.ts'
import { listOf, t, tn, uiLocale } from './i18n.ts'

const numeral = (value: number): string => numberFormat(uiLocale()).format(value)

/** Names a gap, and says what follows from it: "Recipients unknown" and "No rule about who gets it can apply." */
export function gapWords(gap: Gap, { unread, blocks, images, attachments, frames }: Coverage): { readonly title: string; readonly help: string } {
  switch (gap) {
    case 'blocks': return { title: t('uiGap_blocks', numeral(unread), numeral(blocks)), help: t('uiGapHelp_blocks') }
    case 'frames': return { title: tn('uiGap_frames', frames), help: t('uiGapHelp_frames') }
    case 'images': return { title: t('uiGap_images'), help: tn('uiGapHelp_images', images) }
    case 'attachments': return { title: t('uiGap_attachments'), help: attachments === null ? t('uiGapHelp_attachmentsUnknown') : tn('uiGapHelp_attachments', attachments) }
    default: return { title: t(`uiGap_${gap}`), help: t(`uiGapHelp_${gap}`) }
  }
}

/** What of a draft is not watched, one sentence pair a gap, the gravest first. */
export function gapSentences(coverage: Coverage): readonly string[] {
  return gapsOf(coverage).map((gap) => {
    const { title, help } = gapWords(gap, coverage)
    return `${title}. ${help}`
  })
}

/** "Watched: text, subject and Send." Empty where nothing is. */
export function watchedWords({ watched }: Coverage): string {
  if (watched.length === 0) return ''
  return t('uiWatched', listOf(watched.map((part) => t(`uiWatched_${part}`))))
}

/** What the policy does with a draft that cannot be checked. */
export function failWords(may: SessionSnapshot['may']): string {
  return t(may?.unchecked === false ? 'uiFailHold' : 'uiFailAsk')
}

/** What an unread part does to the tier of a draft: nothing by itself, so the person looks. Empty without one. */
export function tierWords(coverage: Coverage): string {
  return gapsOf(coverage).some((gap) => gap !== 'send' && gap !== 'body') ? t('uiGapTier') : ''
}
