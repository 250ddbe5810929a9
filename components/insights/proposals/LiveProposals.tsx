import { useLiveQuery } from 'dexie-react-hooks'
import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { compareProposal, loadAccepted, proposalPort } from './live.ts'
import { Proposals } from './Proposals.tsx'
import { createProposalStore } from './store.ts'
import { useTeamWay } from './useTeamWay.ts'
import type { LearningNow } from './work.ts'

/** The cards over what this device keeps. Loaded after the charts: with the check of rules and packs that accepting one takes. */
export function LiveProposals({ proposals, failed }: Pick<LearningNow, 'proposals' | 'failed'>): ReactNode {
  const [store] = useState(() => createProposalStore(proposalPort))
  const accepted = useLiveQuery(loadAccepted) ?? []
  const { team, failed: teamFailed } = useTeamWay(accepted.length, proposals !== null)
  const state = useStore(store)
  return <Proposals proposals={proposals} failed={failed?.message ?? null} accepted={accepted} state={state} compare={compareProposal} team={team} teamFailed={teamFailed} />
}
