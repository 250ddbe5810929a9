import type { ReactNode } from 'react'
import type { PackChange } from '../../../lib/packs/index.ts'
import { t } from '../../ui/index.ts'
import { changeLine, changeSummary } from '../words.ts'

/** What changed in a pack: first counted in one sentence, then line by line. */
export function Changes({ changes }: { readonly changes: readonly PackChange[] }): ReactNode {
  return (
    <div className="col" style={{ gap: 6 }}>
      <p className="strong">{changeSummary(changes)}</p>
      {changes.length > 0 && <ul className="col small changes">{changes.map((change) => <li key={JSON.stringify(change)}><span className="faint">{t(`packKind_${change.kind}`)}:</span> <span className="isolate">{changeLine(change)}</span></li>)}</ul>}
    </div>
  )
}
