import { useId, useState, type ReactNode } from 'react'
import type { Rule } from '../../../lib/engine/index.ts'
import type { FactProposal, PromptProposal, Proposal } from '../../../lib/learning/index.ts'
import { Compare, type StartComparison } from '../../compare/Compare.tsx'
import { dateTime, number, listOf } from '../../shell/format.ts'
import { Loading } from '../../shell/Loading.tsx'
import { routeHref } from '../../shell/router.ts'
import { Button, EmptyState, Icon, TierGlyph, t, tn, withoutIsolates } from '../../ui/index.ts'
import { ruleName } from '../../rules/model.ts'
import { EditDialog } from './EditDialog.tsx'
import { Places } from './Places.tsx'
import { ruleOf, type Accepted } from './model.ts'
import { Evidence, Preview, titleOf, What } from './parts.tsx'
import type { ProposalNotice, ProposalState } from './store.ts'
import { placesFor, type TeamPlace, type TeamWay } from './team.ts'

interface ProposalsProps {
  /** Null while they are worked out. */
  readonly proposals: readonly Proposal[] | null
  readonly failed: string | null
  readonly accepted: readonly Accepted[]
  readonly state: ProposalState
  /** A proposed rule over past drafts. */
  readonly compare: (proposal: Proposal, rule: Rule) => StartComparison
  /** The team that rules can be accepted for; null: none. */
  readonly team: TeamWay | null
  /** Why the team could not be read. */
  readonly teamFailed?: string | null
}
const PAGE = 10

/** What is proposed, each with its evidence and preview; nothing changes until a person accepts, and what was accepted is taken back by one press. */
export function Proposals({ proposals, failed, accepted, state, compare, team, teamFailed = null }: ProposalsProps): ReactNode {
  const placesOf = (proposal: Proposal): readonly TeamPlace[] => (team?.leads ? placesFor(proposal, team, t('learnTeamFresh')) : [])
  const [shown, setShown] = useState(PAGE)
  const left = (proposals?.length ?? 0) - shown
  return (
    <>
      <Notice notice={state.notice} state={state} />
      <section className="card">
        <div className="sec"><h2>{t('learnProposals')}</h2><span className="end small faint">{t('learnNothingChanges')}</span></div>
        {failed !== null && <div className="pad"><div className="banner t-block" role="alert"><Icon name="warning" />{t('learnNotWorkedOut', failed)}</div></div>}
        {teamFailed !== null && <p className="pad small bad">{t('learnTeamUnread', teamFailed)}</p>}
        {team && !team.leads && proposals !== null && proposals.length > 0 && <p className="pad small sub">{t('learnTeamAsk', listOf(team.who))}</p>}
        {proposals === null ? failed === null && <Loading /> : proposals.length === 0
          ? <EmptyState icon="insights" title={t('learnNoProposals')}><p>{t('learnNoProposalsHelp')}</p></EmptyState>
          : proposals.slice(0, shown).map((proposal) => <Card key={proposal.id} proposal={proposal} state={state} compare={compare} places={placesOf(proposal)} />)}
        {left > 0 && <div className="pad"><Button onClick={() => setShown(shown + PAGE)}>{t('learnShowMore', number(Math.min(left, PAGE)))}</Button></div>}
        {accepted.length > 0 && <AcceptedList accepted={accepted} state={state} />}
      </section>
      <EditDialog state={state} placesOf={placesOf} />
    </>
  )
}

function Card({ proposal, state, compare, places }: Pick<ProposalsProps, 'state' | 'compare'> & { readonly proposal: Proposal; readonly places: readonly TeamPlace[] }): ReactNode {
  const id = useId()
  const [chosen, setChosen] = useState<TeamPlace | null>(null)
  // The packs may have changed since one was chosen.
  const place = places.find((each) => each.id === chosen?.id) ?? places[0]
  const off = state.busy !== null
  const rule = ruleOf(proposal)
  if (proposal.kind === 'prompt' || proposal.kind === 'fact') return <LineCard proposal={proposal} state={state} />
  return (
    <article className="prop">
      <h3>{titleOf(proposal)}</h3>
      <div className="acts">
        <Button size="sm" look="primary" off={off} onClick={() => void state.accept(proposal)}>{t('learnAccept')}</Button>
        {place && <Button size="sm" off={off} onClick={() => void state.accept(proposal, place)}>{t('learnAcceptTeam')}</Button>}
        {proposal.kind !== 'silent' && <Button size="sm" off={off} onClick={() => state.startEdit(proposal)}>{t('learnEdit')}</Button>}
        <Button size="sm" look="quiet" off={off} onClick={() => void state.refuse(proposal)}>{t('learnRefuse')}</Button>
      </div>
      {place && places.length > 1 && <div className="w"><Places id={id} places={places} place={place} onPlace={setChosen} /></div>}
      <What proposal={proposal} />
      <div className="w more"><Evidence proposal={proposal} /><Preview proposal={proposal} /></div>
      {rule && <div className="w"><Compare start={compare(proposal, rule)} /></div>}
    </article>
  )
}

/** A line for a prompt or a sheet: open to change, copied by one press. */
function LineCard({ proposal, state }: { readonly proposal: PromptProposal | FactProposal; readonly state: ProposalState }): ReactNode {
  const [line, setLine] = useState(() => lineOf(proposal))
  const off = state.busy !== null
  return (
    <article className="prop">
      <h3>{titleOf(proposal)}</h3>
      <div className="acts">
        <Button size="sm" look="primary" off={off || line.trim() === ''} onClick={() => void state.copy(proposal, line.trim())}><Icon name="document" />{t('learnCopy')}</Button>
        <Button size="sm" look="quiet" off={off} onClick={() => void state.refuse(proposal)}>{t('learnRefuse')}</Button>
      </div>
      <What proposal={proposal} />
      <textarea className="input w" dir="auto" rows={2} aria-label={t('learnLine')} value={line} onChange={(event) => setLine(event.currentTarget.value)} />
      <div className="w more"><Evidence proposal={proposal} /></div>
    </article>
  )
}

function lineOf(proposal: PromptProposal | FactProposal): string {
  if (proposal.kind === 'fact') return proposal.about.includes('…') ? proposal.about.replace('…', proposal.right) : `${proposal.about} ${proposal.right}`
  return withoutIsolates(proposal.write === '' ? t('learnPromptNever', proposal.instead) : t('learnPromptInstead', proposal.instead, proposal.write))
}

function AcceptedList({ accepted, state }: { readonly accepted: readonly Accepted[]; readonly state: ProposalState }): ReactNode {
  return (
    <details className="pad">
      <summary className="sum">{tn('learnAcceptedCount', accepted.length)}</summary>
      <ul className="ev small">
        {accepted.map(({ id, title, at }) => (
          <li key={id} className="row wrap"><span className="grow">{title} <span className="faint">{dateTime(at)}</span></span><Button size="sm" off={state.busy !== null} aria-label={t('learnUndoOf', title)} onClick={() => void state.undo(id)}>{t('learnUndo')}</Button></li>
        ))}
      </ul>
    </details>
  )
}

function Notice({ notice, state }: { readonly notice: ProposalNotice | null; readonly state: ProposalState }): ReactNode {
  const undo = (id: string): ReactNode => <Button size="sm" off={state.busy !== null} onClick={() => void state.undo(id)}>{t('learnUndo')}</Button>
  switch (notice?.kind) {
    case undefined: return null
    case 'refused': return <div className="banner" role="status"><Icon name="info" /><span className="grow">{t('learnRefused')}</span>{undo(notice.id)}</div>
    case 'copied': return <div className="banner t-signed" role="status"><TierGlyph tier="signed" /><span className="grow">{t('learnCopied')}</span>{undo(notice.id)}</div>
    case 'undone': return <div className="banner" role="status"><Icon name="info" />{t('learnUndone')}</div>
    case 'failed': return <div className="banner t-block" role="alert"><Icon name="warning" />{notice.message}</div>
    case 'accepted': return (
      <div className="banner t-signed" role="status">
        <TierGlyph tier="signed" />
        <span className="grow">{notice.rule ? <>{notice.team ? t('learnAcceptedTeam', notice.rule.title, notice.team.title, notice.team.version) : t('learnAccepted', notice.rule.title)} <a href={routeHref('rules', [notice.pack, ruleName(notice.rule)])}>{t('learnSeeRule')}</a></> : t('learnAcceptedOff')}</span>
        {undo(notice.id)}
      </div>
    )
  }
}
