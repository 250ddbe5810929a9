import type { ReactNode } from 'react'
import { number } from '../shell/format.ts'
import { Loading } from '../shell/Loading.tsx'
import { EmptyState, t } from '../ui/index.ts'
import { Corrections } from './Corrections.tsx'
import type { KeptCorrection, ScoreView } from './model.ts'
import { Scores } from './Scores.tsx'

interface InsightsViewProps {
  /** Leads to the team's Insights, beside the heading. */
  readonly scope?: ReactNode
  /** The cards of what is proposed. */
  readonly proposals: ReactNode
  /** Newest first, as many as are shown; null while they are read. */
  readonly corrections: readonly KeptCorrection[] | null
  /** How many there are, null while that is not known. */
  readonly correctionTotal: number | null
  readonly onMore: () => void
  /** Null while they are counted. */
  readonly scores: readonly ScoreView[] | null
  /** Settled findings from which on a share is shown. */
  readonly enough: number
  /** Filters and numbers, above all else. */
  readonly head?: ReactNode
  /** The charts. */
  readonly figures?: ReactNode
}

/** What was corrected, what that suggests, and how the rules do. */
export function InsightsView({ scope, proposals, corrections, correctionTotal, onMore, scores, enough, head, figures }: InsightsViewProps): ReactNode {
  const total = correctionTotal ?? 0
  return (
    <>
      <div className="vh1"><h1>{t('learnTitle')}</h1>{scope}</div>
      {head}
      <div className="stack">
        {proposals}
        {figures}
        {scores === null ? <Loading /> : <Scores scores={scores} enough={enough} />}
        <section className="card">
          <div className="sec"><h2>{t('learnCorrections')}</h2>{total > 0 && <span className="end small faint">{t('learnCorrectionsCount', number(total))}</span>}</div>
          {corrections === null ? <Loading /> : corrections.length === 0
            ? <EmptyState icon="pencil" title={t('learnNoCorrections')}><p>{t('learnNoCorrectionsHelp')}</p></EmptyState>
            : <Corrections corrections={corrections} left={total - corrections.length} onMore={onMore} />}
        </section>
      </div>
    </>
  )
}
