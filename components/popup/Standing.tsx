import type { ReactNode } from 'react'
import { Button, Icon, TierGlyph, failWords, t, tn, type IconName, type MessageKey } from '../ui/index.ts'
import type { PageStanding } from './model.ts'

interface StandingProps {
  readonly standing: PageStanding
  /** Drafts the guard watches on the page. */
  readonly drafts: number
  readonly onReload: () => void
}

/** How this page stands, with the one thing to do about it. "Not protected" and "check is not running" are loud, the rest is a line. */
export function StandingLine({ standing, drafts, onReload }: StandingProps): ReactNode {
  const watched = drafts > 0 ? tn('popupDrafts', drafts) : ''
  const reload = <span><Button onClick={onReload}><Icon name="reload" />{t('popupReload')}</Button></span>
  switch (standing.kind) {
    case 'off': return <Line icon="eye" title={t('popupOffTitle')} help={t('popupOffHelp')} />
    case 'none': return <Line icon="info" title={t('popupNoneTitle')} help={t('popupNoneHelp')} />
    case 'checking': return <Line icon="clock" title={t('popupCheckingTitle')} help={t('popupCheckingHelp')} watched={watched} />
    case 'clear': return <Line icon="signed" title={t('popupClearTitle')} help={t('popupClearHelp')} watched={watched} />
    case 'ready': return <Line icon="pencil" title={t('popupReadyTitle')} help={t('popupReadyHelp')} watched={watched} />
    case 'again': return <Line icon="signed" title={t('popupAgainTitle')} help={t('popupAgainHelp')} watched={watched} />
    case 'open': return <Line icon="pencil" title={tn('popupOpenTitle', standing.open)} help={t('popupOpenHelp')} watched={watched} />
    case 'held': return <Line icon="lock" title={t('popupHeldTitle')} help={standing.open > 0 ? tn('popupHeldHelp', standing.open) : t('popupHeldSign')} watched={watched} />
    case 'reload': return <Loud tone="review" title={t('popupReloadTitle')} help={t('popupReloadHelp')}>{reload}</Loud>
    case 'down': return <Loud tone="block" title={t('popupDownTitle')} help={`${t(downHelp(standing.trouble))} ${failWords(standing.may)}`}>{reload}</Loud>
    case 'unprotected': return <Loud tone="review" title={t(standing.gap === 'send' ? 'uiGap_send' : 'uiGap_body')} help={t('popupUnprotectedHelp')} watched={watched} />
  }
}

function downHelp(trouble: Extract<PageStanding, { kind: 'down' }>['trouble']): MessageKey {
  switch (trouble) {
    case 'unreadable': return 'popupDownUnreadable'
    case 'too-long': return 'popupDownLong'
    case 'check-failed': return 'popupDownStopped'
    default: return 'popupDownHelp'
  }
}

interface LineProps {
  readonly icon: IconName | 'signed'
  readonly title: string
  readonly help: string
  readonly watched?: string
}

function Line({ icon, title, help, watched = '' }: LineProps): ReactNode {
  return (
    <div className="st" role="status">
      {icon === 'signed' ? <TierGlyph tier="signed" size={16} /> : <Icon name={icon} />}
      <h2>{title}</h2>
      <p className="small sub">{watched === '' ? help : `${watched}. ${help}`}</p>
    </div>
  )
}

interface LoudProps {
  readonly tone: 'review' | 'block'
  readonly title: string
  readonly help: string
  readonly watched?: string
  readonly children?: ReactNode
}

function Loud({ tone, title, help, watched = '', children }: LoudProps): ReactNode {
  return (
    <div className={`banner t-${tone} flat`} role="alert">
      <Icon name="warning" />
      <div className="col" style={{ gap: 6 }}>
        <h2>{title}</h2>
        <span className="small">{watched === '' ? help : `${watched}. ${help}`}</span>
        {children}
      </div>
    </div>
  )
}
