import { useLiveQuery } from 'dexie-react-hooks'
import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { ENOUGH_DECISIONS } from '../../lib/learning/index.ts'
import { InsightsView } from './InsightsView.tsx'
import { loadInsights, proposalPort } from './live.ts'
import { createProposalStore } from './store.ts'

/** The Insights page over this device's corrections; a proposal that is answered disappears by itself. */
export function InsightsPage(): ReactNode {
  const [store] = useState(() => createProposalStore(proposalPort))
  const data = useLiveQuery(loadInsights)
  return (
    <InsightsView
      proposals={data?.proposals ?? null} corrections={data?.corrections ?? []} correctionTotal={data?.corrections.length ?? 0} scores={data?.scores ?? []}
      enough={ENOUGH_DECISIONS} state={useStore(store)}
    />
  )
}
