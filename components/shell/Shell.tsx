import { useEffect, useRef, type ReactNode } from 'react'
import type { LedgerStanding } from '../history/LedgerView.tsx'
import { Icon, Logo, TierGlyph, t, type IconName } from '../ui/index.ts'
import { number } from './format.ts'
import { SECTIONS, go, routeHref, type Section } from './router.ts'

const ICONS: Readonly<Record<Section, IconName>> = { history: 'history', approvals: 'inbox', rules: 'rules', insights: 'insights', team: 'team', settings: 'settings', ledger: 'ledger', help: 'info' }

interface ShellProps {
  readonly section: Section
  /** Changes with every place, so that focus and scrolling start anew there. */
  readonly place: string
  /** Numbers beside the entries, where there is something to see. */
  readonly counts: Readonly<Partial<Record<Section, number>>>
  readonly ledger: LedgerStanding
  readonly person: string
  readonly children: ReactNode
}

/** The dashboard's frame: navigation, the ledger's standing, and the page. */
export function Shell({ section, place, counts, ledger, person, children }: ShellProps): ReactNode {
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    document.title = `${t(`dashNav_${section}`)} - Countersign`
    // A new place is read from its start, also by a screen reader; the first one is where the browser puts the reader anyway.
    if (!first.current) main.current?.focus({ preventScroll: true })
    if (!first.current) scrollTo(0, 0)
    first.current = false
  }, [section, place])
  return (
    <>
      <a className="btn skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus() }}>{t('dashSkip')}</a>
      <nav className="mob noprint" aria-label={t('dashNavLabel')}>
        <Logo size={22} />
        <select className="select bare" aria-label={t('dashNavSection')} value={section} onChange={(event) => go(`#/${event.currentTarget.value}`)}>
          {SECTIONS.map((each) => <option key={each} value={each}>{t(`dashNav_${each}`)}</option>)}
        </select>
        <span className="end"><LedgerLine ledger={ledger} /></span>
      </nav>
      <div className="app">
        <nav className="side noprint" aria-label={t('dashNavLabel')}>
          <div className="brand"><Logo size={22} />Countersign</div>
          {SECTIONS.map((each) => (
            <a key={each} href={routeHref(each)} aria-current={each === section ? 'page' : undefined}>
              <Icon name={ICONS[each]} />{t(`dashNav_${each}`)}
              {(counts[each] ?? 0) > 0 && <span className="ct num">{number(counts[each] ?? 0)}</span>}
            </a>
          ))}
          <div className="bot small sub">
            <LedgerLine ledger={ledger} />
            <a href={routeHref('settings', ['you'])} className="row"><span className="av" aria-hidden="true">{initials(person)}</span><span className="clip isolate">{person || t('dashNoName')}</span></a>
          </div>
        </nav>
        <main className="view" id="main" tabIndex={-1} ref={main}>{children}</main>
      </div>
    </>
  )
}

function LedgerLine({ ledger }: { readonly ledger: LedgerStanding }): ReactNode {
  switch (ledger.kind) {
    case 'checking': return <span className="row small faint"><Icon name="clock" size={14} />{t('dashChainChecking')}</span>
    case 'intact': return <a className="row small" href={routeHref('ledger')}><TierGlyph tier="signed" />{t('dashChainIntact')}</a>
    case 'broken': return <a className="row small t-block" style={{ color: 'var(--t)' }} href={routeHref('ledger')}><Icon name="warning" size={14} />{t('dashChainBroken', number(ledger.seq))}</a>
    case 'failed': return <a className="row small" href={routeHref('ledger')}><Icon name="warning" size={14} />{t('dashChainFailed')}</a>
  }
}

/** First letters of the first and last word of a name, also of a single one. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = words[0]?.[Symbol.iterator]().next().value ?? ''
  const last = words.length > 1 ? (words.at(-1)?.[Symbol.iterator]().next().value ?? '') : ''
  return (first + last).toLocaleUpperCase()
}
