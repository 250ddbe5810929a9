import { useId } from 'react'
import type { ReviewSession, SessionSnapshot } from '../../lib/guard/index.ts'
import { Button, Icon, placeLine, t } from '../ui/index.ts'
import { CloseButton, Surface } from './Surface.tsx'
import { useReview } from './context.ts'
import { placePanel } from './place.ts'
import { originLines } from './origin-words.ts'

/** What was seen of where the text came from, and one click to say otherwise. */
export function OriginPanel({ session, snapshot }: { readonly session: ReviewSession; readonly snapshot: SessionSnapshot }) {
  const { actions, dir } = useReview()
  const id = useId()
  const lines = originLines(snapshot.origin)
  // "Never a guess from style" would not be true above a hint of style.
  const hinted = snapshot.origin.evidence.some((one) => one.class === 'T4')
  const isAi = snapshot.origin.verdict === 'ai' || snapshot.origin.verdict === 'inserted'
  return (
    <Surface
      session={session} cs="origin-panel" role="dialog" labelledBy={`${id}-t`} describedBy={`${id}-d`} onKey={() => undefined} onEscape={actions.closeOrigin}
      place={(view, size) => placePanel(view, session.frameRect(), size, dir === 'rtl' ? 'right' : 'left')}
    >
      <div className="hd tight">
        <div className="row"><Icon name="clipboard" size={18} /><h2 id={`${id}-t`}>{t('reviewOriginTitle')}</h2><CloseButton onClick={actions.closeOrigin} /></div>
        <p className="sub" id={`${id}-d`}>{t(hinted ? 'reviewOriginTextHints' : 'reviewOriginText')}</p>
      </div>
      {lines.length === 0 && <p className="li flat"><Icon name="info" size={14} /><span className="q">{t('reviewOriginNothing')}</span></p>}
      <ul className="rows">
        {lines.map((line) => (
          <li key={line.key} className="li flat">
            <Icon name={line.icon} size={14} /><span className="q cap">{line.title}</span><span className="d">{line.detail}</span>
          </li>
        ))}
      </ul>
      {snapshot.origin.places && (
        <ul className="rows">
          {snapshot.origin.places.map((place) => <li key={place.first} className="li flat"><Icon name="document" size={14} /><span className="q">{placeLine(place)}</span></li>)}
        </ul>
      )}
      <div className="sign">
        <p className="small sub">{t('reviewOriginPrivacy')}</p>
        <div className="row wrap">
          {isAi
            ? <Button size="sm" cs="origin-not-ai" onClick={(event) => { actions.declare(event.nativeEvent, session, false) }}>{t('reviewOriginNotAi')}</Button>
            : <Button size="sm" cs="origin-is-ai" onClick={(event) => { actions.declare(event.nativeEvent, session, true) }}>{t('reviewOriginIsAi')}</Button>}
          {isAi && <span className="small faint">{t('reviewOriginNotAiNote')}</span>}
        </div>
      </div>
    </Surface>
  )
}
