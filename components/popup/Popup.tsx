import { useId, type ReactNode } from 'react'
import { CATEGORIES } from '../../lib/engine/types.ts'
import type { PageState } from '../../lib/guard/types.ts'
import { MODES, type Policy } from '../../lib/policy/types.ts'
import { SITE_IDS, type SiteId } from '../../lib/sites/types.ts'
import { listOf, number } from '../shell/format.ts'
import { routeHref } from '../shell/router.ts'
import { Switch } from '../shell/Switch.tsx'
import { siteName } from '../shell/words.ts'
import { Button, Icon, Logo, categoryName, gapSentences, modeWords, needsWords, t, tierWords, tn, UnseenNote, watchedWords } from '../ui/index.ts'
import { standingOf, type PopupView, type TodayNumbers } from './model.ts'
import { StandingLine } from './Standing.tsx'

/** The part of a policy that says how strictly it is followed up. */
export type PolicyModes = Pick<Policy, 'mode' | 'modes'>

export interface PopupProps {
  readonly view: PopupView
  /** Null while they are being counted, or where they could not be. */
  readonly today: TodayNumbers | null
  readonly drafts: 'ai' | 'all' | null
  /** How strictly the policy is followed up here, category by category where it differs; null while it is read. */
  readonly modes: PolicyModes | null
  /** Address of the dashboard without its hash. */
  readonly dashboard: string
  readonly onSwitch: (on: boolean) => void
  readonly onAdapter: (adapter: SiteId) => void
  readonly onDeclare: (draft: string, ai: boolean) => void
  readonly onReload: () => void
  /** Opens the browser's side panel beside this tab; missing where it has none. */
  readonly onBeside?: ((tab: number) => void) | undefined
  readonly onRetry: () => void
}

/** The small window at the toolbar button: this site, this page, today. */
export function Popup(props: PopupProps): ReactNode {
  const { view, today, drafts, modes, dashboard } = props
  return (
    <main className="pp">
      <div className="hd"><Logo size={22} /><h1>{t('popupTitle')}</h1></div>
      <Body {...props} />
      {drafts !== null && view.kind === 'site' && view.on && (
        <p className="small sub md">{modes === null || modes.mode === 'enforce' ? t(`popupMode_${drafts}`) : modeWords(modes.mode)}{modes && otherModes(modes)} <a href={`${dashboard}#/settings/policy`} target="_blank" rel="noreferrer">{t('popupModeChange')}</a></p>
      )}
      <dl className="nums" title={t('popupToday')}>
        <Count value={today?.held} label={t('popupHeldToday')} />
        <Count value={today?.signed} label={t('popupSignedToday')} />
        <Count value={today?.open} label={t('popupOpenToday')} />
      </dl>
      {today !== null && today.unseen > 0 && <p className="small row"><Icon name="warning" size={14} /><a href={`${dashboard}#/history`} target="_blank" rel="noreferrer">{tn('popupUnseen', today.unseen)}</a></p>}
      <nav className="lk" aria-label={t('dashNavLabel')}>
        <a className="btn quiet sm" href={`${dashboard}#/history`} target="_blank" rel="noreferrer"><Icon name="history" size={14} />{t('popupHistory')}</a>
        <a className="btn quiet sm" href={`${dashboard}#/rules`} target="_blank" rel="noreferrer"><Icon name="rules" size={14} />{t('popupRules')}</a>
        <a className="btn quiet sm" href={`${dashboard}#/settings`} target="_blank" rel="noreferrer"><Icon name="settings" size={14} />{t('popupSettings')}</a>
      </nav>
    </main>
  )
}

function Body({ view, dashboard, onSwitch, onAdapter, onDeclare, onReload, onBeside, onRetry }: PopupProps): ReactNode {
  switch (view.kind) {
    case 'loading': return <div role="status" aria-label={t('popupLoading')} className="col" style={{ gap: 12 }}><span className="sk w60" /><span className="sk w80" /><span className="sk w40" /></div>
    case 'restricted': return <div className="st"><Icon name="info" /><h2>{t('popupRestrictedTitle')}</h2><p className="small sub">{t('popupRestricted')}</p></div>
    case 'failed': return (
      <div className="banner t-block flat" role="alert">
        <Icon name="warning" />
        <div className="col" style={{ gap: 6 }}><b>{t('popupFailed')}</b><span className="small">{t('popupFailedHelp', view.message)}</span><span><Button onClick={onRetry}>{t('dashTryAgain')}</Button></span></div>
      </div>
    )
    case 'site': return (
      <>
        <Site view={view} onSwitch={onSwitch} onAdapter={onAdapter} />
        {view.page?.unseen.map((send) => <div key={send.id} className="banner t-review flat" role="alert"><Icon name="warning" /><UnseenNote send={send} host={view.host} /></div>)}
        <StandingLine standing={standingOf(view.on, view.page)} drafts={view.page?.drafts.length ?? 0} onReload={onReload} />
        {view.on && view.page?.insteadOf !== undefined && <p className="small sub">{t('popupInsteadOf', siteName(view.page.insteadOf))}</p>}
        {view.on && onBeside && <p><Button cs="popup-beside" onClick={() => { onBeside(view.tab) }}><Icon name="side" size={14} />{t('reviewBeside')}</Button></p>}
        {view.on && <p className="small"><a href={`${dashboard}${routeHref('help', [], { tab: String(view.tab), at: view.prefix })}`} target="_blank" rel="noreferrer" data-cs="popup-help">{t('helpSendTitle')}</a></p>}
        {!view.on && view.page && view.page.drafts.length > 0 && <p className="small">{t('popupFrames')}</p>}
        {view.page && <Drafts drafts={view.page.drafts} onDeclare={onDeclare} />}
      </>
    )
  }
}

interface DraftsProps extends Pick<PopupProps, 'onDeclare'> {
  readonly drafts: PageState['drafts']
}

/** Categories that are followed up otherwise, said behind the mode of all: " Only reminds: Pricing. " */
function otherModes({ mode, modes }: PolicyModes): string {
  return MODES.filter((each) => each !== mode).flatMap((each) => {
    const named = CATEGORIES.filter((category) => modes[category] === each)
    return named.length > 0 ? [` ${t(`popupModeOf_${each}`, listOf(named.map(categoryName)))}`] : []
  }).join('')
}

/** Each draft that is open: one switch, "AI drafted this", what it needs, what of it is watched and what is not. */
function Drafts({ drafts, onDeclare }: DraftsProps): ReactNode {
  return drafts.filter(({ phase }) => phase !== 'lost' && phase !== 'sent').map(({ id, subject, ai, phase, requirement, coverage }) => {
    const name = subject.trim() || t('popupDraft')
    return (
      <div key={id} role="group" className="small draft" aria-label={name}>
        <span className="clip isolate" title={name}>{name}</span>
        {phase !== 'failed' && <label className="row nowrap sub">{t('reviewOriginSelf')}<Switch label={t('popupDeclare', name)} checked={ai} onChange={(on) => { onDeclare(id, on) }} /></label>}
        {requirement && requirement.tier !== 'note' && <p className="needs">{needsWords(requirement)}</p>}
        <Coverage coverage={coverage} />
      </div>
    )
  })
}

function Coverage({ coverage }: Pick<PageState['drafts'][number], 'coverage'>): ReactNode {
  const gaps = gapSentences(coverage)
  const watched = watchedWords(coverage)
  return (
    <>
      {watched !== '' && <p className="sub row top"><Icon name="eye" size={14} />{watched}</p>}
      {gaps.length > 0 && <ul className="gaps">{gaps.map((gap) => <li key={gap} className="row top"><Icon name="warning" size={14} /><span>{gap}</span></li>)}</ul>}
      {tierWords(coverage) !== '' && <p className="sub">{tierWords(coverage)}</p>}
    </>
  )
}

interface SiteProps extends Pick<PopupProps, 'onSwitch' | 'onAdapter'> {
  readonly view: Extract<PopupView, { kind: 'site' }>
}

function Site({ view, onSwitch, onAdapter }: SiteProps): ReactNode {
  const note = useId()
  return (
    <div className="site">
      <span className="strong clip isolate" title={view.host}>{view.host}</span>
      <span className="sw"><Switch label={t('popupSwitch', view.host)} checked={view.on || view.asking} onChange={onSwitch} describedBy={note} /></span>
      <span id={note} className="small sub" role="status">{view.asking ? t('popupTurning') : t(view.on ? 'popupSiteOn' : 'popupSiteOff')}</span>
      {view.denied && <p className="small denied" role="alert">{t('popupDenied', view.host)}</p>}
      {!view.known && (
        <label className="row small sub pick">
          <span className="nowrap">{t('popupAdapterLabel')}</span>
          <select className="select" value={view.adapter} onChange={(event) => onAdapter(SITE_IDS.find((id) => id === event.currentTarget.value) ?? 'generic')}>
            {SITE_IDS.map((id) => <option key={id} value={id}>{id === 'generic' ? t('popupAdapter_generic') : siteName(id)}</option>)}
          </select>
        </label>
      )}
    </div>
  )
}

function Count({ value, label }: { readonly value: number | undefined; readonly label: string }): ReactNode {
  return <div><dt>{label}</dt><dd>{value === undefined ? '–' : number(value)}</dd></div>
}
