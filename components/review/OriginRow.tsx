import type { ReviewSession, SessionSnapshot } from '../../lib/guard/index.ts'
import { Button, Icon, placeLine, t } from '../ui/index.ts'
import { useReview } from './context.ts'
import { originSentence } from './origin-words.ts'

/** So many places are named in the panel; the origin view has all. */
const PLACES = 2

/** Which way the text took, in one sentence, and one press to say that it is wrong. */
export function OriginRow({ session, snapshot }: { readonly session: ReviewSession; readonly snapshot: SessionSnapshot }) {
  const { actions } = useReview()
  const { origin } = snapshot
  const isAi = origin.verdict === 'ai' || origin.verdict === 'inserted'
  const places = (origin.places ?? []).slice(0, PLACES).map(placeLine)
  return (
    <div className="row top small origin" data-cs="panel-origin">
      <Icon name="clipboard" size={14} />
      <button type="button" className="plain" data-cs="panel-origin-more" aria-label={`${originSentence(origin)} ${t('reviewChipOpenOrigin')}`} onClick={() => { actions.openOrigin(session) }}>
        <span>{originSentence(origin)}</span>
        {places.map((place) => <span key={place} className="sub block">{place}</span>)}
      </button>
      {isAi
        ? <Button look="quiet" size="sm" cs="origin-wrong" onClick={(event) => { actions.declare(event.nativeEvent, session, false) }}>{t('reviewOriginWrong')}</Button>
        : <Button look="quiet" size="sm" cs="origin-self" onClick={(event) => { actions.declare(event.nativeEvent, session, true) }}>{t('reviewOriginSelf')}</Button>}
    </div>
  )
}
