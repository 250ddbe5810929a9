import { useLiveQuery } from 'dexie-react-hooks'
import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { managedPolicy, type Settings } from '../../lib/store/index.ts'
import type { PolicyPart } from '../../lib/policy/index.ts'
import { Loading } from '../shell/Loading.tsx'
import { namesOfSites } from './sites.ts'
import { loadFacts, workflowPort } from './live.ts'
import { createWorkflowStore } from './store.ts'
import { WorkflowView } from './WorkflowView.tsx'

/** The workflow map under Settings, over the stored settings and records. */
export function WorkflowPage({ settings }: { readonly settings: Settings | null }): ReactNode {
  const administrator = useLiveQuery(managedPolicy)
  if (!settings || administrator === undefined) return <Loading rows={8} />
  return <Started settings={settings} administrator={administrator} />
}

function Started({ settings, administrator }: { readonly settings: Settings; readonly administrator: PolicyPart | null }): ReactNode {
  const [store] = useState(() => createWorkflowStore(workflowPort, { policy: settings.policy, stronger: { administrator, team: settings.teamPolicy }, workflows: settings.workflows }))
  const [now] = useState(Date.now)
  const state = useStore(store)
  const { kind } = state.workflow
  const facts = useLiveQuery(() => loadFacts({ kind }, now), [kind, now]) ?? null
  return <WorkflowView state={state} facts={facts} where={namesOfSites(settings.sites)} person={settings.reviewer.name} practice={chrome.runtime.getURL('/welcome.html')} />
}
