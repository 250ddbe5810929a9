import type { ReactNode } from 'react'
import type { TeamStatus } from '../../lib/review/team/index.ts'
import { dateTime } from '../shell/format.ts'
import { t } from '../ui/index.ts'
import { nameOf } from './Home.tsx'
import { teamChangeWords } from './words.ts'

/** Who changed what in the team, the newest first. Every line is signed, and a line that lost to another is said beside the store. */
export function History({ status }: { readonly status: TeamStatus }): ReactNode {
  if (status.history.length === 0) return null
  return (
    <details className="card pad" id="team-history">
      <summary className="sum">{t('teamHistory')}</summary>
      <ul className="col small" style={{ gap: 6 }}>
        {status.history.map(({ version, at, by, changes }) => (
          <li key={version}>{changes.map((change) => teamChangeWords(change, (key) => nameOf(status, key))).join(' ')} <span className="faint">{nameOf(status, by)} · {dateTime(at)}</span></li>
        ))}
      </ul>
    </details>
  )
}
