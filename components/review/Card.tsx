import type { KeyboardEvent } from 'react'
import { useId } from 'react'
import { maySuppress } from '../../lib/policy/index.ts'
import type { FindingState, ReviewSession, SessionSnapshot } from '../../lib/guard/index.ts'
import { Button, Icon, TierGlyph, TierLabel, WordDiff, areaName, categoryName, outcomeName, provenanceWords, t, trimContext } from '../ui/index.ts'
import { DismissForm, EditForm, KeepForm } from './CardForms.tsx'
import { SuppressForm } from './SuppressForm.tsx'
import { FootKey, Surface } from './Surface.tsx'
import { useReview, useReviewState } from './context.ts'
import { inTextField, onControl, plainKey } from './keys.ts'
import { around, needing, oneLine } from './model.ts'
import { placeCard } from './place.ts'
import { day, evidenceWords, number, whoSigns } from './words.ts'

export interface CardProps {
  readonly session: ReviewSession
  readonly snapshot: SessionSnapshot
  readonly state: FindingState
  /** Place among all findings, from 1. */
  readonly position: number
}

/** One finding: what, why, the source, the suggestion, and one key for each answer. */
export function Card({ session, snapshot, state, position }: CardProps) {
  const { actions, dir } = useReview()
  const mode = useReviewState((review) => review.mode)
  const id = useId()
  const { finding, decision } = state
  const moves = movesFor(state, snapshot.may)

  const onKey = (event: KeyboardEvent): void => {
    if (inTextField(event)) return
    const key = plainKey(event)
    const press = (run: () => void): void => {
      event.preventDefault()
      if (!event.repeat) run()
    }
    if (key === '?') press(() => { actions.setHelp(true) })
    else if (key === 'ArrowRight' || key === 'ArrowLeft') press(() => { actions.step((key === 'ArrowRight') === (dir === 'ltr') ? 1 : -1) })
    else if (mode !== 'look' || decision) return
    else if (key === 'Enter' && !onControl(event)) press(() => { use(event.nativeEvent) })
    else if (key === 'k' && moves.keep) press(() => { actions.setMode('keep') })
    else if (key === 'e') press(() => { actions.setMode('edit') })
    else if (key === 'x') press(() => { dismiss(event.nativeEvent) })
    else if (key === 's' && moves.suppress) press(() => { actions.setMode('suppress') })
  }
  const use = (event: Event): void => {
    if (finding.suggest === null) actions.setMode('edit')
    else actions.use(event, finding.suggest)
  }
  const dismiss = (event: Event): void => {
    if (moves.reasonedDismissal) actions.setMode('dismiss')
    else actions.dismiss(event, '')
  }
  const onEscape = (): void => {
    if (mode === 'look') actions.backToText()
    else actions.setMode('look')
  }
  return (
    <Surface
      session={session} cs="card" role="dialog" labelledBy={`${id}-name`} describedBy={`${id}-quote ${id}-what ${id}-why`} className={`fc t-${finding.tier}`} onKey={onKey} onEscape={onEscape}
      place={(view, size) => placeCard(view, session.frameRect(), session.rects(finding.fingerprint), size, dir === 'rtl' ? 'right' : 'left')}
    >
      <span className="lead" />
      <span className="vh" id={`${id}-name`}>{t('reviewCardLabel', number(position), number(snapshot.states.length), categoryName(finding.category))}. {whoSigns(state)}.</span>
      <Header state={state} position={position} total={snapshot.states.length} />
      <span className="vh" id={`${id}-quote`}>{t('reviewCardQuote', finding.quote)}.</span>
      {mode === 'keep' && !decision && <KeepForm finding={finding} />}
      {mode === 'dismiss' && !decision && <DismissForm finding={finding} owned={state.owned} />}
      {mode === 'suppress' && !decision && <SuppressForm key={finding.fingerprint} finding={finding} />}
      {mode === 'edit' && !decision && <EditForm key={finding.fingerprint} finding={finding} />}
      {(mode === 'look' || decision) && (
        <div className="fc-b">
          <p className="fc-w" id={`${id}-what`} dir="auto">{finding.message}</p>
          <div id={`${id}-why`}>
            <Why state={state} packs={snapshot.packs} />
            {finding.suggest !== null && <span className="vh">{t('reviewCardSuggestion', oneLine(finding.suggest) || t('reviewCardTakeOut'))}</span>}
          </div>
          {!decision && <Suggestion snapshot={snapshot} state={state} />}
          {decision && <Settled session={session} snapshot={snapshot} state={state} />}
          {!decision && (
            <div className="acts">
              <Button look="primary" cs={finding.suggest === null ? 'card-edit' : 'card-use'} keys={[finding.suggest === null ? 'E' : 'Enter']} onClick={(event) => { use(event.nativeEvent) }}>{suggestLabel(state)}</Button>
              {moves.keep && <Button cs="card-keep" keys={['K']} onClick={() => { actions.setMode('keep') }}>{t('reviewCardKeep')}</Button>}
              {finding.suggest !== null && <Button cs="card-edit" keys={['E']} onClick={() => { actions.setMode('edit') }}>{t('reviewCardEdit')}</Button>}
              <Button cs="card-dismiss" keys={['X']} onClick={(event) => { dismiss(event.nativeEvent) }}>{t('reviewCardDismiss')}</Button>
              {moves.suppress && <Button look="quiet" cs="card-suppress" keys={['S']} onClick={() => { actions.setMode('suppress') }}>{t('reviewCardSuppress')}</Button>}
            </div>
          )}
        </div>
      )}
      <div className="ft">
        <FootKey keys={['F8']} text={t('reviewCardFootNext')} />
        <FootKey keys={['Esc']} text={t(mode === 'look' ? 'reviewCardFootBack' : 'reviewBack')} />
        <Button look="quiet" size="sm" className="end" keys={['?']} onClick={() => { actions.setHelp(true) }}>{t('reviewKeysButton')}</Button>
      </div>
    </Surface>
  )
}

/** Which answers a finding has. A note needs none; a block is never kept or suppressed, another area's finding is not this person's to suppress, and the administrator may let nobody do so. */
function movesFor({ finding, owned }: FindingState, may: SessionSnapshot['may']): { readonly keep: boolean; readonly reasonedDismissal: boolean; readonly suppress: boolean } {
  return { suppress: may?.suppress !== false && maySuppress(finding, owned ? [finding.owner] : []), keep: finding.tier === 'review' || finding.tier === 'approve', reasonedDismissal: finding.tier === 'approve' || finding.tier === 'block' }
}

function suggestLabel({ finding }: FindingState): string {
  if (finding.suggest === null) return t('reviewCardEditOwn')
  return t(finding.suggest.trim() === '' ? 'reviewCardTakeOut' : 'reviewCardUse')
}

function Header({ state, position, total }: { readonly state: FindingState; readonly position: number; readonly total: number }) {
  const { actions } = useReview()
  const { finding } = state
  return (
    <div className="fc-h">
      <TierLabel tier={finding.tier} soft>{categoryName(finding.category)}</TierLabel>
      {whoSigns(state) !== categoryName(finding.category) && <span className="faint small clip">{whoSigns(state)}</span>}
      <span className="row end fc-n">
        <span className="faint small num nowrap">{t('reviewCardPlace', number(position), number(total))}</span>
        <Button look="quiet" size="sm" icon cs="card-prev" off={total < 2} aria-label={t('reviewCardPrev')} onClick={() => { actions.step(-1) }}><Icon name="chevronLeft" /></Button>
        <Button look="quiet" size="sm" icon cs="card-next" off={total < 2} aria-label={t('reviewCardNext')} onClick={() => { actions.step(1) }}><Icon name="chevronRight" /></Button>
      </span>
    </div>
  )
}

/** Source with its date, owner, what moved the tier, and the rule with its pack and version. */
function Why({ state: { finding }, packs }: { readonly state: FindingState; readonly packs: SessionSnapshot['packs'] }) {
  return (
    <div className="src small">
      {finding.sources.map((source) => (
        <p key={source.title}>
          <bdi>
            {source.url ? <a href={source.url} target="_blank" rel="noreferrer noopener">{source.title}</a> : <span className="ink">{source.title}</span>}
            {source.note ? `: ${source.note.replace(/[.\s]+$/, '')}` : ''}
          </bdi>{source.checked ? t('reviewCardChecked', '', day(source.checked)) : ''}.
        </p>
      ))}
      {finding.evidence.map((code) => <p key={code}>{evidenceWords(code)}</p>)}
      <p className="faint">{provenanceWords(finding, packs ?? [])} {t('reviewCardOwner', areaName(finding.owner))}</p>
    </div>
  )
}

function Suggestion({ snapshot, state }: { readonly snapshot: SessionSnapshot; readonly state: FindingState }) {
  const { finding } = state
  const { lead, tail } = around(snapshot, state)
  if (finding.suggest !== null) return <WordDiff before={finding.quote} after={oneLine(finding.suggest)} lead={lead} tail={tail} />
  return (
    <blockquote className="diff quoted" dir="auto">
      <bdi>{trimContext(lead, 'start')}<mark className={`m t-${finding.tier}`}>{finding.quote}</mark>{trimContext(tail, 'end')}</bdi>
    </blockquote>
  )
}

function Settled({ session, snapshot, state }: Pick<CardProps, 'session' | 'snapshot' | 'state'>) {
  const { actions } = useReview()
  const { finding, decision } = state
  if (!decision) return null
  const stillOpen = needing(snapshot).includes(finding.fingerprint)
  const outcome = outcomeName(decision.outcome)
  return (
    <div className="settled">
      <p className="row top">
        {stillOpen ? <TierGlyph tier={finding.tier} /> : <TierGlyph tier="signed" />}
        <span>
          {decision.reason ? t('reviewSettledReason', outcome, decision.reason) : t('reviewSettledAs', outcome)}
          {stillOpen && <span className="sub"> {t('reviewStillOpen')}</span>}
        </span>
      </p>
      <div className="acts">
        <Button cs="card-reopen" onClick={(event) => { actions.reopen(event.nativeEvent, session, finding.fingerprint) }}><Icon name="undo" size={14} /> {t('reviewUndo')}</Button>
      </div>
    </div>
  )
}
