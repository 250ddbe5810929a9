import type { ReactNode } from 'react'
import { diffTokens, trimContext } from './diff.ts'
import { t } from './i18n.ts'

export interface WordDiffProps {
  readonly before: string
  readonly after: string
  /** Words around the changed place; shortened to the eight nearest. */
  readonly lead?: string | undefined
  readonly tail?: string | undefined
  readonly label?: string | undefined
}

/** Whole words removed (struck through) and added (underlined), with the words around them. Reads as text, not by colour alone. */
export function WordDiff({ before, after, lead = '', tail = '', label }: WordDiffProps) {
  return (
    <div className="diff" role="group" aria-label={label ?? t('uiDiffLabel')} dir="auto">
      <bdi>
        {trimContext(lead, 'start')}
        {diffTokens(before, after).map((part, index): ReactNode => {
          if (part.kind === 'same') return <span key={index}>{part.text}</span>
          const Tag = part.kind === 'removed' ? 'del' : 'ins'
          return (
            <Tag key={index}>
              <bdi className="vh"> {t(part.kind === 'removed' ? 'uiDiffRemoved' : 'uiDiffAdded')}: </bdi>
              {part.text}
            </Tag>
          )
        })}
        {trimContext(tail, 'end')}
      </bdi>
    </div>
  )
}
