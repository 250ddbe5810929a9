import { useEffect, useState, type ReactNode } from 'react'
import { parseRoute, routeHref } from '../shell/router.ts'
import { leads } from '../team/life/model.ts'
import type { TeamPagePort } from '../team/port.ts'
import { t } from '../ui/index.ts'

/** Whose numbers are shown: links between the two, which keep the filters. */
export function Scope({ part }: { readonly part: string }): ReactNode {
  const { query } = parseRoute(location.hash)
  return (
    <nav className="seg end" aria-label={t('insightScope')}>
      <a href={routeHref('insights', [], query)} aria-current={part === '' ? 'page' : undefined}>{t('insightScopeOwn')}</a>
      <a href={routeHref('insights', ['team'], query)} aria-current={part === 'team' ? 'page' : undefined}>{t('insightScopeTeam')}</a>
    </nav>
  )
}

/** Whether this person leads a team. Not known counts as no: the team's numbers are offered later then, and a link to them says what is wrong. */
export function useLeads(port: Pick<TeamPagePort, 'status'>): boolean {
  const [leading, setLeading] = useState(false)
  useEffect(() => {
    let open = true
    port.status().then((status) => { if (open) setLeading(status !== null && leads(status)) }, () => { if (open) setLeading(false) })
    return () => { open = false }
  }, [port])
  return leading
}
