import type { ReactNode } from 'react'
import type { RuleSource } from '../../lib/engine/index.ts'
import { t } from '../ui/index.ts'
import { safeUrl } from './model.ts'

/** What rules rest on, each with its note and when a person last looked. */
export function Sources({ sources }: { readonly sources: readonly RuleSource[] }): ReactNode {
  return (
    <ul className="srcs small">
      {sources.map((source) => {
        const url = safeUrl(source.url)
        return (
          <li key={source.title} dir="auto">
            {url === null ? <span>{source.title}</span> : <a href={url} target="_blank" rel="noreferrer">{source.title}</a>}
            {source.note !== undefined && <span className="sub">: {source.note}</span>}
            {source.checked !== undefined && <span className="faint"> <bdi>({t('rulesChecked', source.checked)})</bdi></span>}
          </li>
        )
      })}
    </ul>
  )
}
