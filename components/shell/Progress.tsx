import type { CSSProperties, ReactNode } from 'react'
import { number } from './format.ts'
import { Button, Icon, t, type IconName } from '../ui/index.ts'

interface WorkProps {
  /** What is being done: said once, and the name of the bar. */
  readonly label: string
  /** What is done of what, in pieces of any kind. */
  readonly done: number
  readonly total: number
}

/** A bar that says what is being done when it comes, and not at each step. */
function Bar({ label, done, total }: WorkProps): ReactNode {
  return (
    <>
      <span className="vh" role="status">{label}</span>
      <progress max={Math.max(1, total)} value={done} aria-label={label} />
    </>
  )
}

const APART: CSSProperties = { marginBottom: 16 }

/** Work that a page does by itself when it is opened. `words`: how far it is, in a sentence. */
export function WorkBanner({ icon, words, ...work }: WorkProps & { readonly icon: IconName; readonly words: string }): ReactNode {
  return <div className="banner" style={APART}><Icon name={icon} /><span className="grow">{words}</span><Bar {...work} /></div>
}

/** Drafts that are gone through because somebody asked for it, and the button that ends it where there is one. */
export function DraftsProgress({ onStop, ...work }: WorkProps & { readonly onStop?: (() => void) | undefined }): ReactNode {
  return (
    <div className="row wrap">
      <Bar {...work} />
      <span className="small sub num">{work.total === 0 ? t('dashLoading') : t('compareProgress', number(work.done), number(work.total))}</span>
      {onStop && <Button size="sm" onClick={onStop}>{t('compareStop')}</Button>}
    </div>
  )
}
