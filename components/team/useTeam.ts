import { useCallback, useEffect, useRef, useState } from 'react'
import type { PendingNote, TeamPackView, TeamStatus } from '../../lib/review/team/index.ts'
import { messageOf } from '../shell/files.ts'
import type { TeamPagePort } from './port.ts'

/** All that the Team pages show of the team; `status` null where this device is in none. */
export interface TeamNow { readonly status: TeamStatus | null; readonly notes: readonly PendingNote[]; readonly packs: readonly TeamPackView[] }

export interface TeamRead {
  /** Null until it is read for the first time. */
  readonly now: TeamNow | null
  /** Why it could not be read, as a sentence; what was read before stays. */
  readonly failed: string | null
  readonly refresh: () => Promise<void>
}

/** What the worker learns by itself shows after at most so long. */
const EVERY_MS = 5_000

/** The team as this device has it, read anew after each action here and now and then besides. */
export function useTeam(port: Pick<TeamPagePort, 'status' | 'notes' | 'packs'>): TeamRead {
  const [state, setState] = useState<Omit<TeamRead, 'refresh'>>({ now: null, failed: null })
  const turn = useRef(0)
  const refresh = useCallback(async () => {
    const mine = ++turn.current
    try {
      const status = await port.status()
      const [notes, packs] = status ? await Promise.all([port.notes(), port.packs()]) : [[], []]
      if (mine === turn.current) setState({ now: { status, notes, packs }, failed: null })
    } catch (error) {
      if (mine === turn.current) setState(({ now }) => ({ now, failed: messageOf(error) }))
    }
  }, [port])
  useEffect(() => {
    void refresh()
    const timer = setInterval(() => { if (document.visibilityState === 'visible') void refresh() }, EVERY_MS)
    const counter = turn
    return () => {
      counter.current++
      clearInterval(timer)
    }
  }, [refresh])
  return { ...state, refresh }
}
