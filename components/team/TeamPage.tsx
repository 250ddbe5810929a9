import { useLiveQuery } from 'dexie-react-hooks'
import { useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useNow } from '../shell/useNow.ts'
import { loadTeam, ownFingerprint, teamPort } from './live.ts'
import { createTeamStore } from './store.ts'
import { TeamView } from './TeamView.tsx'

/** The Team page over this device's packs and subscriptions. */
export function TeamPage(): ReactNode {
  const [store] = useState(() => createTeamStore(teamPort))
  const data = useLiveQuery(loadTeam)
  const [fingerprint, setFingerprint] = useState<string | null>(null)
  const state = useStore(store)
  const now = useNow()
  useEffect(() => {
    let open = true
    // Without a key there is nothing to compare yet; the export says what is wrong if it cannot be made.
    ownFingerprint().then((made) => { if (open) setFingerprint(made) }, () => { if (open) setFingerprint(null) })
    return () => { open = false }
  }, [])
  return <TeamView subscriptions={data?.subscriptions ?? null} own={data?.own ?? []} fingerprint={fingerprint} state={state} now={now} />
}
