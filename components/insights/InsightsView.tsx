import type { ReactNode } from 'react'
import { number } from '../shell/format.ts'
import { Loading } from '../shell/Loading.tsx'
import { routeHref } from '../shell/router.ts'
import { Button, EmptyState, Icon, TierGlyph, TierLabel, WordDiff, t, tn } from '../ui/index.ts'
import { ruleName } from '../rules/model.ts'
import { Corrections } from './Corrections.tsx'
import { EditDialog } from './EditDialog.tsx'
import type { KeptCorrection, ProposalView, ScoreView } from './model.ts'
import { Scores } from './Scores.tsx'
import type { ProposalNotice, ProposalState } from './store.ts'

interface InsightsViewProps {
  /** Null while they are read. */
  readonly proposals: readonly ProposalView[] | null
  /** Newest first, at most the ones that may be shown. */
  readonly corrections: readonly KeptCorrection[]
  readonly correctionTotal: number
  readonly scores: readonly ScoreView[]
  /** Settled findings from which on a share is shown. */
  readonly enough: number
  readonly state: ProposalState
}

/** What was corrected, what that suggests, and how the rules do. */
export function InsightsView({ proposals, corrections, correctionTotal, scores, enough, state }: InsightsViewProps): ReactNode {
  return (
    <>
      <div className="vh1"><h1>{t('learnTitle')}</h1></div>
      {proposals === null ? <Loading /> : (
        <div className="stack">
          <Notice notice={state.notice} />
          <section className="card">
            <div className="sec"><h2>{t('learnProposals')}</h2><span className="end small faint">{t('learnNothingChanges')}</span></div>
            {proposals.length === 0
              ? <EmptyState icon="insights" title={t('learnNoProposals')}><p>{t('learnNoProposalsHelp')}</p></EmptyState>
              : proposals.map((proposal) => <Proposal key={proposal.id} proposal={proposal} state={state} />)}
          </section>
          <Scores scores={scores} enough={enough} />
          <section className="card">
            <div className="sec"><h2>{t('learnCorrections')}</h2>{correctionTotal > 0 && <span className="end small faint">{t('learnCorrectionsCount', number(correctionTotal))}</span>}</div>
            {correctionTotal === 0
              ? <EmptyState icon="pencil" title={t('learnNoCorrections')}><p>{t('learnNoCorrectionsHelp')}</p></EmptyState>
              : <Corrections corrections={corrections} />}
          </section>
        </div>
      )}
      <EditDialog state={state} />
    </>
  )
}

function Notice({ notice }: { readonly notice: ProposalNotice | null }): ReactNode {
  switch (notice?.kind) {
    case undefined: return null
    case 'refused': return <div className="banner" role="status"><Icon name="info" />{t('learnRefused')}</div>
    case 'failed': return <div className="banner t-block" role="alert"><Icon name="warning" />{notice.message}</div>
    case 'accepted': return (
      <div className="banner t-signed" role="status">
        <TierGlyph tier="signed" /><span className="grow">{t('learnAccepted', notice.rule.title)} <a href={routeHref('rules', [notice.pack, ruleName(notice.rule)])}>{t('learnSeeRule')}</a></span>
      </div>
    )
  }
}

function Proposal({ proposal, state }: { readonly proposal: ProposalView; readonly state: ProposalState }): ReactNode {
  const { rule, before, after, sentences } = proposal
  const off = state.busy !== null
  return (
    <article className="prop">
      <h3>{tn('learnThrice', proposal.count)}</h3>
      <div className="acts">
        <Button size="sm" look="primary" off={off} onClick={() => void state.accept(proposal)}>{t('learnAccept')}</Button>
        <Button size="sm" off={off} onClick={() => state.startEdit(proposal)}>{t('learnEdit')}</Button>
        <Button size="sm" look="quiet" off={off} onClick={() => void state.refuse(proposal)}>{t('learnRefuse')}</Button>
      </div>
      <div className="w"><WordDiff before={before[0] ?? ''} after={after} label={t('learnTo', before[0] ?? '', after)} /></div>
      <p className="w small sub">{after === '' && `${t('learnTakeOut')} `}{t('learnNewRule')}</p>
      <div className="w more">
        <details>
          <summary className="sum">{tn('learnEvidence', sentences.length)}</summary>
          <ul className="ev small">{sentences.map((each, index) => <li key={index}><WordDiff before={each.before} after={each.after} label={t('learnTo', each.before, each.after)} /></li>)}</ul>
        </details>
        <details>
          <summary className="sum">{t('learnPreview')}</summary>
          <div className="col small" style={{ gap: 6, paddingTop: 6 }}>
            <span><TierLabel tier={rule.tier} soft /> <b>{rule.title}</b></span>
            <span dir="auto">{rule.message}</span>
            <ul className="pat card">{rule.match.map((pattern) => <li key={pattern}>{pattern}</li>)}</ul>
          </div>
        </details>
      </div>
    </article>
  )
}
