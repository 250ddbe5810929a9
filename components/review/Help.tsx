import { useId } from 'react'
import type { ReviewSession } from '../../lib/guard/index.ts'
import { Icon, Kbd, KEY_MAP, t } from '../ui/index.ts'
import { CloseButton, Surface } from './Surface.tsx'
import { useReview } from './context.ts'
import { placePanel } from './place.ts'

/** The list of keys. */
export function Help({ session }: { readonly session: ReviewSession }) {
  const { actions, dir } = useReview()
  const id = useId()
  const close = (): void => { actions.setHelp(false) }
  return (
    <Surface
      session={session} cs="help" role="dialog" labelledBy={`${id}-t`} onKey={(event) => { if (event.key === '?') close() }} onEscape={close}
      place={(view, size) => placePanel(view, session.frameRect(), size, dir === 'rtl' ? 'right' : 'left')}
    >
      <div className="hd tight"><div className="row"><Icon name="keyboard" size={18} /><h2 id={`${id}-t`}>{t('reviewHelpTitle')}</h2><CloseButton onClick={close} /></div></div>
      <dl className="keylist">
        {KEY_MAP.map(([keys, words]) => (
          <div key={words} className="row"><dt><Kbd keys={keys} /><span className="vh">{keys.join(' ')}</span></dt><dd>{t(words)}</dd></div>
        ))}
      </dl>
    </Surface>
  )
}
