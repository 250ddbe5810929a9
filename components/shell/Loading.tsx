import type { ReactNode } from 'react'
import { t } from '../ui/i18n.ts'

/** Grey bars where rows will be. */
export function Loading({ rows = 6 }: { readonly rows?: number }): ReactNode {
  return (
    <div className="card pad col" style={{ gap: 22 }} role="status" aria-label={t('dashLoading')}>
      {Array.from({ length: rows }, (_, row) => <span key={row} className={`sk ${['w80', 'w60', 'w40'][row % 3]}`} />)}
    </div>
  )
}
