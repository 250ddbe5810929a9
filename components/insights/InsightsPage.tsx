import { useLiveQuery } from 'dexie-react-hooks'
import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { ENOUGH_DECISIONS } from '../../lib/learning/index.ts'
import { InsightsView } from './InsightsView.tsx'
import { loadInsights } from './live.ts'
import { loadAccepted, proposalPort } from './proposals/live.ts'
import { Proposals } from './proposals/Proposals.tsx'
import { createProposalStore } from './proposals/store.ts'
import { useProposals } from './proposals/work.ts'

/** The Insights page over this device's corrections; a proposal that is answered disappears by itself. */
export function InsightsPage(): ReactNode {
  const data = useLiveQuery(loadInsights)
  return (
    <InsightsView
      proposals={<LiveProposals />} corrections={data?.corrections ?? null} correctionTotal={data?.correctionTotal ?? 0} scores={data?.scores ?? []} enough={ENOUGH_DECISIONS}
    />
  )
}

/** The cards over what this device keeps. */
export function LiveProposals(): ReactNode {
  const [store] = useState(() => createProposalStore(proposalPort))
  const { proposals, failed } = useProposals()
  const accepted = useLiveQuery(loadAccepted) ?? []
  const state = useStore(store)
  return <Proposals proposals={proposals} failed={failed?.message ?? null} accepted={accepted} state={state} />
}
