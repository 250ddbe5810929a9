import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { getPack, PERSONAL_PACK, readAdministrator, type Settings } from '../../lib/store/index.ts'
import { compareNewPack } from '../compare/live.ts'
import { go, routeHref } from '../shell/router.ts'
import { useNow } from '../shell/useNow.ts'
import { loadTeam, ownFingerprint, teamPort } from './live.ts'
import { removeOwn, tryPack } from './life/live.ts'
import { teamPagePort } from './service.ts'
import { createTeamStore } from './store.ts'
import { TeamSection } from './TeamSection.tsx'
import { TeamView } from './TeamView.tsx'
import { useTeam } from './useTeam.ts'

/** The Team pages over the worker's team, and over this device's packs and subscriptions. */
export function TeamPage({ settings, part, id }: { readonly settings: Settings | null; readonly part: string; readonly id: string }): ReactNode {
  const [store] = useState(() => createTeamStore(teamPort))
  const data = useLiveQuery(loadTeam)
  // Undefined until it is read: a next version made before that would begin without one's own rules.
  const own = useLiveQuery(async () => (await getPack(PERSONAL_PACK))?.pack ?? null)
  const administrator = useLiveQuery(readAdministrator, [settings])
  const read = useTeam(teamPagePort)
  const [fingerprint, setFingerprint] = useState<string | null>(null)
  const state = useStore(store)
  const now = useNow()
  useEffect(() => {
    let open = true
    // Without a key there is nothing to compare yet; the export says what is wrong if it cannot be made.
    ownFingerprint().then((made) => { if (open) setFingerprint(made) }, () => { if (open) setFingerprint(null) })
    return () => { open = false }
  }, [])
  return (
    <TeamSection
      port={teamPagePort} read={own === undefined ? { ...read, now: null } : read} part={part} id={id} name={settings?.reviewer.name ?? ''} own={own ?? null} forced={administrator?.team ?? null} closed={administrator?.off.includes('teams') ?? false} now={now}
      tryPack={tryPack} removeOwn={removeOwn} onGo={(path) => go(routeHref('team', path))}
    >
      <TeamView subscriptions={data?.subscriptions ?? null} own={data?.own ?? []} fingerprint={fingerprint} state={state} now={now} compare={compareNewPack} />
    </TeamSection>
  )
}
