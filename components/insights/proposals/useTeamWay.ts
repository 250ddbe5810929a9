import { useEffect, useState } from 'react'
import { messageOf } from '../../shell/files.ts'
import { teamPagePort } from '../../team/service.ts'
import { teamWay, type TeamWay } from './team.ts'

/** The team that proposals can be accepted for, asked from when `ready`, and again whenever `turn` is another; what could not be read is said. */
export function useTeamWay(turn: number, ready: boolean): { readonly team: TeamWay | null; readonly failed: string | null } {
  const [state, setState] = useState<{ readonly team: TeamWay | null; readonly failed: string | null }>({ team: null, failed: null })
  useEffect(() => {
    if (!ready) return undefined
    let open = true
    teamWay(teamPagePort).then((team) => { if (open) setState({ team, failed: null }) }, (error: unknown) => { if (open) setState({ team: null, failed: messageOf(error) }) })
    return () => { open = false }
  }, [turn, ready])
  return state
}
